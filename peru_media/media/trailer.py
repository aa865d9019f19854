"""The tags that old programs wrote behind the sound: where the sound really ends."""

from typing import BinaryIO

from peru_media.media.frames import APE_HEADER, ID3_HEADER, ID3V1_SIZE
from peru_media.media.sniff import TAG_LIMIT

__all__ = ["sound_end"]

_TAIL = 256
_MOST_TAGS = 1_000
_LYRICS_TAIL = 15
_OLD_LYRICS = 5100 + 20


def sound_end(file: BinaryIO, size: int) -> tuple[int, bytes]:
    """Find where the sound of an MP3 ends, before any number of tags behind it.

    Known are ID3v1 and its long form, APEv2, Lyrics3 of both kinds and ID3v2.4
    at the end. Also gives the bytes of the last APEv2 tag, which may be read.
    """
    ape = b""
    end = size
    for _ in range(_MOST_TAGS):
        file.seek(max(end - _TAIL, 0))
        tail = file.read(min(end, _TAIL))
        length = _ape(tail) or _id3v1(tail) or _lyrics(file, tail, end) or _id3v2(tail)
        if not 0 < length <= end:
            return end, ape
        if _ape(tail) and length <= TAG_LIMIT:
            file.seek(end - length)
            ape = file.read(length)
        end -= length
    return end, ape


def _id3v1(tail: bytes) -> int:
    if tail[-ID3V1_SIZE:][:3] != b"TAG":
        return 0
    return ID3V1_SIZE


def _ape(tail: bytes) -> int:
    """The length of an APEv2 tag, told by its footer."""
    foot = tail[-APE_HEADER:]
    if foot[:8] != b"APETAGEX":
        return 0
    has_header = foot[23] & 0x80
    return int.from_bytes(foot[12:16], "little") + (APE_HEADER if has_header else 0)


def _lyrics(file: BinaryIO, tail: bytes, end: int) -> int:
    """The length of a Lyrics3 tag: v2 tells its size, v1 must be looked for."""
    if tail.endswith(b"LYRICS200") and tail[-_LYRICS_TAIL:-9].isdigit():
        return int(tail[-_LYRICS_TAIL:-9]) + _LYRICS_TAIL
    if tail.endswith(b"LYRICSEND"):
        file.seek(max(end - _OLD_LYRICS, 0))
        begin = file.read(min(end, _OLD_LYRICS)).rfind(b"LYRICSBEGIN")
        return min(end, _OLD_LYRICS) - begin if begin >= 0 else 0
    return 0


def _id3v2(tail: bytes) -> int:
    """The length of an ID3v2.4 tag that stands at the end, told by its footer."""
    foot = tail[-ID3_HEADER:]
    if foot[:3] != b"3DI":
        return 0
    size = foot[6] << 21 | foot[7] << 14 | foot[8] << 7 | foot[9]
    return size + 2 * ID3_HEADER
