"""Servers of one store, each a process with a clock of its own.

``python -m tests.replicas PORT`` is one of them.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.applications import Starlette

from peru_media.server.app import create_app
from peru_media.server.running import run
from peru_media.server.settings import ServerSettings
from peru_media.storage.folder import FolderStore
from peru_media.storage.s3 import S3Settings, S3Store
from peru_media.wiring import SystemClock
from tests.served import PROJECT, awaited, free_port

__all__ = ["Replica", "ShiftedClock", "replica"]

_WHERE, _SHIFT, _POLL = "TEST_STORE", "TEST_SHIFT", "TEST_POLL"


class ShiftedClock:
    """The time of a machine that was set wrong."""

    def __init__(self, shift: timedelta) -> None:
        self._shift, self._clock = shift, SystemClock()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def monotonic(self) -> float:
        return self._clock.monotonic()


@dataclass(slots=True)
class Replica:
    """One server: where it listens, and its process, which may be killed."""

    port: int
    env: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes]" = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.replicas", str(self.port)],
                cwd=PROJECT,
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        awaited(f"{self.url}/readyz", self.process, self.log)

    def kill(self) -> None:
        """End it at once, as a power cut would, with its workers."""
        os.killpg(self.process.pid, 9)
        self.process.wait(10)


@contextmanager
def replica(
    folder: Path,
    store: str,
    *,
    shift: timedelta = timedelta(),
    poll_seconds: float = 5.0,
    port: int = 0,
) -> Iterator[Replica]:
    """Serve a folder, or a bucket (``s3://…``), until the end of the block."""
    port = port or free_port()
    env = {
        _WHERE: store,
        _SHIFT: str(shift.total_seconds()),
        _POLL: str(poll_seconds),
    }
    found = Replica(port, env, folder / f"replica-{port}.log")
    found.start()
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.kill()


def _app() -> Starlette:
    where, clock = (
        os.environ[_WHERE],
        ShiftedClock(timedelta(seconds=float(os.environ[_SHIFT]))),
    )
    settings = ServerSettings(poll_seconds=float(os.environ[_POLL]))
    if where.startswith("s3://"):
        bucket = S3Store(S3Settings(bucket=where.removeprefix("s3://")))
        return create_app(bucket, clock=clock, settings=settings)
    store = FolderStore(Path(where), clock=SystemClock())
    return create_app(store, clock=clock, settings=settings)


if __name__ == "__main__":
    run("tests.replicas:_app", port=int(sys.argv[1]))
