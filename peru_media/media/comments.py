"""Measure FLAC, Ogg Vorbis and Opus files, and read their Vorbis comments."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from mutagen.flac import FLAC, Picture
from mutagen.flac import error as DamagedPicture  # noqa: N812 - its own name says nothing
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from peru_media.errors import MediaError
from peru_media.media.common import Facts, Found, Source, chapter, common_names
from peru_media.media.flac import Bounded
from peru_media.media.ogg import joined_seconds
from peru_media.media.opinion import ask
from peru_media.media.sniff import TAG_LIMIT

__all__ = ["read"]

_OPUS_RATE = 48000
_FRONT_COVER = 3
_LEAST_BITS, _MOST_BITS = 4_000, 2_000_000
_LATE = 10 * _OPUS_RATE
_CROWDED = (
    "Its tags come in more pieces than any program writes: "
    "remove all tags and export it again."
)
_LAST = 0x80
_MOST_BLOCKS = 10_000
_MOST_PAGES = 100_000
_PICTURE = "metadata_block_picture"
_CHAPTER = re.compile(r"chapter(\d{1,4})(name|url)?")
_CLOCK = re.compile(r"(\d{1,3}):(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)")
# mutagen's own types are half done
_PICTURES: Callable[..., Any] = Picture
_READERS: dict[str, Callable[..., Any]] = {
    "flac": FLAC,
    "vorbis": OggVorbis,
    "opus": OggOpus,
    "oggflac": OggFLAC,
}
_NAMES = {
    "description": "comment",
    "discnumber": "disc",
    "licence": "copyright",
    "organization": "publisher",
    "tracknumber": "track",
}


def read(source: Source) -> tuple[Facts, Found]:
    """Measure a FLAC or Ogg file.

    Raises:
        MediaError: its tag blocks are over 16 MB. MutagenError: it is damaged.
    """
    if source.form.name == "flac":
        _refuse_blocks(source.file, source.form.start)
    else:
        _refuse_pages(source.file)
    source.file.seek(0)
    sound = _READERS[source.form.name](Bounded(source.file, source.size))
    found = _comments(sound.tags or ())
    found.cover = found.cover or _cover(getattr(sound, "pictures", ()))
    facts = _stream(sound.info, source.form.name.removeprefix("ogg"))
    flac = source.form.name == "flac"
    joined = None if flac else joined_seconds(source.file)
    if joined:
        facts |= {"duration": joined, "bit_rate": None}
    elif flac or _is_doubtful(facts, source):
        ask(source, facts, found, measure=True, exact=flac)
    return facts, found


def _stream(info: Any, codec: str) -> Facts:  # noqa: ANN401 - mutagen ships no types
    return {
        "codec": codec,
        "duration": info.length,
        "bit_rate": getattr(info, "bitrate", 0) or None,
        "sample_rate": getattr(info, "sample_rate", _OPUS_RATE),
        "channels": info.channels,
    }


def _is_doubtful(facts: Facts, source: Source) -> bool:
    """Whether an Ogg file's last position can be no length: a cut from a stream."""
    source.file.seek(0)
    bits = source.size * 8 / (facts["duration"] or 0.001)
    return not _LEAST_BITS < bits < _MOST_BITS or _starts_late(source.file)


def _starts_late(file: BinaryIO) -> bool:
    """Whether the first page of sound lies far from the beginning."""
    at = 0
    while True:
        file.seek(at)
        head = file.read(27)
        position = int.from_bytes(head[6:14], "little", signed=True)
        if head[:4] != b"OggS" or position > 0:
            return position > _LATE
        at += 27 + head[26] + sum(file.read(head[26]))


def _refuse_blocks(file: BinaryIO, start: int) -> None:
    """Add up the metadata blocks of a FLAC file (RFC 9639, 8)."""
    at, total = start + 4, 0
    for _ in range(_MOST_BLOCKS):
        file.seek(at)
        head = file.read(4)
        if len(head) < 4:  # noqa: PLR2004 - a flag, a kind and a size
            return
        size = int.from_bytes(head[1:])
        at += 4 + size
        total += size + 4
        _refuse(total)
        if head[0] & _LAST:
            return
    raise MediaError(_CROWDED)


def _refuse_pages(file: BinaryIO) -> None:
    """Add up the pages before the sound: they have no position (RFC 3533, 6)."""
    at = 0
    for _ in range(_MOST_PAGES):
        file.seek(at)
        head = file.read(27)
        if head[:4] != b"OggS" or int.from_bytes(head[6:14], "little", signed=True) > 0:
            return
        at += 27 + head[26] + sum(file.read(head[26]))
        _refuse(at)
    raise MediaError(_CROWDED)


def _refuse(total: int) -> None:
    if total > TAG_LIMIT:
        msg = (
            "Its tag block is over 16 MB, which is refused: "
            "remove the pictures and texts from its tags."
        )
        raise MediaError(msg)


def _comments(tags: Iterable[tuple[str, str]]) -> Found:
    pairs = [(name.lower(), value) for name, value in tags]
    marks = {name: value for name, value in pairs if _CHAPTER.fullmatch(name)}
    return Found(
        texts=common_names(
            (_NAMES.get(name, name), value)
            for name, value in pairs
            if name not in marks and name not in {_PICTURE, "coverart"}
        ),
        chapters=_chapters(marks),
        cover=_cover(_picture(value) for name, value in pairs if name == _PICTURE),
    )


def _chapters(marks: dict[str, str]) -> list[Facts]:
    """Read ``CHAPTER001=00:01:02.500`` with ``…NAME`` and ``…URL`` beside it."""
    found = []
    for name, value in marks.items():
        clock = _CLOCK.fullmatch(value)
        if clock:
            hours, minutes, seconds = map(float, clock.groups())
            start = hours * 3600 + minutes * 60 + seconds
            title, url = marks.get(f"{name}name", ""), marks.get(f"{name}url")
            found.append(chapter(start, title, url=url))
    return found


def _picture(text: str) -> Any:  # noqa: ANN401 - mutagen ships no types
    try:
        return _PICTURES(base64.b64decode(text))
    except (binascii.Error, DamagedPicture):
        return None


def _cover(pictures: Iterable[Any]) -> bytes | None:
    whole = [picture for picture in pictures if picture]
    front = [picture for picture in whole if picture.type == _FRONT_COVER]
    return next((bytes(picture.data) for picture in front + whole), None)
