"""Ogg files that were joined of several: how long all of them play together.

Each part begins anew with its own headers, number and positions (RFC 3533, 4), so
the last position in such a file tells the length of its last part alone. Parts of the
same number, which the RFC forbids, are not told apart.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

__all__ = ["joined_seconds"]

_PAGE = b"OggS"
_HEADER = 27
_STREAM = slice(14, 18)
_LONGEST = 65_307
_BEGINS = 2
_OPUS_RATE = 48_000
_PACKET = 64


class _Page(NamedTuple):
    """A page: its flags, position and stream, and where its content begins."""

    flags: int
    position: int
    stream: bytes
    content: int


@dataclass(slots=True)
class _Part:
    """One of the files that were joined: samples a second, and which of them play."""

    stream: bytes
    rate: int
    skipped: int
    last: int = 0

    @property
    def seconds(self) -> float:
        return max(self.last - self.skipped, 0) / self.rate if self.rate else 0.0


def joined_seconds(file: BinaryIO) -> float | None:
    """Add up the parts of an open Ogg file that was joined of several; else None."""
    if _ends_alike(file):
        return None
    parts: list[_Part] = []
    for page in _pages(file):
        _take(file, parts, page)
    return sum(part.seconds for part in parts) if len(parts) > 1 else None


def _ends_alike(file: BinaryIO) -> bool:
    """Whether the last page has the number of the first, as in a file of one part."""
    file.seek(max(file.seek(0, os.SEEK_END) - _LONGEST, 0))
    tail = file.read(_LONGEST)
    last = tail[tail.rfind(_PAGE) :]
    file.seek(0)
    return last[_STREAM] == file.read(_HEADER)[_STREAM]


def _pages(file: BinaryIO) -> Iterator[_Page]:
    """Every page, from header to header."""
    at = 0
    while True:
        file.seek(at)
        head = file.read(_HEADER)
        if len(head) < _HEADER or head[:4] != _PAGE:
            return
        content = at + _HEADER + head[26]
        at = content + sum(file.read(head[26]))
        position = int.from_bytes(head[6:14], "little", signed=True)
        yield _Page(head[5], position, head[_STREAM], content)


def _take(file: BinaryIO, parts: list[_Part], page: _Page) -> None:
    """A stream that begins after sound is the next part; one beside it is not."""
    if page.flags & _BEGINS and (not parts or parts[-1].last):
        file.seek(page.content)
        parts.append(_Part(page.stream, *_opening(file.read(_PACKET))))
    elif parts and page.stream == parts[-1].stream and page.position > 0:
        parts[-1].last = max(parts[-1].last, page.position)


def _opening(packet: bytes) -> tuple[int, int]:
    """The samples a second, and how many are skipped at the beginning."""
    if packet.startswith(b"OpusHead"):
        return _OPUS_RATE, int.from_bytes(packet[10:12], "little")
    if packet.startswith(b"\x01vorbis"):
        return int.from_bytes(packet[12:16], "little"), 0
    return int.from_bytes(packet[27:30]) >> 4, 0
