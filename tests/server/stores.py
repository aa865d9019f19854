"""Stores that behave, but can be sent away, robbed or spoilt by a test."""

from datetime import timedelta

from peru_media.errors import (
    ObjectNotFoundError,
    StoreUnavailableError,
)
from peru_media.ports import Address, Fetched, LocalFile, Unchanged
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock

__all__ = ["BucketStore", "TroubledStore"]


class TroubledStore(MemoryStore):
    """A store in memory with troubles to switch on.

    Attributes:
        away: it gives no answer. lost: keys it does not have any more.
        spoilt: keys whose bytes come out changed. asked: keys fetched, in order.
    """

    def __init__(self, *, clock: SetClock) -> None:
        super().__init__(clock=clock)
        self.away = False
        self.lost: set[str] = set()
        self.spoilt: set[str] = set()
        self.asked: list[str] = []

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """As ever, unless there is trouble."""
        self.asked.append(key)
        if self.away:
            msg = "the store gives no answer"
            raise StoreUnavailableError(msg)
        if key in self.lost:
            raise ObjectNotFoundError(key)
        answer = super().get(key, span=span, if_none_match=if_none_match)
        if key in self.spoilt and isinstance(answer, Fetched):
            body = answer.body[:-1] + bytes([answer.body[-1] ^ 1])
            return Fetched(body=body, stored=answer.stored, date=answer.date)
        return answer


class BucketStore(TroubledStore):
    """A store whose media are fetched from another host, by signed addresses."""

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile | Address:  # type: ignore[override]  # a bucket has no files
        """An address; it tells how long it lasts, as a real one does."""
        if self.away:
            msg = "no credentials just now"
            raise StoreUnavailableError(msg)
        seconds = round(valid_for.total_seconds())
        return Address(f"https://bucket.example.net/{key}?expires={seconds}")
