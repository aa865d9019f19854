"""The index of a film or an M4A comes first, so that it plays before it is all there.

ISO/IEC 14496-12: the index is ``moov``, sound and film lie in ``mdat``.
"""

from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from peru_media.media.maker import Maker
from peru_media.model.facts import ChapterMark, CopyRecipe, CopyTags
from tests.media.samples import sound

MARKS = (
    ChapterMark(start=0, end=1.234, title="Welcome"),
    ChapterMark(start=1.234, end=2, title="第二 😀"),
)
TYPES = {
    "talk.m4a": ("ipod", "audio/x-m4a"),
    "film.mp4": ("mp4", "video/mp4"),
    "film.mov": ("mov", "video/quicktime"),
}
LATE: dict[str, str] = {}
FIRST = {"movflags": "+faststart"}
CUT = {"movflags": "empty_moov+frag_keyframe"}


def boxes(path: Path) -> list[str]:
    """The names of the outermost boxes, in their order."""
    return [name for name, _, _ in _walk(path.read_bytes())]


def _walk(data: bytes) -> Iterator[tuple[str, int, int]]:
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        assert size >= 8
        yield data[at + 4 : at + 8].decode("latin-1"), at, size
        at += size


def packets(path: Path) -> dict[str, list[tuple[float, bytes]]]:
    """Sound and film as players get them: when each is shown, in seconds, and bytes."""
    found: dict[str, list[tuple[float, bytes]]] = {"audio": [], "video": []}
    with av.open(str(path)) as source:
        for packet in source.demux([*source.streams.audio, *source.streams.video]):
            if packet.size and packet.pts is not None:
                seconds = float(packet.pts * packet.time_base)
                found[packet.stream.type].append((seconds, bytes(packet)))
    return found


@pytest.mark.parametrize("container", [LATE, FIRST, CUT], ids=["late", "first", "cut"])
@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("chapters", [(), MARKS], ids=["plain", "chapters"])
def test_the_index_comes_first_and_each_packet_as_it_was(
    maker: Maker,
    tmp_path: Path,
    name: str,
    container: dict[str, str],
    chapters: tuple[ChapterMark, ...],
) -> None:
    form, media_type = TYPES[name]
    film = media_type.startswith("video")
    master = sound(tmp_path / name, "aac", form=form, container=container, film=film)
    facts = maker.facts([master])[master]
    assert facts.media_type == media_type

    copy = maker.copy(
        CopyRecipe(
            master=str(master),
            master_sha256=facts.sha256,
            media_type=media_type,
            tags=CopyTags(title="One", album="Show", chapters=chapters),
        )
    )

    order = boxes(copy)
    assert order[0] == "ftyp"
    assert order.index("moov") < order.index("mdat")
    assert not {"moof", "mfra", "sidx"} & {*order}
    before, after = packets(master), packets(copy)
    assert [[data for _, data in held] for held in after.values()] == [
        [data for _, data in held] for held in before.values()
    ]
    shifts = [
        now - then
        for kind in before
        for (then, _), (now, _) in zip(before[kind], after[kind], strict=True)
    ]
    assert max(shifts) - min(shifts) < 0.001
    assert len(after["audio"]) > 80
    assert len(after["video"]) == (20 if film else 0)
    found = maker.facts([copy])[copy]
    assert found.media_type == media_type
    assert found.duration == pytest.approx(facts.duration, abs=0.05)
    assert [(mark.start, mark.title) for mark in found.chapters] == [
        (mark.start, mark.title) for mark in chapters
    ]


def test_a_master_may_have_its_index_last(tmp_path: Path) -> None:
    """The cases above are not won before they begin."""
    order = boxes(sound(tmp_path / "a.m4a", "aac", form="ipod"))

    assert order.index("mdat") < order.index("moov")
    assert "moof" in boxes(sound(tmp_path / "b.m4a", "aac", form="ipod", container=CUT))
