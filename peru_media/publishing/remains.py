"""What a publish that was cut off may have left of somebody who withdrew meanwhile."""

from peru_media.model.value import canonical, digest
from peru_media.publishing.desk import Desk
from peru_media.publishing.erasing import stones
from peru_media.publishing.leftovers import erase_leftovers
from peru_media.publishing.live import Live, read_live

__all__ = ["PLACES", "UNTIDY", "mark", "mark_of", "sweep_remains", "tidy_up"]

PLACES = ("public", "held", "state/episodes")
"""Under these, by its id, lies whatever belongs to one episode alone."""

UNTIDY = b"untidy"
"""The mark of a publish after which something that has ended must be erased."""


def mark(desk: Desk) -> str:
    """Stands in the cache while a publish is under way, and after one was cut off."""
    return f"sending/{desk.store.name}"


def mark_of(live: Live) -> bytes:
    """What a publish leaves behind while it is under way: who was withdrawn so far."""
    known = [stone.model_dump(mode="json") for stone in stones(live)]
    return digest(canonical(known)).encode()


def sweep_remains(desk: Desk, left: bytes) -> None:
    """Delete what a publish that was killed may have left of somebody withdrawn.

    One that loses its swap does so itself. Where somebody was withdrawn since it
    began, as ``left`` tells, which was its mark, its feeds and lists name them, too:
    then nothing stays but what the live release needs.
    """
    live = read_live(desk.store, desk.cache)
    names = sorted({stone.id for stone in stones(live) if stone.id})
    keys = [
        one.key
        for name in names
        for place in PLACES
        for one in desk.store.list(f"{place}/{name}/", former=True)
    ]
    if keys:
        desk.store.delete(keys)
    if left != mark_of(live):
        erase_leftovers(desk)


def tidy_up(desk: Desk) -> int:
    """Erase what has ended, where whoever was to do it was killed; says how much.

    The release without it is live already, so nothing else tells that it is left.
    """
    if desk.cache.get(mark(desk)) != UNTIDY:
        return 0
    erased = erase_leftovers(desk)
    desk.cache.pop(mark(desk), None)
    return erased
