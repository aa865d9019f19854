"""Measure a WAV file, also the long kinds (RF64, BW64), chunk by chunk."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from peru_media.errors import MediaError
from peru_media.media.chunks import chunk_bytes
from peru_media.media.common import (
    NO_SOUND,
    TOLERANCE,
    Facts,
    Found,
    Source,
    common_names,
)
from peru_media.media.cues import cue_chapters
from peru_media.media.id3 import read_id3
from peru_media.media.opinion import ask

__all__ = ["read"]

_UNKNOWN = 0xFFFFFFFF
_ENDLESS = 0x7F000000
_MOST_CHUNKS = 1_000
_PLAIN = {1, 3, 0xFFFE}
_NAMES = {
    "IART": "artist",
    "ICMT": "comment",
    "ICOP": "copyright",
    "ICRD": "date",
    "IGNR": "genre",
    "ILNG": "language",
    "INAM": "title",
    "IPRD": "album",
    "IPRT": "track",
    "ISFT": "encoder",
    "ITRK": "track",
}
_BEXT = {"description": (0, 256), "originator": (256, 288), "reference": (288, 320)}

Chunk = tuple[bytes, int, int]


def read(source: Source) -> tuple[Facts, Found]:
    """Measure a WAV by the sound that is there, not by what its header claims.

    Raises:
        MediaError: it has no sound, or its texts are over 16 MB.
    """
    file = source.file
    chunks = dict(_named(file, _chunks(file, source.size)))
    if b"fmt " not in chunks or b"data" not in chunks:
        raise MediaError(NO_SOUND)
    facts = _sound(chunk_bytes(file, chunks[b"fmt "]), chunks[b"data"][1])
    found = _texts(file, chunks)
    found.chapters = found.chapters or cue_chapters(
        chunk_bytes(file, chunks.get(b"cue ", (0, 0))),
        chunk_bytes(file, chunks.get(b"adtl", (0, 0))),
        rate=facts["sample_rate"],
    )
    if "duration" in facts:
        facts["promised"] = _promised(file, facts["duration"], *chunks[b"data"])
    else:
        ask(source, facts, found, measure=True)
    return facts, found


def _chunks(file: BinaryIO, end: int) -> Iterator[Chunk]:
    """Each chunk's name, where its content begins, and how much of it is there."""
    at, long = 12, 0
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004 - a name and a size
            return
        name, size = head[:4], int.from_bytes(head[4:], "little")
        if name == b"ds64":
            long = int.from_bytes(file.read(16)[8:], "little")
        if name == b"data" and (size == _UNKNOWN or _unfinished(file, size)):
            size = long or end
        yield name, at + 8, min(size, end - at - 8)
        at += 8 + size + size % 2


def _unfinished(file: BinaryIO, size: int) -> bool:
    """Whether a recorder lost power before it wrote a size: sound follows, no chunk."""
    name = b"" if size else file.read(4)
    return bool(name) and not (name.isascii() and name.decode().isprintable())


def _named(
    file: BinaryIO, chunks: Iterable[Chunk]
) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Each chunk's place by its name; a list goes by the type of what it holds."""
    for name, at, size in chunks:
        if name == b"LIST":
            file.seek(at)
            name = b"adtl" if file.read(4) == b"adtl" else name  # noqa: PLW2901 - one kind of list
        yield name, (at, size)


def _sound(form: bytes, size: int) -> Facts:
    code = int.from_bytes(form[0:2], "little")
    channels = int.from_bytes(form[2:4], "little")
    rate = int.from_bytes(form[4:8], "little")
    speed = int.from_bytes(form[8:12], "little")
    facts: Facts = {
        "codec": "pcm" if code in _PLAIN else f"wav-{code:04x}",
        "bit_rate": speed * 8,
        "sample_rate": rate,
        "channels": channels,
    }
    step = int.from_bytes(form[12:14], "little")
    if code in _PLAIN and step and rate:
        facts["duration"] = size // step / rate
    return facts


def _promised(file: BinaryIO, seconds: float, at: int, there: int) -> float | None:
    """The length that the header tells of, where more than a second is missing.

    Programs that record into a pipe write any huge size, which tells nothing.
    """
    file.seek(at - 4)
    told = int.from_bytes(file.read(4), "little")
    if not 0 < there < told < _ENDLESS:
        return None
    promised = seconds * told / there
    return round(promised, 3) if promised - seconds > TOLERANCE else None


def _texts(file: BinaryIO, chunks: dict[bytes, tuple[int, int]]) -> Found:
    found = Found()
    for tag in {b"id3 ", b"ID3 "} & chunks.keys():
        found = read_id3(BytesIO(chunk_bytes(file, chunks[tag])))
    told = list(_info(chunk_bytes(file, chunks.get(b"LIST", (0, 0)))))
    bext = chunk_bytes(file, chunks.get(b"bext", (0, 0)))
    for name, (start, end) in _BEXT.items():
        told.append((f"bext:{name}", bext[start:end].decode("latin-1")))
    found.texts = common_names(told) | found.texts
    return found


def _info(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a LIST INFO chunk."""
    at = 4 if data[:4] == b"INFO" else len(data)
    while at + 8 < len(data):
        name = data[at : at + 4].decode("latin-1")
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        text = data[at + 8 : at + 8 + size].decode("utf-8", "replace")
        yield _NAMES.get(name, name), text
        at += 8 + size + size % 2
