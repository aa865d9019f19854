"""A few child processes that read media files, each kept while it behaves."""

import selectors
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from peru_media.media.child import Child, Limits, Reply, Request

__all__ = ["Pool"]


class Pool:
    """Child processes that answer requests about media files.

    They are started when they are first needed and used again and again; one
    that dies, hangs or runs out of memory is replaced, and only the file that it
    was at gets a sentence instead of an answer. May be called from any thread,
    one call at a time.

    Args:
        workers: how many at most.
        limits: what reading one file may cost.
    """

    def __init__(self, *, workers: int, limits: Limits | None = None) -> None:
        self._most = max(workers, 1)
        self._limits = limits or Limits()
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the children; a later call would start new ones."""
        with self._lock:
            while self._idle:
                self._idle.pop().stop()

    def run(self, requests: Sequence[Request]) -> Iterator[tuple[int, Reply]]:
        """Answer every request, in whatever order they are done.

        A request's ``size`` in bytes stretches its limits, and ``allowance`` adds
        so many seconds.

        Raises:
            MediaError: no child can be started at all.
        """
        with self._lock:
            run = _Run(self._idle, self._limits, self._most, requests)
            try:
                yield from run.replies()
            finally:
                run.end()


class _Run:
    """One call's work, dealt out to children that work at the same time."""

    def __init__(
        self,
        idle: list[Child],
        limits: Limits,
        most: int,
        requests: Sequence[Request],
    ) -> None:
        self._idle = idle
        self._limits = limits
        self._most = most
        self._requests = requests
        self._todo = deque(range(len(requests)))
        self._busy: set[Child] = set()
        self._selector = selectors.DefaultSelector()

    def replies(self) -> Iterator[tuple[int, Reply]]:
        while self._todo or self._busy:
            self._deal()
            for child, late in self._awaited():
                yield from self._collect(child, late=late)

    def end(self) -> None:
        """Stop children that still work (the caller went away), free the rest."""
        for child in self._busy:
            child.kill()
        self._selector.close()

    def _deal(self) -> None:
        """Hand out work: a child always has a little more than it is at."""
        while self._todo and len(self._busy) < self._most:
            child = self._fresh()
            self._busy.add(child)
            self._selector.register(child.back, selectors.EVENT_READ, child)
            self._feed(child)

    def _fresh(self) -> Child:
        """A child that waits for work, or else a new one."""
        while self._idle:
            child = self._idle.pop()
            if child.is_there():
                return child
            child.kill()
        return Child(self._limits)

    def _feed(self, child: Child) -> None:
        while self._todo and child.has_room(fair=len(self._todo) // self._most):
            number = self._todo.popleft()
            child.ask(number, self._requests[number])

    def _awaited(self) -> list[tuple[Child, bool]]:
        """Wait until a child has something to say, or its time is over (True)."""
        soonest = min(child.deadline for child in self._busy)
        ready = self._selector.select(max(soonest - time.monotonic(), 0.0))
        heard = {key.data for key, _ in ready}
        now = time.monotonic()
        late = [child for child in self._busy - heard if child.deadline <= now]
        return [(child, False) for child in heard] + [(child, True) for child in late]

    def _collect(self, child: Child, *, late: bool) -> Iterator[tuple[int, Reply]]:
        yield from child.answers(late=late)
        if child.dead:
            self._release(child)
            self._todo.extendleft(reversed(child.waiting))
        elif self._todo:
            self._feed(child)
        elif not child.waiting:
            self._release(child)
            self._idle.append(child)

    def _release(self, child: Child) -> None:
        self._busy.discard(child)
        self._selector.unregister(child.back)
        if child.dead:
            child.kill()
