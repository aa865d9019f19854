"""Every form of a transcript says the same, whatever it was made of."""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import html as markup

from peru_media.model.transcripts import KINDS, TIMED, kinds_from
from peru_media.rendering.characters import legal
from peru_media.rendering.transcript_forms import transcript_form
from peru_media.rendering.transcripts import Cue, parse_cues

VTT, SRT, JSON = "text/vtt", "application/x-subrip", "application/json"
GIVEN = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:04.250\n<v Ann Lee>Welcome &amp; hello,\n"
    "this is a story of finding one's feet as a father.</v>\n\n"
    "00:00:04.250 --> 01:00:00.001\n<v Dan>I did not know.\n\n"
    "01:00:00.001 --> 01:00:02.000\n[Music]\n"
)
HOSTILE = (
    "</v><script>alert(1)</script> <b>bold</b> --> 00:01 ]]> {\\an8} &amp; &#60;i> "
    "<v Eve>no <!-- x --> R&D \\u003c"
)
NAMES = st.from_regex(r"\A[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,2}\Z")
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=":"),
    min_size=1,
    max_size=12,
)


def _made(kind: str, stored: str = GIVEN, media_type: str = VTT) -> str:
    data = transcript_form(stored.encode(), media_type=media_type, kind=kind)
    return data.decode()


def _stored(*cues: Cue) -> str:
    segments = [
        {"startTime": cue.start, "endTime": cue.end, "body": cue.text}
        | ({"speaker": cue.speaker} if cue.speaker else {})
        for cue in cues
    ]
    return json.dumps({"version": "1.0.0", "segments": segments})


@st.composite
def _cues(draw: st.DrawFn) -> Cue:
    start = draw(st.integers(0, 400_000_000))
    length = draw(st.integers(0, 60_000))
    words = draw(st.lists(WORDS, min_size=1, max_size=12))
    return Cue(
        start=start / 1000,
        end=(start + length) / 1000,
        speaker=draw(st.none() | NAMES),
        text=" ".join(words),
    )


def test_webvtt_names_its_speakers() -> None:
    assert _made("vtt", _made("json"), JSON) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:04.250\n"
        "<v Ann Lee>Welcome &amp; hello, this is a story of finding one's feet as a\n"
        "father.\n\n"
        "00:00:04.250 --> 01:00:00.001\n<v Dan>I did not know.\n\n"
        "01:00:00.001 --> 01:00:02.000\n[Music]\n"
    )


def test_subrip_is_counted_and_its_lines_are_short() -> None:
    assert _made("srt") == (
        "1\n00:00:00,000 --> 00:00:04,250\nAnn Lee: Welcome & hello, this\n"
        "is a story of finding one's feet\nas a father.\n\n"
        "2\n00:00:04,250 --> 01:00:00,001\nDan: I did not know.\n\n"
        "3\n01:00:00,001 --> 01:00:02,000\n[Music]\n"
    )


def test_json_is_that_of_the_podcast_namespace() -> None:
    assert json.loads(_made("json")) == {
        "version": "1.0.0",
        "segments": [
            {
                "speaker": "Ann Lee",
                "startTime": 0.0,
                "endTime": 4.25,
                "body": "Welcome & hello, this is a story of finding one's feet as a "
                "father.",
            },
            {
                "speaker": "Dan",
                "startTime": 4.25,
                "endTime": 3600.001,
                "body": "I did not know.",
            },
            {"startTime": 3600.001, "endTime": 3602.0, "body": "[Music]"},
        ],
    }


def test_text_has_a_paragraph_for_each_turn() -> None:
    assert _made("txt") == (
        "Ann Lee: Welcome & hello, this is a story of finding one's feet as a father."
        "\n\nDan: I did not know.\n\n[Music]\n"
    )


def test_html_has_who_and_when_and_what() -> None:
    assert _made("html").startswith(
        "<cite>Ann Lee:</cite>\n<time>00:00:00</time>\n<p>Welcome &amp; hello, this"
    )
    assert _made("html").endswith("<time>01:00:00</time>\n<p>[Music]</p>\n")


@pytest.mark.parametrize(
    ("stored", "media_type", "kind", "made"),
    [
        (
            "One\ntwo.\n\n \nThree <b>.\n",
            "text/plain",
            "txt",
            "One two.\n\nThree <b>.\n",
        ),
        ("A & B\n\nC", "text/plain", "html", "<p>A &amp; B</p>\n<p>C</p>\n"),
        ("", "text/plain", "txt", "\n"),
        (
            (
                "<style>p {}</style><cite>Ann:</cite> <time>0:00</time>\n"
                "<p>Hi <i>you</i></p><cite>Dan</cite><p>On.<br>And &lt;on&gt;</p>"
            ),
            "text/html",
            "txt",
            "Ann: Hi you\n\nDan: On.\n\nAnd <on>\n",
        ),
        ("a</cite>b</style> c", "text/html", "txt", "a: b c\n"),
        ("<p>x</p>", "text/html", "html", "<p>x</p>\n"),
    ],
)
def test_words_without_times_have_their_forms(
    stored: str, media_type: str, kind: str, made: str
) -> None:
    assert _made(kind, stored, media_type) == made


@pytest.mark.parametrize("first", sorted(TIMED))
@pytest.mark.parametrize("then", sorted(TIMED))
@settings(max_examples=25)
@given(cues=st.lists(_cues(), max_size=4))
def test_no_form_loses_a_time_a_speaker_or_a_word(
    first: str, then: str, cues: list[Cue]
) -> None:
    once = _made(first, _stored(*cues), JSON)
    twice = _made(then, once, KINDS[first])

    assert parse_cues(twice.encode(), KINDS[then]) == tuple(cues)


@pytest.mark.parametrize("kind", ["vtt", "srt", "json"])
@given(text=st.text(max_size=60), name=st.text(max_size=20))
def test_any_words_at_all_stay_one_cue(kind: str, text: str, name: str) -> None:
    stored = _stored(Cue(start=1, end=2, speaker=name, text=text))
    assume(legal(text).strip())

    (cue,) = parse_cues(_made(kind, stored, JSON).encode(), KINDS[kind])

    assert (cue.start, cue.end) == (1, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_are_words_in_every_form(kind: str) -> None:
    stored = _stored(
        Cue(start=0, end=1, speaker="<b>Eve</b> & ]]>", text=f"\x00{HOSTILE}\x1b[2J"),
        Cue(start=1, end=2, text="safe"),
    )

    made = _made(kind, stored, JSON)

    assert not {"\x00", "\x1b"} & set(made)
    if kind in TIMED:
        cues = parse_cues(made.encode(), KINDS[kind])
        assert [cue.text[-3:] for cue in cues] == ["[2J", "afe"]
        assert "script" in cues[0].text
    assert "<script" not in made or kind == "txt"
    assert made.count("-->") == {"vtt": 2, "srt": 2, "txt": 2}.get(kind, 0)


def test_html_of_hostile_words_has_no_element_of_theirs() -> None:
    stored = _stored(Cue(start=0, end=1, speaker="<i>E</i>", text=HOSTILE))

    page = markup.fromstring(f"<div>{_made('html', stored, JSON)}</div>")

    assert [element.tag for element in page.iter("script", "b", "i", "v")] == []


def test_cues_without_words_are_left_out() -> None:
    stored = _stored(Cue(start=0, end=1, text=" \x07 "), Cue(start=1, end=2, text="x"))

    assert [
        cue.text for cue in parse_cues(_made("srt", stored, JSON).encode(), SRT)
    ] == ["x"]


@pytest.mark.parametrize("given", KINDS)
def test_every_form_that_is_promised_can_be_made(given: str) -> None:
    stored = _made(given) if given in kinds_from("vtt") else GIVEN

    for kind in kinds_from(given):
        assert "I did not know." in _made(kind, stored, KINDS[given])
