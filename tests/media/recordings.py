"""Recordings made by the ffmpeg program, and what it says of them: the other judge."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.media.samples import sound

__all__ = ["Verdict", "decoded", "judge", "recording", "silences"]

# Pink noise in syllables and phrases: as loud and as uneven as speech, and dry
# enough that a limiter has something to do.
_SPEECH = (
    "anoisesrc=c=pink:a=0.9:seed=11:r={rate}:d={seconds},"
    "tremolo=f=4:d=0.95,tremolo=f=0.3:d=0.6,volume={gain}dB"
)
_AMR = {".amr": "amr", ".3gp": "3gp"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one run of ``ffmpeg -af ebur128=peak=true`` prints at its end."""

    loudness: float
    range: float
    true_peak: float


def recording(
    path: Path,
    *options: str,
    seconds: float = 6.0,
    gain: float = 0.0,
    rate: int = 44100,
    stereo: bool = False,
    then: str = "",
) -> Path:
    """Write something like speech, in whatever form the file's name says."""
    if path.suffix in _AMR:  # Debian's ffmpeg reads it only
        return sound(
            path,
            "libopencore_amrnb",
            seconds=seconds,
            rate=8000,
            bit_rate=12_200,
            form=_AMR[path.suffix],
        )
    source = _SPEECH.format(rate=rate, seconds=seconds, gain=gain) + then
    channels = "2" if stereo else "1"
    _ffmpeg("-f", "lavfi", "-i", source, "-ac", channels, *options, str(path))
    return path


def judge(path: Path) -> Verdict:
    """How loud a file is, by the program."""
    measure = "ebur128=peak=true:framelog=verbose"
    told = _ffmpeg("-i", str(path), "-map", "0:a", "-af", measure, "-f", "null", "-")
    summary = told[told.rindex("Summary:") :]
    return Verdict(
        loudness=_figure(r"I:\s+(\S+) LUFS", summary),
        range=_figure(r"LRA:\s+(\S+) LU", summary),
        true_peak=_figure(r"Peak:\s+(\S+) dBFS", summary),
    )


def silences(path: Path) -> list[tuple[float, float]]:
    """Stretches of silence of two seconds and more, by the program."""
    detect = "silencedetect=n=-60dB:d=2"
    told = _ffmpeg("-i", str(path), "-af", detect, "-f", "null", "-")
    starts = re.findall(r"silence_start: (\S+)", told)
    ends = re.findall(r"silence_end: (\S+)", told)
    return [(float(a), float(b)) for a, b in zip(starts, ends, strict=True)]


def decoded(path: Path) -> float:
    """How many seconds come out of a file where all of it is decoded."""
    command = ["ffmpeg", "-nostdin", "-v", "quiet", "-i", str(path), "-map", "0:a"]
    plain = ["-f", "s16le", "-ac", "1", "-ar", "48000", "-"]
    done = subprocess.run([*command, *plain], capture_output=True, check=True)
    return len(done.stdout) / 2 / 48000


def _ffmpeg(*arguments: str) -> str:
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-hide_banner", "-y", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


def _figure(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found is not None, text
    return float(found[1])
