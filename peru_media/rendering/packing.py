"""Rendered text as it is stored: gzip, the same bytes every time."""

import gzip
import hashlib
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Packed", "Part", "packed", "part", "spliced"]

_LEVEL = 6
_RAW = -15
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_END = b"\x03\x00"
_FACTS = struct.Struct(">QII")
_POLYNOMIAL = 0xEDB88320  # of CRC-32, its highest power in the lowest bit
_ONE, _BYTE = 1 << 31, 1 << 23  # 1, and x to the 8th, written so


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
    """A piece of a long text, compressed so that pieces can be joined.

    Attributes:
        size: bytes of the piece before compression. checksum: its CRC-32.
        shift: moves the CRC-32 of what stands before the piece past it.
    """

    size: int
    checksum: int
    shift: int
    deflated: bytes

    def to_bytes(self) -> bytes:
        """One value for a cache."""
        return _FACTS.pack(self.size, self.checksum, self.shift) + self.deflated

    @classmethod
    def from_bytes(cls, data: bytes) -> "Part":
        """Read what ``to_bytes`` wrote."""
        size, checksum, shift = _FACTS.unpack_from(data)
        return cls(size, checksum, shift, data[_FACTS.size :])


def part(content: bytes) -> Part:
    """Compress a piece by itself: it ends in a full flush (RFC 1951, 3.2.4)."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    body = squeeze.compress(content) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return Part(len(content), zlib.crc32(content), _shift(len(content)), body)


def spliced(parts: Iterable[Part]) -> bytes:
    """Join pieces to one gzip text without reading any of them again."""
    checksum, size, bodies = 0, 0, [_HEADER]
    for piece in parts:
        checksum = _product(piece.shift, checksum) ^ piece.checksum
        size += piece.size
        bodies.append(piece.deflated)
    bodies.append(_END + struct.pack("<II", checksum, size & 0xFFFFFFFF))
    return b"".join(bodies)


def _shift(size: int) -> int:
    """The power of x, modulo the polynomial, that so many bytes stand for."""
    found, power = _ONE, _BYTE
    while size:
        if size & 1:
            found = _product(power, found)
        power = _product(power, power)
        size >>= 1
    return found


def _product(one: int, other: int) -> int:
    """Multiply two polynomials over GF(2), modulo that of CRC-32."""
    found = 0
    while one:
        if one & _ONE:
            found ^= other
        one = one << 1 & 0xFFFFFFFF
        other = other >> 1 ^ (_POLYNOMIAL if other & 1 else 0)
    return found
