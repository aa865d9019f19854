"""Read an answer's body within its limits, whatever the server sends.

A few kilobytes of gzip can unfold into gigabytes; so what counts is decoded
bytes, and how many times larger they are than what came over the wire.
"""

import zlib
from collections.abc import Callable, Iterator

from peru_media.errors import FetchError

__all__ = ["beginning", "inflated", "within"]

_STEP = 64 * 2**10
_RATIO = 100
_RATIO_FLOOR = 2**20


def within(pieces: Iterator[bytes], *, limit: int) -> bytes:
    """Join the pieces of a body, up to a limit of bytes.

    Raises:
        FetchError: there was more.
    """
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            msg = f"the answer is larger than {limit:,} bytes"
            raise FetchError(msg)
        kept.append(piece)
    return b"".join(kept)


def beginning(pieces: Iterator[bytes], *, enough: int) -> tuple[bytes, bool]:
    """Join the first bytes of a body, and tell whether more would have come."""
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size > enough:
            break
    return b"".join(kept)[:enough], size > enough


def inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Decode gzip (RFC 1952, of one or more members) in pieces of at most 64 kB.

    Raises:
        FetchError: damaged, broken off, or grown over a hundredfold past 1 MiB.
    """
    member = _Member()
    received = grown = 0
    for piece in pieces:
        received += len(piece)
        for part in member.feed(piece):
            grown += len(part)
            if grown > max(_RATIO_FLOOR, received * _RATIO):
                msg = "the answer unfolds to over a hundred times its size"
                raise FetchError(msg)
            yield part
    if not member.complete:
        msg = "the compressed answer broke off"
        raise FetchError(msg)


class _Member:
    """One gzip member after another."""

    def __init__(self) -> None:
        self._inflate = _new()
        self._begun = False

    @property
    def complete(self) -> bool:
        """Whether the last member came to its end."""
        return not self._begun

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode what came, a bounded piece at a time."""
        while data or self._begun:
            self._begun = True
            part = _guarded(self._inflate.decompress, data)
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                data, self._inflate = self._inflate.unused_data, _new()
                self._begun = False
            yield part
            if self._begun and not data and len(part) < _STEP:
                return


def _new() -> "zlib._Decompress":
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _guarded(decompress: Callable[[bytes, int], bytes], data: bytes) -> bytes:
    try:
        return decompress(data, _STEP)
    except zlib.error:
        msg = "the compressed answer is damaged"
        raise FetchError(msg) from None
