"""The bytes that are to be stored, whether they lie in memory or in a file."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peru_media.errors import StoreError
from peru_media.ports import Body

__all__ = ["Source", "opened"]

_CHUNK = 256 << 10  # fits the cache of a processor, so that hashing is quick


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes of a known number, to be read at any place from any thread.

    Attributes:
        size: how many there are.
        take: gives as many as it can, from an offset on.
        mark: gives another value once the file has been changed.
    """

    size: int
    take: Callable[[int, int], bytes]
    mark: Callable[[], object]

    def read(self, offset: int, length: int) -> bytes:
        """Read exactly so many bytes; raise ``StoreError`` where there are fewer."""
        data = self.take(length, offset)
        if len(data) != length:
            msg = "the file became shorter while it was being stored"
            raise StoreError(msg)
        return data

    def spans(self, length: int = _CHUNK) -> Iterator[tuple[int, int]]:
        """Cut into spans of at most that length: offset and length of each."""
        for offset in range(0, self.size, length):
            yield offset, min(length, self.size - offset)

    def digest(self) -> str:
        """SHA-256 of all of it, as 64 hex digits."""
        whole = hashlib.sha256()
        for offset, length in self.spans():
            whole.update(self.read(offset, length))
        return whole.hexdigest()


@contextmanager
def opened(body: Body) -> Iterator[Source]:
    """Open a body for reading; a file is read where it lies, never as a whole.

    Raises:
        StoreError: the file cannot be read.
    """
    if isinstance(body, bytes):
        yield Source(
            len(body), lambda length, offset: body[offset : offset + length], int
        )
        return
    descriptor = _open(body)
    try:
        size = os.fstat(descriptor).st_size
        yield Source(
            size,
            lambda length, offset: _read(descriptor, length, offset),
            lambda: os.fstat(descriptor).st_mtime_ns,
        )
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY)
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror})"
        raise StoreError(msg) from error


def _read(descriptor: int, length: int, offset: int) -> bytes:
    try:
        return os.pread(descriptor, length, offset)
    except OSError as error:
        msg = f"the file cannot be read ({error.strerror})"
        raise StoreError(msg) from error
