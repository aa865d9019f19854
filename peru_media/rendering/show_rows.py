"""The addresses of a show: its page, its feeds, its documents, its episodes."""

from datetime import datetime

from peru_media.model.address import show_path
from peru_media.model.release import Version
from peru_media.model.source import Episode, Show
from peru_media.rendering.episode_rows import document_version, episode_rows
from peru_media.rendering.forms import feed_rows
from peru_media.rendering.press import Press
from peru_media.rendering.timeline import Calendar, Rows, settled, visible
from peru_media.rendering.voice import Voice

__all__ = ["show_rows"]


def show_rows(press: Press, calendar: Calendar, show: Show, *, built: datetime) -> Rows:
    """The table of a show: its page, its feeds, and all of its own episodes."""
    episodes = calendar.by_show[show.slug]
    table: Rows = {}
    for voice in press.voices:
        table[voice.path(show_path(show.slug))] = _pages(press, calendar, show, voice)
    table |= feed_rows(press, calendar, show, built)
    for document in show.documents:
        table[document.address] = (document_version(document, since=calendar.at),)
    for episode in episodes:
        if episode.shows[0] == show.slug:
            table |= episode_rows(press, calendar, episode)
    return table


def _pages(
    press: Press, calendar: Calendar, show: Show, voice: Voice
) -> tuple[Version, ...]:
    episodes = calendar.by_show[show.slug]
    pages = (
        press.show(show, _newest_first(visible(episodes, moment)), voice, since=moment)
        for moment in calendar.moments(episodes)
    )
    return settled(pages, at=calendar.at)


def _newest_first(episodes: list[Episode]) -> list[Episode]:
    return sorted(episodes, key=lambda one: (-one.published.timestamp(), one.guid))
