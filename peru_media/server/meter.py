"""What was answered, counted: by kind and by class of status, never by address."""

from bisect import bisect_left
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peru_media.server.kinds import KINDS, Kind, kind_of
from peru_media.server.reply import LEFT, Outcome, public_path

__all__ = ["BOUNDS", "Counted", "Meter", "Tally"]

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_ADDRESSES = 4096
_PRIVATE = "/private/"


@dataclass(slots=True)
class Tally:
    """The answers of one kind.

    Attributes:
        answers: how many, by the first digit of their status; 0 where there was
            no whole answer, for the client or the disk had gone.
        buckets: how many were handed over within each of ``BOUNDS`` seconds, and
            later. seconds: that all of them took. sent: bytes of their bodies.
    """

    answers: list[int] = field(default_factory=lambda: [0] * 6)
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    sent: int = 0


class Meter:
    """Count the answers of this process, for whoever watches over it."""

    def __init__(
        self, monotonic: Callable[[], float], *, note: "Note | None" = None
    ) -> None:
        """Begin at nothing.

        Args:
            monotonic: seconds that never go back.
            note: told of each answer too, where requests are logged.
        """
        self.now = monotonic
        self.tallies: Mapping[Kind, Tally] = {kind: Tally() for kind in KINDS}
        self._tally = lru_cache(_ADDRESSES)(self._find)
        self._note = note

    def count(self, scope: Scope, outcome: Outcome, *, began: float) -> None:
        """Add an answer to a request that began at a moment of ``now``."""
        seconds = self.now() - began
        status, sent = outcome
        path = public_path(scope)
        if path.startswith(_PRIVATE):
            path = _PRIVATE  # nobody's token is kept, not even here
        tally = self._tally(path)
        tally.answers[status // 100] += 1
        tally.buckets[bisect_left(BOUNDS, seconds)] += 1
        tally.seconds += seconds
        tally.sent += sent
        if self._note is not None:
            self._note(scope, outcome, seconds)

    def _find(self, path: str) -> Tally:
        return self.tallies[kind_of(path)]


Note = Callable[[Scope, Outcome, float], None]


class Counted:
    """Stand before an app and count what it answers, however it does."""

    def __init__(self, app: ASGIApp, *, meter: Meter) -> None:
        """Whatever ``app`` answers is counted by ``meter``."""
        self._app, self._meter = app, meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, and look on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent, began = _Sent(send), self._meter.now()
        try:
            await self._app(scope, receive, sent)
        finally:
            self._meter.count(scope, sent.outcome, began=began)


class _Sent:
    """An answer on its way; it stands where ``send`` did."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.outcome = LEFT

    def __call__(self, message: Message) -> Awaitable[None]:
        status, size = self.outcome
        if message["type"] == "http.response.start":
            status = message["status"]
            self._length = dict(message["headers"]).get(b"content-length", b"0")
        elif message["type"] == "http.response.pathsend":
            size = int(self._length)
        else:
            size += len(message.get("body", b""))
        self.outcome = status, size
        return self._send(message)
