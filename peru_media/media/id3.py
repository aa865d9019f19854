"""The tags of MP3 files: ID3v2 of every version, ID3v1 and APEv2."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO

from mutagen.apev2 import APENoHeaderError, APETextValue, APEv2
from mutagen.id3 import ID3, ID3NoHeaderError, _specs

from peru_media.errors import MediaError
from peru_media.media.common import Facts, Found, chapter, common_names
from peru_media.media.frames import ID3_HEADER, tag_at
from peru_media.media.sniff import TAG_LIMIT
from peru_media.media.terminated import decode_terminated

__all__ = ["read_ape", "read_id3"]

_MOST_FRAMES = 5_000
# mutagen's own types are half done
_ID3: Callable[..., Any] = ID3
_APE: Callable[..., Any] = APEv2
_SPECS: Any = _specs
_SPECS.decode_terminated = decode_terminated  # many times as fast for UTF-16
_FRONT_COVER = 3
_V22 = 2
_V24 = 4
_PACKED = {3: 0x80, 4: 0x08}
_NAMES = {
    "COMM": "comment",
    "TALB": "album",
    "TBPM": "bpm",
    "TCOM": "composer",
    "TCON": "genre",
    "TCOP": "copyright",
    "TDRC": "date",
    "TDRL": "released",
    "TENC": "encoded_by",
    "TIT1": "grouping",
    "TIT2": "title",
    "TIT3": "subtitle",
    "TLAN": "language",
    "TPE1": "artist",
    "TPE2": "albumartist",
    "TPOS": "disc",
    "TPUB": "publisher",
    "TRCK": "track",
    "TSSE": "encoder",
    "USLT": "lyrics",
    "WOAF": "link",
}


def read_id3(file: BinaryIO) -> Found:
    """Read what the ID3 tags of an open file say; nothing where it has none.

    Raises:
        MediaError: so many frames that no honest program wrote them.
    """
    _refuse_crowd(file)
    file.seek(0)
    try:
        tags = _ID3(file)
    except ID3NoHeaderError:
        return Found()
    frames = list(tags.values())
    return Found(
        texts=common_names(_texts(frames)),
        chapters=[_mark(frame) for frame in frames if frame.FrameID == "CHAP"],
        cover=_cover(frames),
    )


def read_ape(block: bytes) -> dict[str, list[str]]:
    """Read the texts of an APEv2 tag."""
    try:
        tags = _APE(BytesIO(block))
    except APENoHeaderError:
        return {}
    return common_names(
        (name.lower(), text)
        for name, value in tags.items()
        if isinstance(value, APETextValue)
        for text in value
    )


def _refuse_crowd(file: BinaryIO) -> None:
    """Count the frames before anything parses them: each costs far more there."""
    file.seek(0)
    head = file.read(ID3_HEADER)
    data = file.read(tag_at(head + bytes(22), 0))
    frames = list(islice(_frames(head, data), _MOST_FRAMES + 1))
    _refuse_bomb(body for body, packed in frames if packed)
    if len(frames) > _MOST_FRAMES:
        msg = (
            f"Its tags have over {_MOST_FRAMES:,} entries: "
            "remove all tags and export it again."
        )
        raise MediaError(msg)


def _refuse_bomb(packed: Iterable[bytes]) -> None:
    """Unpack what is compressed, and stop where it becomes larger than a tag may be."""
    room = TAG_LIMIT
    for body in packed:
        with suppress(zlib.error):
            room -= len(zlib.decompressobj().decompress(body, room + 1))
        if room < 0:
            msg = (
                "Its tags are over 16 MB once they are unpacked, which is refused: "
                "remove all tags and export it again."
            )
            raise MediaError(msg)


def _frames(head: bytes, data: bytes) -> Iterator[tuple[bytes, bool]]:
    """The frames of an ID3v2 tag as far as they can be followed.

    Each is its content, and whether that is compressed.
    """
    version = head[3] if data else _V24
    names, header = (3, 6) if version == _V22 else (4, 10)
    packed = _PACKED.get(version, 0)
    at = 0
    while data[at : at + names].isalnum():
        field = data[at + names : at + 2 * names]
        size = int.from_bytes(field)
        if version == _V24 and max(field, default=0) < 0x80:  # noqa: PLR2004 - seven bits
            size = field[0] << 21 | field[1] << 14 | field[2] << 7 | field[3]
        end = at + header + size
        is_packed = bool(packed and data[at + 9 : at + 10] and data[at + 9] & packed)
        # Four bytes before what is compressed say how long it will be.
        yield data[at + header + 4 : end] if is_packed else b"", is_packed
        at = end


def _texts(frames: list[Any]) -> Iterator[tuple[str, object]]:
    for frame in frames:
        name = _NAMES.get(frame.FrameID, frame.HashKey)
        if frame.FrameID[0] == "W":
            yield name, frame.url
        elif frame.FrameID in {"COMM", "USLT"} or frame.FrameID[0] == "T":
            text = getattr(frame, "text", None)
            for value in [text] if isinstance(text, str) else text or ():
                yield name, value


def _mark(frame: Any) -> Facts:  # noqa: ANN401 - mutagen ships no types
    inside = frame.sub_frames
    titles = inside.getall("TIT2")
    links = inside.getall("WXXX")
    return chapter(
        frame.start_time / 1000,
        titles[0] if titles else "",
        end=frame.end_time / 1000,
        url=links[0].url if links else None,
    )


def _cover(frames: list[Any]) -> bytes | None:
    pictures = [frame for frame in frames if frame.FrameID == "APIC"]
    front = [frame for frame in pictures if frame.type == _FRONT_COVER]
    return next((bytes(frame.data) for frame in front + pictures), None)
