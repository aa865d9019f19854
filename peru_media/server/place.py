"""What holds at a public path at a moment."""

from dataclasses import dataclass
from math import inf

from peru_media.model.release import Version, parse_row
from peru_media.server.headers import Manners

__all__ = ["Place", "version_and_end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A public path at a moment.

    Attributes:
        path: the public path. row: its table row, as it was read.
        version: what holds. manners: the release's header fields.
        serial: of the snapshot.
        until: when the path's next version begins, seconds since 1970, or inf.
    """

    path: str
    row: bytes
    version: Version
    until: float
    manners: Manners
    serial: int


def version_and_end(row: bytes, now: float) -> tuple[Version | None, float]:
    """Pick what holds of a row at a moment, None before its first version.

    And until when: the moment at which the next one begins, or inf.
    """
    held, until = None, inf
    for version in parse_row(row):
        if version.since.timestamp() > now:
            until = version.since.timestamp()
            break
        held = version
    return held, until
