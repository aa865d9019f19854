"""Processes that help with a first build, started once there is work for them."""

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

    def _started(self) -> "ProcessPoolExecutor":
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # lazy
        from multiprocessing import get_context  # noqa: PLC0415  # lazy

        return ProcessPoolExecutor(self._count, mp_context=get_context("spawn"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as Executor says it
        """Let the processes finish, if there are any, and end them."""
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)
