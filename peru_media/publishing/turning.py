"""Turn: what time has brought about is erased and announced; nobody's edit goes out.

Servers turn to each moment by themselves. What is left to do is to delete what has
ended, to open the media of what has come out to anyone, to tell apps, and to lay the
timeline out further: by a timer, such as ``publish --due`` every five minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from peru_media.model.graves import Graves, united
from peru_media.model.moment import parse_utc, utc_text
from peru_media.model.release import Tombstone, version_at
from peru_media.model.source import Source
from peru_media.planning import Due, due, opened
from peru_media.publishing.announcement import Announced, announce, feeds_of
from peru_media.publishing.desk import Desk
from peru_media.publishing.ears import News
from peru_media.publishing.entries import recalled
from peru_media.publishing.erasing import finish_erasing
from peru_media.publishing.live import Live, moment_of, read_live
from peru_media.publishing.omission import buried, omitted
from peru_media.publishing.publishing import Published, publish
from peru_media.publishing.remains import tidy_up
from peru_media.publishing.restating import restated

__all__ = ["Turned", "turn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What was done about it.

    Attributes:
        due: what was found. release: number of the release that is live now.
        published: the release that it took, if any. erased: objects deleted.
        announced: who was told of what has come out.
    """

    due: Due
    release: int
    published: Published | None = None
    erased: int = 0
    announced: tuple[Announced, ...] = ()


def turn(
    desk: Desk, *, withdrawn: Iterable[Tombstone] = (), rehearsal: bool = False
) -> Turned:
    """Do what is due; harmless however often, and by however many timers.

    Args:
        desk: where it is done.
        withdrawn: tombstones of the files. Whoever is still public, as the target was
            away when they were withdrawn, is so no more.
        rehearsal: only look.

    Raises:
        ConflictError: a colleague published just now; the next run goes on.
        StoreError: the store failed; the last release is still live.
    """
    live = read_live(desk.store, desk.cache)
    if not rehearsal:
        live = finish_erasing(desk, live)
    source = live.source()
    if live.root is None or source is None:
        return Turned(due=Due(), release=0)
    at, graves = moment_of(live, desk.clock), Graves(united(withdrawn))
    left = buried(source, graves)
    found = due(left, live.root, at=at)
    if rehearsal:
        return Turned(due=found, release=live.number)
    told = _tell(desk, live, left, found, at)
    if found.nothing and left == source:
        erased = tidy_up(desk)
        return Turned(due=found, release=live.number, announced=told, erased=erased)
    published = _restate(desk, live, left, found, at, graves)
    return Turned(
        due=found,
        release=published.release,
        published=published,
        erased=published.erased,
        announced=told,
    )


def _restate(
    desk: Desk, live: Live, source: Source, found: Due, at: datetime, graves: Graves
) -> Published:
    """Make the release in which it is done; what turned was announced already."""
    left = omitted(source, ids={one.id for one in found.ended})
    free = {one.id: opened(one) for one in found.waiting}
    episodes = tuple(free.get(one.id, one) for one in left.episodes)
    after = left.model_copy(update={"episodes": episodes})
    ledger = recalled(after, live.ledger(), live.ledger(), at=at)
    quiet = replace(desk, ears=())
    made = restated(after, ledger, quiet, live, at=at, graves=graves)
    return publish(made, quiet)


def _tell(
    desk: Desk, live: Live, source: Source, found: Due, at: datetime
) -> tuple[Announced, ...]:
    """Announce what came out, once."""
    mark = f"turned/{desk.store.name}"
    known = desk.cache.get(mark)
    since = parse_utc(known.decode()) if known else None
    new = [one for one in found.begun if since is None or one.published > since]
    if not new:
        return ()
    shows = {slug for one in new for slug in one.shows}
    paths = feeds_of(shows, _feeds(live, at), source)
    news = News(
        release=live.number,
        base_url=desk.base_url,
        feeds=tuple(desk.base_url + path for path in paths),
    )
    told = announce(desk.ears, news, fetcher=desk.fetcher)
    desk.cache[mark] = utc_text(at).encode()
    return told


def _feeds(live: Live, at: datetime) -> list[str]:
    """Every feed, in each form, that answers at a moment."""
    rows = [row for table in live.tables().values() for row in table.items()]
    held = ((path, version_at(versions, at)) for path, versions in rows)
    return [path for path, one in held if one and one.key and one.cache == "feed"]
