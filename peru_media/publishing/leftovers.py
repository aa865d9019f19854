"""What lies in a store and no release needs any more."""

from peru_media.ports import Store
from peru_media.publishing.desk import Desk
from peru_media.publishing.erasing import erase
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.reach import reach

__all__ = ["OURS", "erase_leftovers", "leftovers"]

OURS = ("assets/", "held/", "public/", "releases/", "state/")
"""What the names of our own objects begin with; nothing else is ever deleted."""


def leftovers(store: Store, live: Live) -> tuple[str, ...]:
    """Name every object of ours that the live release does not need.

    What is left of former versions counts too. What a colleague is sending just now
    is among them: erase by ``erasing.erase`` alone, which leaves it to them.
    """
    needed = reach(live)
    found = {one.key for name in OURS for one in store.list(name, former=True)}
    return tuple(sorted(found - needed))


def erase_leftovers(desk: Desk) -> int:
    """Delete all that the live release does not need, and say how many names went.

    What ended, or was withdrawn, is in earlier releases too: so these go with it, and
    nothing is left to roll back to.
    """
    live = read_live(desk.store, desk.cache)
    keys = leftovers(desk.store, live)
    erase(desk, live, keys)
    return len(keys)
