"""A store that answers whatever a test wants, over real HTTP on this machine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["Answer", "answering", "fault"]

DATE = "Mon, 02 Nov 2026 12:00:00 GMT"


@dataclass(frozen=True)
class Answer:
    """What is sent back. ``cut`` bytes of the body are promised and never sent."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Date": DATE})
    cut: int = 0


def fault(status: int, code: str) -> Answer:
    """An error as S3 says it, with a text that nobody should ever see."""
    text = f"<Error><Code>{code}</Code><Message>SECRET in a text</Message></Error>"
    return Answer(status, text.encode())


@contextmanager
def answering(decide: Callable[[str, str], Answer]) -> Iterator[str]:
    """Serve; ``decide`` is given the method and the path with its query."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = decide(self.command, self.path)
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + answer.cut))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else answer.body)
            self.close_connection = bool(answer.cut)

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer  # noqa: N815  (the names that http.server wants)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
