"""A store that fails as real ones do, at a rate that was sown beforehand."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from peru_media.errors import DamagedObjectError, StoreUnavailableError
from peru_media.ports import (
    Address,
    Body,
    Fetched,
    LocalFile,
    Meta,
    Store,
    Stored,
    Unchanged,
)
from peru_media.storage.patient import PatientStore
from peru_media.wiring import Quiet
from tests.clocks import SetClock

__all__ = ["FAULTS", "FaultyStore", "patient"]

_T = TypeVar("_T")

# What adapters make of it: StoreUnavailableError, unless something else stands here.
BEFORE = ("500", "503", "refused")  # nothing was done
UNKNOWN = ("timeout", "reset")  # done, or not: nobody knows
AFTER = ("lost reply",)  # done, and the answer was lost
SLOW = ("slow",)  # done, but late
GET = ("short body", "wrong bytes")  # wrong bytes: DamagedObjectError, unless a span
PUT = ("bit flipped",)  # DamagedObjectError, and nothing is kept
FAULTS = (*BEFORE, *UNKNOWN, *AFTER, *SLOW, *GET, *PUT)


@dataclass
class FaultyStore:
    """Do what another store does, or fail by one of the faults.

    Each call meets each fault that its verb knows with this probability. The same
    seed gives the same faults, if the calls come in the same order.

    Attributes:
        rate: probability of each fault. met: how often each came.
        sleep: waits where a fault takes time.
    """

    store: Store
    seed: int
    rate: float = 0.05
    kinds: Sequence[str] = FAULTS
    sleep: Callable[[float], None] = lambda _: None

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311  (to be repeated)
        self._lock = threading.Lock()
        self.met: Counter[str] = Counter()

    @property
    def name(self) -> str:
        return self.store.name

    def put(
        self,
        key: str,
        body: Body,
        *,
        meta: Meta,
        if_absent: bool = False,
        if_match: str | None = None,
        advance: Callable[[int], None] | None = None,
    ) -> Stored:
        if self._meets(PUT):
            raise DamagedObjectError(key)
        return self._do(
            key,
            lambda: self.store.put(
                key,
                body,
                meta=meta,
                if_absent=if_absent,
                if_match=if_match,
                advance=advance,
            ),
        )

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        fault = self._meets(GET)
        fetched = self._do(
            key,
            lambda: self.store.get(key, span=span, if_none_match=if_none_match),
        )
        if fault == "short body":
            raise StoreUnavailableError(key)
        if fault and isinstance(fetched, Fetched):
            if span is None:
                raise DamagedObjectError(key)
            return replace(fetched, body=bytes(len(fetched.body)))
        return fetched

    def head(self, key: str) -> Stored:
        return self._do(key, lambda: self.store.head(key))

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:
        return self._do(prefix, lambda: iter([*self.store.list(prefix, former=former)]))

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        wanted = [*keys]
        self._do("", lambda: self.store.delete(wanted, until=until))

    def sweep(self, *, until: datetime) -> None:
        self._do("", lambda: self.store.sweep(until=until))

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile | Address:
        return self.store.locate(key, valid_for=valid_for)

    def _do(self, key: str, work: Callable[[], _T]) -> _T:
        if self._meets(BEFORE):
            raise StoreUnavailableError(key)
        unknown = self._meets(UNKNOWN)
        if unknown == "timeout":
            self.sleep(1.0)
        if unknown and self._chance() < 0.5:
            raise StoreUnavailableError(key)
        done = work()
        if self._meets(SLOW):
            self.sleep(0.5)
        if unknown or self._meets(AFTER):
            raise StoreUnavailableError(key)
        return done

    def _meets(self, kinds: Sequence[str]) -> str:
        """The first fault of these that comes now, if any."""
        for kind in kinds:
            if kind in self.kinds and self._chance() < self.rate:
                with self._lock:
                    self.met[kind] += 1
                return kind
        return ""

    def _chance(self) -> float:
        with self._lock:
            return self._random.random()


def patient(store: Store, *, seed: int = 0) -> PatientStore:
    """Ask it again where it fails, in the time of a clock that costs no time."""
    clock = SetClock()
    chance = random.Random(seed)  # noqa: S311  (to be repeated)
    return PatientStore(
        store,
        clock=clock,
        sleep=lambda seconds: clock.advance(timedelta(seconds=seconds)),
        chance=chance.random,
        progress=Quiet(),
    )
