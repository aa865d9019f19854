"""Every form of the feeds, now and at each moment that is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.address import show_path
from peru_media.model.release import Version
from peru_media.model.source import Episode, Show
from peru_media.model.window import feed_window
from peru_media.rendering.addresses import (
    EVERYTHING,
    OPML,
    PUBLISHER,
    archive_path,
    feed_path,
    form_path,
)
from peru_media.rendering.atom import ATOM_FEED
from peru_media.rendering.ext.item import Archive, Channel
from peru_media.rendering.json_feed import JSON_FEED
from peru_media.rendering.press import Press
from peru_media.rendering.timeline import Calendar, ended, settled, visible
from peru_media.rendering.unit import Unit

__all__ = ["feed_rows", "site_feed_rows"]

_PAGE = 100
_Rows = dict[str, tuple[Version, ...]]


def feed_rows(press: Press, calendar: Calendar, show: Show, built: datetime) -> _Rows:
    """The feed of a show as RSS, JSON Feed and Atom; its archive where it is cut.

    None before the first episode is out. When the last one goes the feeds stay,
    empty: gone would end subscriptions.
    """
    rows: dict[str, list[Version]] = {}
    unit, episodes = press.unit, calendar.by_show[show.slug]
    firsts = [episode.published for episode in episodes]
    first = min([*firsts, show.begun] if show.begun else firsts, default=None)
    before: _Seen | None = None
    for moment in calendar.moments(episodes, also=unit.turns(show)):
        if first is None or first > moment:
            continue
        others = unit.others(show, moment)
        seen = _seen(show, visible(episodes, moment), others)
        date = built if moment == calendar.at else moment
        made = dict(_archive(press, show, seen, since=moment))
        if before is None or not seen.same_feed(before):
            made |= _forms(press, show, seen, built=date, since=moment)
        gone = {path for path, _ in before.pages} - made.keys() if before else ()
        for path in gone:
            rows[path].append(ended(moment))
        for path, version in made.items():
            rows.setdefault(path, []).append(version)
        before = seen
    return {path: settled(found, at=calendar.at) for path, found in rows.items()}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a show's feeds hold at one moment; pages only where the feed is cut."""

    window: list[Episode]
    pages: list[tuple[str, list[Episode]]]
    others: tuple[Show, ...]

    def same_feed(self, other: "_Seen") -> bool:
        """Whether the feed itself is the same; its pages may differ."""
        mine = (self.window, len(self.pages), self.others)
        return mine == (other.window, len(other.pages), other.others)


def _seen(show: Show, episodes: list[Episode], others: tuple[Show, ...]) -> _Seen:
    """A hundred episodes a page from the oldest on, so that a full one stays."""
    window = feed_window(show, episodes)
    if len(window) == len(episodes):
        return _Seen(window, [], others)
    oldest_first = sorted(episodes, key=lambda one: (one.published, one.guid))
    pages = [
        (archive_path(show.slug, number), oldest_first[at : at + _PAGE][::-1])
        for number, at in enumerate(range(0, len(oldest_first), _PAGE), start=1)
    ]
    return _Seen(window, pages, others)


def _forms(
    press: Press, show: Show, seen: _Seen, *, built: datetime, since: datetime
) -> Iterator[tuple[str, Version]]:
    older = Archive(older=seen.pages[-1][0]) if seen.pages else None
    named = press.unit.introduced(show, seen.others)
    rss = _channel(press, named, feed_path(show.slug), built=built, archive=older)
    yield rss.path, press.feed(rss, seen.window, since=since)
    for name, form in (("json", JSON_FEED), ("atom", ATOM_FEED)):
        channel = _channel(press, show, form_path(show.slug, name), built=built)
        yield channel.path, press.feed(channel, seen.window, form=form, since=since)


def _archive(
    press: Press, show: Show, seen: _Seen, *, since: datetime
) -> Iterator[tuple[str, Version]]:
    """The pages, each with what it says of the others; the last one still grows."""
    paths = [path for path, _ in seen.pages]
    for at, (path, episodes) in enumerate(seen.pages):
        newer = paths[at + 1] if at + 1 < len(paths) else None
        archive = Archive(
            older=paths[at - 1] if at else None,
            newer=newer,
            current=feed_path(show.slug),
            final=newer is not None,
        )
        newest = episodes[0].published
        channel = _channel(press, show, path, built=newest, archive=archive)
        yield path, press.feed(channel, episodes, since=since)


def _channel(
    press: Press,
    show: Show,
    path: str,
    *,
    built: datetime,
    archive: Archive | None = None,
) -> Channel:
    told = show.visibility == "public" and not (archive and archive.current)
    return Channel(
        show=show,
        base_url=press.source.base_url,
        built=built,
        path=path,
        page=show_path(show.slug),
        archive=archive,
        hubs=press.source.hubs if told else (),
    )


def site_feed_rows(press: Press, calendar: Calendar, built: datetime) -> _Rows:
    """The list of all public shows, their publisher's feed, and one of all episodes."""
    unit, made = press.unit, []
    episodes = _of_shows(calendar, unit.begins)
    for moment in calendar.moments(episodes):
        shows = [s for s in press.source.shows if _begun(unit, s, moment)]
        if shows:
            date = built if moment == calendar.at else moment
            seen = visible(episodes, moment)
            made.append(_site_feeds(press, shows, seen, built=date, since=moment))
    return {
        path: settled((rows[path] for rows in made), at=calendar.at)
        for path in (made[0] if made else ())
    }


def _begun(unit: Unit, show: Show, moment: datetime) -> bool:
    since = unit.begins.get(show.slug)
    return since is not None and since <= moment


def _site_feeds(
    press: Press,
    shows: list[Show],
    episodes: list[Episode],
    *,
    built: datetime,
    since: datetime,
) -> dict[str, Version]:
    def channel(show: Show, path: str) -> Channel:
        source = press.source
        return Channel(
            show=show,
            base_url=source.base_url,
            built=built,
            path=path,
            page="/",
            hubs=source.hubs,
        )

    everything = press.unit.everything(shows)
    window = feed_window(everything, episodes)
    publisher = channel(press.unit.publisher(shows), PUBLISHER)
    return {
        EVERYTHING: press.feed(channel(everything, EVERYTHING), window, since=since),
        OPML: press.opml(shows, since=since),
        PUBLISHER: press.feed(publisher, (), since=since),
    }


def _of_shows(calendar: Calendar, listed: Iterable[str]) -> list[Episode]:
    """Each episode once, though it may be in several shows."""
    found = {one.id: one for slug in listed for one in calendar.by_show[slug]}
    return [
        one.model_copy(update={"extra": "", "collection": None})
        for one in found.values()
    ]
