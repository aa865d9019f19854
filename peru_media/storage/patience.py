"""How long a store that does not answer is waited for, and who hears of it."""

import threading
from dataclasses import dataclass

from peru_media.ports import Clock, Progress

__all__ = ["Patience", "Silence"]

_PHASE = "waiting"
_NOTED = 2.0  # seconds of silence before anybody is told of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How a store that fails is asked again.

    Attributes:
        seconds: how long in all, from the first failure on. first, longest: seconds
            of the first pause and of the longest; each is up to twice the last.
        mends: how often bytes are sent or fetched again that came damaged.
    """

    seconds: float = 60.0
    first: float = 0.25
    longest: float = 8.0
    mends: int = 3

    def pause(self, failures: int, chance: float) -> float:
        """Seconds to wait after so many failures; ``chance`` lies in [0, 1).

        At least half of what is due, so that many who wait do not come at once.
        """
        due = min(self.longest, self.first * 2.0 ** min(failures - 1, 30))
        return due * (1 + chance) / 2


class Silence:
    """How long the store has not answered; one for all threads."""

    def __init__(self, clock: Clock, progress: Progress, seconds: float) -> None:
        self._clock = clock
        self._progress = progress
        self._seconds = seconds
        self._lock = threading.Lock()
        self._since: float | None = None
        self._latest = 0.0
        self._told = False

    def noted(self, until: float | None) -> float:
        """Note a failure; give the moment until which its call may go on trying."""
        now = self._clock.monotonic()
        with self._lock:
            if self._since is None or now - self._latest > self._seconds:
                self._since = now
            self._latest = now
        return now + self._seconds if until is None else until

    def allows(self, pause: float, until: float) -> bool:
        """Whether there is time for one more try after a pause, which is told."""
        with self._lock:
            since = self._latest if self._since is None else self._since
            end = min(until, since + self._seconds)
            if self._clock.monotonic() + pause < end:
                self._lasts(self._latest - since, pause)
                return True
        self._finish()
        return False

    def broken(self) -> None:
        """Forget it: there was an answer."""
        with self._lock:
            self._since = None
        self._finish()

    def _lasts(self, lasted: float, pause: float) -> None:
        """Tell how long one has to wait, once it is worth telling."""
        if not self._told and lasted >= _NOTED:
            self._told = True
            self._progress.start(_PHASE, round(self._seconds), "seconds")
            self._progress.advance(_PHASE, round(lasted))
        if self._told:
            self._progress.advance(_PHASE, round(pause))

    def _finish(self) -> None:
        with self._lock:
            told, self._told = self._told, False
        if told:
            self._progress.finish(_PHASE)
