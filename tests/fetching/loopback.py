"""Real web servers on free ports of this machine, for tests to talk to."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as the server saw it; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server answers, after a pause in seconds."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    pause: float = 0.0


Answering = Callable[[Asked], Reply]


class Loopback:
    """A web server that answers by a function and remembers what it was asked."""

    def __init__(
        self, answering: Answering, *, address: str, port: int, tls: SSLContext | None
    ) -> None:
        self.asked: list[Asked] = []
        self._answering = answering
        self._scheme = "https" if tls else "http"
        self._server = ThreadingHTTPServer((address, port), self._handler())
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)

    @property
    def port(self) -> int:
        return int(self._server.server_port)

    @property
    def url(self) -> str:
        host = str(self._server.server_address[0])
        return f"{self._scheme}://{host}:{self.port}"

    @contextmanager
    def running(self) -> Iterator["Loopback"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout: ClassVar[float | None] = 5
            disable_nagle_algorithm = True  # or each answer waits 40 ms

            def handle(self) -> None:
                with suppress(ConnectionError):  # who asked has heard enough
                    super().handle()

            def _any(self) -> None:
                asked = Asked(
                    method=self.command,
                    path=self.path,
                    headers={k.lower(): v for k, v in self.headers.items()},
                    body=self.rfile.read(int(self.headers.get("content-length", 0))),
                )
                outer.asked.append(asked)
                with suppress(ConnectionError):
                    self._say(outer._answering(asked))

            def _say(self, reply: Reply) -> None:
                time.sleep(reply.pause)
                self.send_response(reply.status)
                fields = {"Content-Length": str(len(reply.body)), **reply.headers}
                for name, value in fields.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(reply.body)

            do_GET = do_HEAD = do_POST = do_PUT = _any  # noqa: N815  # its base class's way
            do_DELETE = do_OPTIONS = do_PURGE = _any  # noqa: N815  # the same

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # its base class's name
                """Stay quiet."""

        return Handler


@contextmanager
def serving(
    answering: Answering | Mapping[str, Reply],
    *,
    address: str = "127.0.0.1",
    port: int = 0,
    tls: SSLContext | None = None,
) -> Iterator[Loopback]:
    """Run a server for a while; a table answers by path, and 404 where it has none."""
    by = _by_path(answering) if isinstance(answering, Mapping) else answering
    server = Loopback(by, address=address, port=port, tls=tls)
    with server.running():
        yield server


def _by_path(table: Mapping[str, Reply]) -> Answering:
    return lambda asked: table.get(asked.path.partition("?")[0], Reply(status=404))


class Listener:
    """A bare socket that counts who connects, and says the same bytes to everybody."""

    def __init__(self, says: bytes, *, drip: float) -> None:
        self.accepted = 0
        self._says = says
        self._drip = drip
        self._stop = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.02)
        self.port = int(self._socket.getsockname()[1])

    @contextmanager
    def running(self) -> Iterator["Listener"]:
        thread = threading.Thread(target=self._accept)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join()
            self._socket.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            with suppress(TimeoutError):
                connection, _ = self._socket.accept()
                self.accepted += 1
                with connection, suppress(OSError):
                    self._speak(connection)

    def _speak(self, connection: socket.socket) -> None:
        connection.settimeout(2)
        connection.recv(65536)
        if not self._drip:
            connection.sendall(self._says)
            return
        for byte in self._says:
            if self._stop.wait(self._drip):
                return
            connection.sendall(bytes([byte]))


@contextmanager
def listening(says: bytes = b"", *, drip: float = 0.0) -> Iterator[Listener]:
    """Listen for a while; ``drip`` is the pause before each byte, in seconds."""
    with Listener(says, drip=drip).running() as listener:
        yield listener


def closed_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def crowded() -> Iterator[int]:
    """A port whose waiting room is full, so nobody else is let in."""
    with ExitStack() as opened:
        door = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            guest = opened.enter_context(socket.socket())
            guest.settimeout(0)
            guest.connect_ex(door.getsockname())
        yield int(door.getsockname()[1])
