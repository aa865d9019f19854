"""A cache in one SQLite file, which several processes may use at once."""

import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

__all__ = ["SqliteCache"]

_T = TypeVar("_T")

_VERSION = 1
_BATCH = 500
_WAIT_SECONDS = 10.0
_LARGEST, _HEAVIEST = 1 << 32, 1 << 22
_SETTINGS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
"""
_SCHEMA = f"""
    DROP TABLE IF EXISTS entries;
    CREATE TABLE entries (
        number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
        value BLOB NOT NULL, checksum INTEGER NOT NULL
    );
    PRAGMA user_version = {_VERSION};
"""
_FORGET_OLDER_HALF = """
    DELETE FROM entries WHERE number <= (
        SELECT number FROM entries ORDER BY number LIMIT 1
        OFFSET (SELECT COUNT(*) / 2 FROM entries)
    )
"""


class SqliteCache(MutableMapping[str, bytes]):
    """Remember bytes by name in a file, between runs and between processes.

    It is only a cache, so it never stands in the way: a damaged file is thrown
    away and begun again, and where the file cannot be written the entries are
    kept in memory for this run. May be used from several threads.

    Single entries are written some hundred at a time, the last ones by ``close``.

    Attributes:
        fault: why entries are kept in memory only; empty where they are not.

    Args:
        path: of the file; its folder is made where it is missing.
        largest: bytes of the file beyond which the older half is forgotten.
    """

    def __init__(self, path: Path, *, largest: int = _LARGEST) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._waiting: dict[str, bytes] = {}
        self._weight = 0
        self.fault = ""
        self._connection = self._opened()
        if not self.fault and path.stat().st_size > largest:
            self._do(_shrink)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish writing and let go of the file."""
        with self._lock:
            self._write()
            self._connection.close()

    def __getitem__(self, key: str) -> bytes:
        with self._lock:
            found = self._waiting.get(key)
            if found is None:
                found = self._do(partial(_select, keys=[key]))[key]
            return found

    def __setitem__(self, key: str, value: bytes) -> None:
        with self._lock:
            self._waiting[key] = value
            self._weight += len(value)
            if len(self._waiting) >= _BATCH or self._weight > _HEAVIEST:
                self._write()

    def __delitem__(self, key: str) -> None:
        with self._lock:
            before = self._connection
            self._write()
            gone = self._do(
                lambda db: (
                    db.execute("DELETE FROM entries WHERE key = ?", [key]).rowcount
                )
            )
            if not gone and self._connection is before:  # else all of it is gone
                raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        self._write()
        rows = self._do(
            lambda db: db.execute("SELECT key FROM entries ORDER BY key").fetchall()
        )
        return (key for (key,) in rows)

    def __len__(self) -> int:
        self._write()
        count: int = self._do(
            lambda db: db.execute("SELECT COUNT(*) FROM entries").fetchone()[0]
        )
        return count

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Look up many entries at once; those that are missing are left out."""
        self._write()
        wanted = list(keys)
        found: dict[str, bytes] = {}
        for at in range(0, len(wanted), _BATCH):
            found |= self._do(partial(_select, keys=wanted[at : at + _BATCH]))
        return found

    def set_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep many entries in one step."""
        self._write()
        rows = [(key, value, zlib.crc32(value)) for key, value in entries.items()]
        self._do(lambda db: _insert(db, rows))

    def _write(self) -> None:
        """Write the entries that wait for others."""
        with self._lock:
            entries, self._waiting, self._weight = self._waiting, {}, 0
            if entries:
                self.set_many(entries)

    def _do(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do some work on the file; a damaged one is begun again before it is done."""
        with self._lock:
            try:
                return work(self._connection)
            except sqlite3.OperationalError as error:
                self._connection.close()
                self._connection = self._in_memory(error)
            except sqlite3.DatabaseError:
                self._connection.close()
                self._connection = self._begun_again()
            return work(self._connection)

    def _opened(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _connected(str(self._path))
        except (OSError, sqlite3.OperationalError) as error:
            return self._in_memory(error)
        except sqlite3.DatabaseError:
            return self._begun_again()

    def _begun_again(self) -> sqlite3.Connection:
        """Throw a damaged file away, with what SQLite laid beside it."""
        try:
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            return _connected(str(self._path))
        except (OSError, sqlite3.Error) as error:
            return self._in_memory(error)

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        self.fault = f"{self._path}: the cache cannot be written ({error})"
        return _connected(":memory:")


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.executescript(_SETTINGS)
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _select(db: sqlite3.Connection, keys: list[str]) -> dict[str, bytes]:
    marks = ",".join("?" * len(keys))
    rows = db.execute(
        f"SELECT key, value, checksum FROM entries WHERE key IN ({marks})",  # noqa: S608 - question marks alone
        keys,
    )
    return {
        key: value for key, value, checksum in rows if zlib.crc32(value) == checksum
    }


def _insert(db: sqlite3.Connection, rows: list[tuple[str, bytes, int]]) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        db.executemany(
            "INSERT OR REPLACE INTO entries (key, value, checksum) VALUES (?, ?, ?)",
            rows,
        )
        db.execute("COMMIT")
    except sqlite3.Error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _shrink(db: sqlite3.Connection) -> None:
    db.execute(_FORGET_OLDER_HALF)
    db.execute("VACUUM")
