"""What holds at a public path at a moment."""

from dataclasses import dataclass
from math import inf

from peru_media.model.release import Version, parse_row
from peru_media.server.headers import Manners

__all__ = ["Place", "place_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A public path at a moment.

    Attributes:
        path: the public path. row: its table row, as it was read.
        version: what holds. manners: the release's header fields.
        until: when the path's next version begins, seconds since 1970, or inf.
    """

    path: str
    row: bytes
    version: Version
    until: float
    manners: Manners


def place_at(path: str, row: bytes, now: float, *, manners: Manners) -> Place | None:
    """Pick what holds of a row at a moment; None before its first version."""
    held, until = None, inf
    for version in parse_row(row):
        if version.since.timestamp() > now:
            until = version.since.timestamp()
            break
        held = version
    if held is None:
        return None
    return Place(path=path, row=row, version=held, until=until, manners=manners)
