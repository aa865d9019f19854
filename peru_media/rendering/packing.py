"""Rendered text as it is stored: gzip, the same bytes every time."""

import gzip
import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Packed", "Part", "packed", "part", "spliced"]

_LEVEL = 6
_RAW = -15
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END = b"\x03\x00"
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Packed:
    """A text and its facts: hash and size are those of the content, body is gzip."""

    sha256: str
    size: int
    body: bytes

    def to_bytes(self) -> bytes:
        """One value for a cache."""
        return b"%s %d\n" % (self.sha256.encode(), self.size) + self.body

    @classmethod
    def from_bytes(cls, data: bytes) -> "Packed":
        """Read what ``to_bytes`` wrote."""
        head, _, body = data.partition(b"\n")
        sha256, size = head.decode().split(" ")
        return cls(sha256, int(size), body)


def packed(content: bytes) -> Packed:
    """Compress a text, with no time in it."""
    body = gzip.compress(content, _LEVEL, mtime=0)
    return Packed(hashlib.sha256(content).hexdigest(), len(content), body)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a long text, compressed so that pieces can be joined."""

    content: bytes
    deflated: bytes

    def to_bytes(self) -> bytes:
        """One value for a cache."""
        length = len(self.content).to_bytes(_LENGTH, "big")
        return b"".join((length, self.content, self.deflated))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Part":
        """Read what ``to_bytes`` wrote."""
        end = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
        return cls(data[_LENGTH:end], data[end:])


def part(content: bytes) -> Part:
    """Compress a piece by itself: it ends in a full flush (RFC 1951, 3.2.4)."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    body = squeeze.compress(content) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return Part(content, body)


def spliced(parts: Iterable[Part]) -> Packed:
    """Join pieces to one gzip text without compressing any of them again."""
    digest, checksum, size, bodies = hashlib.sha256(), 0, 0, [_HEADER]
    for piece in parts:
        digest.update(piece.content)
        checksum = zlib.crc32(piece.content, checksum)
        size += len(piece.content)
        bodies.append(piece.deflated)
    bodies.append(_END + checksum.to_bytes(4, "little"))
    bodies.append((size & 0xFFFFFFFF).to_bytes(4, "little"))
    return Packed(digest.hexdigest(), size, b"".join(bodies))
