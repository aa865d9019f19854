"""Small files that ask for far more than they are: refused in a second of computing.

The child itself has one second of processor time for each (``allow_seconds``), so
that a bomb which takes longer ends in another sentence than the one expected here.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.media.child import Limits
from peru_media.media.maker import Maker
from tests.media import samples
from tests.media.samples import box, id3_block, sound
from tests.media.trials import children, spent

MILLION = 1_000_000
FTYP = box(b"ftyp", b"M4A \0\0\0\0")
BARE = {"id3v2_version": "0"}
TOO_MANY = "more pieces than any program writes"
PARTS = "over 200,000 parts inside"


def boxes(*path: bytes) -> bytes:
    """A million empty boxes within others."""
    body = box(b"free") * MILLION
    for name in reversed(path):
        body = box(name, bytes(4 * (name == b"meta")) + body)
    return FTYP + body + box(b"mdat", b"x")


def blocks(folder: Path) -> bytes:
    """A FLAC file with 600,000 empty blocks before its sound."""
    data = sound(folder / "a.flac", "flac", bit_rate=None).read_bytes()
    return data[:4] + bytes([data[4] & 0x7F]) + data[5:42] + b"\1\0\0\0" * 600_000


def pages(folder: Path) -> bytes:
    """An Opus file with 500,000 empty pages before its sound."""
    data = sound(folder / "a.opus", "libopus", rate=48000).read_bytes()
    return data[: data.index(b"OggS", 4)] + (b"OggS" + bytes(23)) * 500_000


def before_sound(tag: bytes) -> Callable[[Path], bytes]:
    return lambda folder: tag + sound(folder / "b.mp3", container=BARE).read_bytes()


BOMBS: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "300,000 texts.mp3": (before_sound(samples.crowded(300_000)), "over 5,000 entries"),
    "896 MB in a text.mp3": (
        before_sound(samples.zipped_bomb(896 << 20)),
        "over 16 MB once they are unpacked",
    ),
    "chapters in chapters.mp3": (
        before_sound(samples.nested_chapters(2800)),
        "damaged inside",
    ),
    "a million tags.mp3": (
        before_sound(id3_block(b"") * MILLION),
        "over 1,000 tag blocks",
    ),
    "boxes in boxes.mp4": (lambda _: samples.nested_boxes(20_000), "damaged inside"),
    "a million boxes.mp4": (lambda _: boxes(), PARTS),
    "a million boxes in the index.mp4": (lambda _: boxes(b"moov"), PARTS),
    "a million boxes in a fragment.mp4": (lambda _: boxes(b"moof"), PARTS),
    "a million texts.mp4": (lambda _: boxes(b"moov", b"udta", b"meta", b"ilst"), PARTS),
    "600,000 blocks.flac": (blocks, TOO_MANY),
    "500,000 pages.opus": (pages, TOO_MANY),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_a_second_of_computing(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    make, sentence = BOMBS[name]
    path, other = tmp_path / f"bomb{Path(name).suffix}", tmp_path / "a.txt"
    path.write_bytes(make(tmp_path))
    other.write_text("hello")
    limits = Limits(processor=1)
    others = set(children())

    with Maker(cache={}, copies=tmp_path / "c", workers=1, limits=limits) as maker:
        maker.facts([other])
        [child] = set(children()) - others
        before = spent(child)
        found = maker.facts([path])[path]
        [same] = set(children()) - others
        took = spent(child) - before

    figure = f"{path.stat().st_size / 1e6:.1f} MB, {took:.2f} s of computing"
    record_property("figure", f"bomb, {name}: {figure}: {found.fault}")
    assert sentence in (found.fault or "")
    assert same == child, "the child did not survive it"
    assert took < 1
