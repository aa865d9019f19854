"""Chapters with pictures and links, as the published copies hold them."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from peru_media.errors import MediaError
from peru_media.media.chapter_writing import illustrate, whole_chapters
from peru_media.media.maker import Maker
from peru_media.model.facts import ChapterMark, CopyRecipe, CopyTags, made_from
from tests.media.samples import ID3, noisy_png, sound


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _recipe(master: Path, *marks: ChapterMark) -> CopyRecipe:
    return CopyRecipe(
        master=str(master),
        master_sha256=_hash(master),
        media_type="audio/mpeg",
        tags=CopyTags(title="T", album="A", chapters=marks),
    )


def _illustrated(folder: Path) -> tuple[ChapterMark, ...]:
    picture = folder / "face.png"
    picture.write_bytes(noisy_png(900))
    first = ChapterMark(
        start=0,
        end=1,
        title="One",
        url="https://example.org/",
        image=str(picture),
        image_sha256=_hash(picture),
    )
    again = first.model_copy(update={"start": 1.0, "end": 1.5, "title": "Two"})
    return first, again, ChapterMark(start=1.5, end=2, title="Three")


def test_chapters_of_an_mp3_have_their_pictures_and_links(
    maker: Maker, tmp_path: Path
) -> None:
    marks = _illustrated(tmp_path)
    recipe = _recipe(sound(tmp_path / "a.mp3"), *marks)

    tag = ID3.ID3(maker.copy(recipe))

    first, second, third = (tag[f"CHAP:chp{n}"].sub_frames for n in range(3))
    assert first["WXXX:"].url == second["WXXX:"].url == "https://example.org/"
    picture = first["APIC:"]
    assert (picture.mime, picture.type) == ("image/jpeg", 3)
    (tmp_path / "read.jpg").write_bytes(picture.data)
    with Image.open(tmp_path / "read.jpg") as image:
        assert image.size == (400, 400)
    assert second["APIC:"].data == picture.data
    assert set(third) == {"TIT2"}
    assert tag["CTOC:toc"].child_element_ids == ["chp0", "chp1", "chp2"]


def test_a_copy_is_named_by_its_pictures_and_not_by_their_place(
    tmp_path: Path,
) -> None:
    mark, *_ = _illustrated(tmp_path)
    master = sound(tmp_path / "a.mp3")
    moved = mark.model_copy(update={"image": "elsewhere.png"})
    other = mark.model_copy(update={"image_sha256": "0" * 64})

    assert made_from(_recipe(master, mark)) == made_from(_recipe(master, moved))
    assert made_from(_recipe(master, mark)) != made_from(_recipe(master, other))


def test_a_picture_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    mark, *_ = _illustrated(tmp_path)
    (tmp_path / "face.png").write_bytes(noisy_png(16))

    with pytest.raises(MediaError, match="changed while it was published"):
        illustrate([mark.model_dump()])


@pytest.mark.parametrize(
    ("marks", "made"),
    [
        ([], []),
        ([(0.0, 1.0, "A")], [(0.0, 1.0, "A")]),
        ([(0.5, 1.0, "A")], [(0.0, 0.5, "Title"), (0.5, 1.0, "A")]),
        ([(0.0, 1.0, "é" * 200)], [(0.0, 1.0, "é" * 127)]),
    ],
)
def test_a_track_of_chapters_begins_with_the_sound(
    marks: list[Any], made: list[Any]
) -> None:
    chapters = [{"start": a, "end": b, "title": title} for a, b, title in marks]

    found = whole_chapters(chapters, "Title")

    assert [(one["start"], one["end"], one["title"]) for one in found] == made
