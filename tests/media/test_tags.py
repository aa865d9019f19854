from io import BytesIO

from peru_media.media.tags import id3_tag
from tests.media.samples import ID3

LEAST = {"title": "T", "album": "A"}


def test_what_is_not_known_is_not_written() -> None:
    tag = ID3.ID3(BytesIO(id3_tag(LEAST)))

    assert set(tag) == {"TIT2", "TALB"}


def test_the_size_of_a_tag_does_not_hang_on_the_room_that_was_there() -> None:
    assert len(id3_tag(LEAST)) == len(id3_tag({"title": "U", "album": "B"}))


def test_a_licence_without_a_date_stands_alone() -> None:
    tag = ID3.ID3(BytesIO(id3_tag(LEAST | {"licence": "CC0"})))

    assert str(tag["TCOP"]) == "CC0"


def test_more_chapters_than_a_list_can_hold_are_all_there() -> None:
    marks = [{"start": at, "end": at + 1, "title": str(at)} for at in range(300)]

    tag = ID3.ID3(BytesIO(id3_tag(LEAST | {"chapters": marks})))

    assert len(tag.getall("CHAP")) == 300
    assert len(tag["CTOC:toc"].child_element_ids) == 255


def test_any_letter_survives() -> None:
    title = "Čaj 茶 🍵 — tea"

    assert str(ID3.ID3(BytesIO(id3_tag(LEAST | {"title": title})))["TIT2"]) == title
