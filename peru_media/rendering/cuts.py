"""Where a long list is cut, so that one more in it moves no other cut."""

import zlib
from collections.abc import Iterator, Sequence

__all__ = ["cuts"]


def cuts(
    names: Sequence[str], *, shortest: int, longest: int
) -> Iterator[tuple[int, int]]:
    """Cut a list into blocks where its names say so: the start and end of each.

    A block ends behind one name in about ``shortest``, is never shorter than that
    (but for the last) and never longer than ``longest``. So whatever comes, goes
    or changes nearly always touches one block alone.
    """
    start = 0
    while start < len(names):
        last = min(start + longest, len(names))
        ends = (
            at
            for at in range(start + shortest, last)
            if zlib.crc32(names[at - 1].encode()) % shortest == 0
        )
        end = next(ends, last)
        yield start, end
        start = end
