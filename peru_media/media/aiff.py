"""Measure an AIFF file, as recorders and old Macs make them."""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from peru_media.errors import MediaError
from peru_media.media.chunks import Place, chunk_bytes
from peru_media.media.common import NO_SOUND, Facts, Found, Source, common_names
from peru_media.media.id3 import read_id3
from peru_media.media.opinion import ask

__all__ = ["read"]

_MOST_CHUNKS = 1_000
_COMMON = 18
_NAMES = {b"NAME": "title", b"AUTH": "artist", b"(c) ": "copyright", b"ANNO": "comment"}
_TAGS = (b"ID3 ", b"id3 ")
_BIAS, _FRACTION = 16383, 63


def read(source: Source) -> tuple[Facts, Found]:
    """Measure an AIFF by what its common chunk tells, and by what is there.

    Raises:
        MediaError: it has no sound, or its texts are over 16 MB.
    """
    chunks = dict(_chunks(source.file, source.size))
    common = chunk_bytes(source.file, chunks.get(b"COMM", (0, 0)))
    if len(common) < _COMMON or b"SSND" not in chunks:
        raise MediaError(NO_SOUND)
    rate = _extended(common[8:18])
    facts: Facts = {
        "codec": "pcm",
        "channels": int.from_bytes(common[0:2]),
        "sample_rate": round(rate),
        "duration": int.from_bytes(common[2:6]) / rate if rate else 0.0,
    }
    found = _texts(source.file, chunks)
    ask(source, facts, found, measure=True, exact=True)
    return facts, found


def _chunks(file: BinaryIO, end: int) -> Iterator[tuple[bytes, Place]]:
    """Each chunk's name, where its content begins, and how much of it is there."""
    at = 12
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004 - a name and a size
            return
        size = int.from_bytes(head[4:])
        yield head[:4], (at + 8, min(size, end - at - 8))
        at += 8 + size + size % 2


def _extended(data: bytes) -> float:
    """A number of 80 bits, as the sample rate is written (IEEE 754)."""
    exponent = int.from_bytes(data[:2]) & 0x7FFF
    mantissa = int.from_bytes(data[2:])
    return float(mantissa * 2.0 ** (exponent - _BIAS - _FRACTION))


def _texts(file: BinaryIO, chunks: dict[bytes, Place]) -> Found:
    found = Found()
    for tag in _TAGS:
        if tag in chunks:
            found = read_id3(BytesIO(chunk_bytes(file, chunks[tag])))
    told = [
        (name, chunk_bytes(file, chunks[chunk]).decode("utf-8", "replace"))
        for chunk, name in _NAMES.items()
        if chunk in chunks
    ]
    found.texts = common_names(told) | found.texts
    return found
