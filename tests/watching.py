"""Coverage, and when it may rest."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from coverage import Coverage

__all__ = ["resting", "resting_children"]


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


@contextmanager
def resting_children(when: bool) -> Iterator[None]:  # noqa: FBT001  # as above
    """Let processes that are started meanwhile run without being watched."""
    with pytest.MonkeyPatch.context() as patch:
        if when:
            patch.delenv("COVERAGE_PROCESS_START", raising=False)
        yield
