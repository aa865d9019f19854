"""Recordings in which one stretch has a tone of its own, and what is left of it."""

import math
import subprocess
from array import array
from pathlib import Path

__all__ = ["MARKER", "delayed", "energy", "film", "marked", "samples"]

MARKER = 3000
_RATE = 8000
_SPEECH = (
    "anoisesrc=c=pink:a=0.5:seed=7:r=44100:d={seconds},lowpass=f=600,lowpass=f=600"
)
_TONE = (
    "sine=f={hertz}:r=44100:d={seconds},volume='between(t,{start},{end})*4':eval=frame"
)


def marked(path: Path, start: float, end: float, *, seconds: float = 3.0) -> Path:
    """Write noise without high tones, but for one from a second to another."""
    _ffmpeg(*_sound(start, end, seconds), "-ac", "1", str(path))
    return path


def film(
    path: Path, start: float, end: float, *, seconds: float = 3.0, channels: int = 1
) -> Path:
    """Write a film with such a sound."""
    picture = f"testsrc=s=64x48:r=10:d={seconds}"
    _ffmpeg("-f", "lavfi", "-i", picture, *_sound(start, end, seconds, first=1),
            "-map", "0:v", "-c:v", "mpeg4", "-c:a", "aac",
            "-ac", str(channels), str(path))  # fmt: skip
    return path


def delayed(path: Path, whole: Path, seconds: float) -> Path:
    """Write a film again with its sound so much later."""
    late = ("-itsoffset", str(seconds), "-i", str(whole))
    _ffmpeg(
        "-i", str(whole), *late, "-map", "0:v", "-map", "1:a", "-c", "copy", str(path)
    )
    return path


def samples(
    path: Path, *, start: float = 0.0, end: float | None = None
) -> "array[float]":
    """The sound of a file as the program decodes it, one channel."""
    span = ["-ss", str(start)] + (["-to", str(end)] if end else [])
    form = ["-ac", "1", "-ar", str(_RATE), "-f", "f32le", "-"]
    command = ["ffmpeg", "-v", "error", "-i", str(path), *span, *form]
    found = array("f")
    found.frombytes(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def energy(
    path: Path, hertz: int, *, start: float = 0.0, end: float | None = None
) -> float:
    """The loudest that a tone is in any tenth of a second, dB of full scale."""
    found, size = samples(path, start=start, end=end), _RATE // 10
    blocks = [found[at : at + size] for at in range(0, len(found) - size + 1, size)]
    return max(_level(block, hertz) for block in blocks)


def _level(block: "array[float]", hertz: int) -> float:
    """Goertzel's filter, through a window, so that other tones stay out."""
    size = len(block)
    turn = 2 * math.cos(2 * math.pi * hertz / _RATE)
    before = last = 0.0
    for at, value in enumerate(block):
        window = 0.5 - 0.5 * math.cos(2 * math.pi * at / size)
        before, last = last, value * window * 2 + turn * last - before
    power = last * last + before * before - turn * last * before
    return 20 * math.log10(max(2 * math.sqrt(max(power, 0.0)) / size, 1e-9))


def _sound(start: float, end: float, seconds: float, *, first: int = 0) -> list[str]:
    noise = _SPEECH.format(seconds=seconds)
    tone = _TONE.format(hertz=MARKER, seconds=seconds, start=start, end=end)
    mixed = f"[{first}:a][{first + 1}:a]amix=inputs=2:normalize=0[a]"
    inputs = ["-f", "lavfi", "-i", noise, "-f", "lavfi", "-i", tone]
    return [*inputs, "-filter_complex", mixed, "-map", "[a]"]


def _ffmpeg(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-y", "-v", "error", *arguments], check=True)
