"""Made in code, a tag says what is wrong with it; read, it is refused as ever."""

import pytest
from pydantic import ValidationError

from peru_media.errors import FieldError
from peru_media.model.podcast import PodcastShow, TrailerField


def test_a_tag_that_is_made_says_all_that_is_wrong() -> None:
    with pytest.raises(FieldError) as caught:
        TrailerField(title="", url="trailer.mp3", published="soon")

    assert [(str(one.place), one.what) for one in caught.value.problems] == [
        ("TrailerField.title", "It is empty."),
        ("TrailerField.url", '"trailer.mp3" is not a web address.'),
        ("TrailerField.published", '"soon" is not a date.'),
    ]


def test_a_tag_inside_another_is_told_by_its_place() -> None:
    trailer = {"title": "A", "url": "a", "published": "2026-12-01"}

    with pytest.raises(FieldError, match=r"^PodcastShow\.trailer\[0\]\.url: "):
        PodcastShow(trailer=(trailer,))  # as files have it


def test_a_tag_that_is_read_is_refused_by_pydantic() -> None:
    with pytest.raises(ValidationError):
        TrailerField.model_validate({"title": ""})
