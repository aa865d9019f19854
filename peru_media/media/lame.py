"""MP3 at a constant bit rate, by LAME; its first frame tells how long the sound is."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import lameenc
from av.audio.frame import AudioFrame

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND
from peru_media.media.frames import frame_at, walk

__all__ = ["encode_mp3"]

_QUALITY = 3  # LAME's own choice, which other programs keep, too
_SAMPLES = 1152
_DELAY = 576  # samples that LAME puts before the sound
_SPEEDS = {44_100: 0, 48_000: 1}
_MODES = {1: 0xC4, 2: 0x44}
_SIDES = {1: 17, 2: 32}
_TOLD = 0b1111  # frames, bytes, points to seek by, quality
_POINTS = 100
_NAME = b"LAME3.100"
_CONSTANT, _MOST_KBITS = 1, 255
_XING, _LAME = 120, 36
_POLYNOMIAL = 0xA001


def encode_mp3(
    frames: Iterator[AudioFrame],
    out: BinaryIO,
    *,
    rate: int,
    channels: int,
    bit_rate: int,
) -> None:
    """Write sound as MP3 without tags.

    The first frame is silent. It tells players how many frames follow, and what
    LAME added at both ends, so that they play the sound's own length (the tags of
    Xing and LAME).

    Args:
        frames: packed samples of 16 bits.
        out: an empty file, open for writing and reading.
        rate: Hz, 44,100 or 48,000.
        channels: 1 or 2.
        bit_rate: bits a second, one of MPEG-1 layer III.

    Raises:
        MediaError: there is none.
    """
    encoder = _encoder(rate, channels, bit_rate)
    head, room = _head(rate, channels, bit_rate)
    out.write(bytes(room))
    samples = 0
    for frame in frames:
        size = frame.samples * channels * 2
        out.write(encoder.encode(bytes(frame.planes[0])[:size]))
        samples += frame.samples
    if not samples:
        raise MediaError(NO_SOUND)
    out.write(encoder.flush())
    out.flush()
    end = out.tell()
    count = walk(out, room, end).frames
    added = count * _SAMPLES - _DELAY - samples
    told = _xing(count, end) + _lame(bit_rate, added, end)
    first = _checked(head + bytes(_SIDES[channels]) + told)
    out.seek(0)
    out.write(first.ljust(room, b"\0"))


def _encoder(rate: int, channels: int, bit_rate: int) -> Any:  # noqa: ANN401 - lameenc ships no types
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_bit_rate(bit_rate // 1000)
    encoder.set_quality(_QUALITY)
    return encoder


def _head(rate: int, channels: int, bit_rate: int) -> tuple[bytes, int]:
    """The header of the first frame and its size: as the others, or with more room."""
    least = len(bytes(4)) + _SIDES[channels] + _XING + _LAME
    for step in range(1, 15):
        head = bytes((0xFF, 0xFB, step << 4 | _SPEEDS[rate] << 2, _MODES[channels]))
        frame = frame_at(head, 0)
        if frame and frame.bits >= bit_rate and frame.size >= least:
            return head, frame.size
    msg = f"{bit_rate} bits a second is no bit rate of MP3"
    raise ValueError(msg)


def _xing(count: int, size: int) -> bytes:
    """How many frames and bytes there are; a constant rate has all points in line."""
    points = bytes(number * 256 // _POINTS for number in range(_POINTS))
    figures = (_TOLD.to_bytes(4), count.to_bytes(4), size.to_bytes(4), points, bytes(4))
    return b"Info" + b"".join(figures)


def _lame(bit_rate: int, added: int, size: int) -> bytes:
    """What was added at both ends, in LAME's own words, but for its checksum."""
    kbits = min(bit_rate // 1000, _MOST_KBITS)
    ends = (_DELAY << 12 | added).to_bytes(3)
    figures = (bytes((_CONSTANT,)), bytes(10), bytes((kbits,)), ends, bytes(4))
    return _NAME + b"".join(figures) + size.to_bytes(4) + bytes(2)


def _checked(frame: bytes) -> bytes:
    """The frame with its checksum: CRC-16, the least bit first."""
    crc = 0
    for byte in frame:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_POLYNOMIAL if crc & 1 else 0)
    return frame + crc.to_bytes(2)
