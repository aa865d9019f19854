import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peru_media.model.edit import EditField
from peru_media.model.edits import (
    Timeline,
    edited_sound,
    edits_hash,
    sound_edits,
    standing,
    wordings,
)
from peru_media.model.sound import SoundEdit, SoundFacts
from peru_media.model.wording import Wording
from tests.factories import make_episode


def edit(start: float, end: float, how: Any = "cut") -> SoundEdit:
    return SoundEdit(start=start, end=end, how=how)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"start": "1:00"}, "needs a start and an end"),
        ({"end": "1:00"}, "needs a start and an end"),
        ({}, "takes nothing out"),
        ({"start": "1:00", "end": "1:00"}, "ends before it begins"),
        ({"words": "..."}, "too short"),
        ({"words": "R."}, "too short"),
        ({"words": "Rosie", "say": "not rosie"}, "holds the very words"),
        ({"words": "Rosie", "how": "mute"}, "Input should be"),
    ],
)
def test_an_edit_that_cannot_be_meant_is_refused(
    fields: dict[str, str], why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        EditField.model_validate(fields)


def test_what_is_lifted_holds_no_more_and_the_rest_is_in_order() -> None:
    episode = make_episode(
        edits=[
            {"words": "Rosie", "say": "[name]"},
            {"start": "2:00", "end": "2:01", "how": "bleep", "words": "Amy"},
            {"start": "1:00", "end": "1:01"},
            {"start": "0:01", "end": "0:02", "lifted": "2026-11-01"},
        ]
    ).value

    assert len(standing(episode)) == 3
    assert sound_edits(episode) == (edit(60, 61), edit(120, 121, "bleep"))
    assert wordings(episode) == (
        Wording("Rosie", "[name]"),
        Wording("Amy", "[removed]"),
    )


def test_edits_are_known_by_what_they_do() -> None:
    hashes = {
        edits_hash(some)
        for some in ((), (edit(1, 2),), (edit(1, 2, "bleep"),), (edit(1, 3),))
    }

    assert len(hashes) == 4
    assert edits_hash(()) is None


def test_times_after_a_cut_come_earlier_and_bleeps_move_nothing() -> None:
    timeline = Timeline.of(
        [edit(10, 20), edit(18, 22), edit(30, 31), edit(40, 50, "bleep")]
    )

    assert timeline.cuts == ((10.0, 22.0), (30.0, 31.0))
    moments = [0, 10, 15, 22, 30, 30.5, 40]
    assert [timeline.after(one) for one in moments] == [0, 10, 10, 10, 18, 18, 27]
    assert timeline.left(15, 30.5) == 8
    assert [timeline.before(one) for one in (5, 10, 17, 18)] == [5, 22, 29, 31]


@given(
    spans=st.lists(
        st.tuples(st.floats(0, 100), st.floats(0.01, 9)).map(
            lambda one: edit(one[0], one[0] + one[1])
        ),
        max_size=6,
    ),
    moments=st.lists(st.floats(0, 120), min_size=2, max_size=2),
)
def test_the_order_of_times_stays_and_nothing_comes_before_the_beginning(
    spans: list[SoundEdit], moments: list[float]
) -> None:
    timeline, (first, last) = Timeline.of(spans), sorted(moments)

    assert 0 <= timeline.after(first) <= timeline.after(last) <= last + 1e-6
    heard = timeline.after(first)
    assert timeline.after(timeline.before(heard)) == pytest.approx(heard, abs=1e-5)


SOUND = SoundFacts(
    duration=10,
    loudness=-16,
    points=base64.b64encode(bytes([10] * 4 + [200] * 2 + [30] * 4)).decode(),
)


@pytest.mark.parametrize(
    ("edits", "duration", "points"),
    [
        ((), 10, [10] * 4 + [200] * 2 + [30] * 4),
        ((edit(4, 6),), 8, [10] * 5 + [30] * 5),
        ((edit(4, 6, "silence"),), 10, [10] * 4 + [0] * 2 + [30] * 4),
        ((edit(4, 6, "bleep"),), 10, [10] * 4 + [57] * 2 + [30] * 4),
        ((edit(3.5, 5.1, "silence"),), 10, [10] * 3 + [0] * 3 + [30] * 4),
    ],
)
def test_the_waveform_shows_nothing_of_what_is_gone(
    edits: tuple[SoundEdit, ...], duration: float, points: list[int]
) -> None:
    made = edited_sound(SOUND, edits)

    assert made.duration == duration
    assert list(base64.b64decode(made.points)) == points


def test_sound_without_points_or_loudness_has_a_length_alone() -> None:
    made = edited_sound(SoundFacts(duration=10), (edit(1, 2), edit(3, 4, "bleep")))

    assert (made.duration, made.points) == (9, "")
