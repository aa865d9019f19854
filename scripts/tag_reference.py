"""Write docs/tags.md from examples that are really read and rendered: make golden."""

import re
import tempfile
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from peru_media.model.address import episode_id
from peru_media.model.enclosure import Enclosure
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.further import OWN_NAMESPACES
from peru_media.model.release import Ledger, LedgerEntry
from peru_media.model.site import Site
from peru_media.reading import read_site
from peru_media.rendering.assembly import assemble
from peru_media.rendering.choice import choose
from peru_media.rendering.ext.element import Element
from peru_media.rendering.feed import render_feed
from peru_media.rendering.workshop import Workshop
from scripts.tag_examples import EXAMPLES, Example

PLACE = Path(__file__).parent.parent / "docs" / "tags.md"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

HEAD = """\
# What a feed can say

Written by `make golden` from examples that are read and rendered, and held to it by
a test. Each tag: what it does for a listener, what you write, and what comes out.

Below `podcast:` a tag has its own name, in words joined by underscores. Where
several can stand, write a list; one alone needs none. Dates are those of the
show's time zone. Whatever is wrong is told by `make check`, at its line.

Title, notes, cover, dates and the recording need nothing from this page.
"""

_SITE = """\
organisation: {name: PERU}
targets:
  local: {store: store, base_url: 'https://media.example.ac.uk'}
"""
_SHOW = {
    "title": "Personalisation",
    "guid": "5cd87abd-e6cc-5f88-bdf7-7be85cce2993",
    "language": "en-GB",
    "simple_chapters": "yes",
    "collections": "[{name: stories, title: Stories, season: 2}]",
}
_EPISODE = {
    "show": "personalisation",
    "guid": "first",
    "title": "Finding my feet",
    "publish": "2026-05-01 09:00",
}


def reference() -> str:
    """Every tag with its example, as Markdown."""
    return "\n".join([HEAD, *(_section(example) for example in EXAMPLES)])


def feed_of(example: Example) -> bytes:
    """The feed of a small show in which one example stands."""
    with tempfile.TemporaryDirectory() as folder:
        site = _site(Path(folder), example)
    ledger = _ledger(site)
    facts: dict[str, FileFacts] = {
        path: _TEXT for episode in site.episodes for path in episode.files
    }
    chosen = choose(site, facts=facts, ledger=ledger, at=NOON)
    desk = Workshop(site=site, facts=facts, ledger=ledger, copies={}, pictures={})
    source = assemble(desk, chosen, base_url="https://media.example.ac.uk")
    (show,) = source.shows
    return render_feed(show, source.episodes, base_url=source.base_url, built=NOON)


_TEXT = FileFacts(kind=FileKind.TEXT, size=1, sha256="a" * 64, media_type="text/vtt")


def _site(folder: Path, example: Example) -> Site:
    show, episode = dict(_SHOW), dict(_EPISODE)
    there = show if example.file == "show.md" else episode
    for name in re.findall(r"^(\w+):", example.fields, re.MULTILINE):
        there.pop(name, None)
    texts = {"show.md": _fields(show), "episode.md": _fields(episode)}
    texts[example.file] += f"{example.fields}\n"
    files = {
        "feeds/site.yaml": _SITE,
        "feeds/personalisation/show.md": f"---\n{texts['show.md']}---\n",
        "episodes/first/episode.md": f"---\n{texts['episode.md']}---\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    site, problems = read_site(folder)
    if site is None or problems:
        msg = f"{example.tag}: {[str(problem) for problem in problems]}"
        raise ValueError(msg)
    return site


def _fields(fields: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _ledger(site: Site) -> Ledger:
    """The recording was published before, so none has to lie here."""
    guid = site.shows[0].value.guid or ""
    identity = episode_id(guid, "first")
    medium = Enclosure(
        address=f"/media/{identity}/{'b' * 20}/first.mp3",
        key=f"public/{identity}/{'b' * 20}/first.mp3",
        media_type="audio/mpeg",
        size=17_345_678,
        sha256="b" * 64,
        duration=312.4,
    )
    entry = LedgerEntry(
        show=guid,
        guid="first",
        id=identity,
        name="first",
        slug="first",
        first=NOON,
        made_from="c" * 64,
        master_sha256="d" * 64,
        enclosure=medium,
    )
    return Ledger(shows={"personalisation": guid}, episodes={identity: entry})


def _section(example: Example) -> str:
    return (
        f"## {example.tag}\n\n{example.purpose}\n\n"
        f"In `{example.file}`:\n\n```yaml\n{example.fields}\n```\n\n"
        f"In the feed:\n\n```xml\n{_written(example)}\n```\n"
    )


def _written(example: Example) -> str:
    """The elements of the feed that the example is about."""
    channel = etree.fromstring(feed_of(example))[0]
    prefix, _, name = example.tag.partition(":")
    space = channel.nsmap[prefix]
    around = channel if example.file == "show.md" else channel.find("item")
    found = [_shown(one) for one in around.findall(f"{{{space}}}{name}")]
    if not found or (prefix in OWN_NAMESPACES and space != OWN_NAMESPACES[prefix]):
        msg = f"{example.tag} did not come out"
        raise ValueError(msg)
    return "\n".join(found)


def _shown(element: Element) -> str:
    """An element by itself, its children one below the other."""
    alone = deepcopy(element)
    alone.tail = None
    etree.indent(alone)
    return re.sub(
        ' xmlns(:\\w+)?="[^"]*"', "", etree.tostring(alone, encoding="unicode")
    )


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
