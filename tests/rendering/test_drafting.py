"""Words become cues that can be read along, and no word is lost or moved."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.model.speech import SpokenWord
from peru_media.rendering.drafting import drafted
from peru_media.rendering.transcript_writing import vtt_of
from peru_media.rendering.transcripts import parse_cues


def said(text: str, *, at: float = 0.0, each: float = 0.3) -> list[SpokenWord]:
    """Words at an even pace."""
    return [
        SpokenWord(start=at + each * n, end=at + each * (n + 1), text=f" {word}")
        for n, word in enumerate(text.split())
    ]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("", []),
        ("Yes.", ["Yes."]),
        ("Yes. No. Perhaps, she said.", ["Yes. No. Perhaps, she said."]),
        (
            "This is a sentence of some length. This is another one.",
            ["This is a sentence of some length.", "This is another one."],
        ),
        (
            (
                "It began when the letter came, and nobody in the house could say "
                "what it was that the office wanted of us."
            ),
            [
                "It began when the letter came,",
                (
                    "and nobody in the house could say what it was that the office "
                    "wanted of us."
                ),
            ],
        ),
        ("He asked: \u201cWhy?\u201d Nobody knew.", ["He asked: “Why?” Nobody knew."]),
        ("x" * 200, ["x" * 200]),
    ],
)
def test_words_break_at_the_ends_of_sentences_and_their_parts(
    text: str, cues: list[str]
) -> None:
    assert [cue.text for cue in drafted(said(text))] == cues


def test_a_pause_ends_a_cue() -> None:
    words = said("one two") + said("three", at=1.7) + said("four", at=1.9)

    assert [cue.text for cue in drafted(words)] == ["one two", "three four"]


def test_where_nothing_tells_better_a_long_cue_breaks_at_its_longest_pause() -> None:
    words = said("one two three four") + said("five six seven eight nine", at=2.0)
    words += said("ten eleven twelve " * 4, at=3.9)

    texts = [cue.text for cue in drafted(words)]

    assert texts[0] == "one two three four five six seven eight nine"


def test_slow_words_last_seven_seconds_at_most() -> None:
    cues = drafted(said("one two three four five six", each=2.0))

    assert [(cue.start, cue.end) for cue in cues] == [(0.0, 6.0), (6.0, 12.0)]


def test_languages_without_spaces_get_none() -> None:
    words = [
        SpokenWord(start=0.0, end=0.5, text="你"),
        SpokenWord(start=0.5, end=1.0, text="好。"),
        SpokenWord(start=1.0, end=1.5, text="再见。"),
    ]

    assert [cue.text for cue in drafted(words)] == ["你好。再见。"]


def test_words_without_length_or_order_still_begin_and_then_end() -> None:
    words = [
        SpokenWord(start=3.0, end=3.0, text=" All the words that came at one moment."),
        SpokenWord(start=2.0, end=2.0, text=" And some that came before they did so."),
    ]

    assert [(c.start, c.end) for c in drafted(words)] == [(3.0, 3.5), (3.5, 4.0)]


WORDS = st.lists(
    st.builds(
        SpokenWord,
        start=st.floats(0, 9000),
        end=st.floats(0, 9000),
        text=st.text(max_size=30),
    ),
    max_size=60,
)


@given(WORDS)
def test_whatever_is_heard_cues_follow_one_another_and_keep_every_word(
    words: list[SpokenWord],
) -> None:
    cues = drafted(words)

    assert all(cue.start < cue.end for cue in cues)
    assert all(one.end <= after.start for one, after in pairwise(cues))
    kept = "".join(word.text for word in words).split()
    assert "".join("".join(cue.text for cue in cues).split()) == "".join(kept)
    assert all(cue.speaker is None for cue in cues)


@given(st.lists(st.sampled_from(["one", "two,", "three.", "four", "five"])))
def test_cues_are_of_a_length_that_can_be_read(names: list[str]) -> None:
    cues = drafted(said(" ".join(names)))

    assert all(len(cue.text) <= 84 for cue in cues)
    assert all(cue.end - cue.start <= 7.0 for cue in cues)


def test_the_draft_can_be_read_again() -> None:
    cues = drafted(said("Fish & chips < 3. They said: <v Nobody> --> away."))

    assert parse_cues(vtt_of(cues).encode(), "text/vtt") == cues
