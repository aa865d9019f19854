"""The decoder's own word about channels counts, not that of the box around it."""

from pathlib import Path

import pytest

from peru_media.media.aac import channels_of
from peru_media.media.probe import facts_of
from tests.media.samples import sound


def described(config: bytes, *, long: bool = False) -> bytes:
    """A sample description whose box says two channels."""
    size = b"\x80\x80\x80" if long else b""
    inner = b"\x05" + size + bytes([len(config)]) + config
    decoder = (
        b"\x04" + size + bytes([13 + len(inner)]) + b"\x40\x15" + bytes(11) + inner
    )
    stream = b"\x03" + size + bytes([3 + len(decoder)]) + b"\0\1\0" + decoder
    return (
        b"mp4a"
        + bytes(16)
        + b"\0\2"
        + bytes(10)
        + b"\0\0\0\x2aesds"
        + bytes(4)
        + stream
    )


def bits(text: str) -> bytes:
    whole = text.replace(" ", "")
    whole = whole.ljust(-(-len(whole) // 8) * 8, "0")
    return int(whole, 2).to_bytes(len(whole) // 8)


@pytest.mark.parametrize(
    ("config", "channels"),
    [
        (bits("00010 0100 0001 000"), 1),
        (bits("00010 0100 0010 000"), 2),
        (bits("00010 0100 0111 000"), 8),
        (bits("00010 0100 0000 000"), None),
        (bits("00101 0111 0001 0100 00010"), 1),
        (bits("11101 0111 0001 0100 00010"), 2),
        (bits("00010 1111 000000001010110001000100 0001 000"), 1),
        (bits("11111 001010 0100 0001 000"), 1),
        (b"", None),
    ],
    ids=[
        "one", "two", "seven-and-one", "said-elsewhere", "he-aac", "parametric-stereo",
        "own-rate", "escaped", "empty",
    ],
)  # fmt: skip
@pytest.mark.parametrize("long", [False, True])
def test_the_config_tells_the_channels(
    config: bytes, channels: int | None, *, long: bool
) -> None:
    assert channels_of(described(config, long=long)) == channels


@pytest.mark.parametrize(
    "description",
    [b"", b"mp4a", b"esds", b"esds\0\0\0\0\x03", b"esds\0\0\0\0\x03\x80\x80"],
)
def test_what_is_cut_short_tells_nothing(description: bytes) -> None:
    assert channels_of(description) is None


def test_a_stream_that_depends_on_others_tells_nothing() -> None:
    whole = described(bits("00010 0100 0001 000"))
    at = whole.index(b"\0\1\0\x04")

    assert channels_of(whole[: at + 2] + b"\x80\0\2" + whole[at + 3 :]) is None


@pytest.mark.parametrize("stereo", [False, True])
@pytest.mark.parametrize("rate", [22050, 44100])
def test_a_recording_of_one_voice_has_one_channel(
    rate: int, tmp_path: Path, *, stereo: bool
) -> None:
    path = sound(tmp_path / "a.m4a", "aac", form="ipod", rate=rate, stereo=stereo)

    assert facts_of(path)["channels"] == 1 + stereo
