"""One child process that reads media files, seen from outside."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from peru_media.errors import MediaError

__all__ = ["Child", "Limits", "Reply", "Request"]

Request = dict[str, Any]

_BLOCK = 1 << 18
_LONGEST_REPLY = 8 << 20
_AHEAD = 8
_AHEAD_BYTES = 16 << 10
_START_SECONDS = 30.0
_STOP_SECONDS = 2.0
_SPENT = 75  # as worker.SPENT, which must not be imported where limits do not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        memory: bytes of address space of a child.
        processor: seconds of processor time a file.
        wall: seconds on the clock a file.
        bytes_a_second: a large file gets a second more of both for so many bytes.
    """

    memory: int = 512 << 20
    processor: int = 10
    wall: float = 15.0
    bytes_a_second: int = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to one request.

    Attributes:
        value: JSON of what was asked for; None where there is a sentence.
        fault: the sentence. lasting: whether asking again would end the same.
        died: whether the child ended over it.
    """

    value: bytes | None = None
    fault: str = ""
    lasting: bool = True
    died: bool = False


class Child:
    """A process of ``peru_media.media.worker``, and what it was asked.

    Attributes:
        waiting: numbers of the requests without an answer, oldest first.
        deadline: when the oldest of them must be answered (monotonic).
        dead: it ended, or has to.
    """

    def __init__(self, limits: Limits) -> None:
        self.waiting: deque[int] = deque()
        self.deadline = time.monotonic() + _START_SECONDS
        self.dead = False
        self._limits = limits
        self._more: deque[int] = deque()
        self._sizes: deque[int] = deque()
        self._heard = bytearray()
        self._ready = False
        # No environment: what reads strangers' files needs none of our secrets.
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-I", "-m", "peru_media.media.worker", str(limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )

    @property
    def back(self) -> IO[bytes]:
        """The pipe on which it answers."""
        return self._pipe(self._process.stdout)

    def is_there(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def has_room(self, *, fair: int) -> bool:
        """Whether it may be asked ahead of its answers, without taking too much."""
        most = min(_AHEAD, max(fair, 1))
        return not self.waiting or (
            len(self.waiting) < most and sum(self._sizes) < _AHEAD_BYTES
        )

    def ask(self, number: int, request: Request) -> None:
        """Send one request."""
        more = request.get("size", 0) // self._limits.bytes_a_second
        more += request.get("allowance", 0)
        line = json.dumps(request | {"seconds": self._limits.processor + more})
        self.waiting.append(number)
        self._more.append(more)
        # What takes long is dealt out one by one, so that no child waits idly.
        self._sizes.append(_AHEAD_BYTES if "allowance" in request else len(line))
        if len(self.waiting) == 1 and self._ready:
            self._set_deadline()
        try:
            pipe = self._pipe(self._process.stdin)
            pipe.write(line.encode() + b"\n")
            pipe.flush()
        except BrokenPipeError:
            self.dead = True

    def answers(self, *, late: bool) -> Iterator[tuple[int, Reply]]:
        """What it has said since last asked; where it ended or is late, why.

        Raises:
            MediaError: it never came up.
        """
        data = b"" if late else os.read(self.back.fileno(), _BLOCK)
        self._heard += data
        *lines, rest = self._heard.split(b"\n")
        self._heard = rest
        for line in lines:
            if self._ready:
                yield self._next(), _reply(bytes(line))
            self._ready = True
            self._set_deadline()
        if not data or len(rest) > _LONGEST_REPLY:
            yield from self._last_words(late=late)

    def stop(self) -> None:
        """Let it end by itself, or end it."""
        self._hang_up()
        self._ended()
        self.back.close()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        self._hang_up()
        self.back.close()

    def _ended(self) -> int:
        """Wait a moment for it to end by itself; give its exit code."""
        try:
            return self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _hang_up(self) -> None:
        try:
            self._pipe(self._process.stdin).close()
        except BrokenPipeError:
            self.dead = True

    def _next(self) -> int:
        self._more.popleft()
        self._sizes.popleft()
        return self.waiting.popleft()

    def _set_deadline(self) -> None:
        span = self._limits.wall + self._more[0] if self._more else float("inf")
        self.deadline = time.monotonic() + span

    def _last_words(self, *, late: bool) -> Iterator[tuple[int, Reply]]:
        """Blame the file that it was at, and nobody for a quiet end."""
        self.dead = True
        if late:
            self._process.kill()
        code = self._ended()
        if not self._ready:
            msg = "The reader of media files does not start: install peru-media again."
            raise MediaError(msg)
        if self.waiting and (late or code != _SPENT):
            blame = self._blame(code, more=self._more[0], late=late)
            yield self._next(), blame

    def _blame(self, code: int, *, more: int, late: bool) -> Reply:
        if late:
            text = f"took longer than {self._limits.wall + more:g} s"
        elif code == -signal.SIGXCPU:
            text = f"took over {self._limits.processor + more} s of computing"
        else:
            text = "made the reader of media files break down"
        fault = f"Reading it {text}: it is damaged or harmful, export it again."
        return Reply(fault=fault, lasting=not late, died=True)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            msg = "a child has pipes at both ends"
            raise TypeError(msg)
        return pipe


def _reply(line: bytes) -> Reply:
    if line.startswith(b"+"):
        return Reply(value=line[1:])
    return Reply(fault=json.loads(line[1:]))
