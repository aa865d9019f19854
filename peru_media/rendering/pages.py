"""The pages: home, show and episode, as plain HTML that works without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from peru_media.model.address import show_path
from peru_media.model.source import Episode, Show
from peru_media.rendering.addresses import (
    ACCESSIBILITY,
    EVERYTHING,
    OPML,
    PRIVACY,
    collection_path,
    embed_path,
    page_path,
    track_path,
    transcript_paths,
)
from peru_media.rendering.characters import legal
from peru_media.rendering.citation import citation_text
from peru_media.rendering.layout import brief, write_page
from peru_media.rendering.linked_data import episode_data, home_data, show_data
from peru_media.rendering.listing import Listing
from peru_media.rendering.notes import (
    clean_html,
    notes_html,
)
from peru_media.rendering.statement import Statement
from peru_media.rendering.transcripts import parse_cues, turns
from peru_media.rendering.views import Card, EpisodeFrame, Imprint, Row
from peru_media.rendering.voice import Voice
from peru_media.rendering.waveform import waveform_svg

__all__ = [
    "accessibility_page",
    "episode_page",
    "home_page",
    "list_page",
    "privacy_page",
    "show_page",
]


def home_page(imprint: Imprint, cards: Sequence[Card], *, voice: Voice) -> bytes:
    """Write the page of all projects, in the order given."""
    values = {"cards": cards, "everything": EVERYTHING, "outlines": OPML}
    values |= {"linked_data": home_data(imprint)}
    return write_page("home.html", imprint, voice, path="/", **values)


def show_page(  # each is an input of its own of a pure function
    imprint: Imprint,
    show: Show,
    rows: Sequence[Row],
    *,
    older: str | None = None,
    total: int,
    voice: Voice,
) -> bytes:
    """Write a project's page: what it is, its episodes by collection, how to hear it.

    Args:
        imprint: who publishes.
        voice: the language of the page.
        show: the project.
        rows: its newest episodes, newest first.
        older: where the list goes on, if it does.
        total: how many episodes it has.
    """
    path = show_path(show.slug)
    page = imprint.base_url + path
    description = Markup(notes_html(show.description, page=page))  # noqa: S704  # notes_html leaves only safe tags
    return write_page(
        "show.html",
        imprint,
        voice,
        path=path,
        show=show,
        rows=rows,
        total=total,
        older=older,
        groups=_groups(show, rows, rest=voice.text("More"), whole=older is None),
        description=description,
        linked_data=show_data(imprint, show, brief(show.description), heard=bool(rows)),
    )


def list_page(
    imprint: Imprint, listing: Listing, rows: Sequence[Row], *, path: str, voice: Voice
) -> bytes:
    """Write a page that lists episodes: of a collection, or older ones of a show."""
    values = {"listing": listing, "rows": rows}
    return write_page("list.html", imprint, voice, path=path, **values)


def accessibility_page(
    imprint: Imprint, known: Statement, *, zone: str, voice: Voice
) -> bytes:
    """Write the accessibility statement, out of what is published.

    What the law of the United Kingdom asks of public bodies (SI 2018/952,
    regulation 8): what is not accessible and why, whom to ask, and who enforces it.
    """
    values = {"known": known, "zone": zone}
    return write_page(
        "accessibility.html", imprint, voice, path=ACCESSIBILITY, **values
    )


def privacy_page(imprint: Imprint, *, voice: Voice) -> bytes:
    """Write what the pages learn about people, and how to have something removed."""
    return write_page("privacy.html", imprint, voice, path=PRIVACY)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Episodes under one heading of a show's page; the last may have none."""

    title: str = ""
    description: str = ""
    path: str = ""
    rows: list[Row] = field(default_factory=list)


def _groups(show: Show, rows: Sequence[Row], *, rest: str, whole: bool) -> list[_Group]:
    """Episodes by collection; a list that goes on elsewhere stays in its order."""
    if not whole:
        return [_Group(rows=list(rows))]
    groups = {
        one.name: _Group(
            title=one.title,
            description=one.description,
            path=collection_path(show.slug, one.name),
        )
        for one in show.collections
    }
    others = _Group(title=rest if groups else "")
    for row in rows:
        groups.get(row.collection or "", others).rows.append(row)
    return [group for group in (*groups.values(), others) if group.rows]


def episode_page(  # noqa: PLR0913  # each is an input of its own of a pure function
    imprint: Imprint,
    frame: EpisodeFrame,
    episode: Episode,
    *,
    notes: str,
    transcript: bytes,
    waveform: bytes,
    voice: Voice,
) -> bytes:
    """Write an episode's page, in the order that a listener needs things.

    Args:
        imprint: who publishes.
        frame: what it takes from its show.
        episode: the episode.
        notes: its notes as safe HTML.
        transcript: the file as it was given; empty where there is none.
        waveform: the published file; empty where there is none.
        voice: the language of the page.
    """
    media_type = episode.transcript.media_type if episode.transcript else ""
    said = episode.subtitle or brief(episode.notes)
    return write_page(
        "episode.html",
        imprint,
        voice,
        path=page_path(episode),
        frame=frame,
        episode=episode,
        notes=Markup(notes),  # noqa: S704  # notes_html leaves only safe tags
        turns=turns(parse_cues(transcript, media_type)),
        words=_words(transcript, media_type),
        transcripts=transcript_paths(episode),
        captions=track_path(episode),
        waveform=_picture(waveform, episode),
        said=said,
        embedded=embed_path(episode),
        citation=episode.cite or citation_text(frame.work, voice),
        linked_data=episode_data(imprint, frame, episode, said),
    )


def _picture(waveform: bytes, episode: Episode) -> Markup:
    if not waveform:
        return Markup()
    drawn = waveform_svg(waveform, chapters=episode.chapters)
    return Markup(drawn)  # noqa: S704  # made of numbers alone


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
