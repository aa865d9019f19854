"""Ways to call the command line as people and programs do."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

NOWHERE = "http://127.0.0.1:9"
COMMAND = (sys.executable, "-m", "peru_media")


def edit(path: Path, old: str, new: str) -> None:
    """Replace one text in a file; it has to stand there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def age(root: Path) -> None:
    """Let every file look as if it had been written a while ago."""
    then = time.time() - 60
    for path in root.rglob("*"):
        os.utime(path, (then, then))


def at_terminal(
    arguments: Sequence[str], *, typed: str, cwd: Path, whole: bool = False
) -> tuple[int, str]:
    """Run the command at a terminal, with these keys typed; gives code and screen.

    With ``whole`` the arguments are the whole command.
    """
    seconds = 60
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in {"CI", "NO_COLOR"}}
    with subprocess.Popen(
        [*(() if whole else COMMAND), *arguments],
        cwd=cwd,
        env=environment | {"TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        screen = b"".join(_screen(ours, time.monotonic() + seconds))
        code = process.wait(timeout=10)
    os.close(ours)
    return code, screen.decode()


def _screen(descriptor: int, until: float) -> Iterator[bytes]:
    while time.monotonic() < until:
        if not select.select([descriptor], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(descriptor, 65_536)
        except OSError:  # the other end is closed
            return
        if not data:
            return
        yield data


class _Empty(BaseHTTPRequestHandler):
    """A server that has nothing, or says the same to everything."""

    status = 404

    def do_GET(self) -> None:
        self.send_error(self.status)

    do_HEAD = do_GET  # noqa: N815  # the name that http.server looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name
        """Keep silent."""


@contextmanager
def empty_server(*, status: int = 404) -> Iterator[str]:
    """A web server that answers 404 to everything; gives its address."""
    kind = type("_Same", (_Empty,), {"status": status})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
