"""Connections that wait for the head of an answer only so long, however it drips.

A socket's own timeout is the silence between two pieces; a server that sends a
letter of a header now and then never falls silent, and never comes to an end.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, ClassVar

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

if TYPE_CHECKING:
    from urllib3._base_connection import BaseHTTPConnection, BaseHTTPSConnection

__all__ = ["SlowHeadError", "patient_pools"]


class SlowHeadError(HTTPError):
    """The head of an answer did not come to an end in time."""


def patient_pools(seconds: float) -> dict[str, type[HTTPConnectionPool]]:
    """Make the kinds of pool whose connections wait so long for a head, by scheme."""

    class _Plain(_PlainConnection):
        patience = seconds

    class _Secure(_SecureConnection):
        patience = seconds

    class _PlainPool(HTTPConnectionPool):
        ConnectionCls: "type[BaseHTTPConnection]" = _Plain

    class _SecurePool(HTTPSConnectionPool):
        ConnectionCls: "type[BaseHTTPSConnection]" = _Secure

    return {"http": _PlainPool, "https": _SecurePool}


class _PlainConnection(HTTPConnection):
    patience: ClassVar[float]

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
        """Wait for the head of the answer."""
        with _hurried(self.sock, self.patience):
            return super().getresponse()


class _SecureConnection(HTTPSConnection):
    patience: ClassVar[float]

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
        """Wait for the head of the answer."""
        with _hurried(self.sock, self.patience):
            return super().getresponse()


@contextmanager
def _hurried(sock: Any, seconds: float) -> Iterator[None]:  # noqa: ANN401  # a socket, with or without TLS
    """Hang up when the time is over.

    Raises:
        SlowHeadError: it was; whatever came until then is no answer.
    """
    late = Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):  # it ended by itself meanwhile
            sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException, HTTPError):
        if not late.is_set():
            raise
    finally:
        timer.cancel()
    if late.is_set():
        raise SlowHeadError
