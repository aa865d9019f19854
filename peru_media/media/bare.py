"""Files that others hold, without what they say of themselves: nothing is redrawn."""

import re

__all__ = ["bare_header", "bare_jpeg"]

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_NEXT = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_REMARK = 0xFE
_COLOURS = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
_APPLICATION = range(0xE0, 0xF0)
_POINTS = 100
_LAME = 36
_FRAMES, _BYTES, _TABLE, _QUALITY = 1, 2, 4, 8
_MAGICS = (b"Xing", b"Info")
_PROGRAMS = (b"LAME", b"Lavc", b"Lavf")
_SIDES = (4 + 9, 4 + 17, 4 + 32)


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG without segments of applications and remarks, up to its own end.

    What tells its colours is kept (JFIF, Adobe). One that makes no sense stays as
    it is, for its reader will say so (ITU-T T.81, annex B).
    """
    if data[:2] != b"\xff\xd8":
        return data
    made, at = bytearray(data[:2]), 2
    while found := _NEXT.search(data, at):
        made += data[at : found.start()]
        mark, at = found[0][-1], found.end()
        if mark == _END:
            return bytes(made + b"\xff\xd9")
        size = int.from_bytes(data[at : at + 2])
        body = data[at : at + size]
        if _is_needed(mark, body):
            made += bytes([0xFF, mark]) + body
        at += size
    return data


def _is_needed(mark: int, body: bytes) -> bool:
    if mark in _COLOURS:
        return body[2:].startswith(_COLOURS[mark])
    return mark not in _APPLICATION and mark != _REMARK


def bare_header(frame: bytes) -> bytes:
    """The first frame of an MP3 with what it tells of the sound, and nothing else.

    A frame that tells (Xing's and LAME's tags) holds no sound: frames, bytes, the
    table for seeking, what the encoder added at both ends. All behind that is
    zeros. Any other frame stays as it is.
    """
    at = next((side for side in _SIDES if frame[side : side + 4] in _MAGICS), None)
    if at is None:
        return frame
    made = bytearray(frame)
    flags = int.from_bytes(frame[at + 4 : at + 8])
    end = at + 8 + 4 * bool(flags & _FRAMES) + 4 * bool(flags & _BYTES)
    if flags & _TABLE:
        _straighten(made, end)
        end += _POINTS
    end += 4 * bool(flags & _QUALITY)
    if frame[end : end + 4] in _PROGRAMS:
        end += _LAME
    made[end:] = bytes(len(frame) - min(end, len(frame)))
    return bytes(made)


def _straighten(frame: bytearray, at: int) -> None:
    """A table that is none becomes that of a constant bit rate."""
    table = frame[at : at + _POINTS]
    if list(table) != sorted(table):
        frame[at : at + _POINTS] = bytes(
            number * 256 // _POINTS for number in range(len(table))
        )
