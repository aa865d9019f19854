"""Processes that help with a first build, started once there is work for them."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

__all__ = ["Workers"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers(Executor):
    """One process a processor, of which none is started before the first work.

    Most publishes change little, and starting Python takes longer than they do.
    The processes end with the one that started them, however that ends.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def submit(
        self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Hand over some work; function and arguments must survive pickling."""
        if self._pool is None:
            self._pool = self._started()
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: FBT001, FBT002  # as Executor says it
        """End the processes, if there are any; what is not begun is left."""
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _started(self) -> "ProcessPoolExecutor":
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # lazy
        from multiprocessing import get_context  # noqa: PLC0415  # lazy

        fresh = get_context("spawn")
        return ProcessPoolExecutor(self._count, mp_context=fresh, initializer=_follow)


def _follow() -> None:
    """Leave Ctrl-C to the process that started this one, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415  # lazy

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
