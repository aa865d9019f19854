"""What reading FLAC leaves to chance: sizes that lie, and a last frame that is cut."""

from functools import cache
from typing import BinaryIO

__all__ = ["Bounded", "is_whole"]

_POLYNOMIAL = 0x18005


class Bounded:
    """A file of which nobody can ask more than there is.

    A comment that says it has four gigabytes would get memory for them all, before
    the first of them is read.

    Args:
        file: open for reading. size: of the file, bytes.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, or as many as can be there."""
        return self._file.read(min(size, self._size))


def is_whole(frame: bytes) -> bool:
    """Whether a frame ends in the checksum of what it holds (RFC 9639, 9.3)."""
    table, crc = _table(), 0
    for byte in frame:
        crc = (crc << 8 & 0xFFFF) ^ table[crc >> 8 ^ byte]
    return not crc


@cache
def _table() -> list[int]:
    """The remainder of every byte."""
    table = []
    for byte in range(256):
        crc = byte << 8
        for _ in range(8):
            crc = crc << 1 ^ (_POLYNOMIAL if crc & 0x8000 else 0)
        table.append(crc)
    return table
