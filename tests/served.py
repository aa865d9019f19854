"""The real command line, publishing and serving on this machine."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]
CLI = (sys.executable, "-m", "peru_media")


@dataclass(frozen=True, slots=True)
class Served:
    """A site that is being served: its address, its project, its server's pid."""

    url: str
    root: Path
    pid: int

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:  # noqa: S310  # our own loopback address
            body: bytes = answer.read()
        return body

    @property
    def feed_url(self) -> str:
        return f"{self.url}/personalisation/feed.xml"


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def own_content(root: Path) -> Path:
    """A copy of the project's own shows and episodes."""
    for name in ("feeds", "episodes"):
        shutil.copytree(PROJECT / name, root / name)
    return root


def run(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, check: bool = True
) -> "subprocess.CompletedProcess[str]":
    """Run one verb as a person would, but with nobody at the keyboard."""
    done = subprocess.run(
        [*CLI, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if check and done.returncode:
        msg = f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        raise AssertionError(msg)
    return done


@contextmanager
def serving(
    root: Path, *arguments: str, port: int, env: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Serve a published project until the end of the block."""
    url = f"http://127.0.0.1:{port}"
    command = [*CLI, "serve", "--port", str(port), *arguments]
    log = (root / f"serve-{port}.log").open("wb")
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        awaited(f"{url}/readyz", process, Path(log.name))
        yield Served(url, root, process.pid)
    finally:
        _stop(process)
        log.close()


def awaited(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until a server that was started answers well."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own loopback address
                return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    msg = f"no answer at {url}:\n{log.read_text()}"
    raise AssertionError(msg)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def published(root: Path) -> Iterator[Served]:
    """The project's own content, published to a folder and served from it."""
    own_content(root)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    run("publish", "--target", "local", "--yes", "--base-url", url, cwd=root)
    with serving(root, port=port) as served:
        yield served
