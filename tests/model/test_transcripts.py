import pytest

from peru_media.model.transcripts import (
    KINDS,
    content_type,
    forms_of,
    kind_at,
    kind_of,
    named_kinds,
    origins,
)

AT = "/show/story/transcript."


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"{AT}vtt", "vtt"),
        (f"{AT}html", "html"),
        (f"{AT}exe", None),
        (AT, None),
        ("/show/story/transcript", None),
        ("/show/story/vtt", None),
        ("vtt", None),
        ("/show/transcript.vtt/x", None),
        (f"{AT}srt/", None),
    ],
)
def test_an_address_tells_its_form(path: str, kind: str | None) -> None:
    assert kind_at(path) == kind


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        (f"{AT}vtt", ["srt", "json"]),
        (f"{AT}srt", ["vtt", "json"]),
        (f"{AT}txt", ["vtt", "srt", "json", "html"]),
        (f"{AT}html", ["vtt", "srt", "json", "txt"]),
        ("/show/story", []),
    ],
)
def test_a_form_is_made_of_those_that_hold_as_much(
    path: str, stored: list[str]
) -> None:
    assert origins(path) == tuple(f"{AT}{kind}" for kind in stored)


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        (f"{AT}srt", ["vtt", "srt", "json", "txt", "html"]),
        (f"{AT}html", ["txt", "html"]),
        ("/show/story", []),
    ],
)
def test_what_is_stored_answers_at_every_form(path: str, kinds: list[str]) -> None:
    assert forms_of(path) == tuple(f"{AT}{kind}" for kind in kinds)


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
