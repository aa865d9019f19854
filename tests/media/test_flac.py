from pathlib import Path

import pytest

from peru_media.media.flac import is_whole
from tests.media.samples import packets, sound


def frames(folder: Path) -> list[bytes]:
    return packets(sound(folder / "a.flac", "flac", bit_rate=None))


def test_every_frame_of_a_whole_file_is_whole(tmp_path: Path) -> None:
    assert all(is_whole(frame) for frame in frames(tmp_path))


@pytest.mark.parametrize("lost", [1, 2, 1000])
def test_a_frame_that_is_cut_is_not_whole(lost: int, tmp_path: Path) -> None:
    assert not is_whole(frames(tmp_path)[0][:-lost])


def test_a_frame_with_another_bit_is_not_whole(tmp_path: Path) -> None:
    frame = bytearray(frames(tmp_path)[-1])
    frame[100] ^= 4

    assert not is_whole(bytes(frame))
