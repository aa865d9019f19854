"""The real command, previewing a project on this machine."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.served import CLI, PROJECT, free_port

__all__ = ["Previewed", "previewing"]

_SECONDS = 60.0


@dataclass(slots=True)
class Previewed:
    """A preview that runs.

    Attributes:
        url: its address. root: the project. process: that of the command.
        first, pages: seconds from its start to the first answer, and to a page.
    """

    url: str
    root: Path
    process: "subprocess.Popen[str]"
    first: float = 0.0
    pages: float = 0.0

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Ask for a path; the status, the header fields and the text."""
        url = f"{self.url}{path}"
        request = Request(url, headers=headers)  # noqa: S310  # our own loopback address
        try:
            with urlopen(request, timeout=10) as answer:  # noqa: S310  # as above
                text = answer.read().decode(errors="replace")
                return answer.status, dict(answer.headers), text
        except HTTPError as error:
            with error:
                text = error.read().decode(errors="replace")
                return error.code, dict(error.headers), text

    def until(self, path: str, words: str, *, there: bool = True) -> str:
        """Ask again until a page holds some words, or holds them no more."""
        deadline = time.monotonic() + _SECONDS
        while (words in (text := self.ask(path)[2])) is not there:
            assert time.monotonic() < deadline, text
            time.sleep(0.05)
        return text

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def said(self) -> str:
        """What it has printed, once it has ended."""
        return self.process.stdout.read() if self.process.stdout else ""

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def previewing(root: Path, *arguments: str) -> Iterator[Previewed]:
    """Preview a project until the end of the block."""
    port = free_port()
    began = time.monotonic()
    with subprocess.Popen(
        [*CLI, "preview", "--port", str(port), *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        preview = Previewed(f"http://127.0.0.1:{port}", root, process)
        try:
            _await(preview, began)
            yield preview
        finally:
            if process.poll() is None:
                _end(process)


def _await(preview: Previewed, began: float) -> None:
    while True:
        seconds = time.monotonic() - began
        assert seconds < _SECONDS, "no page"
        assert preview.process.poll() is None, preview.said()
        try:
            status = preview.ask("/")[0]
        except (URLError, OSError):
            time.sleep(0.02)
            continue
        preview.first = preview.first or seconds
        preview.pages = seconds
        if status == 200 or preview.ask("/__preview/")[0] == 200:
            return
        time.sleep(0.02)


def _end(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
