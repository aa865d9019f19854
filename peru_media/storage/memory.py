"""A store in memory: for previews and tests; gone when the program ends."""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from peru_media.errors import ObjectNotFoundError, PreconditionError
from peru_media.model.value import digest
from peru_media.ports import (
    Body,
    Clock,
    Fetched,
    LocalFile,
    Meta,
    Stored,
    Unchanged,
)
from peru_media.storage.keys import check_key, check_prefix, check_span
from peru_media.storage.source import opened

__all__ = ["MemoryStore"]


class MemoryStore:
    """Keep published things in memory, as truly as a folder or a bucket would.

    Args:
        clock: tells the date of every answer.
        name: what people are told this store is.
    """

    def __init__(self, *, clock: Clock, name: str = "memory") -> None:
        self._name = name
        self._clock = clock
        self._objects: dict[str, tuple[bytes, Stored]] = {}
        self._lock = threading.RLock()
        self._folder: Path | None = None

    @property
    def name(self) -> str:
        """What people are told this store is."""
        return self._name

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
        """Keep the body under the key, as ``ports.Store`` says."""
        check_key(key)
        with opened(body) as source:
            data = source.read(0, source.size)
        stored = _stored(key, data, meta, self._clock.now())
        with self._lock:
            self._check(key, if_absent=if_absent, if_match=if_match)
            self._objects[key] = (data, stored)
        if advance is not None:
            advance(len(data))
        return stored

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Fetch the object, or a span of it, as ``ports.Store`` says."""
        data, stored = self._look(key)
        if stored.etag == if_none_match:
            return Unchanged(etag=stored.etag, date=self._clock.now())
        body = data if span is None else data[slice(*check_span(span))]
        return Fetched(body=body, stored=stored, date=self._clock.now())

    def head(self, key: str) -> Stored:
        """Tell what lies under the key."""
        return self._look(key)[1]

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:  # noqa: ARG002  (nothing is left of a deleted one)
        """List what begins with the prefix, in key order."""
        check_prefix(prefix)
        with self._lock:
            keys = sorted(key for key in self._objects if key.startswith(prefix))
            found = [self._objects[key][1] for key in keys]
        return iter(found)

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        """Forget these objects, or those of them that were stored by a moment."""
        wanted = [check_key(key) for key in keys]
        with self._lock:
            for key in wanted:
                if not self._goes(key, until):
                    continue
                self._objects.pop(key, None)
                for path in self._shelf().glob(f"{_file_name(key)}*"):
                    path.unlink()

    def sweep(self, *, until: datetime) -> None:
        """Do nothing: no ``put`` leaves anything."""

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile:  # noqa: ARG002  (a file does not expire)
        """Write the object to a file that lives as long as this store."""
        check_key(key)
        with self._lock:
            held = self._objects.get(key)
            if held is None:
                return LocalFile(self._shelf() / _file_name(key))
            data, stored = held
            path = self._shelf() / f"{_file_name(key)}{stored.etag}"
            if not path.exists():
                path.write_bytes(data)
        return LocalFile(path)

    def _check(self, key: str, *, if_absent: bool, if_match: str | None) -> None:
        held = self._objects.get(key)
        if if_absent and held is not None:
            raise PreconditionError(key)
        if if_match is not None and (held is None or held[1].etag != if_match):
            raise PreconditionError(key)

    def _goes(self, key: str, until: datetime | None) -> bool:
        held = self._objects.get(key)
        modified = held[1].modified if held else None
        return until is None or modified is None or modified <= until

    def _look(self, key: str) -> tuple[bytes, Stored]:
        try:
            return self._objects[check_key(key)]
        except KeyError:
            raise ObjectNotFoundError(key, date=self._clock.now()) from None

    def _shelf(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="peru-media-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder


def _file_name(key: str) -> str:
    return f"{digest(key.encode())[:20]}-"


def _stored(key: str, data: bytes, meta: Meta, now: datetime) -> Stored:
    sha256 = digest(data)
    return Stored(
        key=key,
        size=len(data),
        etag=sha256,
        sha256=sha256,
        media_type=meta.media_type,
        modified=now,
    )
