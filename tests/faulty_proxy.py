"""A proxy on the loopback that spoils HTTP on its way to a real store."""

import http.client
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

__all__ = ["FAULTS", "STRIPPED", "FaultyProxy", "spoiling"]

# What it can do to a request or its answer.
FAULTS = (
    "500",
    "503",
    "closed before",  # the request is never passed on
    "closed after",  # it was done, and the answer is lost
    "timeout",  # it was done, and the answer comes after the client gave up
    "slow",
    "answer cut",  # the body breaks off
    "answer flipped",  # one bit of the body is another one
    "request flipped",
)
# The store never hears If-Match and If-None-Match; signed anew, for they are signed.
STRIPPED = "conditions stripped"
_HOP_BY_HOP = frozenset({"connection", "expect", "keep-alive", "transfer-encoding"})
_CONDITIONS = frozenset({"if-match", "if-none-match"})

Decide = Callable[[str, str], str]


@dataclass(slots=True)
class FaultyProxy:
    """Where it listens, and which faults it made.

    Attributes:
        decide: given the method and the path, names the fault to make now, or none.
        met: how often each was made. hang: seconds that a lost answer takes.
        keys: of whoever signs, where something signed is taken out.
    """

    endpoint: str
    decide: Decide
    keys: tuple[str, str] = ("", "")
    met: Counter[str] = field(default_factory=Counter)
    hang: float = 3.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    chance: random.Random = field(default_factory=lambda: random.Random(6))  # noqa: S311  (to be repeated)

    def fault(self, method: str, path: str) -> str:
        with self.lock:
            found = self.decide(method, path)
            if found:
                self.met[found] += 1
            return found

    def flipped(self, body: bytes) -> bytes:
        """The same bytes but for one bit."""
        if not body:
            return body
        with self.lock:
            at, bit = self.chance.randrange(len(body)), self.chance.randrange(8)
        return body[:at] + bytes([body[at] ^ (1 << bit)]) + body[at + 1 :]

    def at_rate(self, rate: float, faults: Sequence[str] = FAULTS) -> None:
        """From now on each request meets each of these faults with this chance."""

        def decide(_method: str, _path: str) -> str:
            met = (fault for fault in faults if self.chance.random() < rate)
            return next(met, "")

        self.decide = decide


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # an answer in two pieces waits 40 ms for the first one's ACK
    disable_nagle_algorithm = True
    proxy: FaultyProxy
    upstream: str

    def handle_expect_100(self) -> bool:
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.proxy.fault(self.command, self.path)
        if fault == "closed before":
            self._hang_up()
        elif fault in {"500", "503"}:
            self._refuse(int(fault))
        else:
            if fault == "request flipped":
                body = self.proxy.flipped(body)
            self._answer(fault, *self._ask(body, stripped=fault == STRIPPED))

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = pass_on  # noqa: N815  (the names that http.server wants)

    def _ask(
        self, body: bytes, *, stripped: bool
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        headers = dict(self.headers.items())
        for name in [name for name in headers if name.lower() in _HOP_BY_HOP]:
            del headers[name]
        if stripped and _CONDITIONS.intersection(map(str.lower, headers)):
            headers = self._signed(headers, body)
        connection = http.client.HTTPConnection(self.upstream, timeout=20)
        try:
            connection.putrequest(
                self.command, self.path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            return 502, [], b""
        finally:
            connection.close()

    def _signed(self, headers: dict[str, str], body: bytes) -> dict[str, str]:
        """The same headers without conditions, signed as their sender would."""
        left_out = _CONDITIONS | {"authorization", "x-amz-date", "host"}
        kept = {
            name: value
            for name, value in headers.items()
            if name.lower() not in left_out
        }
        url = f"http://{headers['Host']}{self.path}"
        request = AWSRequest(self.command, url, headers=kept, data=body)
        S3SigV4Auth(Credentials(*self.proxy.keys), "s3", "us-east-1").add_auth(request)
        return {**dict(request.headers.items()), "Host": headers["Host"]}

    def _answer(
        self, fault: str, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        if fault in {"timeout", "slow"}:
            time.sleep(self.proxy.hang if fault == "timeout" else 0.1)
        if fault in {"timeout", "closed after"}:
            self._hang_up()
            return
        if fault == "answer flipped":
            body = self.proxy.flipped(body)
        self._send(status, headers, body, cut=fault == "answer cut" and bool(body))

    def _send(
        self, status: int, headers: list[tuple[str, str]], body: bytes, *, cut: bool
    ) -> None:
        self.send_response_only(status)
        named = {name.lower(): value for name, value in headers}
        for name, value in headers:
            if name.lower() not in {*_HOP_BY_HOP, "content-length"}:
                self.send_header(name, value)
        length = named.get("content-length") if self.command == "HEAD" else None
        if status not in {204, 304}:
            self.send_header("Content-Length", length or str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self._hang_up()

    def _refuse(self, status: int) -> None:
        code = {500: "InternalError", 503: "SlowDown"}[status]
        text = f"<Error><Code>{code}</Code><Message>not now</Message></Error>"
        self._send(status, [], text.encode() * (self.command != "HEAD"), cut=False)

    def _hang_up(self) -> None:
        """End the connection at once, as a cable that is pulled."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Say nothing: who is hung up on cannot be answered."""


@contextmanager
def spoiling(
    endpoint: str,
    decide: Decide = lambda _method, _path: "",
    *,
    keys: tuple[str, str] = ("", ""),
) -> Iterator[FaultyProxy]:
    """Listen in front of a server until the end of the block."""
    handler = type("Handler", (_Handler,), {"upstream": urlsplit(endpoint).netloc})
    with _Server(("127.0.0.1", 0), handler) as server:
        proxy = FaultyProxy(f"http://127.0.0.1:{server.server_port}", decide, keys)
        handler.proxy = proxy  # type: ignore[attr-defined]  # it is declared there
        thread = threading.Thread(
            target=server.serve_forever, args=(0.05,), daemon=True
        )
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()
