"""Where the parts of a media file lie, so that mutations hit its structure.

Read leniently: what cannot be followed is left alone. Nothing here is the code of
the package, so that a fault there does not hide itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from tests.media.samples import frame_starts, synchsafe

__all__ = [
    "Anatomy",
    "Number",
    "Part",
    "anatomy",
    "ogg_checked",
    "read_number",
    "resized",
    "with_number",
]

CONTAINERS = {
    b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"meta", b"ilst",
    b"tref", b"dinf", b"moof", b"traf", b"mvex", b"\xa9nam", b"covr", b"\xa9ART",
}  # fmt: skip
SEVEN, WRITTEN = "seven", "written"
LITTLE, BIG = "little", "big"
NAMED = re.compile(rb"\d+ \d+ obj.*?endobj", re.DOTALL)
DIGITS = re.compile(rb"\d+")


class Number(NamedTuple):
    """A number in a file: where, of how many bytes, and in which order they stand."""

    at: int
    width: int
    order: str = BIG


class Part(NamedTuple):
    """A part of a file with its header; ``told`` is the number that tells its size."""

    start: int
    end: int
    told: Number | None = None


@dataclass(slots=True)
class Anatomy:
    """The parts and the numbers of a file."""

    parts: list[Part] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)

    def spread(self, start: int, end: int, width: int, order: str = BIG) -> None:
        """Take in a row of numbers."""
        places = range(start, end - width + 1, width)
        self.numbers += [Number(at, width, order) for at in places]


def anatomy(form: str, data: bytes) -> Anatomy:
    """The parts and numbers of a file of a form: ``mp3``, ``m4a``, ``wav``…"""
    found = Anatomy()
    _FORMS[form](found, data)
    found.numbers += [part.told for part in found.parts if part.told]
    return found


def read_number(data: bytes, number: Number) -> int:
    """A number, as the file has it."""
    field = data[number.at : number.at + number.width]
    if number.order == WRITTEN:
        return int(field) if field.isdigit() else 0
    if number.order == SEVEN:
        return sum((byte & 0x7F) << 7 * at for at, byte in enumerate(reversed(field)))
    return int.from_bytes(field, _order(number))


def with_number(data: bytes, number: Number, value: int) -> bytes:
    """The same file with another number in its place, cut to its width."""
    value %= 1 << 8 * number.width
    if number.order == SEVEN:
        field = synchsafe(value)
    elif number.order == WRITTEN:
        field = str(value).encode()
    else:
        field = value.to_bytes(number.width, _order(number))
    return data[: number.at] + field + data[number.at + number.width :]


def resized(data: bytes, parts: list[Part], at: int, more: int) -> bytes:
    """Let all parts around a place tell of so many bytes more."""
    for part in parts:
        if part.told and part.start < at < part.end:
            data = with_number(data, part.told, read_number(data, part.told) + more)
    return data


def ogg_checked(data: bytes) -> bytes:
    """The same pages with checksums that hold, so that readers look inside."""
    whole = bytearray(data)
    at = data.find(b"OggS")
    while at >= 0 and at + 27 <= len(data):
        count = data[at + 26]
        end = at + 27 + count + sum(data[at + 27 : at + 27 + count])
        whole[at + 22 : at + 26] = bytes(4)
        whole[at + 22 : at + 26] = _crc(whole[at:end]).to_bytes(4, "little")
        at = data.find(b"OggS", at + 4)
    return bytes(whole)


def _order(number: Number) -> Literal["little", "big"]:
    return "little" if number.order == LITTLE else "big"


def _crc(page: bytes | bytearray) -> int:
    """RFC 3533, 6: the checksum of an Ogg page."""
    crc = 0
    for byte in page:
        crc = (crc << 8 ^ _CRC[crc >> 24 ^ byte]) & 0xFFFFFFFF
    return crc


def _remainder(byte: int) -> int:
    crc = byte << 24
    for _ in range(8):
        crc = crc << 1 ^ (0x104C11DB7 if crc & 0x80000000 else 0)
    return crc


def _mp3(found: Anatomy, data: bytes) -> None:
    begin = 0
    if data[:3] == b"ID3":
        begin = 10 + read_number(data, Number(6, 4, SEVEN))
        found.parts.append(Part(0, begin, Number(6, 4, SEVEN)))
        found.numbers += [Number(3, 1), Number(5, 1)]
        _id3(found, data, 10, begin)
    for at in frame_starts(data[begin:])[:40]:
        found.spread(begin + at + 1, begin + at + 4, 1)
    starts = [begin + at for at in frame_starts(data[begin:])]
    found.parts += [Part(*pair) for pair in pairwise(starts)]
    xing = max(data.find(b"Xing", begin), data.find(b"Info", begin))
    if xing >= 0:
        found.spread(xing + 4, xing + 16, 4)
        found.numbers.append(Number(xing + 141, 3))


def _id3(found: Anatomy, data: bytes, at: int, end: int) -> None:
    while at + 10 < end and data[at : at + 4].isalnum():
        size = int.from_bytes(data[at + 4 : at + 8])
        found.parts.append(Part(at, at + 10 + size, Number(at + 4, 4)))
        found.numbers += [Number(at + 8, 1), Number(at + 9, 1), Number(at + 10, 1)]
        if data[at : at + 4] == b"CHAP":
            title = data.find(b"\0", at + 10) + 17
            found.spread(title - 16, title, 4)
            _id3(found, data, title, at + 10 + size)
        at += 10 + size


def _boxes(found: Anatomy, data: bytes, at: int = 0, end: int | None = None) -> None:
    end = len(data) if end is None else end
    while at + 8 <= end:
        size, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        size = size if 8 <= size <= end - at else end - at
        found.parts.append(Part(at, at + size, Number(at, 4)))
        if name in CONTAINERS:
            _boxes(found, data, at + (12 if name == b"meta" else 8), at + size)
        elif name != b"mdat":
            found.spread(at + 8, min(at + 120, at + size), 4)
        at += size


def _chunks(order: str) -> Callable[[Anatomy, bytes], None]:
    def read(found: Anatomy, data: bytes) -> None:
        found.parts.append(Part(0, len(data), Number(4, 4, order)))
        at = 12
        while at + 8 <= len(data):
            told = Number(at + 4, 4, order)
            size = min(read_number(data, told), len(data) - at - 8)
            found.parts.append(Part(at, at + 8 + size + size % 2, told))
            if data[at : at + 4] not in {b"data", b"SSND"}:
                found.spread(at + 8, min(at + 8 + size, at + 72), 2, order)
                found.spread(at + 8, min(at + 8 + size, at + 72), 4, order)
            at += 8 + size + size % 2

    return read


def _flac(found: Anatomy, data: bytes) -> None:
    at = 4
    while at + 4 < len(data):
        last, size = data[at] & 0x80, int.from_bytes(data[at + 1 : at + 4])
        found.parts.append(Part(at, at + 4 + size, Number(at + 1, 3)))
        found.numbers.append(Number(at, 1))
        found.spread(at + 4, min(at + 38, at + 4 + size), 2)
        found.spread(at + 4, min(at + 68, at + 4 + size), 4, LITTLE)
        at += 4 + size
        if last:
            break
    starts = [one.start() for one in re.finditer(rb"\xff[\xf8\xf9]", data[at:])]
    found.parts += [Part(at + a, at + b) for a, b in pairwise(starts)]
    for start in starts:
        found.spread(at + start + 2, at + start + 8, 1)


def _ogg(found: Anatomy, data: bytes) -> None:
    starts = [one.start() for one in re.finditer(b"OggS", data)]
    for at, end in pairwise([*starts, len(data)]):
        found.parts.append(Part(at, end))
        if end < at + 27:
            continue
        found.numbers += [Number(at + 4, 1), Number(at + 5, 1), Number(at + 26, 1)]
        found.numbers += [Number(at + 6, 8, LITTLE), Number(at + 14, 4, LITTLE)]
        found.spread(at + 27, min(at + 35, end), 1)
        body = at + 27 + data[at + 26]
        found.spread(body, min(body + 20, end), 1)
        found.spread(body + 8, min(body + 72, end), 4, LITTLE)


def _jpeg(found: Anatomy, data: bytes) -> None:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4])
        found.parts.append(Part(at, at + 2 + size, Number(at + 2, 2)))
        found.spread(at + 4, min(at + 24, at + 2 + size), 1)
        found.spread(at + 5, min(at + 25, at + 2 + size), 2)
        at += 2 + size
    found.parts.append(Part(at, len(data)))


def _pdf(found: Anatomy, data: bytes) -> None:
    found.parts += [Part(one.start(), one.end()) for one in NAMED.finditer(data)]
    found.numbers += [
        Number(one.start(), one.end() - one.start(), WRITTEN)
        for one in DIGITS.finditer(data)
    ]


_CRC = [_remainder(byte) for byte in range(256)]
_FORMS: dict[str, Callable[[Anatomy, bytes], None]] = {
    "aiff": _chunks(BIG),
    "flac": _flac,
    "jpg": _jpeg,
    "m4a": _boxes,
    "mp3": _mp3,
    "ogg": _ogg,
    "pdf": _pdf,
    "wav": _chunks(LITTLE),
}
