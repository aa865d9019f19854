import pytest

from peru_media.model.transcripts import (
    KINDS,
    content_type,
    kind_of,
    named_kinds,
)


@pytest.mark.parametrize(
    ("media_type", "kinds"),
    [
        ("text/vtt", ["vtt", "srt", "json", "txt"]),
        ("application/json", ["vtt", "srt", "json", "txt"]),
        ("text/plain", ["txt"]),
        ("text/html", ["txt", "html"]),
    ],
)
def test_feeds_name_the_best_form_first(media_type: str, kinds: list[str]) -> None:
    assert named_kinds(media_type) == tuple(kinds)


@pytest.mark.parametrize("kind", KINDS)
def test_each_form_is_sent_as_what_it_is(kind: str) -> None:
    assert kind_of(content_type(kind)) == kind


def test_another_type_is_no_form() -> None:
    with pytest.raises(KeyError):
        kind_of("audio/mpeg")
