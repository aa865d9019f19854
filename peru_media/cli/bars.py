"""Progress as bars on a terminal."""

import sys
from threading import Lock
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

__all__ = ["Bars"]


class Bars:
    """Draws one bar a phase on stderr; a progress that people can watch.

    To be used as a context manager, so that the cursor comes back in any case.
    Between phases nothing is drawn, so that somebody can be asked something.
    """

    def __init__(self, *, colour: bool | None = None) -> None:
        self._console = Console(file=sys.stderr, no_color=colour is False)
        self._lock = Lock()
        self._running: dict[str, tuple[Progress, TaskID]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for phase in list(self._running):
            self.finish(phase)

    def start(self, phase: str, total: int, unit: str) -> None:
        """Begin a bar; a phase with nothing to do gets none."""
        if not total:
            return
        bar = Progress(*_columns(unit), console=self._console)
        bar.start()
        with self._lock:
            self._running[phase] = bar, bar.add_task(phase, total=total)

    def advance(self, phase: str, amount: int) -> None:
        """Move a bar on."""
        with self._lock:
            bar, task = self._running.get(phase, (None, None))
            if bar is not None and task is not None:
                bar.advance(task, amount)

    def finish(self, phase: str) -> None:
        """Let a bar stand as it is."""
        with self._lock:
            bar, _ = self._running.pop(phase, (None, None))
        if bar is not None:
            bar.stop()


def _columns(unit: str) -> tuple[ProgressColumn, ...]:
    name = TextColumn(" {task.description:<8}")
    if unit == "B":
        left = TimeRemainingColumn(compact=True)
        return name, BarColumn(24), DownloadColumn(), TransferSpeedColumn(), left
    return name, BarColumn(24), MofNCompleteColumn(), TextColumn(unit)
