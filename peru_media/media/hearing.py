"""Hear a recording once, and tell how loud it is, where it is silent, how it looks."""

import base64
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from io import FileIO
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from av.audio.frame import AudioFrame

from peru_media.errors import MediaError
from peru_media.media.common import Facts
from peru_media.media.decoding import Tally, decode
from peru_media.media.filtering import Branch, Filters, Shape
from peru_media.media.sniff import sniff

__all__ = ["Hearing", "hear_file", "hear_frames", "hear_sound"]

_POINTS = 1000
_A_SECOND = 10
_SILENT = -60.0
_LEAST_SILENCE = 2.0
_FULL_SCALE = 0.0
_FLOOR = -70.0
_OVERSAMPLED = 176_400
_PEAK = "lavfi.astats.Overall.Peak_level"
_LOUDNESS, _RANGE = "lavfi.r128.I", "lavfi.r128.LRA"
_PULL_EVERY = 8


def hear_file(path: Path) -> Facts:
    """Hear the recording at a path; gives the fields of ``SoundFacts``.

    Raises:
        MediaError: nothing in it can be decoded. OSError: it cannot be read.
    """
    with FileIO(path) as file:
        return hear_sound(file, form=sniff(file).name)


def hear_sound(file: BinaryIO, *, form: str) -> Facts:
    """Decode a recording from end to end; gives the fields of ``SoundFacts``.

    Loudness and its range are those of EBU R128, the true peak that of ITU-R
    BS.1770-4 (four times oversampled), all measured in one pass and in constant
    memory.

    Args:
        file: open for reading.
        form: the name of its form.

    Raises:
        MediaError: nothing in it can be decoded.
    """
    tally = Tally()
    heard = hear_frames(decode(file, form=form, tally=tally))
    return heard | {"broken": tally.broken}


def hear_frames(frames: Iterable[AudioFrame]) -> Facts:
    """Hear sound that is decoded already; gives the fields of ``SoundFacts``.

    Raises:
        MediaError: there is none.
    """
    hearing: Hearing | None = None
    for frame in frames:
        hearing = hearing or Hearing(frame)
        hearing.take(frame)
    if hearing is None:
        msg = "Its sound cannot be decoded, so nobody could hear it: export it again."
        raise MediaError(msg)
    return hearing.result()


class Hearing:
    """Measures sound that comes frame by frame.

    Args:
        first: the first frame, which is still to be taken.
    """

    def __init__(self, first: AudioFrame) -> None:
        self._rate = Shape.of(first).rate
        self._filters = Filters(first, _loudness(), _peaks(self._rate))
        self._seconds = 0.0
        self._frames = 0
        self._told: dict[str, str] = {}
        self._levels = array("d")

    def take(self, frame: AudioFrame) -> None:
        """Hear the next frame."""
        self._seconds += frame.samples / frame.sample_rate
        self._filters.push(frame)
        self._frames += 1
        if not self._frames % _PULL_EVERY:
            self._listen()

    def result(self) -> Facts:
        """What was heard, once everything has been taken."""
        self._filters.finish()
        self._listen()
        peak = max(self._levels, default=-math.inf)
        loudness = float(self._told.get(_LOUDNESS, _FLOOR))
        measurable = math.isfinite(loudness) and loudness > _FLOOR
        return {
            "duration": round(self._seconds, 6),
            "loudness": round(loudness, 2) if measurable else None,
            "range": round(float(self._told[_RANGE]), 2) if measurable else None,
            "true_peak": round(peak, 2) if math.isfinite(peak) else None,
            "clipped": sum(one >= _FULL_SCALE for one in self._levels) / _A_SECOND,
            "silences": list(_silences(self._levels, self._seconds)),
            "points": base64.b64encode(_points(self._levels)).decode(),
        }

    def _listen(self) -> None:
        for frame in self._filters.pull(0):
            self._told = frame.metadata or self._told
        for frame in self._filters.pull(1):
            self._levels.append(float(frame.metadata[_PEAK]))


def _loudness() -> Branch:
    return [("ebur128", "metadata=1:framelog=quiet")]


def _peaks(rate: int) -> Branch:
    """The highest point of the curve between the samples, ten times a second."""
    fine = rate * max(math.ceil(_OVERSAMPLED / rate), 1)
    measured = "metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level"
    return [
        ("aresample", str(fine)),
        ("aformat", "sample_fmts=fltp"),
        ("asetnsamples", f"n={fine // _A_SECOND}:p=0"),
        ("astats", measured),
    ]


def _silences(levels: Sequence[float], seconds: float) -> Iterator[tuple[float, float]]:
    """Stretches below the level of any room, in seconds from the beginning."""
    at = 0
    for silent, run in groupby(levels, key=lambda level: level < _SILENT):
        end = at + sum(1 for _ in run)
        start, stop = at / _A_SECOND, min(end / _A_SECOND, round(seconds, 3))
        if silent and stop - start >= _LEAST_SILENCE:
            yield start, stop
        at = end


def _points(levels: Sequence[float]) -> bytes:
    """The waveform: so many heights from 0 to 255, spread evenly over the sound."""
    steps = len(levels)
    spans = [
        (
            at * steps // _POINTS,
            max((at + 1) * steps // _POINTS, at * steps // _POINTS + 1),
        )
        for at in range(_POINTS)
    ]
    return bytes(_height(max(levels[start:end])) for start, end in spans)


def _height(level: float) -> int:
    return min(round(10 ** (level / 20) * 255), 255)
