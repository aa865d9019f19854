"""A page is read into lines: its title, its people, its notes, what is said."""

import pytest

from peru_media.model.source import Transcript
from peru_media.rendering.findable import Findable
from peru_media.rendering.search_lines import (
    Kind,
    Line,
    lines_key,
    lines_of,
    search_lines,
)
from tests.sources import SHA

VTT = b"""WEBVTT

00:00:01.000 --> 00:00:03.000
<v Mei Lin>I had a home

00:00:03.000 --> 00:00:05.000
<v Mei Lin>for a while.

00:02:14.500 --> 00:02:16.000
<v Ada Byrne>And then?
"""


def page(media_type: str = "text/vtt", **change: object) -> Findable:
    fields: dict[str, object] = {
        "id": "1",
        "kind": "episode",
        "path": "/stories/one",
        "title": "A home",
        "language": "en-GB",
        "timezone": "Europe/London",
        "show": "Stories",
        "shows": ("stories",),
    }
    if media_type:
        fields["transcript"] = Transcript(
            sha256=SHA, media_type=media_type, language="en-GB"
        )
    return Findable.model_validate(fields | change)


def test_every_sentence_has_its_speaker_and_the_second_it_begins() -> None:
    spoken = [line for line in lines_of(page(), VTT) if line.kind == Kind.SPOKEN]

    assert spoken == [
        Line(Kind.SPOKEN, "I had a home for a while.", "Mei Lin", 1, "Mei Lin"),
        Line(Kind.SPOKEN, "And then?", "Ada Byrne", 134, "Ada Byrne"),
    ]


def test_titles_people_chapters_and_notes_are_lines_too() -> None:
    one = page(
        "",
        subtitle="In short",
        people=("João Reis", "Ann & Bob", "João Reis"),
        notes="Some *words* and [a link](/there).\n\n- more\n- and - yet more",
        also=("First steps",),
        chapters=((0.0, "Hello"), (61.9, "Parting")),
    )

    assert lines_of(one, b"") == [
        Line(Kind.TITLE, "A home", "First steps"),
        Line(Kind.PEOPLE, "João Reis, Ann & Bob"),
        Line(Kind.CHAPTER, "Hello", start=0),
        Line(Kind.CHAPTER, "Parting", start=61),
        Line(
            Kind.NOTES,
            "In short Some words and a link. more and - yet more",
            "A home João Reis, Ann & Bob",
        ),
    ]


def test_who_speaks_is_among_the_people() -> None:
    lines = lines_of(page(people=("Ada Byrne",)), VTT)

    assert lines[1] == Line(Kind.PEOPLE, "Ada Byrne, Mei Lin")


@pytest.mark.parametrize(
    ("media_type", "given"),
    [
        ("text/plain", b"First words.\n\nThen others."),
        ("text/html", b"<p>First words.</p><p>Then <b>others</b>.</p>"),
    ],
)
def test_words_without_times_are_found_by_paragraph(
    media_type: str, given: bytes
) -> None:
    spoken = [
        line for line in lines_of(page(media_type), given) if line.kind == Kind.SPOKEN
    ]

    assert [line.words for line in spoken] == ["First words.", "Then others."]
    assert {(line.start, line.speaker) for line in spoken} == {(None, "")}


@pytest.mark.parametrize("given", [b"", b"\xff\x00\x02", b"WEBVTT\n\nno cue at all"])
def test_a_transcript_that_says_nothing_gives_no_lines(given: bytes) -> None:
    assert [line.kind for line in lines_of(page(), given)] == [Kind.TITLE]


def test_no_line_holds_a_character_that_pages_cannot_show() -> None:
    one = page(title="A\x02 ho\x03me\x00", people=("M\x1bei",), notes="a\x02b")
    spoken = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v E\x02ve>sa\x02id\x03"

    text = "".join(
        f"{line.words}{line.context}{line.speaker}" for line in lines_of(one, spoken)
    )

    assert text.isprintable()


def test_a_page_is_read_once() -> None:
    asked: list[str] = []

    def texts(sha256: str) -> bytes:
        asked.append(sha256)
        return VTT

    cache: dict[str, bytes] = {}
    first = search_lines(page(), texts=texts, cache=cache)
    again = search_lines(page(), texts=texts, cache=cache)
    search_lines(page(title="Another"), texts=texts, cache=cache)

    assert first == again == lines_of(page(), VTT)
    assert asked == [SHA, SHA]
    assert lines_key(page()) != lines_key(page(title="Another"))
