"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class SetClock:
    """Tell the moment that was set."""

    def __init__(self, now: datetime = datetime(2026, 11, 2, 12, tzinfo=UTC)) -> None:
        self.moment = now
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    def advance(self, span: timedelta) -> None:
        self.moment += span
        self.seconds += span.total_seconds()
