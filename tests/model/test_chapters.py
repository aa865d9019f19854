"""The chapters of an episode come from the first place that has any."""

from typing import Any

import pytest

from peru_media.model.chapters import chapter_origin, chapters_of
from peru_media.model.facts import ChapterMark, FileFacts
from tests.factories import make_episode, make_facts

AT = "episodes/finding-my-feet/"


def _marks(*starts: float, **more: Any) -> tuple[ChapterMark, ...]:
    return tuple(ChapterMark(start=at, title=f"At {at}", **more) for at in starts)


def _facts(**marks: tuple[ChapterMark, ...]) -> dict[str, FileFacts]:
    names = {"audio": "audio.mp3", "psc": "chapters.psc", "beside": "audio.txt"}
    found = {
        AT + names[key]: make_facts(names[key], chapters=m) for key, m in marks.items()
    }
    return {f"{AT}audio.mp3": make_facts("audio.mp3")} | found


def _starts(facts: dict[str, FileFacts], **change: Any) -> list[float]:
    return [one.start for one in chapters_of(make_episode(**change), facts)]


def test_what_staff_wrote_goes_before_everything() -> None:
    written = [{"start": "9", "title": "B"}, {"start": "1", "title": "A"}]
    facts = _facts(audio=_marks(0, 2), psc=_marks(0, 3))

    assert _starts(facts, chapters=written) == [1, 9]
    assert chapter_origin(make_episode(chapters=written), facts) is None


def test_a_file_of_chapters_goes_before_the_recording() -> None:
    assert _starts(_facts(audio=_marks(0, 2), psc=_marks(0, 3))) == [0, 3]
    assert _starts(_facts(audio=_marks(0, 2), beside=_marks(0, 4))) == [0, 4]
    assert _starts(_facts(audio=_marks(0, 2))) == [0, 2]
    assert _starts(_facts()) == []
    assert _starts({}) == []


def test_a_file_without_chapters_hides_none() -> None:
    assert _starts(_facts(audio=_marks(0, 2), psc=())) == [0, 2]


@pytest.mark.parametrize(
    ("marks", "starts"),
    [
        (_marks(0), []),
        (_marks(5, 0, 5), [0, 5]),
        (_marks(0, 5, 271.3, 900), [0, 5]),
        (_marks(-1, 0, 5), [0, 5]),
        ((*_marks(0, 5), ChapterMark(start=7, title=" \x07 ")), [0, 5]),
    ],
)
def test_what_is_no_chapter_is_left_out(
    marks: tuple[ChapterMark, ...], starts: list[float]
) -> None:
    assert _starts(_facts(audio=marks)) == starts


def test_a_title_is_one_line_that_can_be_shown() -> None:
    marks = (
        ChapterMark(start=0, title=" One\n two\x1b[2J\x00 "),
        ChapterMark(start=5, title="👩‍👧 " + "x" * 900),
    )

    first, second = chapters_of(make_episode(), _facts(audio=marks))

    assert first.title == "One two[2J"
    assert second.title == "👩‍👧 " + "x" * 496


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("javascript:alert(1)", None),
        ("not an address", None),
        (None, None),
    ],
)
def test_a_link_leads_into_the_web_or_nowhere(
    url: str | None, kept: str | None
) -> None:
    found = chapters_of(make_episode(), _facts(audio=_marks(0, 5, url=url)))

    assert [one.url for one in found] == [kept, kept]


def test_an_end_is_told_where_it_is_not_the_next_start() -> None:
    marks = (
        ChapterMark(start=0, end=4, title="Ends early"),
        ChapterMark(start=5, end=9, title="Goes on"),
        ChapterMark(start=9, end=9, title="No end"),
        ChapterMark(start=12, end=20, title="Last"),
    )

    found = chapters_of(make_episode(), _facts(audio=marks))

    assert [one.end for one in found] == [4, None, None, None]
