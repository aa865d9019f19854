"""Content held in memory: pages, feeds, transcripts, pictures."""

import asyncio
import zlib
from typing import Self

from starlette.types import Scope, Send

from peru_media.errors import DamagedObjectError
from peru_media.model.address import is_text
from peru_media.model.release import Version
from peru_media.model.value import digest
from peru_media.ports import Store, Unchanged
from peru_media.server.ranges import Span

__all__ = ["MemoryBody", "stored_bytes", "unpacked", "verified"]

_GZIP = 16 + zlib.MAX_WBITS
_QUICK = 64 * 1024


class MemoryBody:
    """The stored bytes of an object; gzip is unpacked for the rare client."""

    __slots__ = ("_gzip", "_size", "_stored")

    def __init__(self, stored: bytes, *, size: int, gzip: bool) -> None:
        self._stored, self._size, self._gzip = stored, size, gzip

    async def source(self) -> Self:
        """They are at hand."""
        return self

    async def send_whole(self, scope: Scope, send: Send, *, packed: bool) -> None:  # noqa: ARG002  # a file's twin asks the scope
        """Send all of it in one piece."""
        body = self._stored if packed else await self._plain()
        await send({"type": "http.response.body", "body": body})

    async def send_span(self, send: Send, span: Span, *, last: bool) -> None:
        """Send a part of the unpacked bytes."""
        body = (await self._plain())[span[0] : span[1]]
        message = {"type": "http.response.body", "body": body, "more_body": not last}
        await send(message)

    async def _plain(self) -> bytes:
        if not self._gzip:
            return self._stored
        if self._size < _QUICK:
            return unpacked(self._stored, self._size)
        return await asyncio.to_thread(unpacked, self._stored, self._size)


def stored_bytes(store: Store, key: str) -> bytes:
    """Fetch an object as it is stored; blocks. Raises a ``StoreError``."""
    answer = store.get(key)
    if isinstance(answer, Unchanged):
        msg = f"{key}: answered as unchanged, though nothing was known of it"
        raise DamagedObjectError(msg)
    return answer.body


def unpacked(stored: bytes, size: int) -> bytes:
    """Unpack gzip that is known to hold so many bytes, and never more than that.

    Raises:
        DamagedObjectError: it is not gzip, not whole, or holds more.
    """
    inflater = zlib.decompressobj(_GZIP)
    try:
        plain = inflater.decompress(stored, size + 1)
    except zlib.error as error:
        msg = f"not gzip: {error}"
        raise DamagedObjectError(msg) from None
    if len(plain) != size or not inflater.eof:
        msg = f"the gzip does not hold {size} bytes"
        raise DamagedObjectError(msg)
    return plain


def verified(stored: bytes, version: Version) -> bytes:
    """Give back an object's stored bytes, once they are what its row promises.

    Raises:
        DamagedObjectError: the content has another hash or size.
    """
    text = is_text(version.type)
    try:
        plain = unpacked(stored, version.size) if text else stored
    except DamagedObjectError as error:
        msg = f"{version.key}: {error}"
        raise DamagedObjectError(msg) from None
    if len(plain) != version.size or digest(plain) != version.sha256:
        msg = f"{version.key}: the bytes are not those the release promises"
        raise DamagedObjectError(msg)
    return stored
