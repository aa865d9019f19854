"""The addresses of a show: its page, its feeds, its documents, its episodes."""

from datetime import datetime

from peru_media.model.source import Show
from peru_media.rendering.document_rows import document_texts
from peru_media.rendering.episode_rows import episode_rows
from peru_media.rendering.forms import feed_rows
from peru_media.rendering.list_rows import list_rows
from peru_media.rendering.press import Press
from peru_media.rendering.timeline import Calendar, Rows

__all__ = ["show_rows"]


def show_rows(press: Press, calendar: Calendar, show: Show, *, built: datetime) -> Rows:
    """The table of a show: its page, its feeds, and all of its own episodes."""
    episodes = calendar.by_show[show.slug]
    table = list_rows(press, calendar, show)
    table |= feed_rows(press, calendar, show, built)
    for document in show.documents:
        texts = document_texts(press, document, show, since=calendar.at)
        table |= {path: (version,) for path, version in texts.items()}
    for episode in episodes:
        if episode.shows[0] == show.slug:
            table |= episode_rows(press, calendar, episode)
    return table
