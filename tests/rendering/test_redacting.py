import json
from collections.abc import Sequence

import pytest

from peru_media.model.edit import EditField
from peru_media.model.transcripts import KINDS
from peru_media.model.wording import Wording, stands_in
from peru_media.rendering.redacting import heard_in, redacted_transcript
from peru_media.rendering.transcript_forms import transcript_form
from peru_media.rendering.transcripts import parse_cues

VTT = b"""WEBVTT - of Rosie Example

STYLE
::cue { content: "Rosie Example" }

NOTE Rosie Example asked for this.

00:00.000 --> 00:02.000
<v Amy>I met Rosie

00:02.000 --> 00:04.000
<v Amy>Example in Leeds.

00:04.000 --> 00:06.000
<v Rosie Example>I lived there

00:06.000 --> 00:08.000
<v Rosie Example>at number nine.

00:08.000 --> 00:10.000
<v Amy>And then?
"""


def edit(**fields: str) -> EditField:
    return EditField.model_validate(fields)


NAME = edit(words="Rosie Example", say="[name]")


def cues(edits: Sequence[EditField], given: bytes = VTT) -> list[tuple[object, ...]]:
    made = redacted_transcript(given, "text/vtt", edits)
    return [(c.start, c.end, c.speaker, c.text) for c in parse_cues(made, "text/vtt")]


def test_words_go_across_cues_and_from_speakers_and_comments() -> None:
    made = redacted_transcript(VTT, "text/vtt", [NAME])

    assert not stands_in(made.decode(), [Wording("Rosie Example")])
    assert cues([NAME])[:3] == [
        (0, 2, "Amy", "I met [name]"),
        (2, 4, "Amy", "in Leeds."),
        (4, 6, "[name]", "I lived there"),
    ]


@pytest.mark.parametrize("kind", ["vtt", "srt", "json"])
def test_every_form_keeps_its_form_and_loses_the_words(kind: str) -> None:
    given = transcript_form(VTT, media_type="text/vtt", kind=kind)

    made = redacted_transcript(given, KINDS[kind], [NAME])

    found = parse_cues(made, KINDS[kind])
    said = [f"{one.speaker}: {one.text}".removeprefix("None: ") for one in found]
    assert said[1:3] == ["Amy: in Leeds.", "[name]: I lived there"]
    if kind == "json":
        assert len(json.loads(made)["segments"]) == 5


@pytest.mark.parametrize(
    ("kind", "given", "left"),
    [
        ("txt", "Rosie\nExample said.\n\nRosie Example", "[name] said.\n\n[name]\n"),
        ("txt", "Hello\n\nRosie Example", "Hello\n\n[name]\n"),
        ("html", "<p>Ro<b>sie</b> Example &amp; I</p>", "<p>[name] &amp; I</p>\n"),
    ],
)
def test_words_without_times_go_too(kind: str, given: str, left: str) -> None:
    made = redacted_transcript(given.encode(), KINDS[kind], [NAME])

    assert made.decode() == left


def test_a_stretch_alone_takes_every_cue_that_touches_it() -> None:
    assert cues([edit(start="3.5", end="6.5", how="bleep", say="[a beep]")]) == [
        (0, 2, "Amy", "I met Rosie"),
        (2, 8, "Amy", "[a beep]"),
        (8, 10, "Amy", "And then?"),
    ]


def test_two_stretches_side_by_side_stay_two() -> None:
    made = cues(
        [
            edit(start="2.5", end="3.5", how="silence", say="[one]"),
            edit(start="4.5", end="5.5", how="silence", say="[two]"),
        ]
    )

    assert [(one[0], one[1], one[3]) for one in made][1:3] == [
        (2, 4, "[one]"),
        (4, 6, "[two]"),
    ]


def test_what_is_cut_out_moves_the_rest_and_takes_cues_that_lie_in_it() -> None:
    assert cues([edit(start="4", end="8")]) == [
        (0, 2, "Amy", "I met Rosie"),
        (2, 4, "Amy", "Example in Leeds."),
        (4, 6, "Amy", "And then?"),
    ]


def test_words_with_their_stretch_leave_the_other_words_of_the_cue() -> None:
    edits = [edit(start="2.5", end="3", words="Leeds", say="[a town]", how="bleep")]

    assert cues(edits)[1] == (2, 4, "Amy", "Example in [a town].")


def test_a_mask_at_the_end_is_written_too() -> None:
    made = cues([edit(start="9", end="10", how="bleep")])

    assert made[-1] == (8, 10, "Amy", "[removed]")


@pytest.mark.parametrize(
    ("media_type", "given"),
    [("text/vtt", VTT), ("text/plain", b"We met in Leeds.")],
)
def test_words_are_looked_for_where_they_are_said(
    media_type: str, given: bytes
) -> None:
    there = edit(start="2.5", end="3", words="Leeds")

    assert heard_in(given, media_type, there)
    assert not heard_in(given.replace(b"Leeds", b"Leads"), media_type, there)
    assert not heard_in(VTT, "text/vtt", edit(start="8.5", end="9", words="Leeds"))
