"""The feed of a private show, and what it names: once for all of its listeners.

Each listener's addresses lie below a token of their own. The feed is rendered once,
with a marker where the token belongs, and the server fills that in. The marker is a
hash of everything that the feed is made of, so no text can hold it on purpose: a
listener's token never comes into an address that somebody wrote.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from peru_media.model.listeners import PRIVATE_FEED, TOKEN_BYTES, private_path
from peru_media.model.release import Table, Version
from peru_media.model.source import Episode, Show, Source
from peru_media.model.value import canonical, digest
from peru_media.model.window import feed_window
from peru_media.rendering.addresses import chapters_path, transcript_path
from peru_media.rendering.ext.item import Channel
from peru_media.rendering.gallery import rehung
from peru_media.rendering.press import Press
from peru_media.rendering.site_rows import picture_rows
from peru_media.rendering.timeline import (
    Calendar,
    Rows,
    lifetime,
    settled,
    span_of,
    visible,
)

__all__ = ["marker_of", "private_tables"]


def private_tables(
    press: Press, *, at: datetime, until: datetime, changed: Mapping[str, datetime]
) -> dict[str, Table]:
    """The table of each private show, by its slug; paths lie below a token.

    Args:
        press: of the whole site; it keeps what is rendered.
        at: the present moment.
        until: the horizon.
        changed: when each table last changed, by its name.
    """
    return {
        show.slug: _table(press, show, at=at, until=until, built=changed.get(show.slug))
        for show in press.source.shows
        if show.visibility == "private"
    }


def marker_of(source: Source, show: Show) -> str:
    """What stands in a private show's texts where the token of a listener belongs."""
    made_of = [show.sparse(), *(one.sparse() for one in _episodes(source, show))]
    return digest(canonical([source.base_url, made_of]))[: 2 * TOKEN_BYTES]


def _episodes(source: Source, show: Show) -> list[Episode]:
    return [one for one in source.episodes if show.slug in one.shows]


def _table(
    press: Press,
    show: Show,
    *,
    at: datetime,
    until: datetime,
    built: datetime | None,
) -> Rows:
    inside = replace(press, source=_inside(press.source, show), rows={}, lent={})
    calendar = Calendar(source=inside.source, at=at, until=until)
    home = f"{press.source.base_url}/"
    table = {PRIVATE_FEED: _feed(inside, calendar, home=home, built=built or at)}
    for episode in calendar.episodes:
        contents = _contents(inside, episode, since=at)
        table |= {
            path: lifetime(content, [span_of(episode)], calendar)
            for path, content in contents.items()
        }
    return table | picture_rows(calendar)


def _inside(source: Source, show: Show) -> Source:
    """A site of nothing but the show, which lies below the marker."""
    url = source.base_url + private_path(marker_of(source, show), "")
    shown = {"visibility": "unlisted", "card": None}
    episodes = (
        one.model_copy(
            update={
                "shows": (show.slug,),
                "card": None,
                "podcast": rehung(one.podcast, base_url=source.base_url, to=url),
            }
        )
        for one in _episodes(source, show)
    )
    podcast = rehung(show.podcast, base_url=source.base_url, to=url)
    return source.model_copy(
        update={
            "base_url": url,
            "hubs": (),
            "shows": (show.model_copy(update={**shown, "podcast": podcast}),),
            "episodes": tuple(episodes),
        }
    )


def _feed(
    press: Press, calendar: Calendar, *, home: str, built: datetime
) -> tuple[Version, ...]:
    """The feed through its time; there from the start, for its listeners are."""
    (show,) = press.source.shows
    versions = []
    for moment in calendar.moments(calendar.episodes):
        channel = Channel(
            show=show,
            base_url=press.source.base_url,
            built=built if moment == calendar.at else moment,
            path=PRIVATE_FEED,
            page=home,
            paged=False,
        )
        seen = feed_window(show, visible(calendar.episodes, moment))
        versions.append(press.feed(channel, seen, since=moment))
    return settled(versions, at=calendar.at)


def _contents(press: Press, episode: Episode, *, since: datetime) -> dict[str, Version]:
    """What the feed names of an episode: its medium, its words, its chapters."""
    enclosure = episode.enclosure
    found = {
        enclosure.address: Version(
            since=since,
            key=enclosure.key,
            type=enclosure.media_type,
            size=enclosure.size,
            sha256=enclosure.sha256,
            cache="media",
        )
    }
    words = transcript_path(episode)
    if words and episode.transcript:
        found[words] = press.transcript(episode, episode.transcript, since=since)
    if episode.chapters:
        found[chapters_path(episode)] = press.chapters(episode, since=since)
    return found
