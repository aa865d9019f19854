import mmap
from pathlib import Path

import pytest

from peru_media.media import frames
from peru_media.media.frames import Walk, frame_at, walk, walk_adts
from peru_media.media.trailer import sound_end
from tests.media import samples

FRAME = b"\xff\xfb\x90\x64" + bytes(413)  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz
SLOW = b"\xff\xf3\x80\x64" + bytes(204)  # MPEG 2 layer III, 64 kbit/s, 22.05 kHz
LAYER_1 = b"\xff\xff\x40\x00" + bytes(132)  # MPEG 1 layer I, 128 kbit/s, 44.1 kHz
ADTS = b"\xff\xf1\x50\x80\x0c\x9f\xfc" + bytes(93)  # 44.1 kHz, 100 bytes
APE = b"APETAGEX" + bytes(4) + (10).to_bytes(4, "little") + bytes(4)


def walked(folder: Path, data: bytes) -> Walk:
    path = folder / "a.mp3"
    path.write_bytes(data)
    with path.open("rb") as file:
        return walk(file, 0, len(data))


@pytest.mark.parametrize(
    ("head", "size", "samples_a_frame"),
    [(FRAME, 417, 1152), (SLOW, 208, 576), (LAYER_1, 136, 384)],
)
def test_a_header_tells_size_and_samples(
    head: bytes, size: int, samples_a_frame: int
) -> None:
    found = frame_at(head, 0)

    assert found
    assert (found.size, found.samples) == (size, samples_a_frame)


@pytest.mark.parametrize(
    "head",
    [b"\xff\xfb\xf0\x64", b"\xff\xfb\x9c\x64", b"\xff\xeb\x90\x64", b"\xff\xe1\x90\x64",
     b"\xfe\xfb\x90\x64", b"\xff\xfb\x90"],
    ids=["bits", "rate", "version", "layer", "sync", "short"],
)  # fmt: skip
def test_what_is_no_header_is_none(head: bytes) -> None:
    assert frame_at(head, 0) is None


TAGS = {
    "id3v2": samples.id3_block(FRAME * 3),
    "id3v2-with-footer": b"ID3\x04\0\x10" + samples.synchsafe(834) + FRAME * 2
    + b"3DI" + bytes(7),
    "ape-with-header": APE + b"\0\0\0\x20" + bytes(8) + FRAME[:10],
    "id3v1": b"TAG" + FRAME[:4] + bytes(121),
    "junk": b"--\xff\xfb\x90\x64 only looks so" + bytes(999),
    "false-id3": b"ID3 is a word",
    "ape-footer": APE + bytes(12),
}  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
def test_tags_between_frames_belong_to_no_span(tag: str, tmp_path: Path) -> None:
    between = TAGS[tag]

    found = walked(tmp_path, FRAME * 5 + between + FRAME * 4)

    start = 5 * 417 + len(between)
    assert found.spans == [(0, 5 * 417), (start, start + 4 * 417)]
    assert found.frames == 9
    assert found.seconds == pytest.approx(9 * 1152 / 44100)
    assert found.size == 9 * 417


def test_sound_of_two_rates_is_counted_by_rate(tmp_path: Path) -> None:
    found = walked(tmp_path, FRAME * 4 + SLOW * 6)

    assert found.samples == {44100: 4 * 1152, 22050: 6 * 576}
    assert found.spans == [(0, 4 * 417 + 6 * 208)]


def test_a_last_frame_cut_short_is_kept_but_not_counted(tmp_path: Path) -> None:
    found = walked(tmp_path, FRAME * 4 + FRAME[:100])

    assert found.spans == [(0, 4 * 417 + 100)]
    assert found.frames == 4


def test_a_file_larger_than_one_window_is_walked_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "_WINDOW", 16 * mmap.ALLOCATIONGRANULARITY)
    hole = samples.id3_block(bytes(200_000))

    found = walked(tmp_path, FRAME * 1000 + hole + FRAME * 1000 + b"x")

    start = 417_000 + len(hole)
    assert found.spans == [(0, 417_000), (start, start + 417_000)]
    assert found.frames == 2000


def test_a_file_without_frames_has_none(tmp_path: Path) -> None:
    assert walked(tmp_path, b"\xff" * 999 + bytes(99)).spans == []


@pytest.mark.parametrize("end", [b"", b"\xff\xf1", ADTS[:50], b"junk"])
def test_adts_is_walked_up_to_what_is_no_frame(
    end: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "_WINDOW", 16 * mmap.ALLOCATIONGRANULARITY)
    path = tmp_path / "a.aac"
    path.write_bytes(ADTS * 2000 + end)

    with path.open("rb") as file:
        found = walk_adts(file, 0, path.stat().st_size)

    assert found.spans == [(0, 200_000)]
    assert (found.frames, found.samples) == (2000, {44100: 2000 * 1024})


@pytest.mark.parametrize(
    "head", [b"\xff\xf1\x50\x80\0\0\0", b"\xff\xf1\x7c\x80\x0c\x9f\xfc"]
)
def test_adts_headers_without_sense_are_none(head: bytes) -> None:
    assert frames.adts_at(head, 0) is None


ID3V1 = b"TAG" + bytes(125)
APE_FOOTER = b"APETAGEX" + bytes(4) + (40).to_bytes(4, "little") + bytes(4)
TRAILERS = {
    "nothing": b"",
    "id3v1": ID3V1,
    "id3v1-twice": ID3V1 * 2,
    "ape-without-header": b"itemitem" + APE_FOOTER + bytes(12),
    "ape-with-header": bytes(32) + b"itemitem" + APE_FOOTER + b"\0\0\0\x80" + bytes(8),
    "ape-before-id3v1": b"itemitem" + APE_FOOTER + bytes(12) + ID3V1,
    "lyrics3": b"LYRICSBEGINla la laLYRICSEND",
    "lyrics3-v2": b"LYRICSBEGINLYR00002la000021LYRICS200",
    "id3v2.4": samples.id3_block(b"abc", version=4)
    + b"3DI\4\0\0" + samples.synchsafe(3),
}  # fmt: skip


@pytest.mark.parametrize("trailer", TRAILERS)
def test_sound_ends_before_the_tags_behind_it(trailer: str, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(FRAME * 9 + TRAILERS[trailer])

    with path.open("rb") as file:
        end, _ = sound_end(file, path.stat().st_size)

    assert end == 9 * 417


@pytest.mark.parametrize(
    "trailer",
    [
        b"LYRICSEND",
        b"999999LYRICS200",
        APE_FOOTER[:12] + b"\xff\xff\xff\x7f" + bytes(16),
    ],
    ids=["lyrics", "lyrics-v2", "ape"],
)
def test_a_trailer_that_promises_too_much_is_left_alone(
    trailer: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(FRAME + trailer)

    with path.open("rb") as file:
        end, ape = sound_end(file, path.stat().st_size)

    assert end == 417 + len(trailer)
    assert ape == b""
