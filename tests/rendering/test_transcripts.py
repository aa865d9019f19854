import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.rendering.transcripts import Cue, Turn, parse_cues, sentences, turns

VTT, SRT, JSON = "text/vtt", "application/x-subrip", "application/json"


def _told(data: str, kind: str) -> list[tuple[float, float, str | None, str]]:
    cues = parse_cues(data.encode(), kind)
    return [(cue.start, cue.end, cue.speaker, cue.text) for cue in cues]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            "WEBVTT - title\n\n00:01.000 --> 00:02.500\nHello\nthere\n",
            [(1, 2.5, None, "Hello there")],
        ),
        (
            (
                "\ufeffWEBVTT\r\n\r\nid-1\r\n"
                "1:00:01.000 --> 1:00:02.000 align:start\r\n"
                "<v.loud Ann Lee>Hi <i>you</i> &amp; <00:03.000>me</v>\r\n"
            ),
            [(3601, 3602, "Ann Lee", "Hi you & me")],
        ),
        (
            "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ann>Yes?\n<v Dan>No.\n",
            [(0, 2, "Ann", "Yes?"), (0, 2, "Dan", "No.")],
        ),
        (
            (
                "WEBVTT\n\nNOTE not said\nby anyone\n\nSTYLE\n::cue {}\n\n"
                "00:00.000 --> 00:01.000\nSaid\n\n00:01.000 --> 00:02.000\n\n"
            ),
            [(0, 1, None, "Said")],
        ),
        ("WEBVTT\n\nno times at all\n", []),
        ("", []),
    ],
)
def test_webvtt_is_read(
    data: str, told: list[tuple[float, float, str | None, str]]
) -> None:
    assert _told(data, VTT) == told


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            (
                "1\n00:00:01,000 --> 00:00:02,500\nAnn: Hello\nthere\n\n"
                "2\n00:00:03,000 --> 00:00:04,000\n{\\an8}<i>On.</i>\n"
            ),
            [(1, 2.5, "Ann", "Hello there"), (3, 4, None, "On.")],
        ),
        (
            (
                "1\n00:00:01,000 --> 00:00:02,000\nOne\n"
                "2\n00:00:02,000 --> 00:00:03,000\nTwo\n"
            ),
            [(1, 2, None, "One"), (2, 3, None, "Two")],
        ),
        (
            "00:00:01,000 --> 00:00:02,000\nI said: no, at 10:30.\n",
            [(1, 2, None, "I said: no, at 10:30.")],
        ),
    ],
)
def test_srt_is_read(
    data: str, told: list[tuple[float, float, str | None, str]]
) -> None:
    assert _told(data, SRT) == told


def test_json_is_read() -> None:
    segments = [
        {"speaker": "Ann", "startTime": 0.5, "endTime": 1, "body": "Hi\n you"},
        {"startTime": 1, "endTime": 2, "body": "On."},
    ]

    assert _told(json.dumps({"version": "1.0.0", "segments": segments}), JSON) == [
        (0.5, 1, "Ann", "Hi you"),
        (1, 2, None, "On."),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "not json",
        "[]",
        '{"segments": [1]}',
        '{"segments": [{"startTime": NaN, "endTime": 1, "body": "x"}]}',
        '{"segments": [{"startTime": 0, "endTime": 1e999, "body": "x"}]}',
        '{"segments": [{"startTime": 0, "endTime": 1}]}',
        "[" * 100_000,
    ],
)
def test_json_that_is_no_transcript_has_no_cues(data: str) -> None:
    assert parse_cues(data.encode(), JSON) == ()


def test_a_text_without_times_has_no_cues() -> None:
    assert parse_cues(b"00:00.000 --> 00:01.000\nHi", "text/plain") == ()


@given(st.binary(max_size=300), st.sampled_from([VTT, SRT, JSON]))
def test_no_file_at_all_stops_the_reading(data: bytes, kind: str) -> None:
    for cue in parse_cues(data, kind):
        assert cue.start >= 0


@pytest.mark.parametrize("start", ["<a", "<v ", "{\\"])
def test_countless_beginnings_of_tags_are_words(start: str) -> None:
    words = start * 50_000

    (cue,) = parse_cues(f"WEBVTT\n\n0:01.000 --> 0:02.000\n{words}".encode(), VTT)

    assert cue.text == words.strip()


def test_a_speakers_cues_become_one_turn() -> None:
    cues = [
        Cue(start=0, end=1, speaker="Ann", text="One."),
        Cue(start=1, end=2, speaker="Ann", text="Two."),
        Cue(start=2, end=3, speaker="Dan", text="Three."),
    ]

    assert turns(cues) == (
        Turn(start=0, speaker="Ann", text="One. Two."),
        Turn(start=2, speaker="Dan", text="Three."),
    )


def test_a_long_turn_is_cut_at_a_full_stop() -> None:
    words = "word " * 40
    cues = [
        Cue(start=at, end=at + 1, text=f"{words}{'and' if at % 2 else 'end.'}")
        for at in range(5)
    ]

    assert [turn.start for turn in turns(cues)] == [0, 3]


def test_cues_are_joined_to_the_sentences_that_they_hold() -> None:
    cues = [
        Cue(start=0, end=1, speaker="Ann", text="One and"),
        Cue(start=1, end=2, speaker="Ann", text="two."),
        Cue(start=2, end=3, speaker="Ann", text="Three"),
        Cue(start=3, end=4, speaker="Dan", text="Four?"),
        Cue(start=4, end=5, speaker="Dan", text="Five"),
    ]

    assert sentences(cues) == (
        Cue(start=0, end=2, speaker="Ann", text="One and two."),
        Cue(start=2, end=3, speaker="Ann", text="Three"),
        Cue(start=3, end=4, speaker="Dan", text="Four?"),
        Cue(start=4, end=5, speaker="Dan", text="Five"),
    )


def test_a_sentence_that_never_ends_is_cut() -> None:
    cues = [Cue(start=at, end=at + 1, text="word " * 10) for at in range(12)]

    assert [cue.start for cue in sentences(cues)] == [0, 4, 8]


@pytest.mark.parametrize("path", sorted(Path("episodes").glob("**/transcript.vtt")))
def test_our_own_transcripts_lose_no_word(path: Path) -> None:
    data = path.read_bytes()

    said = " ".join(cue.text for cue in parse_cues(data, VTT))

    written = [
        line.removeprefix("<v Stand-in voice>")
        for line in data.decode().splitlines()
        if line and "-->" not in line and line != "WEBVTT"
    ]
    assert said == " ".join(written)
