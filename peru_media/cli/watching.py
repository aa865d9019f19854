"""Let people watch long work, where somebody sits before a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from peru_media.cli.manners import Manners
from peru_media.ports import Progress
from peru_media.wiring import Quiet

__all__ = ["watched"]


@contextmanager
def watched(manners: Manners) -> Iterator[Progress]:
    """Draw bars until the end of the block; without a terminal, nothing."""
    if not manners.bars:
        yield Quiet()
        return
    from peru_media.cli.bars import Bars  # noqa: PLC0415  # rich, only on a terminal

    with Bars(colour=manners.colour) as bars:
        yield bars
