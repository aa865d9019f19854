"""Every form of the feeds, now and at each moment that is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.address import podcast_guid, show_path
from peru_media.model.release import Version
from peru_media.model.source import Episode, Show
from peru_media.model.window import feed_window
from peru_media.rendering.addresses import archive_path, feed_path, form_path
from peru_media.rendering.atom import ATOM_FEED
from peru_media.rendering.ext.item import Archive, Channel
from peru_media.rendering.json_feed import JSON_FEED
from peru_media.rendering.press import Press
from peru_media.rendering.timeline import Calendar, ended, settled, visible

__all__ = ["EVERYTHING", "OPML", "feed_rows", "site_feed_rows"]

EVERYTHING, OPML = "/feed.xml", "/opml.xml"
_PAGE = 100
_Rows = dict[str, tuple[Version, ...]]


def feed_rows(press: Press, calendar: Calendar, show: Show, built: datetime) -> _Rows:
    """The feed of a show as RSS, JSON Feed and Atom; its archive where it is cut.

    None before the first episode is out. When the last one goes the feeds stay,
    empty: gone would end subscriptions.
    """
    rows: dict[str, list[Version]] = {}
    episodes = calendar.by_show[show.slug]
    firsts = [episode.published for episode in episodes]
    first = min([*firsts, show.begun] if show.begun else firsts, default=None)
    before: _Seen | None = None
    for moment in calendar.moments(episodes):
        if first is None or first > moment:
            continue
        seen = _seen(show, visible(episodes, moment))
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

    def same_feed(self, other: "_Seen") -> bool:
        """Whether the feed itself is the same; its pages may differ."""
        return self.window == other.window and len(self.pages) == len(other.pages)


def _seen(show: Show, episodes: list[Episode]) -> _Seen:
    """A hundred episodes a page from the oldest on, so that a full one stays."""
    window = feed_window(show, episodes)
    if len(window) == len(episodes):
        return _Seen(window, [])
    oldest_first = sorted(episodes, key=lambda one: (one.published, one.guid))
    pages = [
        (archive_path(show.slug, number), oldest_first[at : at + _PAGE][::-1])
        for number, at in enumerate(range(0, len(oldest_first), _PAGE), start=1)
    ]
    return _Seen(window, pages)


def _forms(
    press: Press, show: Show, seen: _Seen, *, built: datetime, since: datetime
) -> Iterator[tuple[str, Version]]:
    older = Archive(older=seen.pages[-1][0]) if seen.pages else None
    rss = _channel(press, show, feed_path(show.slug), built=built, archive=older)
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
    return Channel(
        show=show,
        base_url=press.source.base_url,
        built=built,
        path=path,
        page=show_path(show.slug),
        archive=archive,
    )


def site_feed_rows(
    press: Press, calendar: Calendar, listed: list[Show], built: datetime
) -> _Rows:
    """The list of all public shows, and one feed of all their episodes."""
    begun = [
        (min(one.published for one in calendar.by_show[show.slug]), show)
        for show in listed
        if calendar.by_show[show.slug]
    ]
    if not begun:
        return {}
    episodes = _of_shows(calendar, listed)
    show = _everything(press, [show for _, show in begun])
    lists, feeds = [], []
    for moment in calendar.moments(episodes):
        out = [one for first, one in begun if first <= moment]
        if out:
            date = built if moment == calendar.at else moment
            seen = feed_window(show, visible(episodes, moment))
            channel = Channel(
                show=show,
                base_url=press.source.base_url,
                built=date,
                path=EVERYTHING,
                page="/",
            )
            lists.append(press.opml(out, since=moment))
            feeds.append(press.feed(channel, seen, since=moment))
    rows = {EVERYTHING: feeds, OPML: lists}
    return {p: settled(found, at=calendar.at) for p, found in rows.items() if found}


def _of_shows(calendar: Calendar, listed: Iterable[Show]) -> list[Episode]:
    """Each episode once, though it may be in several shows."""
    found = {one.id: one for show in listed for one in calendar.by_show[show.slug]}
    return [
        one.model_copy(update={"extra": "", "collection": None})
        for one in found.values()
    ]


def _everything(press: Press, listed: list[Show]) -> Show:
    """The channel of everything; directories are asked not to list it."""
    source, first = press.source, listed[0]
    return Show(
        slug="",
        guid=podcast_guid(f"{source.base_url}{EVERYTHING}"),
        title=source.organisation,
        description=f"Everything that {source.organisation} publishes.",
        language=first.language,
        timezone=source.timezone,
        author=source.organisation,
        categories=first.categories,
        explicit=any(show.explicit for show in listed),
        picture=first.picture,
        visibility="unlisted",
    )
