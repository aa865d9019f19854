"""A clock that stands at the moment that is shown."""

from datetime import datetime

from peru_media.ports import Clock

__all__ = ["StandingClock"]


class StandingClock:
    """Tell one moment until another is set; spans are measured all the same.

    A preview shows what is scheduled, so what serves it must believe that the
    last of it is out.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moment = clock.now()

    def stand(self, moment: datetime) -> None:
        """Stand at this moment, UTC, from now on."""
        self._moment = moment

    def now(self) -> datetime:
        """The moment that was set."""
        return self._moment

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return self._clock.monotonic()
