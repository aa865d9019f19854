"""Collect: delete what no release needs any more, and keep what can be undone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from peru_media.errors import DamagedObjectError, ObjectNotFoundError
from peru_media.model.graves import Graves
from peru_media.ports import Stored
from peru_media.publishing.desk import Desk
from peru_media.publishing.erasing import erase, finish_erasing
from peru_media.publishing.history import releases
from peru_media.publishing.leftovers import OURS
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.reach import reach

__all__ = ["Gathered", "collect", "gather"]

LAST = 10
"""So many releases can be rolled back to, however old they are."""
DAYS = timedelta(days=7)
"""And every one that was live within this time; with what it reaches, assets too."""
GRACE = timedelta(days=1)
"""What is younger may be part of a publish that is under way."""

_HASH = "[0-9a-f]{20}"
_NAMES = re.compile(
    rf"(public|held)/{_HASH}/{_HASH}/[^/]+"
    rf"|assets/{_HASH}\.[a-z0-9]+"
    rf"|state/episodes/{_HASH}/{_HASH}|state/shared/{_HASH}"
    r"|releases/[0-9]+-[0-9a-f]{12}\.json"
    r"|[a-z]+/(doctor|trial)-[0-9a-f]+/[a-z]+"  # of a trial that was cut off
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a collection would delete, and which releases it keeps.

    Attributes:
        live: what was read, for ``collect``. kept: numbers of the releases that stay,
        newest first. going: what goes, in key order; of a name under which only
        former versions are left, ``size`` is theirs. until: what was stored after
        that moment stays.
    """

    live: Live
    kept: tuple[int, ...]
    going: tuple[Stored, ...]
    until: datetime

    @property
    def size(self) -> int:
        """Bytes of all that goes."""
        return sum(one.size for one in self.going)


def gather(desk: Desk, *, rehearsal: bool = False) -> Gathered | None:
    """Find what no release needs that is live, or that may be rolled back to.

    Kept is what the live release reaches, and the last ten releases, and every one of
    the last seven days, but never anything of an episode that was withdrawn, nor a
    release with an episode that has ended and left since. What is
    younger than a day is left alone, and so is what has none of our names.

    Args:
        desk: where it is done.
        rehearsal: write nothing at all; otherwise a list that was left is finished.

    Returns:
        None before the first release.

    Raises:
        ObjectNotFoundError, DamagedObjectError: the live release is not whole.
    """
    live = read_live(desk.store, desk.cache)
    if not rehearsal:
        live = finish_erasing(desk, live)
    if live.root is None or live.date is None:
        return None
    graves, until = Graves(live.root.tombstones), live.date - GRACE
    kept, needed = _kept(live, live.date)
    going = (
        one
        for prefix in OURS
        for one in desk.store.list(prefix, former=True)
        if _NAMES.fullmatch(one.key)
        if graves.owns(one.key) or (one.key not in needed and _is_old(one, until))
    )
    return Gathered(live=live, kept=kept, going=tuple(going), until=until)


def collect(desk: Desk, gathered: Gathered) -> Live:
    """Delete what was gathered, and what uploads and writers left that were cut off.

    A release that came since is looked at again, as ``erase`` says.

    Raises:
        StoreError: the store failed; the next verb that changes something goes on.
    """
    keys = [one.key for one in gathered.going]
    live = erase(desk, gathered.live, keys, until=gathered.until)
    desk.store.sweep(until=gathered.until)
    return live


def _is_old(stored: Stored, until: datetime) -> bool:
    return stored.modified is not None and stored.modified <= until


def _kept(live: Live, now: datetime) -> tuple[tuple[int, ...], frozenset[str]]:
    """The releases that stay, and every object that they reach."""
    numbers, needed = [], set(reach(live))
    here = _ids(live)
    for one in _spared(live, now):
        if one.number != live.number:
            try:
                if _ids(one, ended=now) - here:
                    continue  # whoever was to erase it was cut off
                needed |= reach(one)
            except (ObjectNotFoundError, DamagedObjectError):
                continue  # nobody can roll back to it any more
        numbers.append(one.number)
    return tuple(numbers), frozenset(needed)


def _ids(release: Live, *, ended: datetime | None = None) -> set[str]:
    """The ids of its episodes; with a moment, of those that had ended by then."""
    source = release.source()
    episodes = source.episodes if source else ()
    if ended is None:
        return {one.id for one in episodes}
    return {one.id for one in episodes if one.until and one.until <= ended}


def _spared(live: Live, now: datetime) -> Iterator[Live]:
    """The last ten releases, and those that were live in the last seven days."""
    until = now
    for count, one in enumerate(releases(live)):
        if count >= LAST and until < now - DAYS:
            return
        yield one
        until = one.root.made if one.root else until
