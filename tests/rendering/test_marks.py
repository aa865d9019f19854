from pathlib import Path

import pytest

from peru_media.model.facts import CopyTags
from peru_media.rendering.marks import located, marks_of
from tests.factories import make_episode, make_facts

FACES = "episodes/finding-my-feet/"


def test_chapters_end_where_the_next_begins_unless_they_say() -> None:
    episode = make_episode(
        chapters=[
            {"start": "0", "end": "4", "title": "A"},
            {"start": "5", "end": "8", "title": "B"},
            {"start": "6", "title": "picture", "toc": "false"},
            {"start": "7", "end": "99", "title": "C"},
        ]
    )

    marks = marks_of(episode, {}, duration=9.5)

    assert [(one.start, one.end, one.title) for one in marks] == [
        (0, 4, "A"),
        (5, 7, "B"),
        (7, 9.5, "C"),
    ]


@pytest.mark.parametrize("duration", [None, 30.0])
def test_without_chapters_there_are_no_marks(duration: float | None) -> None:
    assert marks_of(make_episode(), {}, duration=duration) == ()


def test_a_picture_goes_by_its_file_and_its_hash() -> None:
    rows = [
        {"start": "0", "title": "A", "image": "a.png"},
        {"start": "1", "title": "B", "image": "lost.png"},
    ]
    picture = make_facts("a.png")
    episode = make_episode(chapters=rows)

    marks = marks_of(episode, {f"{FACES}a.png": picture}, duration=None)

    assert [(one.image, one.image_sha256) for one in marks] == [
        (f"{FACES}a.png", picture.sha256),
        (None, None),
    ]
    tags = located(CopyTags(title="T", album="A", chapters=marks), Path("/here"))
    assert [one.image for one in tags.chapters] == [f"/here/{FACES}a.png", None]
