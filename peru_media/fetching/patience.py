"""Connections that wait for an answer only so long, however it drips.

A socket's own timeout is the silence between two pieces; a server that sends a
letter of a header now and then never falls silent, and never comes to an end. Nor
does one that drips the size of a chunk, or headers after the last one.
"""

import socket
from collections.abc import Callable, Iterator
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

__all__ = ["PatientConnection", "SlowHeadError", "hurried", "patient_pools"]


class SlowHeadError(HTTPError):
    """The head of an answer, or of a chunk of it, did not come to an end in time."""


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


class PatientConnection:
    """What waits so long for the head of an answer, and can be hung up on later."""

    patience: ClassVar[float]
    sock: "socket.socket | Any"
    _line: "socket.socket | Any" = None

    def hang_up(self) -> None:
        """End what is read from another thread, whoever holds the line by now."""
        with suppress(OSError):  # it ended by itself meanwhile
            self._line.shutdown(socket.SHUT_RDWR)

    def _awaited(self, head: Callable[[], HTTPResponse]) -> HTTPResponse:
        self._line = self.sock
        with hurried(self.hang_up, self.patience):
            return head()


class _PlainConnection(PatientConnection, HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
        """Wait for the head of the answer."""
        return self._awaited(super().getresponse)


class _SecureConnection(PatientConnection, HTTPSConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3's own
        """Wait for the head of the answer."""
        return self._awaited(super().getresponse)


@contextmanager
def hurried(hang_up: Callable[[], None], seconds: float) -> Iterator[None]:
    """Hang up when the time is over.

    Raises:
        SlowHeadError: it was; whatever came until then is no answer.
    """
    late = Event()

    def end() -> None:
        late.set()
        hang_up()

    timer = Timer(seconds, end)
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
