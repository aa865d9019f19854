"""From an item of a feed to ``episode.md``."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from peru_media.model.files import (
    ChapterField,
    EpisodeFile,
    MediaField,
    ShowFile,
    SoundbiteField,
)
from peru_media.model.parsed import ParsedChapter, ParsedEnclosure, ParsedEpisode
from peru_media.model.parsed_podcast import ParsedTranscript
from peru_media.publishing.importing.drafts import EpisodeDraft, Wanted
from peru_media.publishing.importing.fitting import (
    cut,
    fitted,
    fitted_all,
    line,
    moment_text,
    seconds,
)
from peru_media.publishing.importing.people import licence_of, people_of
from peru_media.publishing.importing.seasons import Seasons, season_of
from peru_media.publishing.importing.tags import (
    images_wanted,
    locations,
    podcast_episode,
)
from peru_media.rendering.markdown import Markdown, from_html
from peru_media.rendering.words import STAND_IN, STAND_IN_PURPOSE

__all__ = [
    "Frame",
    "Notes",
    "chapter_pictures",
    "chapters_of",
    "episode_draft",
    "guid_of",
    "notes_of",
    "title_of",
]

_TRANSCRIPTS = (
    "text/vtt", "application/x-subrip", "application/srt", "application/json",
    "text/html", "text/plain",
)  # fmt: skip
_SAID_FIRST = re.compile(r"<p><strong>([^<]+)</strong></p>\n?")
_LARGEST = 800_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all episodes of one import have in common."""

    show: ShowFile
    show_slug: str
    show_cover: str | None
    ours: bool
    zone: ZoneInfo
    seasons: Seasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes of an episode, apart from what is a field of its own in our feeds."""

    markdown: Markdown
    content_note: str | None = None
    stand_in: bool = False


def guid_of(episode: ParsedEpisode) -> str:
    """The identity that apps know: the guid, else the address of the enclosure."""
    return (episode.guid or "").strip() or _enclosure(episode).url


def title_of(episode: ParsedEpisode) -> str:
    """What the episode is called."""
    names = (episode.title, episode.itunes.title, episode.media.title, episode.dc.title)
    return next(filter(None, map(line, names)), "An episode without a title")


def notes_of(episode: ParsedEpisode, *, ours: bool, base: str = "") -> Notes:
    """The notes: the longest form of them that the item has, as Markdown."""
    texts = (
        episode.content,
        episode.description,
        episode.itunes.summary,
        episode.media.description,
        episode.dc.description,
    )
    text = next(filter(None, texts), "")
    if not ours:
        text = text.encode()[:_LARGEST].decode(errors="ignore")
        return Notes(markdown=from_html(text, base=episode.link or base))
    return _ours(f"{text}\n" if text else "")


def _ours(text: str) -> Notes:
    """Take our own notes apart: what we wrote above them comes from fields."""
    stand_in, note = False, None
    found = _SAID_FIRST.match(text)
    if found and html.unescape(found[1]) == STAND_IN:
        stand_in, text = True, text[found.end() :]
        found = _SAID_FIRST.match(text)
    if found and line(html.unescape(found[1])) and _escaped(found[1]):
        note, text = html.unescape(found[1]), text[found.end() :]
    text = text.removesuffix("\n")
    markdown = from_html(text) if text else Markdown()
    return Notes(markdown=markdown, content_note=note, stand_in=stand_in)


def _escaped(said: str) -> bool:
    """Whether a text is written as templates do, with every quotation mark named."""
    return (
        html.escape(html.unescape(said))
        .replace("&quot;", "&#34;")
        .replace("&#x27;", "&#39;")
        == said
    )


def episode_draft(
    episode: ParsedEpisode, frame: Frame, *, slug: str, notes: Notes, extra: str
) -> EpisodeDraft | None:
    """Make ``episode.md`` of what the item says; None where its guid cannot be kept."""
    episode, stands_in = _told_apart(episode)
    said = episode.itunes
    people, wanted = people_of(episode.podcast.people)
    own, kept = _transcripts(episode, ours=frame.ours)
    licence = licence_of(episode.podcast.license)
    explicit = said.explicit
    guid = guid_of(episode)
    value = fitted(
        EpisodeFile,
        show=(frame.show_slug,),
        guid=guid,
        **_numbered(episode, frame.seasons),
        title=title_of(episode),
        subtitle=line(said.subtitle),
        publish=moment_text(episode.published or episode.updated, frame.zone),
        media=MediaField(stand_in=notes.stand_in or stands_in),
        explicit=None if explicit == frame.show.explicit else explicit,
        content_note=notes.content_note,
        licence=None if licence == frame.show.licence else licence,
        people=people,
        chapters=chapters_of(episode.chapters),
        soundbites=_soundbites(episode),
        location=locations(episode.podcast.locations),
        podcast=podcast_episode(episode, kept=kept),
        extra=extra,
    )
    if value is None or value.guid != guid:
        return None
    page = (episode.link or "").rpartition("/")[0] if frame.ours else None
    images = images_wanted(value.podcast, ours=page)
    return EpisodeDraft(
        slug=slug,
        value=value,
        body=notes.markdown.text,
        wanted=(*_files(episode, frame), *own, *wanted, *images),
        line=episode.line,
    )


def _told_apart(episode: ParsedEpisode) -> tuple[ParsedEpisode, bool]:
    """The item without the mark of a stand-in, and whether it has it."""
    said = episode.podcast
    txts = tuple(one for one in said.txts if one.purpose != STAND_IN_PURPOSE)
    if txts == said.txts:
        return episode, False
    unmarked = said.model_copy(update={"txts": txts})
    return episode.model_copy(update={"podcast": unmarked}), True


def _numbered(episode: ParsedEpisode, seasons: Seasons) -> dict[str, Any]:
    """Where an episode stands, and what kind it is where it is not a usual one."""
    season = season_of(episode)
    collection = seasons.collection(season)
    kind = (episode.itunes.episode_type or "").lower()
    return {
        "number": episode.itunes.episode,
        "season": season.number if season and not collection else None,
        "collection": collection,
        "type": None if kind == "full" else kind,
    }


def _enclosure(episode: ParsedEpisode) -> ParsedEnclosure:
    """The one file: of several enclosures the first, else what Media RSS names."""
    found = [one for one in episode.enclosures if one.url]
    found += [
        ParsedEnclosure(url=one.url, length=one.length, media_type=one.media_type)
        for one in episode.media.contents
        if one.url and (one.media_type or "").startswith(("audio/", "video/"))
    ]
    return next(iter(found), ParsedEnclosure())


def _files(episode: ParsedEpisode, frame: Frame) -> Iterator[Wanted]:
    medium = _enclosure(episode)
    if medium.url:
        yield Wanted(
            url=medium.url,
            role="medium",
            media_type=medium.media_type,
            length=medium.length or None,
        )
    cover = episode.itunes.image
    if cover and (frame.ours or cover != frame.show_cover):
        yield Wanted(url=cover, role="cover")
    chapters = episode.podcast.chapters
    if chapters and chapters.url:
        yield Wanted(url=chapters.url, role="chapters", media_type=chapters.media_type)
    yield from chapter_pictures(episode.chapters)


def _transcripts(
    episode: ParsedEpisode, *, ours: bool
) -> tuple[tuple[Wanted, ...], tuple[ParsedTranscript, ...]]:
    """The one to fetch, and those that stay where they are.

    Of our own, every other form is made of the best one again.
    """
    found = [one for one in episode.podcast.transcripts if one.url]
    fit = [one for one in found if one.media_type in _TRANSCRIPTS]
    plain = [one for one in fit if one.rel is None] or fit
    if ours:
        page = f"{episode.link}/transcript."
        plain = [one for one in fit if one.url.startswith(page)]
        found = [one for one in found if not one.url.startswith(page)]
    plain.sort(key=lambda one: _TRANSCRIPTS.index(one.media_type or ""))
    if not plain:
        return (), tuple(found)
    best = plain[0]
    own = Wanted(url=best.url, role="transcript", media_type=best.media_type)
    return (own,), tuple(one for one in found if one is not best)


def chapters_of(found: Iterable[ParsedChapter]) -> tuple[ChapterField, ...]:
    """Chapters, earliest first, without their pictures."""
    rows = (
        {
            "start": seconds(one.start),
            "title": line(one.title) or f"Chapter {number}",
            "url": one.url,
        }
        for number, one in enumerate(found, 1)
    )
    return tuple(sorted(fitted_all(ChapterField, rows), key=lambda one: one.start))


def chapter_pictures(found: Iterable[ParsedChapter]) -> Iterator[Wanted]:
    """The pictures of chapters, by the number of each once they are in order."""
    usable = [one for one in found if seconds(one.start) is not None]
    usable.sort(key=lambda one: one.start or 0)
    for place, one in enumerate(usable):
        if one.image:
            yield Wanted(url=one.image, role="chapter", place=place)


def _soundbites(episode: ParsedEpisode) -> tuple[SoundbiteField, ...]:
    rows = (
        {
            "start": seconds(one.start),
            "duration": seconds(one.duration),
            "title": cut(one.title),
        }
        for one in episode.podcast.soundbites
    )
    return fitted_all(SoundbiteField, rows)
