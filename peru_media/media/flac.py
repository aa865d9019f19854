"""Whether a frame of FLAC is all there: decoders drop one that is not."""

from functools import cache

__all__ = ["is_whole"]

_POLYNOMIAL = 0x18005


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
