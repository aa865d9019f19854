from pathlib import Path

import pytest

from peru_media.media.boxes import read_movie
from tests.media.samples import box


def wide_box(name: bytes, body: bytes) -> bytes:
    """A box with a size of 64 bits."""
    return b"\0\0\0\1" + name + (len(body) + 16).to_bytes(8) + body


def head(*, scale: int, length: int, long: bool = False) -> bytes:
    """The fields that ``mvhd`` and ``mdhd`` share."""
    if long:
        return b"\1" + bytes(19) + scale.to_bytes(4) + length.to_bytes(8)
    return bytes(12) + scale.to_bytes(4) + length.to_bytes(4)


def edit(*edits: tuple[int, int], long: bool = False) -> bytes:
    """An edit list: how long each plays, and from where."""
    width = 8 if long else 4
    rows = (
        span.to_bytes(width) + begin.to_bytes(width, signed=True) + b"\0\1\0\0"
        for span, begin in edits
    )
    return bytes([long, 0, 0, 0]) + len(edits).to_bytes(4) + b"".join(rows)


def trak(*, edits: bytes = b"", stts: bytes = b"", long: bool = False) -> bytes:
    """A track of ten seconds at 1000 ticks a second."""
    table = box(b"stsd", bytes(12) + b"mp4a") + (box(b"stts", stts) if stts else b"")
    media = (
        box(b"mdhd", head(scale=1000, length=10_000, long=long))
        + box(b"hdlr", bytes(8) + b"soun")
        + box(b"minf", box(b"stbl", table))
    )
    return box(b"trak", (box(b"edts", edits) if edits else b"") + box(b"mdia", media))


def movie(
    folder: Path, tracks: bytes, *, rest: bytes = b"", wide: bool = False
) -> Path:
    index = box(b"mvhd", head(scale=100, length=1000, long=wide)) + tracks
    path = folder / "a.mp4"
    wrapped = wide_box(b"moov", index) if wide else box(b"moov", index)
    path.write_bytes(wrapped + (rest or box(b"mdat", b"sound")))
    return path


@pytest.mark.parametrize(
    ("tracks", "seconds"),
    [
        (trak(), 10),
        (trak(long=True), 10),
        (trak(edits=box(b"elst", edit((400, 0)))), 4),
        (trak(edits=box(b"elst", edit((400, 2000), long=True))), 4),
        (trak(edits=box(b"elst", edit((300, -1), (400, 0)))), 4),
        (trak(edits=box(b"elst", edit((400, 0), (100, 5000)))), 5),
        (trak(edits=box(b"elst", edit((9000, 3000)))), 7),
        (trak(edits=box(b"elst", edit((0, 3000)))), 7),
        (trak(stts=bytes(4) + (2).to_bytes(4)
              + b"".join(n.to_bytes(4) for n in (5, 1000, 2, 500))), 6),
        (trak(stts=bytes(4) + (1 << 31).to_bytes(4) + bytes(8)), 10),
    ],
    ids=["plain", "long", "shorter", "long-edit", "pause", "two", "beyond", "to-end",
         "counted", "promises-too-much"],
)  # fmt: skip
def test_a_track_plays_as_long_as_its_edits_say(
    tracks: bytes, seconds: float, tmp_path: Path
) -> None:
    with movie(tmp_path, tracks).open("rb") as file:
        found = read_movie(file)

    sound = found.longest("soun")
    assert sound
    assert sound.seconds == pytest.approx(seconds)
    assert (found.cut, found.fragmented, found.chaptered) == (False, False, False)


def test_boxes_of_64_bits_and_to_the_end_are_read(tmp_path: Path) -> None:
    path = movie(tmp_path, trak(), rest=b"\0\0\0\0mdatsound", wide=True)

    with path.open("rb") as file:
        found = read_movie(file)

    assert len(found.tracks) == 1
    assert not found.cut


@pytest.mark.parametrize("rest", [box(b"free"), box(b"mdat"), b"\0\0\xff\0mdatcut"])
def test_a_file_without_all_of_its_media_is_cut(rest: bytes, tmp_path: Path) -> None:
    with movie(tmp_path, trak(), rest=rest).open("rb") as file:
        assert read_movie(file).cut


def test_fragments_and_chapter_tracks_are_noticed(tmp_path: Path) -> None:
    tracks = trak() + box(b"trak", box(b"tref", box(b"chap", bytes(4))))

    with movie(tmp_path, tracks, rest=box(b"moof")).open("rb") as file:
        found = read_movie(file)

    assert (found.fragmented, found.chaptered) == (True, True)


def test_a_box_smaller_than_its_head_ends_the_reading(tmp_path: Path) -> None:
    with movie(tmp_path, b"\0\0\0\3bad!" + trak()).open("rb") as file:
        assert read_movie(file).tracks == []
