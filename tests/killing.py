"""The real command line, killed by SIGKILL before or after any call of its store.

A process that has imported everything is forked for each command, so that a command
starts at once; what is killed is that process with all its threads.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from peru_media import wiring
from peru_media.cli.exits import run
from peru_media.model.target import Target
from peru_media.ports import Store
from tests.stores import CountingStore

__all__ = ["Commands", "Ended", "When", "commands"]

When = Literal["before", "after"]
_CAPABILITIES = 0x20080522  # the third version of that structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended.

    Attributes:
        code: its exit code, or minus the number of the signal that ended it.
        calls: what it asked of the store, as ``(verb, key)``; none if it was killed.
        said: what it wrote to stderr.
    """

    code: int
    calls: Sequence[tuple[str, str]]
    said: str

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL

    def keys(self, verb: str) -> list[str]:
        return [key for name, key in self.calls if name == verb]


@dataclass(slots=True)
class Commands:
    """Runs commands, one after the other."""

    process: "subprocess.Popen[str]"
    folder: Path
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(
        self,
        *arguments: str,
        at: int = 0,
        when: When = "before",
        limit: int | None = None,
        meek: bool = False,
        swift: bool = False,
    ) -> Ended:
        """Run a command; kill it at the call number ``at``, counted from 1.

        ``limit`` is how many bytes a file may have: what a full disk does to writers.
        Who is ``meek`` may write where it is allowed, and nowhere else: not even root.
        Who is ``swift`` waits for nothing that it would wait for.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {
            "arguments": arguments,
            "at": at,
            "when": when,
            "limit": limit,
            "meek": meek,
            "swift": swift,
        }
        with self.lock:
            self.process.stdin.write(json.dumps(asked) + "\n")
            self.process.stdin.flush()
            answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        calls = [(verb, key) for verb, key in answer["calls"]]
        return Ended(code=answer["code"], calls=calls, said=answer["said"])


@contextmanager
def commands(folder: Path, env: dict[str, str] | None = None) -> Iterator[Commands]:
    """Have commands run until the end of the block; ``folder`` is for its own files."""
    folder.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.killing", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **(env or {})},
        cwd=Path(__file__).parents[1],
        text=True,
    ) as process:
        yield Commands(process, folder)
        assert process.stdin is not None
        process.stdin.close()


class _Deadly(CountingStore):
    """Kill this very process before or after one call, counted from 1."""

    def __init__(self, store: Store, *, at: int, when: When) -> None:
        super().__init__(store)
        self._at = at
        self._when = when
        self._lock = threading.Lock()
        self._made = 0

    def _before(self, verb: str, key: str) -> None:
        super()._before(verb, key)
        with self._lock:
            self._made += 1
            if self._made == self._at and self._when == "before":
                os.kill(os.getpid(), signal.SIGKILL)

    def _after(self, verb: str, key: str) -> None:  # noqa: ARG002  (as it is called)
        if self._made >= self._at > 0 and self._when == "after":
            os.kill(os.getpid(), signal.SIGKILL)


def _serve(folder: Path) -> None:
    for line in sys.stdin:
        (folder / "calls").write_text("[]")
        with (folder / "said").open("wb") as said:
            child = os.fork()
            if not child:
                _become(json.loads(line), folder, said)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answer = {
            "code": code,
            "calls": json.loads((folder / "calls").read_text()),
            "said": (folder / "said").read_text(),
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _become(asked: dict[str, Any], folder: Path, said: IO[bytes]) -> None:
    """Be the command, to the end."""
    _redirect(said)
    opened: list[_Deadly] = []
    real = wiring.open_store

    def open_store(target: Target, **how: Any) -> Store:
        opened.append(_Deadly(real(target, **how), at=asked["at"], when=asked["when"]))
        return opened[-1]

    wiring.open_store = open_store
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    limit = unlimited[0] if asked["limit"] is None else asked["limit"]
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited[1]))
    _behave(asked)
    code = 1
    with contextlib.suppress(Exception):
        try:
            code = run(asked["arguments"])
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
            calls = [call for store in opened for call in store.calls]
            (folder / "calls").write_text(json.dumps(calls))
        except Exception:
            traceback.print_exc()
            raise
    sys.stderr.flush()
    os._exit(code)


def _behave(asked: dict[str, Any]) -> None:
    """Be meek, or swift, where that is asked."""
    if asked["meek"]:
        _renounce()
    if asked["swift"]:
        time.sleep = lambda _: None


def _redirect(said: IO[bytes]) -> None:
    """Hear nothing, say nothing but on stderr."""
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.dup2(said.fileno(), 2)


def _renounce() -> None:
    """Give up root's right to write anywhere (capabilities(7)); others have none."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    rights = (ctypes.c_uint32 * 6)()
    libc.capget(header, rights)
    for overriding in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        rights[0] &= ~(1 << overriding)
    libc.capset(header, rights)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
