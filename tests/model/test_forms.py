import pytest

from peru_media.model.forms import (
    CITATION_KINDS,
    Form,
    form_at,
    forms_of,
    origins,
)
from peru_media.model.transcripts import KINDS

CITE = "/show/story/cite."
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
    assert form_at(path) == (Form("transcript", kind) if kind else None)


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


def test_the_forms_of_a_citation_are_made_of_the_stored_one() -> None:
    assert form_at(f"{CITE}bib") == Form("cite", "bib")
    assert form_at(f"{CITE}vtt") is None
    assert origins(f"{CITE}bib") == origins(f"{CITE}ris") == (f"{CITE}json",)
    assert origins(f"{CITE}json") == ()
    assert forms_of(f"{CITE}json") == tuple(f"{CITE}{kind}" for kind in CITATION_KINDS)
    assert forms_of(f"{CITE}bib") == (f"{CITE}bib",)


@pytest.mark.parametrize("kind", KINDS)
def test_a_transcript_is_sent_as_what_it_is_stored_as(kind: str) -> None:
    form = Form("transcript", kind)

    assert form.content_type.partition(";")[0] == form.stored_type


@pytest.mark.parametrize("kind", CITATION_KINDS)
def test_a_citation_is_sent_as_what_it_is_stored_as(kind: str) -> None:
    form = Form("cite", kind)

    assert form.content_type.partition(";")[0] == form.stored_type
