from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from peru_media.media.bare import bare_header, bare_jpeg
from tests.media import samples
from tests.media.samples import frame_starts, sound

WORD = b"CANARY-Jane-Doe"
BARE = {"id3v2_version": "0"}


def _pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        return image.tobytes()


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"mode": "CMYK"}])
def test_a_jpeg_loses_what_it_says_and_keeps_its_pixels(more: dict[str, Any]) -> None:
    exif = samples.exif(WORD.decode())
    data = samples.picture(exif=exif, comment=WORD, icc_profile=WORD, **more) + WORD
    assert data.count(WORD) == 4

    made = bare_jpeg(data)

    assert WORD not in made
    assert made.endswith(b"\xff\xd9")
    assert _pixels(made) == _pixels(data)
    assert bare_jpeg(made) == made


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"\xff\xd8\xff\xe1\0\4ab", b"\xff\xd8no markers"]
)
def test_what_is_no_whole_jpeg_stays_as_it_is(data: bytes) -> None:
    assert bare_jpeg(data) == data


def _first(path: Path, **more: Any) -> bytes:
    data = sound(path, container=BARE, **more).read_bytes()
    return data[: frame_starts(data)[1]]


def test_a_header_keeps_its_figures_and_nothing_behind_them(tmp_path: Path) -> None:
    frame = _first(tmp_path / "a.mp3")
    told = frame[:-20] + WORD + bytes(5)

    assert bare_header(frame) == frame
    assert bare_header(told) == frame


def test_a_table_that_is_none_becomes_a_straight_one(tmp_path: Path) -> None:
    frame = _first(tmp_path / "a.mp3", encoder=samples.VARIABLE)
    at = frame.index(b"Xing") + 16

    made = bare_header(frame[:at] + WORD + frame[at + len(WORD) :])

    table = list(made[at : at + 100])
    assert (table[0], table[50], table[99]) == (0, 128, 253)
    assert table == sorted(table)
    assert made[at + 100 :] == frame[at + 100 :]


def test_a_header_of_few_figures_is_cut_where_they_end() -> None:
    head = b"\xff\xfb\x90\x64" + bytes(32)

    assert bare_header(head + b"Xing\0\0\0\0" + WORD) == head + b"Xing" + bytes(19)
    assert (
        bare_header(head + b"Info\0\0\0\1" + b"1234")
        == head + b"Info\0\0\0\1" + b"1234"
    )


def test_a_frame_of_sound_stays_as_it_is(tmp_path: Path) -> None:
    data = sound(tmp_path / "a.mp3", container=BARE | samples.NO_HEADER).read_bytes()
    start, end = frame_starts(data)[:2]

    assert bare_header(data[start:end]) == data[start:end]
    assert bare_header(b"") == b""
