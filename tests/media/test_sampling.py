"""Whatever form a recording has, a recogniser of speech gets the same samples."""

import math
import subprocess
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from peru_media.errors import MediaError
from peru_media.media.sampling import RATE, write_samples


@pytest.mark.parametrize("name", ["a.wav", "a.m4a", "a.opus", "a.mp4"])
def test_sound_becomes_one_channel_of_16_khz(tmp_path: Path, name: str) -> None:
    path, out = tmp_path / name, tmp_path / "samples"
    tone = "sine=frequency=440:sample_rate=48000:duration=2"
    picture = ["-f", "lavfi", "-i", "color=s=64x64:d=2"] if name == "a.mp4" else []
    subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            tone,
            *picture,
            "-ac",
            "2",
            path,
        ],
        check=True,
        timeout=60,
    )

    told = write_samples(path, out)

    heard = array("h", out.read_bytes())
    assert told == {"samples": len(heard)}
    assert abs(len(heard) / RATE - 2.0) < 0.1
    middle = heard[RATE // 2 : RATE // 2 + RATE]
    crossings = sum(a < 0 <= b for a, b in pairwise(middle))
    assert abs(crossings - 440) <= 2
    assert max(middle) > 1000
    assert math.isclose(sum(middle) / RATE, 0, abs_tol=50)


def test_what_has_no_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=s=64x64:d=1", path],
        check=True,
        timeout=60,
    )

    with pytest.raises(MediaError):
        write_samples(path, tmp_path / "samples")


def test_what_is_silent_by_damage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    head = b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0w\1\0\2\0\x10\0data"
    path.write_bytes(head + bytes(4))

    with pytest.raises(MediaError):
        write_samples(path, tmp_path / "samples")
