"""What a publish that was cut off may have left of somebody who withdrew meanwhile."""

from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live

__all__ = ["PLACES", "sweep_remains"]

PLACES = ("public", "held", "state/episodes")
"""Under these, by its id, lies whatever belongs to one episode alone."""


def sweep_remains(desk: Desk, live: Live) -> int:
    """Delete all that lies under the id of something withdrawn; says how many names.

    A publish that loses its swap does so for what it sent. One that was killed
    cannot, so the next one does it for all.
    """
    stones = live.root.tombstones if live.root else ()
    names = sorted({stone.id for stone in stones if stone.id})
    keys = [
        one.key
        for name in names
        for place in PLACES
        for one in desk.store.list(f"{place}/{name}/", former=True)
    ]
    if keys:
        desk.store.delete(keys)
    return len(keys)
