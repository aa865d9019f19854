"""The boxes of an MP4 or QuickTime file: its tracks, and how long each plays.

Plain reading of ISO 14496-12, because what plays is the edit list, which tag
readers do not look at.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from peru_media.errors import MediaError
from peru_media.media.aac import channels_of
from peru_media.media.sniff import TAG_LIMIT

__all__ = ["Movie", "Track", "read_movie"]

_INDEX_LIMIT = 64 << 20
_MOST_BOXES = 200_000
_CONTAINERS = {
    b"ilst", b"mdia", b"meta", b"minf", b"moof", b"moov", b"stbl", b"traf", b"trak",
    b"udta",
}  # fmt: skip
_CODECS = {"avc1": "h264", "avc3": "h264", "hev1": "hevc", "hvc1": "hevc"}

Box = tuple[bytes, int, int]


@dataclass(frozen=True, slots=True)
class Track:
    """One track: ``kind`` is ``soun``, ``vide``…; ``seconds`` as it plays.

    ``channels`` are those that the decoder is told of, where it is.
    """

    kind: str
    codec: str
    seconds: float
    channels: int | None = None


@dataclass(slots=True)
class Movie:
    """What the index of the file tells.

    Attributes:
        tracks: in file order.
        chaptered: whether a track holds chapters.
        fragmented: the index does not tell the length.
        cut: the file ends before its media does, or has none.
    """

    tracks: list[Track] = field(default_factory=list)
    chaptered: bool = False
    fragmented: bool = False
    cut: bool = False

    def longest(self, *kinds: str) -> Track | None:
        """The track of these kinds that plays longest."""
        chosen = [track for track in self.tracks if track.kind in kinds]
        return max(chosen, key=lambda track: track.seconds, default=None)


def read_movie(file: BinaryIO) -> Movie:
    """Read the index of an MP4 or QuickTime file.

    Raises:
        MediaError: it has none, or one too large to be honest.
    """
    size = os.fstat(file.fileno()).st_size
    movie, index, boxes = Movie(cut=True), b"", 0
    for name, start, end in _top(file, size):
        boxes += 1 + (_count(file, start, end) if name in _CONTAINERS else 0)
        if boxes > _MOST_BOXES:
            msg = f"It has over {_MOST_BOXES:,} parts inside: export it again."
            raise MediaError(msg)
        if name == b"mdat" and start < end:
            movie.cut = end > size
        movie.fragmented |= name == b"moof"
        if name == b"moov":
            index = _index(file, start, end)
    if not index:
        msg = "Its index is missing, so it cannot be played: export it again."
        raise MediaError(msg)
    _read_index(movie, index)
    return movie


def _top(file: BinaryIO, size: int) -> Iterator[Box]:
    at = 0
    while True:
        file.seek(at)
        found = _box(file.read(16), 0)
        if found is None:
            return
        name, start, length = found
        end = at + length if length else size
        yield name, at + start, end
        at = end


def _box(data: bytes, at: int) -> Box | None:
    """A box's name, where its content starts, and its length (0: to the end)."""
    head = data[at : at + 16]
    length, name = int.from_bytes(head[:4]), head[4:8]
    start = 8
    if length == 1:
        length, start = int.from_bytes(head[8:16]), 16
    if len(name) < 4 or 0 < length < start:  # noqa: PLR2004 - four letters
        return None
    return name, start, length


def _index(file: BinaryIO, start: int, end: int) -> bytes:
    if end - start > _INDEX_LIMIT:
        msg = f"Its index is over {_INDEX_LIMIT >> 20} MB: export it again."
        raise MediaError(msg)
    file.seek(start)
    return file.read(end - start)


def _count(file: BinaryIO, start: int, end: int) -> int:
    """Count the boxes within a box: each costs far more where they are parsed."""
    data = _index(file, start, end)
    left = [(0, len(data))]
    boxes = 0
    while left and boxes <= _MOST_BOXES:
        at, end = left.pop()
        while at < end and boxes <= _MOST_BOXES and (found := _box(data, at)):
            name, start, length = found
            stop = min(at + length, end) if length else end
            boxes += 1
            if name in _CONTAINERS:
                left.append((at + start + 4 * (name == b"meta"), stop))
            at = stop
    return boxes


def _inside(data: bytes, *path: bytes) -> Iterator[bytes]:
    """The contents of every box at a path, such as ``trak``, ``mdia``, ``mdhd``."""
    at = 0
    for _ in range(_MOST_BOXES):
        found = _box(data, at)
        if found is None:
            return
        name, start, length = found
        end = at + length if length else len(data)
        if name == path[0]:
            content = data[at + start : end]
            yield from _inside(content, *path[1:]) if path[1:] else (content,)
        at = end


def _one(data: bytes, *path: bytes) -> bytes:
    return next(_inside(data, *path), b"")


def _read_index(movie: Movie, index: bytes) -> None:
    if sum(map(len, _inside(index, b"udta"))) > TAG_LIMIT:
        msg = (
            "Its tag block is over 16 MB, which is refused: "
            "remove the pictures and texts from its tags."
        )
        raise MediaError(msg)
    scale = _scale(_one(index, b"mvhd"))[0]
    movie.fragmented |= bool(_one(index, b"mvex"))
    for trak in _inside(index, b"trak"):
        movie.chaptered |= bool(_one(trak, b"tref", b"chap"))
        movie.tracks.append(_track(trak, scale))


def _track(trak: bytes, scale: int) -> Track:
    kind = _one(trak, b"mdia", b"hdlr")[8:12].decode("latin-1")
    table = _one(trak, b"mdia", b"minf", b"stbl")
    description = _one(table, b"stsd")
    codec = description[12:16].decode("latin-1").strip().lower()
    channels = channels_of(description) if codec == "mp4a" else None
    media_scale, told = _scale(_one(trak, b"mdia", b"mdhd"))
    held = _sum_of_samples(_one(table, b"stts")) or told
    length = held / media_scale
    edits = _edits(_one(trak, b"edts", b"elst"))
    if edits:
        length = sum(
            min(span / scale or length, length - begin / media_scale)
            for span, begin in edits
            if begin >= 0
        )
    return Track(kind, _CODECS.get(codec, codec), max(length, 0.0), channels)


def _scale(head: bytes) -> tuple[int, int]:
    """The units a second, and the length in them, of ``mvhd`` or ``mdhd``."""
    if head[:1] == b"\1":
        scale, length = head[20:24], head[24:32]
    else:
        scale, length = head[12:16], head[16:20]
    return int.from_bytes(scale) or 1, int.from_bytes(length)


def _sum_of_samples(stts: bytes) -> int:
    """Add up the durations of all samples."""
    end = min(8 + 8 * int.from_bytes(stts[4:8]), len(stts))
    return sum(
        int.from_bytes(stts[at : at + 4]) * int.from_bytes(stts[at + 4 : at + 8])
        for at in range(8, end, 8)
    )


def _edits(elst: bytes) -> list[tuple[int, int]]:
    """Each edit: how long it plays, and from where in the media (-1: a pause)."""
    width = 8 if elst[:1] == b"\1" else 4
    step = 2 * width + 4
    return [
        (
            int.from_bytes(elst[at : at + width]),
            int.from_bytes(elst[at + width : at + 2 * width], signed=True),
        )
        for at in range(8, len(elst) - step + 1, step)
    ]
