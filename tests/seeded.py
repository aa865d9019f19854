"""A site of many episodes and releases, in some of which somebody leaves.

``write_seeded`` writes its files, ``edit_seeded`` what each later release changes.
Whoever leaves is ``c-017``; every word of ``CANARIES`` is theirs alone, and stands in
nothing else. Publish between the edits by whatever means: the command line, or a
newsroom.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.leaving import CANARIES, NAME
from tests.media.samples import plain_pdf
from tests.projects import SHOW_GUID, cover, tone, write

__all__ = ["CANARIES", "LEAVERS", "Seeded", "edit_seeded", "write_seeded"]

LEAVERS = ("marmalade-lighthouse", "turpentine-waltz", "velvet-barnacle")
SHOWS = ("stories", "fellowship")

SITE = """\
organisation:
  name: The unit
timezone: Europe/London
languages: [en-GB, cy]
targets:
  local:
    store: .peru-media/store
    base_url: {base_url}
{extra}"""

SHOW = """\
---
title: The show of {name}
guid: {guid}
language: en-GB
author: The unit
owner: {{name: The unit, email: media@example.ac.uk}}
categories: [Education]
explicit: false
licence: CC-BY-4.0
links: {{apple: https://podcasts.apple.com/podcast/id1, spotify: https://open.spotify.com/show/1}}
collections:
  - {{name: lived-experience, title: Lived experience, season: 1}}
---
Stories that people tell about services.
"""

EPISODE = """\
---
show: {show}
guid: guid-of-{slug}
title: {title}
publish: {publish}
{more}people:
  - name: The host
    role: host
{person}---
{notes}
"""

WORDS = "WEBVTT\n\n00:00.000 --> 00:00.200\n<v The guest>{words}\n"
RECORD = f"""\
id: c-017
public_name: {NAME}
name_kind: pseudonym
scope: [podcast, website, transcript, quotes]
obtained: 2026-01-05
"""


@dataclass(frozen=True, slots=True)
class Seeded:
    """A seeded site: its folder, and how many episodes it has."""

    root: Path
    episodes: int


def write_seeded(
    root: Path, *, base_url: str, episodes: int = 50, target: str = ""
) -> Seeded:
    """Write the whole project.

    Args:
        root: the folder. base_url: of the target ``local``.
        episodes: how many there are; three of them are of who leaves.
        target: further lines of YAML of that target, each with four blanks before it.
    """
    files: dict[str, str | bytes] = {
        "feeds/site.yaml": SITE.format(base_url=base_url, extra=target),
        "feeds/contributors/c-017.yaml": RECORD,
    }
    for at, name in enumerate(SHOWS):
        guid = SHOW_GUID[:-1] + str(at)
        files[f"feeds/{name}/show.md"] = SHOW.format(name=name, guid=guid)
        files[f"feeds/{name}/cover.png"] = cover()
    for number in range(episodes - len(LEAVERS)):
        files |= _other(number)
    for at, slug in enumerate(LEAVERS):
        files |= _leaver(at, slug)
    write(root, files)
    (root / "episodes" / LEAVERS[0] / "docs").mkdir()
    plain_pdf(root / "episodes" / LEAVERS[0] / "docs/evidence.pdf")
    return Seeded(root, episodes)


def edit_seeded(site: Seeded, release: int) -> None:
    """Change what the release of this number, from 2, is to be otherwise.

    Somebody else's title, and with every third one words of who leaves.
    """
    other = site.root / f"episodes/story-{release % (site.episodes - 3)}/episode.md"
    _add(other, f"Changed for release {release}.")
    if release % 3 == 0:
        slug = LEAVERS[release // 3 % len(LEAVERS)]
        page = site.root / "episodes" / slug / "episode.md"
        _add(page, f"An obsidian-teacup in release {release}.")
    if release == 5:
        audio = site.root / "episodes" / LEAVERS[0] / "audio.mp3"
        audio.write_bytes(tone(1999, seconds=0.3))


def _add(page: Path, line: str) -> None:
    page.write_text(f"{page.read_text()}\n{line}\n")


def _other(number: int) -> dict[str, str | bytes]:
    related = f"related: {LEAVERS[number % 3]}\n" if number % 5 == 0 else ""
    return _folder(
        f"story-{number}",
        show=SHOWS[number % 2],
        title=f"Story {number}",
        hertz=200 + 10 * number,
        more=f"{related}collection: lived-experience\n",
        words=f"These are the words of story {number}.",
        notes=f"What story {number} is about.",
        day=1 + number % 28,
    )


def _leaver(at: int, slug: str) -> dict[str, str | bytes]:
    """One of theirs: in two shows, with a cover, chapters and a document."""
    more = "collection: lived-experience\n"
    if at == 0:
        more += (
            "documents:\n  - file: docs/evidence.pdf\n    title: The velvet-barnacle\n"
        )
    files = _folder(
        slug,
        show="[stories, fellowship]" if at == 1 else SHOWS[at % 2],
        title=f"A marmalade-lighthouse, part {at + 1}",
        hertz=1000 + 100 * at,
        more=more + "chapters:\n  - {start: 0, title: An obsidian-teacup}\n",
        words="We spoke of a kaleidoscope-herring.",
        notes=f"Notes about a turpentine-waltz with {NAME}.",
        day=10 + at,
        person="  - contributor: c-017\n    role: guest\n",
    )
    return files | {f"episodes/{slug}/cover.png": cover("teal")}


def _folder(  # noqa: PLR0913  # what an episode is made of, each by its name
    slug: str,
    *,
    show: str,
    title: str,
    hertz: int,
    more: str,
    words: str,
    notes: str,
    day: int,
    person: str = "",
) -> dict[str, str | bytes]:
    text = EPISODE.format(
        slug=slug,
        show=show,
        title=title,
        publish=f"2026-03-{day:02} 09:00",
        more=more,
        person=person,
        notes=notes,
    )
    return {
        f"episodes/{slug}/episode.md": text,
        f"episodes/{slug}/audio.mp3": tone(hertz, seconds=0.3),
        f"episodes/{slug}/transcript.vtt": WORDS.format(words=words),
    }
