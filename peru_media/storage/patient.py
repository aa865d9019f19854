"""A store that is asked again when it fails for a moment."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from peru_media.errors import (
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
    StoreError,
    StoreUnavailableError,
)
from peru_media.ports import (
    Address,
    Body,
    Clock,
    Fetched,
    LocalFile,
    Meta,
    Progress,
    Store,
    Stored,
    Unchanged,
)
from peru_media.storage.patience import Patience, Silence
from peru_media.storage.source import opened

__all__ = ["PatientStore"]

_T = TypeVar("_T")

_USUAL = Patience()


class PatientStore:
    """Ask another store, and ask again where the answer may be another one.

    A call that failed for want of an answer is made again for about a minute, with
    pauses that grow; the minute is one for all threads, and ends with the first
    answer. What may have been done all the same is looked at first: what lies under
    the key with the same SHA-256 is ours, and is not sent twice.

    Args:
        store: the store itself. clock: measures the minute. sleep: waits for so many
        seconds. chance: gives a number in [0, 1) each time. progress: hears of the
        phase ``waiting``, in seconds, where one has to wait long.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock,
        sleep: Callable[[float], None],
        chance: Callable[[], float],
        progress: Progress,
        patience: Patience = _USUAL,
    ) -> None:
        self._store = store
        self._sleep = sleep
        self._chance = chance
        self._patience = patience
        self._silence = Silence(clock, progress, patience.seconds)

    @property
    def name(self) -> str:
        """That of the store itself."""
        return self._store.name

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
        """Keep the body under the key, as ``ports.Store`` says.

        After a try of which nobody knows how it ended, ``PreconditionError`` is
        raised only where other bytes than ours lie there.
        """
        attempt = _Put(
            store=self._store,
            key=key,
            body=body,
            meta=meta,
            if_absent=if_absent,
            if_match=if_match,
            heard=_Heard(advance) if advance else None,
        )
        return self._patiently(attempt.make)

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Fetch the object, or a span of it; one that was cut is fetched again."""
        return self._patiently(
            lambda: self._store.get(key, span=span, if_none_match=if_none_match)
        )

    def head(self, key: str) -> Stored:
        """Tell what lies under the key."""
        return self._patiently(lambda: self._store.head(key))

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:
        """List what begins with the prefix; all of it is read before any is given."""
        return iter(self._patiently(lambda: [*self._store.list(prefix, former=former)]))

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        """Delete the objects; what is gone already is no fault."""
        wanted = [*keys]
        self._patiently(lambda: self._store.delete(wanted, until=until))

    def sweep(self, *, until: datetime) -> None:
        """Remove what a ``put`` left that was cut off."""
        self._patiently(lambda: self._store.sweep(until=until))

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile | Address:
        """Tell where the bytes can be had."""
        return self._patiently(lambda: self._store.locate(key, valid_for=valid_for))

    def _patiently(self, work: Callable[[], _T]) -> _T:
        """Do it, until it is done or there is no point in going on."""
        failures = _Failures()
        while True:
            try:
                done = work()
            except (StoreUnavailableError, DamagedObjectError) as error:
                self._sleep(self._pause(failures, error))
            except StoreError:
                self._silence.broken()
                raise
            else:
                self._silence.broken()
                return done

    def _pause(self, failures: "_Failures", error: StoreError) -> float:
        """How long to wait after this failure; raise it again where it was enough."""
        if isinstance(error, DamagedObjectError):
            failures.damages += 1
            if failures.damages > self._patience.mends:
                raise error
            return self._patience.pause(failures.damages, self._chance())
        failures.silences += 1
        pause = self._patience.pause(failures.silences, self._chance())
        failures.until = self._silence.noted(failures.until)
        if not self._silence.allows(pause, failures.until):
            raise error
        return pause


@dataclass(slots=True)
class _Failures:
    """How one call went so far; ``until`` when it may go on trying."""

    silences: int = 0
    damages: int = 0
    until: float | None = None


@dataclass(slots=True, kw_only=True)
class _Put:
    """One object on its way, however often it has to set out."""

    store: Store
    key: str
    body: Body
    meta: Meta
    if_absent: bool
    if_match: str | None
    heard: "_Heard | None"
    unknown: bool = False

    def make(self) -> Stored:
        """Try once; but where an earlier try arrived all the same, that was it."""
        if self.unknown and self.if_absent:
            held = self._held()
            if held is not None and self._is_ours(held):
                return held
        try:
            return self.store.put(
                self.key,
                self.body,
                meta=self.meta,
                if_absent=self.if_absent,
                if_match=self.if_match,
                advance=self.heard.anew() if self.heard else None,
            )
        except StoreUnavailableError:
            self.unknown = True
            raise
        except PreconditionError as error:
            return self._refused(error)

    def _refused(self, error: PreconditionError) -> Stored:
        """Tell our own object from somebody else's, and both from none.

        S3 refuses a creation (409) also where another one was being deleted.
        """
        held = self._held()
        if held is None and self.if_absent:
            msg = f"{self.key}: somebody deletes it at this very moment"
            raise StoreUnavailableError(msg) from None
        if held is None or not self.unknown or not self._is_ours(held):
            raise error
        return held

    def _held(self) -> Stored | None:
        try:
            return self.store.head(self.key)
        except ObjectNotFoundError:
            return None

    def _is_ours(self, held: Stored) -> bool:
        with opened(self.body) as source:
            return held.sha256 == source.digest()


@dataclass(slots=True)
class _Heard:
    """What was told of bytes on their way; none is told twice that is sent twice."""

    tell: Callable[[int], None]
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def anew(self) -> Callable[[int], None]:
        """Begin to count again."""
        sent = 0

        def advance(amount: int) -> None:
            nonlocal sent
            with self.lock:
                sent += amount
                more, self.most = sent - self.most, max(sent, self.most)
            if more > 0:
                self.tell(more)

        return advance
