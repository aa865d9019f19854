"""Erase: delete objects for good, while colleagues publish, and whoever is cut off.

What is to go is listed in ``current.json`` first, by a swap; then it is deleted; then
the list is cleared, by a swap. Every verb that changes something finishes a list that
it finds before it begins, so nothing is lost when one is cut off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from peru_media.errors import PreconditionError, StoreUnavailableError
from peru_media.model.release import CURRENT_KEY, Current, Tombstone
from peru_media.ports import Fetched, Meta
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.reach import reach

__all__ = ["erase", "erase_buried", "finish_erasing", "put_current", "stones"]

ATTEMPTS = 5
LISTS = 100
ROUND = 2000  # keys in one list: servers fetch it each time that it changes
BATCH = 250  # keys deleted between two looks at the list
_JSON = Meta(media_type="application/json", cache_control="no-cache")


def erase(
    desk: Desk, live: Live, keys: Iterable[str], *, until: datetime | None = None
) -> Live:
    """Delete objects with every stored version; never one that the live release needs.

    A publish that began before the list holds the etag of before, so its swap fails;
    it then finishes the list itself, and sends again what that took of its own. One
    that begins later finishes the list first, so what it sends, or finds, is younger
    than the list. Whoever still deletes by a list that others finished long ago takes
    only what was there when it was made: what is younger than ``until`` stays.

    Args:
        desk: where it is done.
        live: what was read last, from which the keys were worked out.
        keys: what is to go; what the live release reaches, or a newer one that came
            meanwhile, is left.
        until: what was stored after that moment of the store's clock stays; else what
            is stored after ``live`` was read. What lies under the id of something
            withdrawn goes whenever it was stored.

    Returns:
        What is live afterwards, with no list in it.

    Raises:
        StoreUnavailableError, PreconditionError: it could not be listed or cleared;
            what is listed will be finished by the next verb that changes something.
    """
    moment, wanted = until or live.date, sorted({*keys} - {CURRENT_KEY})
    needed = _Needed()
    for first in range(0, len(wanted), ROUND):
        live = _erase_some(desk, live, wanted[first : first + ROUND], moment, needed)
    return finish_erasing(desk, live)


def finish_erasing(desk: Desk, live: Live) -> Live:
    """Finish what a withdrawal or a collection had begun to delete.

    A colleague may be doing the same: whoever clears the list, it is cleared. One
    who deletes much makes list after list, and nobody may swap one away that stands.

    Raises:
        StoreUnavailableError, PreconditionError: it could not be cleared.
    """
    failed = 0
    for _ in range(LISTS):
        if live.current is None or not live.current.erasing:
            return live
        if _deleted(desk, live, live.current):
            failed += 1
            cleared = _cleared(live.current)
            _put(desk, cleared, live.etag, last=failed == ATTEMPTS)
        live = read_live(desk.store, desk.cache)
    msg = f"somebody deletes without end: {LISTS} lists came one after another"
    raise PreconditionError(msg)


def put_current(desk: Desk, current: Current, etag: str | None) -> None:
    """Swap ``current.json``, if it is still the one with this etag, or missing.

    Raises:
        PreconditionError: it is another one by now.
    """
    desk.store.put(
        CURRENT_KEY,
        current.to_bytes(),
        meta=_JSON,
        if_absent=etag is None,
        if_match=etag,
    )


def erase_buried(desk: Desk, before: Live, sent: Iterable[str]) -> None:
    """After losing the swap: delete what was sent of somebody who withdrew.

    ``before`` is what was live when the publish began. Where somebody was withdrawn
    since, feeds and lists that were sent name them, too: all that was sent goes, but
    for what the live release needs.
    """
    keys, now = [*sent], read_live(desk.store, desk.cache)
    theirs = _split(now, keys)[0]
    if theirs:
        desk.store.delete(theirs)
    if stones(now) != stones(before):
        erase(desk, now, keys)


def stones(live: Live) -> tuple[Tombstone, ...]:
    """What is withdrawn by a release."""
    return live.root.tombstones if live.root else ()


@dataclass(slots=True)
class _Needed:
    """What the live release reaches, worked out once for each release."""

    number: int = -1
    keys: frozenset[str] = frozenset()

    def by(self, live: Live) -> frozenset[str]:
        if live.number != self.number:
            self.number, self.keys = live.number, reach(live)
        return self.keys


def _erase_some(
    desk: Desk,
    live: Live,
    keys: Sequence[str],
    until: datetime | None,
    needed: _Needed,
) -> Live:
    """List some keys and delete them; after a refusal, look anew what may go."""
    for attempt in range(1, ATTEMPTS + 1):
        live = finish_erasing(desk, live)
        listed = tuple(key for key in keys if key not in needed.by(live))
        if live.current is None or not listed:
            return live
        listing = live.current.model_copy(update={"erasing": listed, "until": until})
        _put(desk, listing, live.etag, last=attempt == ATTEMPTS)
        live = read_live(desk.store, desk.cache)
        if live.current is not None and live.current.erasing == listed:
            break
    return finish_erasing(desk, live)


def _put(desk: Desk, current: Current, etag: str | None, *, last: bool) -> None:
    """Swap; whether that was done, what is read next tells."""
    try:
        put_current(desk, current, etag)
    except (PreconditionError, StoreUnavailableError):
        if last:
            raise


def _cleared(current: Current) -> Current:
    count = (current.erased or 0) + 1
    return current.model_copy(update={"erasing": (), "until": None, "erased": count})


def _deleted(desk: Desk, live: Live, current: Current) -> bool:
    """Delete all that is listed; stop where the list is not that one any more."""
    for first in range(0, len(current.erasing), BATCH):
        answer = desk.store.get(CURRENT_KEY, if_none_match=live.etag)
        if isinstance(answer, Fetched):
            return False
        buried, others = _split(live, current.erasing[first : first + BATCH])
        if buried:
            desk.store.delete(buried)
        if others:
            desk.store.delete(others, until=current.until)
    return True


def _split(live: Live, keys: Iterable[str]) -> tuple[list[str], list[str]]:
    """Those that lie under the id of something withdrawn, and the others."""
    ids = {one.id for one in live.root.tombstones} if live.root else set()
    parts: tuple[list[str], list[str]] = ([], [])
    for key in keys:
        parts[ids.isdisjoint(key.split("/"))].append(key)
    return parts
