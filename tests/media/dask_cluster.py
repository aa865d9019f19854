"""A real cluster on loopback: a scheduler, and workers that are processes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Workers", "cluster", "scheduler"]

_SECONDS = 20
_HOST = ("--host", "127.0.0.1", "--no-dashboard")
_ONE_BY_ONE = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0")


@dataclass(frozen=True, slots=True)
class Workers:
    """A cluster's address, and the processes of its scheduler and its workers."""

    address: str
    processes: Sequence[subprocess.Popen[bytes]]
    scheduler: subprocess.Popen[bytes]


@contextmanager
def cluster(folder: Path, *, workers: int = 2) -> Iterator[Workers]:
    """Run a scheduler and workers until the end of the block.

    Args:
        folder: for what they write down.
        workers: how many, each a process that does one thing at a time.
    """
    with _scheduler(folder) as (process, address), ExitStack() as stack:
        arguments = ("worker", address, *_HOST, *_ONE_BY_ONE)
        logs = [folder / f"worker-{number}.log" for number in range(workers)]
        processes = [
            stack.enter_context(
                _running(*arguments, "--local-directory", str(folder), log=log)
            )
            for log in logs
        ]
        for log in logs:
            _heard(log, "Registered to")
        yield Workers(address, processes, process)


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """Run a scheduler alone; gives its address."""
    with _scheduler(folder) as (_, address):
        yield address


@contextmanager
def _scheduler(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    log = folder / "scheduler.log"
    with _running("scheduler", *_HOST, "--port", "0", log=log) as process:
        yield process, _heard(log, "Scheduler at:").split()[-1]


@contextmanager
def _running(*arguments: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (
        log.open("wb") as file,
        subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            stdout=file,
            stderr=file,
            env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        ) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _heard(log: Path, says: str) -> str:
    """Wait for the line that tells that it is up."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        for line in log.read_text().splitlines():
            if says in line:
                return line
        time.sleep(0.05)
    raise AssertionError(log.read_text())
