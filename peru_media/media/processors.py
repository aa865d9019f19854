"""How much may be done at the same time."""

import os

__all__ = ["processors"]


def processors() -> int:
    """How many processors this process may use, which may be fewer than there are."""
    allowed = getattr(os, "sched_getaffinity", None)  # which not every system has
    return len(allowed(0)) if allowed else os.cpu_count() or 1
