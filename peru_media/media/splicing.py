"""Take stretches out of sound: nothing of what lies in them goes on.

A stretch is cut out, or a tone or silence of the same length takes its place. What
stands beside it is faded for a few thousandths of a second, so that nothing clicks.
"""

import math
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from av.audio.frame import AudioFrame

from peru_media.errors import MediaError
from peru_media.media.common import Facts

__all__ = ["DAMAGED", "Follower", "Splice", "spliced"]

_FADE = 0.005
_TONE = 1000
_LOUDNESS = -16.0
_HIGHEST = 0.9
_ADRIFT = 0.1
_WIDTH = 4
DAMAGED = (
    "Its sound has gaps or damaged places, so nobody can say where in it a second "
    "lies: export it again before something is taken out of it."
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Samples from a start to before an end, and what becomes of them."""

    start: int
    end: int
    how: str = "keep"


class Splice:
    """What is taken out of one recording.

    Args:
        edits: fields of ``SoundEdit``.
        rate: samples a second. channels: 1 or 2.
        loudness: of the recording, LUFS, which the tone has, too.
    """

    def __init__(
        self,
        edits: Sequence[Facts],
        *,
        rate: int,
        channels: int,
        loudness: float | None,
    ) -> None:
        self._stretches = tuple(_stretches(edits, rate))
        self._fade = max(round(_FADE * rate), 1)
        self._tone = _tone(rate, channels, _LOUDNESS if loudness is None else loudness)

    def parts(self, frame: AudioFrame, at: int) -> Iterator[tuple[int, AudioFrame]]:
        """What is left of a frame (planes of floats), and where each part begins.

        ``at`` is the number of its first sample.
        """
        for one in self._stretches:
            start, end = max(at, one.start), min(at + frame.samples, one.end)
            if start >= end or one.how == "cut":
                continue
            if self._is_untouched(one, start, end) and end - start == frame.samples:
                yield at, frame
                continue
            planes = [
                self._samples(one, start, end, plane) for plane in _planes(frame, at)
            ]
            yield start, _framed(frame, planes)

    def _is_untouched(self, one: _Stretch, start: int, end: int) -> bool:
        first = one.start == 0 or start >= one.start + self._fade
        return one.how == "keep" and first and end <= one.end - self._fade

    def _samples(
        self, one: _Stretch, start: int, end: int, plane: "_Plane"
    ) -> "array[float]":
        if one.how == "silence":
            return array("f", bytes((end - start) * _WIDTH))
        found = (
            plane.span(start, end)
            if one.how == "keep"
            else self._bleep(one, start, end)
        )
        for at in self._edges(one, start, end):
            found[at - start] *= self._gain(one, at)
        return found

    def _bleep(self, one: _Stretch, start: int, end: int) -> "array[float]":
        phase = (start - one.start) % len(self._tone)
        rounds = (phase + end - start) // len(self._tone) + 1
        return (self._tone * rounds)[phase : phase + end - start]

    def _edges(self, one: _Stretch, start: int, end: int) -> set[int]:
        """The samples of a part that are faded."""
        first = range(start, min(end, one.start + self._fade))
        last = range(max(start, one.end - self._fade), end)
        return {*last, *(first if one.start else ())}

    def _gain(self, one: _Stretch, at: int) -> float:
        near = min(at - one.start + 1 if one.start else self._fade, one.end - at)
        return min(near / (self._fade + 1), 1.0)


def spliced(
    frames: Iterable[AudioFrame],
    edits: Sequence[Facts],
    *,
    loudness: float | None,
) -> Iterator[AudioFrame]:
    """Give sound without what is taken out of it.

    Args:
        frames: planes of floats, all of one shape, from the very beginning.
        edits: fields of ``SoundEdit``.
        loudness: of the recording, LUFS.
    """
    splice: Splice | None = None
    at = 0
    for frame in frames:
        splice = splice or Splice(
            edits,
            rate=frame.sample_rate,
            channels=frame.layout.nb_channels,
            loudness=loudness,
        )
        for _, part in splice.parts(frame, at):
            yield part
        at += frame.samples


class Follower:
    """Follows decoded sound, and gives up where seconds and samples part.

    Args:
        start: the second at which it begins; None for wherever it does.
    """

    def __init__(self, *, start: float | None) -> None:
        self._seconds = start

    def follow(self, frame: AudioFrame) -> None:
        """Hear of the next frame.

        Raises:
            MediaError: there is a gap before it.
        """
        if frame.time is not None:
            due = frame.time if self._seconds is None else self._seconds
            if abs(frame.time - due) > _ADRIFT:
                raise MediaError(DAMAGED)
            self._seconds = due
        if self._seconds is not None:
            self._seconds += frame.samples / frame.sample_rate


@dataclass(frozen=True, slots=True)
class _Plane:
    """The samples of one channel of a frame, from a number on."""

    samples: bytes
    at: int

    def span(self, start: int, end: int) -> "array[float]":
        first, last = (start - self.at) * _WIDTH, (end - self.at) * _WIDTH
        return array("f", self.samples[first:last])


def _planes(frame: AudioFrame, at: int) -> Iterator[_Plane]:
    for plane in frame.planes:
        yield _Plane(bytes(plane)[: frame.samples * _WIDTH], at)


def _framed(like: AudioFrame, planes: Sequence["array[float]"]) -> AudioFrame:
    made = AudioFrame(like.format.name, like.layout.name, len(planes[0]), align=1)
    made.sample_rate = like.sample_rate
    for plane, samples in zip(made.planes, planes, strict=True):
        plane.update(samples.tobytes())
    return made


def _stretches(edits: Sequence[Facts], rate: int) -> Iterator[_Stretch]:
    """Everything from the first sample on, in order, none overlapping."""
    done = 0
    for one in sorted(edits, key=lambda one: (one["start"], one["end"])):
        start = max(math.floor(one["start"] * rate), done)
        end = math.ceil(one["end"] * rate)
        if end > start:
            yield _Stretch(done, start)
            yield _Stretch(start, end, one["how"])
            done = end
    yield _Stretch(done, sys.maxsize)


def _tone(rate: int, channels: int, loudness: float) -> "array[float]":
    """Whole waves of 1 kHz, as loud as the recording (BS.1770: there K is 0 dB)."""
    height = 10 ** (loudness / 20) * math.sqrt(2 / channels)
    samples = rate // math.gcd(rate, _TONE)
    step = 2 * math.pi * _TONE / rate
    waves = (math.sin(step * at) * min(height, _HIGHEST) for at in range(samples))
    return array("f", waves)
