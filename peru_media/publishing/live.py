"""What is live just now: the current release, its root, and the parts it names."""

import gzip
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from peru_media.errors import DamagedObjectError, ObjectNotFoundError, StoreError
from peru_media.model.listeners import Listeners
from peru_media.model.release import (
    CURRENT_KEY,
    FORMAT,
    Current,
    Ledger,
    Part,
    Root,
    Table,
    parse_table,
)
from peru_media.model.source import Source
from peru_media.model.value import digest
from peru_media.planning import Against
from peru_media.ports import Clock, Fetched, Store

__all__ = ["Live", "moment_of", "read_live", "unpack"]

_Kind = TypeVar("_Kind", Current, Root)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The live release as it was read; empty before the first publish.

    ``etag`` is that of ``current.json``; only while it holds may it be swapped.
    ``date`` is the store's own clock at that answer. ``wanting`` are objects of it
    that the store has lost, and that are to be made and sent again.
    """

    store: Store
    cache: MutableMapping[str, bytes]
    current: Current | None = None
    etag: str | None = None
    root: Root | None = None
    date: datetime | None = None
    wanting: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """The release's number; 0 before the first."""
        return self.current.release if self.current else 0

    def ledger(self) -> Ledger:
        """Every guid ever published."""
        return Ledger.from_bytes(self.part(self.root.ledger)) if self.root else Ledger()

    def source(self) -> Source | None:
        """The public values that are live."""
        return Source.from_bytes(self.part(self.root.source)) if self.root else None

    def tables(self) -> dict[str, Table]:
        """The live tables by name."""
        parts = self.root.tables if self.root else {}
        return {name: parse_table(self.part(part)) for name, part in parts.items()}

    def private(self) -> dict[str, Table]:
        """The live tables of private shows, by slug."""
        parts = self.root.private if self.root else {}
        return {name: parse_table(self.part(part)) for name, part in parts.items()}

    def every(self) -> dict[str, Table]:
        """All live tables: those of private shows too, as ``private/<slug>``."""
        closed = {f"private/{name}": table for name, table in self.private().items()}
        return self.tables() | closed

    def listeners(self) -> Listeners:
        """Everybody who was ever let in to a private show."""
        part = self.root.listeners if self.root else None
        return Listeners.from_bytes(self._fetched(part)) if part else Listeners()

    def against(self, ledger: Ledger) -> Against:
        """What a plan is made against, with the recordings of then and of now.

        ``ledger`` is that of now. A recording that is edited otherwise is another.
        """
        sha256 = self.current.sha256 if self.current else ""
        before, after = self.ledger().sounds(), ledger.sounds()
        replaced = frozenset(name for name in after if before.get(name) != after[name])
        masters = ledger.masters()
        return Against(self.number, sha256, self.source(), masters, replaced)

    def tell_first(self, before: int) -> str:
        """Tell a colleague, who built on release ``before``, who was first and when."""
        who = self.root.by if self.root else "Somebody"
        when = f"{self.root.made:%Y-%m-%d %H:%M:%S} UTC" if self.root else "just now"
        return (
            f"{who} published release {self.number} ({when}). This one was made "
            f"against {before}, so nothing was changed. Run make plan to see it "
            f"against {self.number}."
        )

    def part(self, part: Part) -> bytes:
        """Fetch a part that the root names; what was read once is not asked again.

        Raises:
            DamagedObjectError: the bytes are not those that the root names.
        """
        kept = self.cache.get(_shelf(part))
        if kept is not None and digest(kept) == part.sha256:
            return kept
        content = self._fetched(part)
        self.cache[_shelf(part)] = content
        return content

    def keep(self, parts: Mapping[Part, bytes]) -> None:
        """Remember the parts of the next release, and forget those of this one."""
        for part in self.root.described() if self.root else ():
            self.cache.pop(_shelf(part), None)
        for part, content in parts.items():
            self.cache[_shelf(part)] = content

    def _fetched(self, part: Part) -> bytes:
        content = unpack(self.store, part.key)
        if digest(content) != part.sha256:
            msg = f"{part.key}: the store gave other bytes than the release names"
            raise DamagedObjectError(msg)
        return content


def _shelf(part: Part) -> str:
    return f"part/{part.sha256}"


def unpack(store: Store, key: str) -> bytes:
    """Fetch a stored text and inflate it."""
    fetched = store.get(key)
    if not isinstance(fetched, Fetched):
        msg = f"{key}: the store gave no bytes"
        raise StoreError(msg)
    try:
        return gzip.decompress(fetched.body)
    except (OSError, EOFError) as error:
        msg = f"{key}: the stored text cannot be inflated"
        raise DamagedObjectError(msg) from error


def read_live(store: Store, cache: MutableMapping[str, bytes]) -> Live:
    """Read what is live: ``current.json`` and the root that it names, two fetches.

    Raises:
        DamagedObjectError: the root is not the one that ``current.json`` names.
        StoreError: the store was written by a newer version of this library.
    """
    try:
        fetched = store.get(CURRENT_KEY)
    except ObjectNotFoundError as nothing:
        return Live(date=nothing.date, store=store, cache=cache)
    if not isinstance(fetched, Fetched):
        msg = f"{CURRENT_KEY}: the store gave no bytes"
        raise StoreError(msg)
    current = _checked(Current, CURRENT_KEY, fetched.body)
    if current.format != FORMAT:
        msg = f"{store.name} was written by a newer version: upgrade peru-media"
        raise StoreError(msg)
    return Live(
        store=store,
        cache=cache,
        current=current,
        etag=fetched.stored.etag,
        root=_root(store, current),
        date=fetched.date,
    )


def _root(store: Store, current: Current) -> Root:
    fetched = store.get(current.key)
    if not isinstance(fetched, Fetched) or digest(fetched.body) != current.sha256:
        msg = f"{current.key}: the store gave other bytes than the release names"
        raise DamagedObjectError(msg)
    return _checked(Root, current.key, fetched.body)


def _checked(kind: type[_Kind], key: str, data: bytes) -> _Kind:
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        msg = f"{key}: the store gave something else than a release"
        raise DamagedObjectError(msg) from error


def moment_of(live: Live, clock: Clock) -> datetime:
    """The moment from which a next release holds, by the store's own clock.

    Never before the live release was made: dates that listeners see must not go
    back, whatever clock a colleague's machine has.
    """
    now = (live.date or clock.now()).replace(microsecond=0)
    return max(now, live.root.made) if live.root else now
