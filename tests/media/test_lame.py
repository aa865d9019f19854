"""What LAME writes is what other decoders play, to the sample."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from av.audio.frame import AudioFrame
from mutagen import mp3

from peru_media.errors import MediaError
from peru_media.media.frames import walk
from peru_media.media.lame import encode_mp3
from peru_media.media.mp3 import measure_mp3

MP3: Any = mp3.MP3
RATE = 48_000


def frames(
    samples: int, *, rate: int = RATE, channels: int = 1
) -> Iterator[AudioFrame]:
    """A slow saw, in frames of odd sizes."""
    layout = {1: "mono", 2: "stereo"}[channels]
    for at in range(0, samples, 5000):
        size = min(5000, samples - at)
        frame = AudioFrame(format="s16", layout=layout, samples=size)
        wave = b"".join((n % 300 * 40).to_bytes(2, "little") for n in range(size))
        frame.planes[0].update(
            b"".join(wave[n : n + 2] * channels for n in range(0, len(wave), 2))
        )
        frame.sample_rate = rate
        yield frame


def made(
    path: Path, samples: int, *, rate: int = RATE, channels: int = 1, kbits: int = 96
) -> Path:
    with path.open("w+b") as out:
        encode_mp3(
            frames(samples, rate=rate, channels=channels),
            out,
            rate=rate,
            channels=channels,
            bit_rate=kbits * 1000,
        )
    return path


def played(path: Path, channels: int) -> int:
    """How many samples the ffmpeg program plays."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-f", "s16le", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return len(done.stdout) // channels // 2


@pytest.mark.parametrize("samples", [1, 1151, 1152, 48_000, 100_001])
@pytest.mark.parametrize(
    ("rate", "channels", "kbits"),
    [(44_100, 1, 96), (48_000, 2, 128), (48_000, 2, 32), (44_100, 1, 320)],
)
def test_what_is_played_is_as_long_as_what_went_in(
    samples: int, rate: int, channels: int, kbits: int, tmp_path: Path
) -> None:
    path = made(tmp_path / "a.mp3", samples, rate=rate, channels=channels, kbits=kbits)

    assert played(path, channels) == samples
    with path.open("rb") as file:
        told = measure_mp3(file, 0, path.stat().st_size)
    assert told["duration"] == pytest.approx(samples / rate, abs=1e-6)
    assert (told["sample_rate"], told["channels"]) == (rate, channels)


def test_the_first_frame_tells_what_the_others_are(tmp_path: Path) -> None:
    path = made(tmp_path / "a.mp3", RATE)

    found = MP3(path).info
    assert (found.encoder_info, found.bitrate_mode) == (
        "LAME 3.100.0+",
        mp3.BitrateMode.CBR,
    )
    assert found.length == pytest.approx(1.0)
    with path.open("rb") as file:
        sound = walk(file, 0, path.stat().st_size)
    assert sound.spans == [(0, path.stat().st_size)]
    with av.open(str(path)) as source:
        assert len([p for p in source.demux() if p.size]) == sound.frames - 1


def test_nothing_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no sound"):
        made(tmp_path / "a.mp3", 0)


def test_what_is_no_bit_rate_of_mp3_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="999000 bits a second is no bit rate of MP3"):
        made(tmp_path / "a.mp3", RATE, kbits=999)
