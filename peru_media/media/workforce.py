"""Media work in the hands of any executor: threads, processes, or a cluster."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path
from typing import Protocol

from peru_media.errors import PeruMediaError
from peru_media.media.child import Limits, Reply, Request
from peru_media.media.errand import answered, dismiss

__all__ = ["Hands", "Workforce"]


class Hands(Protocol):
    """Whoever answers requests about media files: children, or an executor."""

    def run(self, requests: Sequence[Request]) -> Iterator[tuple[int, Reply]]:
        """Answer every request, in whatever order they are done."""
        ...

    def close(self) -> None:
        """Stop what was started."""
        ...


class Workforce:
    """Hands every request to an executor, whose workers have limited children.

    The limits hold in each process that the executor uses. Work that is lost, since
    a worker died, was called off or cannot be reached, becomes a sentence, and all
    other work goes on. The executor is left open: who made it shuts it down.

    Args:
        executor: any of ``concurrent.futures``'s kind.
        limits: what reading one file may cost.
    """

    def __init__(self, executor: Executor, *, limits: Limits | None = None) -> None:
        self._executor = executor
        self._limits = limits or Limits()

    def close(self) -> None:
        """Stop the children that threads of this process left."""
        dismiss()

    def run(
        self, requests: Sequence[Request]
    ) -> Generator[tuple[int, Reply], None, None]:
        """Answer every request, in whatever order they are done.

        Where whoever asks goes away, what is not begun is called off.

        Raises:
            PeruMediaError: no child can be started, or the executor itself says what
                a person can put right.
        """
        futures: dict[Future[Reply], int] = {}
        try:
            for number, request in enumerate(requests):
                futures[self._submitted(request)] = number
            for future in as_completed(futures):
                yield futures[future], _reply(future)
        finally:
            for future in futures:
                future.cancel()
            _clear(requests)

    def _submitted(self, request: Request) -> Future[Reply]:
        try:
            return self._executor.submit(answered, request, self._limits)
        except PeruMediaError:
            raise
        except Exception as error:  # noqa: BLE001  # an executor may be anybody's
            failed: Future[Reply] = Future()
            failed.set_exception(error)
            return failed


def _reply(future: Future[Reply]) -> Reply:
    try:
        return future.result()
    except PeruMediaError:
        raise
    except Exception as error:  # noqa: BLE001  # an executor may be anybody's
        fault = (
            f"Whoever was to read it went away or gave up ({type(error).__name__}): "
            "run the command again."
        )
        return Reply(fault=fault, lasting=False)


def _clear(requests: Sequence[Request]) -> None:
    """Remove the drafts of workers that were killed over them."""
    for out in (Path(one["out"]) for one in requests if "out" in one):
        for draft in out.parent.glob(f"{out.name}.*"):
            draft.unlink(missing_ok=True)
