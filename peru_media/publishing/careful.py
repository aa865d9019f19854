"""What is done where a store takes the conditions of a write and does not keep them.

Colleagues are told apart by conditions: a release is swapped in only if the one before
is still the one that was read. Whether a store keeps them is found out by trying, at
the first write that has one, and remembered for a day.
"""

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from peru_media.errors import ObjectNotFoundError, PreconditionError, StoreError
from peru_media.model.moment import parse_utc, utc_text
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import (
    Address,
    Body,
    Clock,
    Fetched,
    LocalFile,
    Meta,
    Store,
    Stored,
    Unchanged,
)
from peru_media.publishing.conditional import conditional_writes

__all__ = ["CarefulStore", "warning"]

_DAY = timedelta(days=1)
_PAUSE = 3.0
_YES, _NO = "kept", "ignored"
_NEVER = "NotImplemented"


def warning(store: Store, cache: MutableMapping[str, bytes]) -> str:
    """Say that nobody else should publish just now; empty where nothing is amiss.

    What is known is what was found out when something was last written.
    """
    if not cache.get(_shelf(store), b"").startswith(_NO.encode()):
        return ""
    return (
        f"Careful: {store.name} does not keep a colleague from overwriting what you "
        "publish, or you from overwriting theirs. What is live is looked at before "
        "and after, but two who publish within the same seconds may still undo one "
        "another's publish. Agree on one person who publishes, and on one machine; "
        "peru-media doctor tells when the store has learnt it."
    )


def _shelf(store: Store) -> str:
    return f"conditions/{store.name}"


@dataclass(slots=True, kw_only=True)
class CarefulStore:
    """Write as the only writer where the store behind does not keep conditions.

    Attributes:
        store: the store behind. cache: remembers for a day what was found out.
        token: gives letters that no other trial has. sleep: waits so many seconds.
        pause: how long after a swap it is looked at once more.
    """

    store: Store
    cache: MutableMapping[str, bytes]
    clock: Clock
    token: Callable[[], str]
    sleep: Callable[[float], None]
    pause: float = _PAUSE
    _lock: Lock = field(default_factory=Lock)
    _kept: bool | None = None

    @property
    def name(self) -> str:
        """That of the store behind."""
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
        """Keep the body under the key, as ``ports.Store`` says, as well as it can.

        Without the store's help the condition is looked at right before and right
        after, and once more a little later. Who was overwritten meanwhile is told
        so; who overwrites a moment after that last look tells nobody.
        """
        asked = if_absent or if_match is not None
        if not asked or self._keeps_conditions():
            return self.store.put(
                key,
                body,
                meta=meta,
                if_absent=if_absent,
                if_match=if_match,
                advance=advance,
            )
        if self._etag(key) != if_match:
            raise PreconditionError(key)
        stored = self.store.put(key, body, meta=meta, advance=advance)
        if if_match is not None or key == CURRENT_KEY:
            self._expect(stored)
            self.sleep(self.pause)
            self._expect(stored)
        return stored

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Fetch the object, or a span of it."""
        return self.store.get(key, span=span, if_none_match=if_none_match)

    def head(self, key: str) -> Stored:
        """Tell what lies under the key."""
        return self.store.head(key)

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:
        """List what begins with the prefix."""
        return self.store.list(prefix, former=former)

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        """Delete the objects."""
        self.store.delete(keys, until=until)

    def sweep(self, *, until: datetime) -> None:
        """Remove what a ``put`` left that was cut off."""
        self.store.sweep(until=until)

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile | Address:
        """Tell where the bytes can be had."""
        return self.store.locate(key, valid_for=valid_for)

    def _etag(self, key: str) -> str | None:
        try:
            return self.store.head(key).etag
        except ObjectNotFoundError:
            return None

    def _expect(self, stored: Stored) -> None:
        if self._etag(stored.key) != stored.etag:
            raise PreconditionError(stored.key)

    def _keeps_conditions(self) -> bool:
        with self._lock:
            if self._kept is None:
                self._kept = self._remembered()
            if self._kept is None:
                self._kept = self._tried()
                text = f"{_YES if self._kept else _NO} {utc_text(self.clock.now())}"
                self.cache[_shelf(self.store)] = text.encode()
            return self._kept

    def _remembered(self) -> bool | None:
        """What was found out within a day."""
        found = self.cache.get(_shelf(self.store), b"").decode().split(" ")
        if len(found) != 2 or self.clock.now() - parse_utc(found[1]) > _DAY:  # noqa: PLR2004  # a word and a moment
            return None
        return found[0] == _YES

    def _tried(self) -> bool:
        """Try it; a store that knows no conditions at all keeps none."""
        try:
            return conditional_writes(self.store, token=self.token())
        except StoreError as error:
            if type(error) is StoreError and _NEVER in str(error):
                return False
            raise
