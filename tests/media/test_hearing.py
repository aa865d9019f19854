import base64
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peru_media.errors import MediaError
from peru_media.media.hearing import hear_file
from peru_media.model.sound import SoundFacts, waveform
from tests.media.recordings import decoded, judge, recording, silences
from tests.media.samples import sound

BEXT = ("-write_bext", "1", "-metadata", "description=Jane Doe", "-c:a", "pcm_s24le")
NO_HEADER = ("-q:a", "6", "-write_xing", "0")
FORMS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "mono.mp3": ((), {}),
    "stereo.mp3": (("-b:a", "128k"), {"stereo": True}),
    "vbr-without-header.mp3": (NO_HEADER, {}),
    "bext.wav": (BEXT, {"stereo": True}),
    "high.flac": ((), {"rate": 96000}),
    "voice.opus": ((), {"rate": 48000}),
    "voice.ogg": ((), {}),
    "voice.m4a": ((), {"stereo": True}),
    "lossless.m4a": (("-c:a", "alac"), {}),
    "recorder.aiff": ((), {}),
    "low.wav": ((), {"rate": 8000}),
    "quiet.wav": ((), {"gain": -30}),
    "loud.wav": ((), {"gain": 12}),
    "phone.amr": ((), {}),
    "phone.3gp": ((), {}),
}


def heard(path: Path) -> SoundFacts:
    return SoundFacts.model_validate(hear_file(path))


@pytest.mark.parametrize("name", FORMS)
def test_loudness_peak_and_length_are_those_that_ffmpeg_measures(
    name: str, tmp_path: Path
) -> None:
    options, more = FORMS[name]
    path = recording(tmp_path / name, *options, **more)

    found, verdict = heard(path), judge(path)

    assert found.loudness == pytest.approx(verdict.loudness, abs=0.1)
    assert found.range == pytest.approx(verdict.range, abs=0.1)
    assert found.true_peak == pytest.approx(verdict.true_peak, abs=0.1)
    assert found.duration == pytest.approx(decoded(path), abs=0.05)
    assert found.broken == 0


def test_silence_is_found_where_ffmpeg_finds_it(tmp_path: Path) -> None:
    quiet = ",volume='if(between(t,2,5)+between(t,7,8.5)+gt(t,9),0,1)':eval=frame"
    path = recording(tmp_path / "a.wav", seconds=12, then=quiet)

    found = heard(path).silences

    assert len(found) == 2
    for mine, theirs in zip(found, silences(path), strict=True):
        assert mine == pytest.approx(theirs, abs=0.15)
    assert heard(path).silent == pytest.approx(6, abs=0.2)


def test_one_channel_alone_is_not_silence(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", stereo=True, then=",pan=stereo|c0=c0")

    assert heard(path).silences == ()


def test_zeros_have_neither_loudness_nor_peak(tmp_path: Path) -> None:
    found = heard(recording(tmp_path / "a.wav", then=",volume=0"))

    assert (found.loudness, found.range, found.true_peak) == (None, None, None)
    assert found.silences == ((0.0, 6.0),)
    assert set(base64.b64decode(found.points)) == {0}


def test_what_is_cut_off_at_full_scale_is_counted(tmp_path: Path) -> None:
    plain = recording(tmp_path / "plain.wav")
    clipped = recording(tmp_path / "clipped.wav", gain=40)

    assert heard(plain).clipped == 0
    assert heard(clipped).clipped == pytest.approx(6, abs=0.5)


def test_the_waveform_follows_the_sound(tmp_path: Path) -> None:
    rising = ",volume='t/20':eval=frame"
    path = recording(tmp_path / "a.wav", seconds=20, then=rising)

    points = base64.b64decode(heard(path).points)

    fifths = [sum(points[at : at + 200]) for at in range(0, 1000, 200)]
    assert len(points) == 1000
    assert fifths == sorted(fifths)
    assert waveform(heard(path))[:10] == b"PMW1" + (20_000).to_bytes(4) + b"\x03\xe8"
    assert waveform(heard(path))[10:] == points


def test_a_moment_of_sound_still_has_a_waveform(tmp_path: Path) -> None:
    found = heard(recording(tmp_path / "a.wav", seconds=0.05))

    assert found.loudness is None
    assert found.duration == pytest.approx(0.05, abs=0.001)
    assert len(base64.b64decode(found.points)) == 1000


def test_more_than_two_channels_are_heard_as_two(tmp_path: Path) -> None:
    surround = ",pan=5.1|c0=c0|c1=c0|c2=0*c0|c3=0*c0|c4=0*c0|c5=0*c0"
    path = recording(tmp_path / "a.wav", "-ac", "6", then=surround)
    both = recording(tmp_path / "b.wav", stereo=True, then=",pan=stereo|c0=c0|c1=c0")

    assert heard(path).loudness == pytest.approx(judge(both).loudness, abs=4)


def test_files_stuck_together_are_heard_to_the_end(tmp_path: Path) -> None:
    parts = [
        recording(tmp_path / "a.mp3", "-write_xing", "0", rate=44100),
        recording(tmp_path / "b.mp3", "-write_xing", "0", rate=48000, stereo=True),
        recording(tmp_path / "c.mp3", "-write_xing", "0", rate=44100),
    ]
    whole = tmp_path / "whole.mp3"
    whole.write_bytes(b"".join(part.read_bytes() for part in parts))

    assert heard(whole).duration == pytest.approx(18, abs=0.3)


def test_what_is_broken_is_left_out_and_counted(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.flac", seconds=20)
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 4, len(data), len(data) // 8):
        data[at : at + 40] = bytes(40)
    path.write_bytes(data)

    found = heard(path)

    assert 0 < found.broken < 50
    assert 10 < found.duration < 20


def test_a_truncated_file_is_heard_as_far_as_it_goes(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp3", seconds=10)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert heard(path).duration == pytest.approx(decoded(path), abs=0.05)


def test_what_holds_no_sound_says_so(tmp_path: Path) -> None:
    empty = recording(tmp_path / "empty.wav")
    empty.write_bytes(empty.read_bytes()[:44])
    junk = recording(tmp_path / "junk.flac")
    junk.write_bytes(junk.read_bytes()[:9000] + bytes(9000))

    with pytest.raises(MediaError, match="cannot be decoded"):
        hear_file(junk)
    with pytest.raises(MediaError, match="cannot be followed"):
        hear_file(empty)


def test_a_film_without_sound_says_so(tmp_path: Path) -> None:
    film = sound(tmp_path / "a.mp4", "aac", film=True)
    silent = tmp_path / "silent.mp4"
    command = ["ffmpeg", "-v", "quiet", "-i", str(film), "-an", "-c", "copy"]
    subprocess.run([*command, str(silent)], check=True)

    with pytest.raises(MediaError, match="no sound that can be played"):
        hear_file(silent)


def test_a_recording_at_no_known_speed_is_refused(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav")
    data = path.read_bytes()
    path.write_bytes(data[:24] + (100).to_bytes(4, "little") + data[28:])

    with pytest.raises(MediaError, match="100 samples a second"):
        hear_file(path)


def test_channels_of_no_known_order_are_refused(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav")
    data = path.read_bytes()
    path.write_bytes(data[:22] + (11).to_bytes(2, "little") + data[24:])

    with pytest.raises(MediaError, match="11 channels in an order"):
        hear_file(path)


def test_a_long_recording_takes_no_more_memory_than_a_short_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    short = recording(tmp_path / "a.mp3", "-write_xing", "0", seconds=20)
    long = tmp_path / "long.mp3"
    long.write_bytes(short.read_bytes() * 60)

    small, large = _megabytes(short), _megabytes(long)

    record_property("figure", f"20 minutes heard in {large:.0f} MB of memory")
    assert large < 128
    assert large - small < 16


def _megabytes(path: Path) -> float:
    code = (
        "import sys; from pathlib import Path;"
        "from peru_media.media.hearing import hear_file; hear_file(Path(sys.argv[1]));"
        "print(Path('/proc/self/status').read_text())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    [most] = [line for line in done.stdout.splitlines() if line.startswith("VmHWM")]
    return int(most.split()[1]) / 1024
