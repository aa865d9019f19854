"""Media of a folder store: whole files handed to the server, parts read here.

A part is first read without waiting (``RWF_NOWAIT``), which succeeds where the
system holds it in memory; only otherwise does a thread wait for the disk, so
that one slow disk never stops the loop.
"""

import errno
import os
import threading
import weakref
from collections import OrderedDict
from functools import partial
from pathlib import Path

from starlette.types import Scope, Send

from peru_media.errors import (
    DamagedObjectError,
    ObjectNotFoundError,
    StoreUnavailableError,
)
from peru_media.server.errands import Errands
from peru_media.server.ranges import Span

__all__ = ["FileBody", "OpenFiles"]

_PIECE = 256 * 1024
_NOWAIT: int | None = getattr(os, "RWF_NOWAIT", None)
_WOULD_WAIT = frozenset({errno.EAGAIN, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
_PATHSEND = "http.response.pathsend"


class _Own(threading.local):
    """Room to read into, one for each thread, for making it anew costs more."""

    def __init__(self) -> None:
        self.room = memoryview(bytearray(_PIECE))


_own = _Own()


class OpenFiles:
    """Media files kept open, the least lately asked for closed first."""

    def __init__(self, errands: Errands, *, limit: int) -> None:
        self._errands = errands
        self._limit = limit
        self._files: OrderedDict[Path, _OpenFile] = OrderedDict()

    async def open(self, path: Path, *, key: str, size: int) -> "_OpenFile":
        """Open a file, or take it where it is open.

        Raises:
            ObjectNotFoundError: it is not there.
            DamagedObjectError: it is not as long as the release says.
            StoreUnavailableError: it cannot be read just now.
        """
        if (known := self._files.get(path)) is not None:
            self._files.move_to_end(path)
            return known
        opened = await self._errands.run(partial(_open, path, key, size))
        file = _OpenFile(path, opened, size, self._errands)
        self._files[path] = file
        while len(self._files) > self._limit:
            self._files.popitem(last=False)
        return file

    def __len__(self) -> int:
        return len(self._files)

    @property
    def calls(self) -> int:
        """Calls of the store that have not come back."""
        return self._errands.under_way

    def clear(self) -> None:
        """Close them all, each once its last reader is done."""
        self._files.clear()


class FileBody:
    """A medium in a file of this machine."""

    __slots__ = ("_files", "_key", "_path", "_size")

    def __init__(self, files: OpenFiles, path: Path, *, key: str, size: int) -> None:
        self._files, self._path = files, path
        self._key, self._size = key, size

    async def source(self) -> "_OpenFile":
        """Open it. Raises a ``StoreError`` where that fails."""
        return await self._files.open(self._path, key=self._key, size=self._size)


class _OpenFile:
    """A file that closes itself once nobody refers to it any more."""

    __slots__ = ("__weakref__", "_errands", "_fd", "_path", "_size")

    def __init__(self, path: Path, fd: int, size: int, errands: Errands) -> None:
        self._path, self._fd, self._size = path, fd, size
        self._errands = errands
        weakref.finalize(self, os.close, fd)

    async def send_whole(self, scope: Scope, send: Send, *, packed: bool) -> None:  # noqa: ARG002  # media are never packed
        """Let the server send the file where it can, else read and send it."""
        if _PATHSEND in scope.get("extensions", {}):
            await send({"type": _PATHSEND, "path": os.fspath(self._path)})
        else:
            await self.send_span(send, (0, self._size), last=True)

    async def send_span(self, send: Send, span: Span, *, last: bool) -> None:
        """Send a part, piece by piece."""
        at, stop = span
        while at < stop:
            piece = await self._read(at, min(_PIECE, stop - at))
            at += len(piece)
            more = at < stop or not last
            await send({"type": "http.response.body", "body": piece, "more_body": more})

    async def _read(self, at: int, count: int) -> bytes:
        """Read what is there, at most so many bytes, and at least one."""
        piece = _read_now(self._fd, at, count)
        if piece is None:
            piece = await self._read_later(at, count)
        if not piece:
            # The answer has begun: it can only be cut off, so no StoreError here.
            msg = "shorter than when it was opened"
            raise OSError(errno.EIO, msg, self._path.name)
        return piece

    async def _read_later(self, at: int, count: int) -> bytes:
        try:
            return await self._errands.run(partial(os.pread, self._fd, count, at))
        except StoreUnavailableError as error:
            raise OSError(errno.EIO, str(error), self._path.name) from None


def _read_now(fd: int, at: int, count: int) -> bytes | None:
    """Read without waiting; None where that cannot be, or the system can't tell."""
    if _NOWAIT is None:
        return None
    room = _own.room[:count]
    try:
        got = os.preadv(fd, [room], at, _NOWAIT)
    except OSError as error:
        if error.errno in _WOULD_WAIT:
            return None
        raise
    return bytes(room[:got])


def _open(path: Path, key: str, size: int) -> int:
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        raise ObjectNotFoundError(key) from None
    except OSError as error:
        msg = f"{key}: cannot be read just now ({error.strerror})"
        raise StoreUnavailableError(msg) from None
    if os.fstat(fd).st_size != size:
        os.close(fd)
        msg = f"{key}: not the {size} bytes that the release promises"
        raise DamagedObjectError(msg)
    return fd
