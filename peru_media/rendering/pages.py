"""The pages: home, show and episode, as plain HTML that works without scripts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import PurePosixPath

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from peru_media.model.address import show_path
from peru_media.model.moment import utc_text
from peru_media.model.source import Episode, Show
from peru_media.rendering.addresses import (
    EVERYTHING,
    OPML,
    absolute,
    base_path,
    feed_path,
    form_path,
    page_path,
    transcript_paths,
)
from peru_media.rendering.characters import legal
from peru_media.rendering.notes import (
    clean_html,
    notes_html,
    plain_text,
    shortened,
)
from peru_media.rendering.theme import templates
from peru_media.rendering.transcripts import parse_cues, turns
from peru_media.rendering.views import Card, EpisodeFrame, Imprint, Row
from peru_media.rendering.words import (
    STAND_IN,
    clock,
    counted,
    day,
    decimal,
    kind_of,
    megabytes,
    spoken,
)

__all__ = ["episode_page", "home_page", "show_page"]

_BRIEF = 280
_NAMES = {
    "antennapod": "AntennaPod",
    "apple": "Apple Podcasts",
    "overcast": "Overcast",
    "pocketcasts": "Pocket Casts",
    "spotify": "Spotify",
    "youtube": "YouTube",
}


def home_page(imprint: Imprint, cards: Sequence[Card]) -> bytes:
    """Write the page of all projects, in the order given."""
    values = {"cards": cards, "everything": EVERYTHING, "outlines": OPML}
    return _page("home.html", imprint, **values)


def show_page(imprint: Imprint, show: Show, rows: Sequence[Row]) -> bytes:
    """Write a project's page: what it is, its episodes by collection, how to hear it.

    Args:
        imprint: who publishes.
        show: the project.
        rows: its episodes, newest first.
    """
    page = imprint.base_url + show_path(show.slug)
    description = Markup(notes_html(show.description, page=page))  # noqa: S704  # notes_html leaves only safe tags
    return _page(
        "show.html",
        imprint,
        show=show,
        rows=rows,
        groups=_groups(show, rows),
        description=description,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Episodes under one heading of a show's page; the last may have none."""

    title: str = ""
    description: str = ""
    rows: list[Row] = field(default_factory=list)


def _groups(show: Show, rows: Iterable[Row]) -> list[_Group]:
    groups = {
        one.name: _Group(title=one.title, description=one.description)
        for one in show.collections
    }
    rest = _Group(title="More" if groups else "")
    for row in rows:
        groups.get(row.collection or "", rest).rows.append(row)
    return [group for group in (*groups.values(), rest) if group.rows]


def episode_page(
    imprint: Imprint,
    frame: EpisodeFrame,
    episode: Episode,
    *,
    notes: str,
    transcript: bytes,
) -> bytes:
    """Write an episode's page, in the order that a listener needs things.

    Args:
        imprint: who publishes.
        frame: what it takes from its show.
        episode: the episode.
        notes: its notes as safe HTML.
        transcript: the file as it was given; empty where there is none.
    """
    media_type = episode.transcript.media_type if episode.transcript else ""
    paths = transcript_paths(episode)
    return _page(
        "episode.html",
        imprint,
        frame=frame,
        episode=episode,
        page=page_path(episode),
        stand_in=STAND_IN,
        notes=Markup(notes),  # noqa: S704  # notes_html leaves only safe tags
        turns=turns(parse_cues(transcript, media_type)),
        words=_words(transcript, media_type),
        transcripts=paths,
        captions=paths.get("vtt"),
    )


def _words(transcript: bytes, media_type: str) -> Markup:
    """A transcript without times: HTML cleaned, plain text in paragraphs."""
    text = legal(transcript.decode("utf-8-sig", errors="replace"))
    if media_type == "text/html":
        return Markup(clean_html(text))  # noqa: S704  # clean_html leaves only safe tags
    if media_type != "text/plain":
        return Markup()
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return Markup("\n").join(
        Markup("<p>{}</p>").format(part) for part in paragraphs if part
    )


def _page(name: str, imprint: Imprint, **values: object) -> bytes:
    template = _environment(imprint.base_url).get_template(name)
    return legal(template.render(imprint=imprint, **values)).encode()


@cache
def _environment(base_url: str) -> Environment:
    made = Environment(
        loader=DictLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    root = base_path(base_url)
    made.filters |= {
        "absolute": partial(absolute, base_url),
        "brief": _brief,
        "clock": clock,
        "counted": counted,
        "day": day,
        "ending": _ending,
        "feed": lambda show: absolute(base_url, feed_path(show)),
        "form": lambda show, form: absolute(base_url, form_path(show, form)),
        "iso": utc_text,
        "kind": kind_of,
        "linked": partial(absolute, root),
        "megabytes": megabytes,
        "offset": decimal,
        "rooted": partial(absolute, root),
        "show": show_path,
        "spoken": spoken,
        "titled": lambda name: _NAMES.get(name.lower(), name.capitalize()),
    }
    return made


def _brief(markdown: str) -> str:
    """The first paragraph of a description, in plain words."""
    words = plain_text(notes_html(markdown, page=""))
    return shortened(words.partition("\n\n")[0], limit=_BRIEF)


def _ending(address: str) -> str:
    """The kind of a file, as people call it: ``MP3``."""
    return PurePosixPath(address).suffix[1:].upper()
