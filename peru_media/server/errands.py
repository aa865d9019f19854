"""Calls of the store: a few at a time, and nobody waits long for one."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from peru_media.errors import StoreUnavailableError

__all__ = ["Errands"]

_LOG = logging.getLogger(__name__)
_CROWD = 1024

_T = TypeVar("_T")


class Errands:
    """Threads that ask the store, so that the loop never waits for it.

    A store may take a call and never answer. Whoever waits is then told so after
    some seconds, and once every thread is held up in that way the next are told at
    once: a hundred thousand requests wait for nothing, and fill nothing. As soon
    as one call comes back, the store is asked again.
    """

    def __init__(
        self, *, threads: int, seconds: float, monotonic: Callable[[], float]
    ) -> None:
        """Prepare.

        Args:
            threads: calls at the same time.
            seconds: how long somebody waits for one.
            monotonic: seconds that never go back.
        """
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="peru-media")
        self._threads, self._seconds = threads, seconds
        self._monotonic = monotonic
        self._began: dict[object, float] = {}
        self._silent = False
        self._waiting = 0

    @property
    def under_way(self) -> int:
        """Calls that have not come back."""
        return len(self._began)

    async def run(self, work: Callable[[], _T]) -> _T:
        """Do it in a thread.

        Raises:
            StoreUnavailableError: it takes too long, or too many wait already.
        """
        if self._waiting >= _CROWD or self._held_up():
            self._note(silent=True)
            msg = "the store does not answer just now"
            raise StoreUnavailableError(msg)
        loop = asyncio.get_running_loop()
        self._waiting += 1
        try:
            done = loop.run_in_executor(self._executor, self._noted, work)
            answer = await asyncio.wait_for(done, self._seconds)
        except TimeoutError:
            self._note(silent=True)
            msg = f"the store gave no answer within {self._seconds:g} seconds"
            raise StoreUnavailableError(msg) from None
        finally:
            self._waiting -= 1
        self._note(silent=False)
        return answer

    def _noted(self, work: Callable[[], _T]) -> _T:
        """Do it, and let it be seen since when."""
        call = object()
        self._began[call] = self._monotonic()
        try:
            return work()
        finally:
            del self._began[call]

    def _note(self, *, silent: bool) -> None:
        """Log that the store fell silent or speaks again, once for each."""
        if silent and not self._silent:
            _LOG.warning("the store takes calls and does not answer")
        if self._silent and not silent:
            _LOG.warning("the store answers again")
        self._silent = silent

    def _held_up(self) -> bool:
        """Whether no thread is left: each waits longer than anybody should."""
        if len(self._began) < self._threads:
            return False
        late = self._monotonic() - self._seconds
        return all(began < late for began in [*self._began.values()])
