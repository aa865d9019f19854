"""The server's clock: the store's ``Date``, carried on by a monotonic clock.

A machine's own clock may be wrong, and then an embargoed story would appear
early, or on one replica before another. The store's is the same for all.
"""

from datetime import UTC, datetime
from math import inf

from peru_media.ports import Clock

__all__ = ["StoreTime"]

_STEP = 2.0


class StoreTime:
    """Tell the store's time between its answers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shift: float | None = None
        self._heard = -inf

    def hear(self, date: datetime) -> None:
        """Set it by an answer that just came.

        Stores cut their ``Date`` to whole seconds, so of two answers the later
        time is the truer, and time never steps back for that; only where the
        store itself was put back by more than two seconds is it followed.
        """
        heard = self._clock.monotonic()
        shift = date.timestamp() - heard
        if self._shift is None or not 0 <= self._shift - shift <= _STEP:
            self._shift = shift
        self._heard = heard

    def now(self) -> float:
        """Seconds since 1970; of use only once an answer was heard."""
        return (self._shift or 0.0) + self._clock.monotonic()

    def moment(self) -> datetime:
        """The same as an aware moment, UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

    def silent(self) -> float:
        """Seconds since the store last answered; infinite where it never did."""
        return self._clock.monotonic() - self._heard
