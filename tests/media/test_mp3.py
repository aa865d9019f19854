from pathlib import Path

import pytest

from peru_media.errors import MediaError
from peru_media.media.common import Facts
from peru_media.media.mp3 import measure_mp3

FRAME = b"\xff\xfb\x90\xc4" + bytes(413)  # mono, 128 kbit/s, 44.1 kHz
SECONDS = 1152 / 44100


def opening(
    name: bytes, *, frames: int, size: int, delay: int = 0, padding: int = 0
) -> bytes:
    """A first frame that tells of the rest."""
    head = name + b"\0\0\0\x0f" + frames.to_bytes(4) + size.to_bytes(4) + bytes(104)
    lame = b"LAME3.100" + bytes(12) + (delay << 12 | padding).to_bytes(3)
    return (FRAME[:21] + head + lame).ljust(417, b"\0")


def vbri(*, frames: int, size: int) -> bytes:
    told = b"VBRI" + bytes(6) + size.to_bytes(4) + frames.to_bytes(4)
    return (FRAME[:36] + told).ljust(417, b"\0")


def measured(folder: Path, data: bytes) -> Facts:
    path = folder / "a.mp3"
    path.write_bytes(data)
    with path.open("rb") as file:
        return measure_mp3(file, 0, len(data))


@pytest.mark.parametrize(
    ("first", "frames"),
    [
        (b"", 40),
        (opening(b"Xing", frames=40, size=41 * 417), 40),
        (opening(b"Info", frames=40, size=41 * 417), 40),
        (opening(b"Info", frames=400, size=401 * 417), 40),
        (opening(b"Xing", frames=0, size=0), 40),
        (opening(b"Xing", frames=9_999_999, size=41 * 417), 40),
        (opening(b"Xing", frames=10, size=41 * 417), 40),
        (opening(b"Xing", frames=40, size=43 * 417), 40),
        (vbri(frames=40, size=41 * 417), 40),
        (vbri(frames=4000, size=4001 * 417), 40),
        (b"junk, no sound " * 300, 40),
    ],
    ids=[
        "no-header", "xing", "info", "too-many-promised", "nothing-promised",
        "frames-of-no-size", "frames-too-large", "two-frames-missing", "vbri",
        "vbri-too-many", "junk-before",
    ],
)  # fmt: skip
def test_an_mp3_is_as_long_as_its_frames(
    first: bytes, frames: int, tmp_path: Path
) -> None:
    facts = measured(tmp_path, first + FRAME * frames)

    assert facts["duration"] == pytest.approx(frames * SECONDS)
    assert facts["channels"] == 1


@pytest.mark.parametrize(
    ("first", "promised"),
    [
        (opening(b"Xing", frames=400, size=401 * 417), 400),
        (vbri(frames=400, size=401 * 417), 400),
        (opening(b"Xing", frames=400, size=41 * 417), None),
        (opening(b"Xing", frames=50, size=51 * 417), None),
        (opening(b"Xing", frames=400, size=0), None),
        (opening(b"Xing", frames=0, size=401 * 417), None),
        (b"", None),
    ],
    ids=[
        "xing", "vbri", "all-bytes-there", "a-moment", "no-bytes-told",
        "no-frames-told", "no-header",
    ],
)  # fmt: skip
def test_a_header_tells_of_more_than_there_is(
    first: bytes, promised: int | None, tmp_path: Path
) -> None:
    seconds = measured(tmp_path, first + FRAME * 40)["promised"]

    wanted = promised and pytest.approx(promised * SECONDS, abs=0.001)
    assert seconds == wanted


@pytest.mark.parametrize("promised", [40, 41])
def test_what_the_encoder_added_is_left_off(promised: int, tmp_path: Path) -> None:
    first = opening(b"Info", frames=promised, size=41 * 417, delay=576, padding=1000)

    seconds = measured(tmp_path, first + FRAME * promised)["duration"]

    assert seconds == pytest.approx(promised * SECONDS - 1576 / 44100)


def test_a_trim_longer_than_the_sound_is_not_believed(tmp_path: Path) -> None:
    first = opening(b"Info", frames=2, size=3 * 417, delay=576, padding=4000)

    seconds = measured(tmp_path, first + FRAME * 2)["duration"]

    assert seconds == pytest.approx(2 * SECONDS - (576 + 529) / 44100)


@pytest.mark.parametrize("data", [b"", b"no sound" * 99, FRAME[:50]])
def test_without_a_whole_frame_there_is_no_sound(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"sound.*export it again"):
        measured(tmp_path, data)
