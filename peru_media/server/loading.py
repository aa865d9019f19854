"""Reading a release from the store, in a thread, while another is served."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import TypeVar
from urllib.parse import urlsplit

from peru_media.errors import DamagedObjectError
from peru_media.model.graves import Graves
from peru_media.model.listeners import Listener, Listeners
from peru_media.model.release import (
    CURRENT_KEY,
    FORMAT,
    Current,
    Part,
    Root,
    TablePart,
    Version,
    parse_row,
)
from peru_media.model.value import digest
from peru_media.ports import Address, Fetched, Store, Unchanged
from peru_media.server.headers import Manners
from peru_media.server.memory import stored_bytes, verified
from peru_media.server.pages import OwnPages
from peru_media.server.search_room import SearchRoom
from peru_media.server.settings import ServerSettings
from peru_media.server.snapshot import PrivateRows, Snapshot, TableRows
from peru_media.server.tables import Gentle, read_rows

__all__ = ["Loader"]

_GZIP_MAGIC = b"\x1f\x8b"
_LARGEST = 1 << 28

_T = TypeVar("_T")


class Loader:
    """Look whether a new release is live, and read what it changes.

    Its methods block. While another release is being served they pause often,
    for Python lets one thread run at a time, and no listener should wait for a
    table to be read.
    """

    def __init__(
        self,
        store: Store,
        *,
        settings: ServerSettings,
        hear: Callable[[datetime], None],
        now: Callable[[], float],
        pause: Callable[[], None],
    ) -> None:
        """Make a loader.

        Args:
            store: where releases are.
            settings: of the server.
            hear: told the store's time of each answer of ``current.json``.
            now: the store's time, seconds since 1970.
            pause: gives way to the threads that serve.
        """
        self._store, self._settings = store, settings
        self._hear, self._now, self._gentle = hear, now, Gentle(pause)
        self._heard: tuple[Part | None, Mapping[str, Listener]] = None, {}
        self._own_pages: tuple[Part | None, OwnPages] = None, OwnPages()
        self._media_hosts: tuple[str, ...] | None = None
        self._serials = count()

    def look(self, known: Snapshot | None) -> Snapshot | None:
        """Read the live release, as far as it is not known.

        Returns:
            The snapshot to serve from now on; None where nothing changed.

        Raises:
            StoreError: the store is away, or what it holds is not whole.
        """
        self._gentle.serving = known is not None
        self._gentle.forget(but=known.tables.values() if known else ())
        answer = self._store.get(
            CURRENT_KEY, if_none_match=known.etag if known else None
        )
        if isinstance(answer, Unchanged):
            self._hear(answer.date)
            return self._with_due_feeds(known) if known else None
        self._hear(answer.date)
        current = _read(CURRENT_KEY, answer.body, Current.from_bytes)
        if known and current.key == known.root_key:
            return self._erasing(known, current, answer)
        return self._load(current, answer, known)

    def _load(
        self, current: Current, answer: Fetched, known: Snapshot | None
    ) -> Snapshot:
        self._gentle.replace(known.tables.values() if known else ())
        root = self._root(current)
        tables = {
            name: self._table(part, known.tables.get(name) if known else None)
            for name, part in root.tables.items()
        }
        private = self._private(root, known.private if known else {})
        manners = Manners(
            base_url=root.base_url, media_hosts=self._hosts(), pages=self._pages(root)
        )
        return Snapshot(
            serial=next(self._serials),
            number=root.number,
            etag=answer.stored.etag,
            root_key=current.key,
            manners=known.manners if known and known.manners == manners else manners,
            tables=tables,
            private=private,
            listeners=self._listeners(root),
            erasing=frozenset(current.erasing),
            feeds=self._feeds(_every(tables, private), known.feeds if known else {}),
            search=self._search(root, known.search if known else None),
            made=root.made.timestamp(),
            complete_until=root.complete_until.timestamp(),
            buried=Graves(root.tombstones).paths,
        )

    def _pages(self, root: Root) -> OwnPages:
        """The pages for what is not there; read again only where they are others."""
        if root.notices is None:
            return OwnPages()
        part, pages = self._own_pages
        if part != root.notices:
            key, data = root.notices.key, self._part(root.notices)
            pages = _read(key, data, OwnPages.from_bytes)
            self._own_pages = root.notices, pages
        return pages

    def _search(self, root: Root, known: SearchRoom | None) -> SearchRoom | None:
        if root.imprint is None:
            return None
        return SearchRoom.opened(
            root.imprint, root.search, known=known, fetch=self._part
        )

    def _private(
        self, root: Root, known: Mapping[str, PrivateRows]
    ) -> dict[str, PrivateRows]:
        """The tables of private shows, by the guids of the shows."""
        found = {}
        for part in root.private.values():
            held = known.get(part.guid)
            table = self._table(part, held.table if held else None)
            found[part.guid] = PrivateRows(table=table, marker=part.marker)
        return found

    def _listeners(self, root: Root) -> Mapping[str, Listener]:
        """Who may hear them; read again only where somebody came or went."""
        part, held = self._heard
        if root.listeners is None or part == root.listeners:
            return held if root.listeners else {}
        key, data = root.listeners.key, self._part(root.listeners)
        self._heard = root.listeners, _read(key, data, Listeners.from_bytes).known
        return self._heard[1]

    def _erasing(self, known: Snapshot, current: Current, answer: Fetched) -> Snapshot:
        """The same release, with another list of what is being erased."""
        return replace(
            known,
            serial=next(self._serials),
            etag=answer.stored.etag,
            erasing=frozenset(current.erasing),
        )

    def _root(self, current: Current) -> Root:
        body = stored_bytes(self._store, current.key)
        if digest(body) != current.sha256:
            raise _damaged(current.key)
        root = _read(current.key, body, Root.from_bytes)
        if root.format != FORMAT:
            msg = f"{current.key}: format {root.format} needs a newer peru-media"
            raise DamagedObjectError(msg)
        return root

    def _table(self, part: TablePart, known: TableRows | None) -> TableRows:
        same = known is not None and known.listed == part.listed
        if known is not None and same and known.key == part.key:
            return known
        data = self._part(part)
        table = _read(
            part.key,
            data,
            lambda data: read_rows(
                part.key, data, now=self._now(), gentle=self._gentle
            ),
        )
        return replace(table, listed=part.listed)

    def _part(self, part: Part) -> bytes:
        """A shared object of the release, unpacked and compared with its hash."""
        stored = stored_bytes(self._store, part.key)
        packed = stored.startswith(_GZIP_MAGIC)
        content = _read(part.key, stored, _gunzip) if packed else stored
        if digest(content) != part.sha256:
            raise _damaged(part.key)
        return content

    def _with_due_feeds(self, known: Snapshot) -> Snapshot | None:
        """Fetch forms of feeds that are soon due; None where all are here."""
        feeds = self._feeds(_every(known.tables, known.private), known.feeds)
        if feeds.keys() == known.feeds.keys():
            return None
        return replace(known, feeds=feeds)

    def _feeds(
        self, tables: Iterable[TableRows], known: Mapping[str, bytes]
    ) -> dict[str, bytes]:
        due = {
            version.key: version
            for table in tables
            for path in table.feeds
            for version in self._due(table.rows[path])
            if version.key
        }
        return {
            key: known.get(key) or verified(stored_bytes(self._store, key), version)
            for key, version in due.items()
        }

    def _due(self, row: bytes) -> Iterator[Version]:
        """What holds now, and what will within the time that we look ahead."""
        now = self._now()
        versions = parse_row(row)
        for version, following in zip(versions, [*versions[1:], None], strict=True):
            over = following is not None and following.since.timestamp() <= now
            if not over and version.since.timestamp() <= (
                now + self._settings.ahead_seconds
            ):
                yield version

    def _hosts(self) -> tuple[str, ...]:
        """The origins that pages must reach for media, learnt once."""
        if self._media_hosts is None:
            probe = self._store.locate(
                "held/0/0/0", valid_for=self._settings.signed_for
            )
            urls = [self._settings.media_base_url or ""]
            urls += [probe.url] if isinstance(probe, Address) else []
            self._media_hosts = tuple(sorted({_origin(url) for url in urls if url}))
        return self._media_hosts


def _every(
    tables: Mapping[str, TableRows], private: Mapping[str, PrivateRows]
) -> Iterator[TableRows]:
    yield from tables.values()
    yield from (one.table for one in private.values())


def _read(key: str, data: bytes, reader: Callable[[bytes], _T]) -> _T:
    """Read an object; whatever is wrong with it, it is damaged."""
    try:
        return reader(data)
    except (ValueError, TypeError, KeyError, zlib.error) as error:
        raise _damaged(key) from error


def _gunzip(stored: bytes) -> bytes:
    """Unpack into one buffer of the size that the gzip itself ends with."""
    size = int.from_bytes(stored[-4:], "little")
    return zlib.decompress(stored, 16 + zlib.MAX_WBITS, min(size, _LARGEST) + 1)


def _damaged(key: str) -> DamagedObjectError:
    msg = f"{key}: the bytes are not those the release promises"
    return DamagedObjectError(msg)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
