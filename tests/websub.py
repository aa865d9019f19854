"""A real WebSub hub, by others, and somebody who subscribes at it."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

from tests.served import PROJECT, awaited, free_port

__all__ = ["Subscriber", "hub", "subscriber"]

_PYTHON = PROJECT / ".peru-media" / "tests" / "hub" / "bin" / "python"
_HUB = Path(__file__).parent / "hub" / "hub.py"


@dataclass(slots=True)
class Subscriber:
    """Somebody who has a feed sent to them: what came, and that it came."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)

    def subscribe(self, hub: str, topic: str) -> int:
        """Ask a hub for a feed; the hub asks back before it answers."""
        form = {
            "hub.mode": "subscribe",
            "hub.topic": topic,
            "hub.callback": self.url,
            "hub.secret": "a secret",
        }
        request = Request(hub, urlencode(form).encode(), method="POST")  # noqa: S310  # our own loopback address
        with urlopen(request, timeout=20) as answer:  # noqa: S310  # our own loopback address
            status: int = answer.status
        return status


@contextmanager
def subscriber() -> Iterator[Subscriber]:
    """Listen for what a hub sends, until the end of the block."""
    found = Subscriber()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            challenge = parse_qs(urlsplit(self.path).query)["hub.challenge"][0]
            self._answer(challenge.encode())

        def do_POST(self) -> None:
            found.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self._answer(b"")
            found.came.set()

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def hub(folder: Path) -> Iterator[str]:
    """Run the hub, and give its address."""
    port, log = free_port(), folder / "hub.log"
    command = [str(_PYTHON), str(_HUB), str(port), str(folder / "hub.db")]
    assert _PYTHON.exists(), "make parts sets the hub up"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            awaited(f"http://127.0.0.1:{port}/ready", process, log)
            yield f"http://127.0.0.1:{port}/hub"
        finally:
            process.terminate()
            process.wait(10)
