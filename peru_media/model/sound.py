"""How a recording sounds, measured by hearing all of it once."""

import base64
from typing import Literal

from peru_media.model.value import Value

__all__ = ["SoundEdit", "SoundFacts", "heights", "waveform"]

_MAGIC = b"PMW1"
_HEAD = 10


class SoundEdit(Value):
    """A stretch of a recording, in seconds of the master, and what becomes of it."""

    start: float
    end: float
    how: Literal["cut", "bleep", "silence"]


class SoundFacts(Value):
    """How a recording sounds.

    Attributes:
        duration: seconds that were decoded, exact.
        loudness: integrated, LUFS (EBU R128); None where it is silent or shorter
            than 0.4 s. range: how much it varies, LU (EBU Tech 3342).
        true_peak: dBTP (ITU-R BS.1770); None where there is nothing but zeros.
        clipped: seconds that hold a peak beyond full scale.
        silences: stretches of 2 s and more below -60 dB, (start, end) in seconds.
        points: the waveform, 1,000 heights from 0 to 255, in Base64.
        broken: packets that could not be decoded.
    """

    duration: float
    loudness: float | None = None
    range: float | None = None
    true_peak: float | None = None
    clipped: float = 0.0
    silences: tuple[tuple[float, float], ...] = ()
    points: str = ""
    broken: int = 0

    @property
    def silent(self) -> float:
        """Seconds of silence, of stretches of 2 s and more."""
        return sum(end - start for start, end in self.silences)


def waveform(sound: SoundFacts) -> bytes:
    """The waveform of a recording as a small file, the same for the same sound.

    Four bytes ``PMW1``; the duration in milliseconds, four bytes; the number of
    points, two bytes (both with the highest byte first); then one byte a point,
    spread evenly over the recording: its highest peak there, 255 for full scale.
    """
    points = base64.b64decode(sound.points)
    milliseconds = round(sound.duration * 1000)
    return _MAGIC + milliseconds.to_bytes(4) + len(points).to_bytes(2) + points


def heights(content: bytes) -> tuple[float, bytes]:
    """Read what ``waveform`` wrote: the duration in seconds, and the points.

    Raises:
        ValueError: it is no waveform of ours.
    """
    if not content.startswith(_MAGIC) or len(content) < _HEAD:
        msg = "not a waveform file: it begins with PMW1"
        raise ValueError(msg)
    return int.from_bytes(content[4:8]) / 1000, content[_HEAD:]
