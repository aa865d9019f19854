"""Coverage, and when it may rest."""

from collections.abc import Iterator
from contextlib import contextmanager

from coverage import Coverage

__all__ = ["resting"]


@contextmanager
def resting(when: bool) -> Iterator[None]:  # noqa: FBT001  # reads as a sentence
    """Let coverage rest, where what follows was watched before with other values.

    Being watched doubles the time of a thousand sites, and their lines are the same.
    """
    watch = Coverage.current() if when else None
    if watch is not None:
        watch.stop()
    try:
        yield
    finally:
        if watch is not None:
            watch.start()
