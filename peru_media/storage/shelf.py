"""How a folder store lies on the disk, and how an object takes its place there.

An object is a plain file under its own key, so that the folder can be looked at
and backed up. What begins with ``~`` is ours: no key can have that sign.

    ~about/<key>    the record of the object: hash, media type
    ~drafts/        bytes on their way; what a killed writer left is never listed
    ~lock           held for the moment in which an object becomes visible
"""

import contextlib
import fcntl
import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from peru_media.errors import StoreError
from peru_media.model.value import digest
from peru_media.ports import Meta
from peru_media.storage.keys import check_key, is_key
from peru_media.storage.record import Record
from peru_media.storage.source import Source

__all__ = ["Shelf"]


class Shelf:
    """The files of one folder store.

    Args:
        root: the folder; made when something is first written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, key: str) -> Path:
        """Where the object's bytes lie; raise ``StoreError`` if that leads away."""
        path = self.root / check_key(key)
        if os.path.realpath(path) != f"{os.path.realpath(self.root)}{os.sep}{key}":
            msg = f"{key}: a link stands in its way, and a store follows none"
            raise StoreError(msg)
        return path

    def record(self, key: str) -> Record | None:
        """What was noted of the object, if anything."""
        return Record.read(self._about(key))

    @contextmanager
    def draft(
        self, key: str, source: Source, advance: Callable[[int], None] | None
    ) -> Iterator[tuple[Path, str]]:
        """Write a body aside and flush it; give its file and SHA-256.

        The file is gone at the end, if it has not taken its place by then.
        """
        folder = self.root / "~drafts"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_mark(key)}-{uuid.uuid4().hex}"
        try:
            yield path, _write(path, source, advance)
        finally:
            path.unlink(missing_ok=True)
            _note(path).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other writer out, in this process and in all others."""
        descriptor = os.open(self.root / "~lock", os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def show(
        self, draft: Path, key: str, *, sha256: str, meta: Meta, now: datetime
    ) -> Record:
        """Let a draft take its place, under the lock.

        The record goes first, so that whoever opens the new bytes finds it. It is
        not flushed: without it the bytes are asked, and say the same.
        """
        path, about = self.path(key), self._about(key)
        record = Record.of(_later(draft, path), sha256=sha256, meta=meta, now=now)
        for place in (about, path):
            place.parent.mkdir(parents=True, exist_ok=True)
        _note(draft).write_bytes(record.to_bytes())
        _note(draft).replace(about)
        draft.replace(path)
        return record

    def remove(self, key: str) -> None:
        """Remove an object, its record and its drafts, under the lock."""
        drafts = (self.root / "~drafts").glob(f"{_mark(key)}-*")
        for path in (self.path(key), self._about(key), *drafts):
            with contextlib.suppress(
                FileNotFoundError, NotADirectoryError, IsADirectoryError
            ):
                path.unlink()
                self._prune(path.parent)

    def sweep(self, until: float) -> None:
        """Remove drafts that nobody has written to since that second of the epoch."""
        for path in (self.root / "~drafts").glob("*"):
            with contextlib.suppress(FileNotFoundError):  # its writer was not dead
                if path.stat().st_mtime <= until:
                    path.unlink()

    def flush(self, key: str) -> None:
        """Have the disk remember the names on the way to an object."""
        for folder in self.path(key).parents[: key.count("/") + 1]:
            if folder.is_dir():
                _flush(folder)

    def keys(self, prefix: str, parent: str = "") -> Iterator[str]:
        """Walk the folder in key order, in which ``a-b`` comes before ``a/b``."""
        for name in self._names(parent):
            if not name.startswith(prefix) and not prefix.startswith(name):
                continue
            if name.endswith("/"):
                yield from self.keys(prefix, name)
            elif name.startswith(prefix):
                yield name

    def _about(self, key: str) -> Path:
        return self.root / "~about" / key

    def _names(self, parent: str) -> list[str]:
        names = []
        with contextlib.suppress(FileNotFoundError):
            for entry in os.scandir(self.root / parent):
                if not is_key(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    names.append(f"{parent}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    names.append(f"{parent}{entry.name}")
        return sorted(names)

    def _prune(self, folder: Path) -> None:
        while self.root not in {folder, folder.parent}:
            try:
                folder.rmdir()
            except OSError:  # not empty: other objects live there
                return
            folder = folder.parent


def _mark(key: str) -> str:
    return digest(key.encode())[:20]


def _note(draft: Path) -> Path:
    return draft.with_suffix(".about")


def _write(path: Path, source: Source, advance: Callable[[int], None] | None) -> str:
    seen = hashlib.sha256()
    with path.open("xb") as file:
        for offset, length in source.spans():
            data = source.read(offset, length)
            seen.update(data)
            file.write(data)
            if advance is not None:
                advance(length)
        file.flush()
        os.fsync(file.fileno())
    return seen.hexdigest()


def _later(draft: Path, path: Path) -> os.stat_result:
    """Date a draft after what it replaces, so that no record fits both."""
    mine = draft.stat()
    if path.exists() and path.stat().st_mtime_ns >= mine.st_mtime_ns:
        os.utime(draft, ns=(mine.st_atime_ns, path.stat().st_mtime_ns + 1))
    return draft.stat()


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
