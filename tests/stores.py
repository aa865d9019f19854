"""Stores that wrap another one: to count what is asked, or to stop in between."""

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

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

__all__ = ["CountingStore", "Stopped", "StoppingStore", "Wrapped"]


class Stopped(BaseException):
    """The program ended here, as if somebody had pulled the plug."""


class Wrapped:
    """A store that hears of each call before and after it is made."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _before(self, verb: str, key: str) -> None:
        """Hear of a call before it is made."""

    def _after(self, verb: str, key: str) -> None:
        """Hear of a call after it was made."""

    @property
    def name(self) -> str:
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
        self._before("put", key)
        stored = self._store.put(
            key,
            body,
            meta=meta,
            if_absent=if_absent,
            if_match=if_match,
            advance=advance,
        )
        self._after("put", key)
        return stored

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        self._before("get", key)
        fetched = self._store.get(key, span=span, if_none_match=if_none_match)
        self._after("get", key)
        return fetched

    def head(self, key: str) -> Stored:
        self._before("head", key)
        stored = self._store.head(key)
        self._after("head", key)
        return stored

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:
        self._before("list", prefix)
        found = [*self._store.list(prefix, former=former)]
        self._after("list", prefix)
        return iter(found)

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        wanted = [*keys]
        self._before("delete", " ".join(wanted))
        self._store.delete(wanted, until=until)
        self._after("delete", " ".join(wanted))

    def sweep(self, *, until: datetime) -> None:
        self._before("sweep", "")
        self._store.sweep(until=until)
        self._after("sweep", "")

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile | Address:
        self._before("locate", key)
        place = self._store.locate(key, valid_for=valid_for)
        self._after("locate", key)
        return place


class CountingStore(Wrapped):
    """Remember each call as ``(verb, key)``; a refused one too.

    A deletion of several keys is one call, its keys joined by blanks.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.calls: list[tuple[str, str]] = []

    def keys(self, verb: str) -> list[str]:
        """The keys of every call of one verb, in the order of the calls."""
        return [key for name, key in self.calls if name == verb]

    def _before(self, verb: str, key: str) -> None:
        self.calls.append((verb, key))


class StoppingStore(Wrapped):
    """Raise ``Stopped`` before or after the call number ``at``, counted from 1.

    After that every call does: a machine that is off makes no more of them.
    """

    def __init__(self, store: Store, at: int, when: Literal["before", "after"]) -> None:
        super().__init__(store)
        self._at = at
        self._when = when
        self._made = 0
        self._lock = threading.Lock()

    def _before(self, verb: str, key: str) -> None:
        with self._lock:
            self._made += 1
            if self._made > self._at or (
                self._made == self._at and self._when == "before"
            ):
                raise Stopped(verb, key)

    def _after(self, verb: str, key: str) -> None:
        if self._made >= self._at:
            raise Stopped(verb, key)
