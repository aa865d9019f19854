from pathlib import Path

import pytest

from peru_media.media.ogg import joined_seconds
from tests.media.samples import sound

OPUS = b"OpusHead\x01\x01" + (480).to_bytes(2, "little") + bytes(8)
VORBIS = b"\x01vorbis" + bytes(4) + b"\x01" + (16_000).to_bytes(4, "little")
FLAC = b"\x7fFLAC" + bytes(22) + (8_000 << 4).to_bytes(3)
STRANGE = b"Speex   "


def page(stream: int, packet: bytes = b"sound", *, at: int = 0, begins: bool) -> bytes:
    """One page of one packet, which ends at a position."""
    flags = bytes([2 if begins else 0])
    place = at.to_bytes(8, "little", signed=True) + stream.to_bytes(4, "little")
    return b"OggS\0" + flags + place + bytes(8) + bytes([1, len(packet)]) + packet


def part(stream: int, head: bytes, *positions: int) -> bytes:
    rest = b"".join(page(stream, at=at, begins=False) for at in positions)
    return page(stream, head, begins=True) + rest


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        (part(1, OPUS, 48_480), None),
        (part(1, OPUS, 480, 48_480) + part(2, OPUS, 96_480), 3.0),
        (part(1, OPUS, 48_480) + part(1, OPUS, 48_480), None),
        (part(1, OPUS, 48_480) + part(2, VORBIS, 16_000), 2.0),
        (part(1, VORBIS, 32_000) + part(2, FLAC, 8_000), 3.0),
        (part(1, VORBIS, 32_000) + part(2, STRANGE, 8_000), 2.0),
        (part(1, VORBIS, 32_000) + part(2, VORBIS, -1), 2.0),
        (part(1, OPUS) + part(2, VORBIS, 16_000), None),
        (part(1, OPUS, 48_480) + b"junk" + part(2, OPUS, 48_480), None),
        (page(3, begins=False, at=9) + part(1, OPUS, 99) + part(2, OPUS, 480), 0.0),
    ],
    ids=[
        "one part alone",
        "two parts",
        "two parts of one number",
        "Opus and Vorbis",
        "Vorbis and FLAC",
        "a part that is not known",
        "a part without positions",
        "two streams side by side",
        "junk between",
        "no beginning, and nothing that plays",
    ],
)
def test_the_parts_of_a_joined_file_are_added_up(
    data: bytes, seconds: float | None, tmp_path: Path
) -> None:
    path = tmp_path / "a.ogg"
    path.write_bytes(data)

    with path.open("rb") as file:
        assert joined_seconds(file) == seconds


def test_what_is_no_ogg_file_has_no_parts(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.mp3")

    with path.open("rb") as file:
        assert joined_seconds(file) is None
