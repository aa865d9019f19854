"""The addresses of one episode: its page, its medium, its words, its documents."""

from datetime import datetime

from peru_media.model.release import Version
from peru_media.model.source import Episode, Transcript
from peru_media.rendering.addresses import (
    captions_path,
    chapters_path,
    page_path,
    transcript_path,
    waveform_path,
)
from peru_media.rendering.document_rows import document_paths, document_texts
from peru_media.rendering.neighbours import ways_from
from peru_media.rendering.press import Press
from peru_media.rendering.share_rows import shared_paths, shared_texts
from peru_media.rendering.timeline import (
    Calendar,
    Rows,
    ended,
    lifetime,
    settled,
    span_of,
)
from peru_media.rendering.voice import Voice

__all__ = ["episode_rows"]


def episode_rows(press: Press, calendar: Calendar, episode: Episode) -> Rows:
    """Every address of one episode, through its whole life."""
    media, page = episode.enclosure.address, page_path(episode)
    pages = {voice.path(page): voice for voice in press.voices}
    if episode.until is not None and episode.until <= calendar.at:
        texts = [*_words(episode), *_chapters(episode), *_waveform(episode)]
        others = [*_papers(press, episode), *shared_paths(press, episode)]
        paths = [*pages, media, *texts, *others]
        return {path: (ended(episode.until),) for path in paths}
    show, now = calendar.shows[episode.shows[0]], calendar.at
    contents = {media: _medium(episode, since=now)}
    for document in episode.documents:
        contents |= document_texts(press, document, show, of=episode, since=now)
    contents |= _texts(press, episode, since=now)
    contents |= shared_texts(press, episode, show, since=now)
    rows = {
        path: lifetime(content, [span_of(episode)], calendar)
        for path, content in contents.items()
    }
    for path, voice in pages.items():
        rows[path] = _pages(press, calendar, episode, voice)
    return rows


def _papers(press: Press, episode: Episode) -> list[str]:
    documents, show = episode.documents, episode.shows[0]
    return [path for one in documents for path in document_paths(press, one, show)]


def _words(episode: Episode) -> dict[str, Transcript]:
    """The texts of what is said, by their addresses."""
    given = {
        transcript_path(episode): episode.transcript,
        captions_path(episode): episode.captions,
    }
    return {path: text for path, text in given.items() if path and text}


def _chapters(episode: Episode) -> list[str]:
    return [chapters_path(episode)] if episode.chapters else []


def _waveform(episode: Episode) -> list[str]:
    return [waveform_path(episode)] if episode.enclosure.waveform else []


def _texts(press: Press, episode: Episode, *, since: datetime) -> dict[str, Version]:
    found = {path: press.chapters(episode, since=since) for path in _chapters(episode)}
    for path, text in _words(episode).items():
        found[path] = press.transcript(episode, text, since=since)
    waveform = episode.enclosure.waveform
    if waveform is not None:
        found[waveform_path(episode)] = press.waveform(episode, waveform, since=since)
    return found


def _pages(
    press: Press, calendar: Calendar, episode: Episode, voice: Voice
) -> tuple[Version, ...]:
    """The page's versions: it changes when an episode it leads to comes or goes."""
    show = calendar.shows[episode.shows[0]]
    ways = ways_from(episode, calendar)
    start = max(calendar.at, episode.published)
    due = {start} | {m for m in calendar.moments(ways.all()) if m > start}
    span = span_of(episode)
    versions = [
        press.episode(episode, show, ways.at(moment), voice, since=moment)
        for moment in sorted(due)
        if span.holds(moment)
    ]
    if span.end is not None and span.end <= calendar.until:
        versions.append(ended(span.end))
    return settled(versions, at=calendar.at)


def _medium(episode: Episode, *, since: datetime) -> Version:
    enclosure = episode.enclosure
    return Version(
        since=since,
        key=enclosure.key,
        type=enclosure.media_type,
        size=enclosure.size,
        sha256=enclosure.sha256,
        cache="media",
    )
