import tracemalloc
from pathlib import Path

import pytest

from peru_media.media.flac import Bounded, is_whole
from peru_media.media.probe import facts_of
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


def test_nobody_can_ask_for_more_than_there_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"hello")

    with path.open("rb") as file:
        bounded = Bounded(file, 5)

        assert bounded.read(1 << 62) == b"hello"
        assert bounded.seek(1) == bounded.tell() == 1
        assert bounded.read() == b"ello"


def test_a_comment_of_four_gigabytes_costs_no_memory(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.flac", "flac", bit_rate=None)
    data = path.read_bytes()
    at = data.index(b"Lavf") - 4
    path.write_bytes(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :])
    tracemalloc.start()

    told = facts_of(path)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "damaged inside" in told["fault"]
    assert most < 16 << 20
