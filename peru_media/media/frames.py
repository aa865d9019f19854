"""The frames of MPEG and ADTS sound, found one by one, without decoding any.

A frame header tells the frame's size and how many samples it holds, so walking
from header to header gives the exact length of a file and where its sound lies.
"""

import mmap
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, NamedTuple

__all__ = [
    "APE_HEADER",
    "ID3V1_SIZE",
    "ID3_HEADER",
    "SYNC",
    "Frame",
    "View",
    "Walk",
    "adts_at",
    "find_frame",
    "frame_at",
    "synced",
    "tag_at",
    "walk",
    "walk_adts",
]

SYNC = 0xFF
ID3_HEADER = 10
ID3V1_SIZE = 128
APE_HEADER = 32
_WINDOW = 64 << 20
_NEVER = 1 << 62
_LONGEST_FRAME = 5764
_ADTS_RATES = (
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000,
    7350,
)  # fmt: skip
_MPEG1 = 3
_LAYER3 = 3
_ADTS_HEADER = 7
_ADTS_SYNC = 0xFFF0
_RATES = {
    _MPEG1: (44100, 48000, 32000),
    2: (22050, 24000, 16000),
    0: (11025, 12000, 8000),
}
_KBITS = {
    (1, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}

View = bytes | mmap.mmap
Step = Callable[[View, int, int, int], int]


class Frame(NamedTuple):
    """What one header says: its bits and samples a second, its bytes and samples."""

    bits: int
    size: int
    samples: int
    rate: int
    layer: int


@dataclass(slots=True)
class Walk:
    """Where the sound lies and how long it lasts.

    Attributes:
        spans: the runs of whole frames, ``(start, end)`` in bytes.
        samples: samples found, by sample rate.
        frames: how many frames there are.
    """

    spans: list[tuple[int, int]] = field(default_factory=list)
    samples: dict[int, int] = field(default_factory=dict)
    frames: int = 0

    @property
    def seconds(self) -> float:
        """How long the sound lasts."""
        return sum(count / rate for rate, count in self.samples.items())

    @property
    def size(self) -> int:
        """Bytes of sound."""
        return sum(end - start for start, end in self.spans)

    def count(self, rate: int, samples: int, frames: int) -> None:
        """Take in frames of one sample rate."""
        if frames:
            self.samples[rate] = self.samples.get(rate, 0) + samples
            self.frames += frames

    def add(self, start: int, end: int) -> None:
        """Take in a run of frames, joined to the last one where they touch."""
        if self.spans and self.spans[-1][1] == start:
            start = self.spans.pop()[0]
        self.spans.append((start, end))


def _headers() -> dict[int, Frame]:
    """Every valid pair of header bytes two and three (ISO 11172-3, 2.4.1.3)."""
    return {
        (0xE0 | version << 3 | (4 - layer) << 1 | bare) << 8
        | (bits + 1) << 4 | speed << 2 | pad << 1 | private:
        _frame(version, layer, kbits * 1000, _RATES[version][speed], pad)
        for version in _RATES
        for layer in (1, 2, 3)
        for bits, kbits in enumerate(_KBITS[1 if version == _MPEG1 else 2, layer])
        for speed in range(3)
        for pad in (0, 1)
        for bare in (0, 1)
        for private in (0, 1)
    }  # fmt: skip


def _frame(version: int, layer: int, bits: int, rate: int, pad: int) -> Frame:
    if layer == 1:
        return Frame(bits, (12 * bits // rate + pad) * 4, 384, rate, layer)
    samples = 576 if layer == _LAYER3 and version != _MPEG1 else 1152
    return Frame(bits, samples // 8 * bits // rate + pad, samples, rate, layer)


_FRAMES = _headers()
_STEPS = {key: (one.size, one.samples, one.rate) for key, one in _FRAMES.items()}


def frame_at(view: View, at: int) -> Frame | None:
    """Read the MPEG header at a place; None where there is none."""
    if at + 4 > len(view) or view[at] != SYNC:
        return None
    return _FRAMES.get(view[at + 1] << 8 | view[at + 2])


def adts_at(view: View, at: int) -> tuple[int, int, int] | None:
    """Read the ADTS header at a place: its bytes, samples and sample rate."""
    if (
        at + _ADTS_HEADER > len(view)
        or int.from_bytes(view[at : at + 2]) & 0xFFF6 != _ADTS_SYNC
    ):
        return None
    size = (view[at + 3] & 3) << 11 | view[at + 4] << 3 | view[at + 5] >> 5
    speed = view[at + 2] >> 2 & 15
    if size < _ADTS_HEADER or speed >= len(_ADTS_RATES):
        return None
    return size, ((view[at + 6] & 3) + 1) * 1024, _ADTS_RATES[speed]


def synced(view: View, at: int, *, chain: int) -> bool:
    """Whether so many frames of one kind follow each other, or end the view."""
    first = found = frame_at(view, at)
    while found and first and found.rate == first.rate and found.layer == first.layer:
        at += found.size
        chain -= 1
        if chain == 0 or at == len(view):
            return True
        found = frame_at(view, at)
    return False


def find_frame(view: View, at: int) -> int:
    """Find where MPEG sound begins; the end of the view where it does not."""
    return _next_sync(view, at, len(view))


def walk(file: BinaryIO, start: int, end: int) -> Walk:
    """Find every MPEG frame between two places of a file.

    What lies between the frames (tags, padding, anything hidden there) belongs
    to no span. A last frame that the file cuts short is in a span, because
    players get it too, but its samples are not counted.
    """
    found = Walk()
    _through(file, start, end, partial(_mpeg_window, found))
    return found


def walk_adts(file: BinaryIO, start: int, end: int) -> Walk:
    """Find every ADTS frame between two places of a file (ISO 14496-3, 1.A.2.2)."""
    found = Walk()
    _through(file, start, end, partial(_adts_window, found))
    return found


def _through(file: BinaryIO, start: int, end: int, step: Step) -> None:
    """Hand a file on in windows, so that its size costs no memory."""
    while start < end:
        base = start - start % mmap.ALLOCATIONGRANULARITY
        length = min(_WINDOW, end - base)
        with mmap.mmap(
            file.fileno(), length, access=mmap.ACCESS_READ, offset=base
        ) as view:
            enough = length if base + length == end else length - 2 * _LONGEST_FRAME
            at = step(view, base, start - base, enough)
        start = base + at


def _mpeg_window(found: Walk, view: View, base: int, at: int, enough: int) -> int:
    """Walk one window; give the place where the next one has to begin."""
    while (begin := _next_sync(view, at, enough)) < enough:
        at = _run(found, view, begin, enough)
        found.add(base + begin, base + at)
    return begin


def _run(found: Walk, view: View, at: int, enough: int) -> int:
    """Follow frames for as long as each ends where the next begins."""
    step = _STEPS.get
    stop = min(enough, len(view) - 3)
    samples = frames = rate = 0
    entry: tuple[int, int, int] | None = (0, 0, 0)
    while at < stop and view[at] == SYNC:
        entry = step(view[at + 1] << 8 | view[at + 2])
        if entry is None:
            break
        if entry[2] != rate:
            found.count(rate, samples, frames)
            samples, frames, rate = 0, 0, entry[2]
        at += entry[0]
        samples += entry[1]
        frames += 1
    if entry and at > len(view):
        samples, frames, at = samples - entry[1], frames - 1, len(view)
    found.count(rate, samples, frames)
    return at


def _next_sync(view: View, at: int, enough: int) -> int:
    """Find where sound begins again, past whole tags and past what only looks so."""
    while at < enough and not synced(view, at, chain=2):
        tag = tag_at(view, at)
        if not tag:
            tag = view.find(b"\xff", at + 1) - at
        at = at + tag if tag > 0 else enough
    return at


def tag_at(view: View, at: int) -> int:
    """How long the tag is that begins here (ID3v2, APEv2, ID3v1); 0 where none does."""
    head = view[at : at + 32]
    if head[:3] == b"ID3" and head[3:4] < b"\x10" and _is_synchsafe(head[6:10]):
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        return ID3_HEADER + size + (ID3_HEADER if head[5] & 0x10 else 0)
    if head[:8] == b"APETAGEX" and len(head) == APE_HEADER:
        opens = head[23] & 0x20
        return APE_HEADER + (int.from_bytes(head[12:16], "little") if opens else 0)
    return ID3V1_SIZE if head[:3] == b"TAG" else 0


def _is_synchsafe(size: bytes) -> bool:
    return len(size) == 4 and max(size) < 0x80  # noqa: PLR2004 - ID3v2, 3.1: seven bits a byte


def _adts_window(found: Walk, view: View, base: int, at: int, enough: int) -> int:
    """Walk one window; anything that is no frame ends the walk."""
    begin = at
    while at < enough and (frame := adts_at(view, at)):
        if at + frame[0] > len(view):
            break
        found.count(frame[2], frame[1], 1)
        at += frame[0]
    if at > begin:
        found.add(base + begin, base + at)
    return at if at >= enough else _NEVER
