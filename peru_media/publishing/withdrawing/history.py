"""Everything that a store remembers of its past: each release that it still has."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from peru_media.errors import DamagedObjectError, ObjectNotFoundError
from peru_media.model.release import (
    Ledger,
    LedgerEntry,
    Part,
    Root,
    Table,
    parse_table,
)
from peru_media.model.source import Episode, Source
from peru_media.ports import Fetched, Store
from peru_media.publishing.live import Live

__all__ = ["History", "read_history"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The live release, and what is left of those before it.

    Attributes:
        sources: the live one first. tables: each content once. entries: what every
            ledger says of each guid.
    """

    live: Live
    sources: tuple[Source, ...] = ()
    tables: tuple[Table, ...] = ()
    entries: tuple[LedgerEntry, ...] = ()

    def episodes(self) -> Iterator[Episode]:
        """Every episode of every release, as each of them shows it."""
        for source in self.sources:
            yield from source.episodes


def read_history(store: Store, live: Live) -> History:
    """Read every release that the store still has.

    Of a release whose parts were collected already, the rest counts.

    Raises:
        StoreError: the store does not answer.
    """
    if live.root is None:
        return History(live=live)
    reader = _Reader(Live(store=store, cache={}))
    roots = [live.root, *reader.roots(live)]
    tables = [part for root in roots for part in _tables(root)]
    return History(
        live=live,
        sources=reader.all([r.source for r in roots], Source.from_bytes),
        tables=reader.all(tables, parse_table),
        entries=tuple(
            entry
            for ledger in reader.all([r.ledger for r in roots], Ledger.from_bytes)
            for entry in ledger.episodes.values()
        ),
    )


def _tables(root: Root) -> tuple[Part, ...]:
    return *root.tables.values(), *root.private.values()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Read parts of releases, each once; what is gone or damaged is left out."""

    live: Live

    def roots(self, live: Live) -> Iterator[Root]:
        """The roots of other releases, newest first."""
        store, known = self.live.store, live.current.key if live.current else ""
        names = [one.key for one in store.list("releases/") if one.key != known]
        for name in reversed(names):
            with suppress(ObjectNotFoundError, ValidationError):
                fetched = store.get(name)
                if isinstance(fetched, Fetched):
                    yield Root.from_bytes(fetched.body)

    def all(self, parts: list[Part], parse: Callable[[bytes], _T]) -> tuple[_T, ...]:
        """The contents of these parts, in their order."""
        found = []
        for part in {part.sha256: part for part in parts}.values():
            with suppress(ObjectNotFoundError, DamagedObjectError, ValidationError):
                found.append(parse(self.live.part(part)))
        return tuple(found)
