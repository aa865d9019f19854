"""Measure an MP3 file."""

from dataclasses import dataclass
from typing import BinaryIO

from mutagen import MutagenError

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND, TOLERANCE, Facts, Found, Source
from peru_media.media.frames import Frame, Walk, find_frame, frame_at, walk
from peru_media.media.id3 import read_ape, read_id3
from peru_media.media.trailer import sound_end

__all__ = ["measure_mp3", "read"]

_HEAD = 2 << 10
_SEARCH = 1 << 20
_HAS_FRAMES, _HAS_BYTES = 1, 2
_LAME_AT, _DELAY_AT = 120, 141
_ENCODERS = (b"LAME", b"Lavf", b"Lavc", b"GOGO")
_VBRI_AT = 36
_SLACK = 0.04
_DECODER_DELAY = 529
_MONO = 0xC0
_SAME_RATE = 0.01
_LEAST_RATE_OF_MPEG1 = 32_000
_BITS = {True: (31_000, 450_000), False: (7_900, 258_000)}


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the silent first frame of many files tells of the rest (Xing, VBRI)."""

    frames: int = 0
    bytes: int = 0
    delay: int = 0
    padding: int = 0


def read(source: Source) -> tuple[Facts, Found]:
    """Measure an MP3 and read its tags: ID3 first, then APEv2.

    Raises:
        MediaError: there is no sound, or its tags are hostile.
    """
    end, ape = sound_end(source.file, source.size)
    facts = measure_mp3(source.file, source.form.start, end)
    try:
        found = read_id3(source.file)
        if ape:
            found.texts = read_ape(ape) | found.texts
    except MutagenError:
        found = Found(questions=["Its tags are damaged, so they were not read."])
    return facts, found


def measure_mp3(file: BinaryIO, start: int, end: int) -> Facts:
    """Measure the sound of an MP3 between its tags.

    Its first frame tells the length where it is a Xing or VBRI header that fits
    the size of the file; else every frame is counted. What an encoder says that
    it added at either end is left off, as players do.

    Args:
        file: open for reading.
        start: where the tags at the front end, bytes.
        end: where those at the back begin.

    Raises:
        MediaError: there is no sound.
    """
    at, head, frame = _first_frame(file, start, end)
    opening = _opening(head, frame)
    seconds = _told(opening, frame, end - at) if opening else None
    size = end - at
    promised = None
    if seconds is None:
        found = walk(file, at, end)
        seconds = _counted(found, frame, opening)
        promised = _promised(opening, frame, size, seconds)
        size = found.size
    if seconds <= 0:
        raise MediaError(NO_SOUND)
    return {
        "promised": promised,
        "codec": f"mp{frame.layer}",
        "duration": seconds,
        "bit_rate": _bit_rate(size, seconds, frame),
        "sample_rate": frame.rate,
        "channels": 1 if head[3] & _MONO == _MONO else 2,
    }


def _first_frame(file: BinaryIO, start: int, end: int) -> tuple[int, bytes, Frame]:
    file.seek(start)
    head = file.read(min(_HEAD, end - start))
    frame = frame_at(head, 0)
    if frame:
        return start, head, frame
    view = head + file.read(max(min(_SEARCH, end - start) - len(head), 0))
    at = find_frame(view, 0)
    frame = frame_at(view, at)
    if frame is None:
        msg = "No sound was found in it, though it looks like an MP3: export it again."
        raise MediaError(msg)
    return start + at, view[at : at + _HEAD], frame


def _opening(head: bytes, frame: Frame) -> _Opening | None:
    first = head[: frame.size]
    at = max(first.find(b"Xing", 4, 48), first.find(b"Info", 4, 48))
    if at >= 0:
        return _xing(first[at:])
    if first[_VBRI_AT : _VBRI_AT + 4] == b"VBRI":
        vbri = first[_VBRI_AT:]
        return _Opening(
            frames=int.from_bytes(vbri[14:18]), bytes=int.from_bytes(vbri[10:14])
        )
    return None


def _xing(head: bytes) -> _Opening:
    flags = head[7] if len(head) > _DELAY_AT + 3 else 0
    frames = int.from_bytes(head[8:12]) if flags & _HAS_FRAMES else 0
    at = 12 if frames else 8
    size = int.from_bytes(head[at : at + 4]) if flags & _HAS_BYTES else 0
    if head[_LAME_AT : _LAME_AT + 4] not in _ENCODERS:
        return _Opening(frames, size)
    trim = int.from_bytes(head[_DELAY_AT : _DELAY_AT + 3])
    return _Opening(frames, size, trim >> 12, trim & 0xFFF)


def _told(opening: _Opening, frame: Frame, size: int) -> float | None:
    """The length as the header tells it; None where it does not fit the file."""
    samples = opening.frames * frame.samples - opening.delay - opening.padding
    seconds = samples / frame.rate
    if samples <= 0 or not opening.bytes or not _is_likely(opening, frame):
        return None
    astray = abs(opening.bytes - size) / opening.bytes * seconds
    return seconds if astray < _SLACK else None


def _is_likely(opening: _Opening, frame: Frame) -> bool:
    """Whether so many frames can have so many bytes (ISO 11172-3, ISO 13818-3)."""
    bits = opening.bytes * 8 * frame.rate / (opening.frames * frame.samples)
    least, most = _BITS[frame.rate >= _LEAST_RATE_OF_MPEG1]
    return least <= bits <= most


def _counted(found: Walk, frame: Frame, opening: _Opening | None) -> float:
    """The length as the frames tell it, without the header's own frame."""
    if opening is None:
        return found.seconds
    trim = opening.delay
    if found.frames == opening.frames + 1:
        trim += opening.padding
    whole = found.seconds - frame.samples / frame.rate
    if trim / frame.rate >= whole:  # LAME before 3.98 wrote nonsense into short files
        trim = opening.delay + _DECODER_DELAY
    return whole - trim / frame.rate if trim / frame.rate < whole else whole


def _promised(
    opening: _Opening | None, frame: Frame, size: int, seconds: float
) -> float | None:
    """The length that the header tells of, where bytes and sound are missing."""
    if opening is None or opening.bytes <= size:
        return None
    told = opening.frames * frame.samples / frame.rate
    return round(told, 3) if told - seconds > TOLERANCE else None


def _bit_rate(size: int, seconds: float, frame: Frame) -> int:
    """Bits a second; the encoder's own round figure where that is what it is."""
    measured = size * 8 / seconds
    named = frame.bits
    return named if abs(measured / named - 1) < _SAME_RATE else round(measured)
