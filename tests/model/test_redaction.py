from typing import Any

import pytest

from peru_media.model.facts import ChapterMark
from peru_media.model.files import EpisodeFile
from peru_media.model.redaction import redacted_episode, redacted_facts, said
from peru_media.model.site import Written
from peru_media.model.sound import SoundFacts
from peru_media.model.wording import Wording, stands_in
from tests.factories import facts_of, make_episode, make_facts, make_site

ROSIE = {"words": "Rosie Example", "say": "[name]"}
CUT = {"start": "1:00", "end": "2:00"}
AUDIO = "episodes/finding-my-feet/audio.mp3"


def redacted(**fields: Any) -> EpisodeFile:
    written = make_episode(**fields)
    return _redacted(written).value


def _redacted(written: Written[EpisodeFile]) -> Written[EpisodeFile]:
    facts = facts_of(make_site(episodes=[written]))
    return redacted_episode(written, facts, {"c-017": "Rosie Example"})


def test_an_episode_without_edits_that_hold_is_the_same() -> None:
    plain = make_episode()
    lifted = make_episode(edits=[ROSIE | {"lifted": "2026-11-01"}])

    assert _redacted(plain) is plain
    assert _redacted(lifted) is lifted


PROSE: dict[str, Any] = {
    "title": "Rosie Example",
    "subtitle": "rosie example",
    "content_note": "Rosie  Example",
    "cite": "Rosie Example: A story",
    "body": "About *Rosie*\nExample.",
    "chapters": [
        {"start": "0", "title": "Rosie Example", "image_alt": "Rosie Example"}
    ],
    "soundbites": [{"start": "1", "duration": "20", "title": "Rosie Example"}],
    "documents": [
        {
            "file": "review.pdf",
            "title": "Rosie Example",
            "authors": ["Rosie Example", "Amy"],
            "summary": "By Rosie Example",
        }
    ],
    "transcript": {"waiver": {"reason": "Rosie Example asks", "until": "2027-01-01"}},
    "location": [{"name": "The house of Rosie Example"}],
    "people": [
        {"name": "Rosie Example"},
        {"contributor": "c-017"},
        {"name": "Amy", "group": "Friends of Rosie Example"},
    ],
    "podcast": {"chat": {"server": "irc.example.org", "protocol": "irc"}},
}


def test_words_go_from_everything_that_people_read() -> None:
    made = _redacted(make_episode(edits=[ROSIE], **PROSE))

    left = [
        steps
        for steps, text in said(made)
        if stands_in(text, [Wording("Rosie Example")])
    ]
    assert left == []
    assert [one.name for one in made.value.people] == ["Amy"]
    assert made.value.documents[0].authors == ("[name]", "Amy")
    assert made.value.title == "[name]"


def test_addresses_and_names_of_files_are_told_of_and_never_bent() -> None:
    address = "https://example.org/rosie-example"
    made = _redacted(
        make_episode(
            slug="rosie-example",
            title="A story",
            edits=[ROSIE],
            chapters=[{"start": "0", "title": "Start", "url": address}],
            documents=[{"file": "rosie_example.pdf", "title": "Review"}],
            transcript={"file": "rosie-example.vtt"},
        )
    )

    left = {
        steps
        for steps, text in said(made)
        if stands_in(text, [Wording("Rosie Example")])
    }
    assert left == {("chapters", 0, "url"), ("documents", 0, "file"), ()}
    assert made.value.chapters[0].url == address


def test_chapters_come_where_the_cut_leaves_them() -> None:
    made = redacted(
        edits=[CUT],
        chapters=[
            {"start": "0", "title": "Before"},
            {"start": "1:00", "end": "1:30", "title": "Gone"},
            {"start": "1:45", "title": "Half"},
            {"start": "3:00", "end": "3:30", "title": "After"},
        ],
    )

    found = [(one.start, one.end, one.title) for one in made.chapters]
    assert found == [(0, None, "Before"), (60, None, "Half"), (120, 150, "After")]


def test_a_soundbite_of_which_nothing_is_left_is_none() -> None:
    made = redacted(
        edits=[CUT],
        soundbites=[
            {"start": "0:50", "duration": "20"},
            {"start": "1:10", "duration": "20"},
            {"start": "2:10", "duration": "20"},
        ],
    )

    found = [(one.start, one.duration) for one in made.soundbites]
    assert found == [(50, 10), (70, 20)]


def test_stretches_that_are_paid_for_come_where_the_cut_leaves_them() -> None:
    wallet = {"type": "node", "address": "a", "split": "100"}
    splits = [
        {"start": start, "duration": "20", "recipient": [wallet]}
        for start in ("0:50", "1:10", "2:10")
    ]
    value = {"type": "lightning", "method": "keysend", "recipient": [wallet]}
    paid = {"value": value | {"time_split": splits}}

    cut = redacted(edits=[CUT], podcast=paid).podcast.value
    bleeped = redacted(edits=[CUT | {"how": "bleep"}], podcast=paid).podcast.value

    assert cut is not None
    assert bleeped is not None
    assert [(s.start, s.duration) for s in cut.time_split] == [(50, 10), (70, 20)]
    assert [s.start for s in bleeped.time_split] == [50, 70, 130]


def test_chapters_of_the_recording_become_the_episodes_own() -> None:
    marks = (
        ChapterMark(start=0, title="Before"),
        ChapterMark(start=90, title="Rosie Example"),
    )
    written = make_episode(edits=[CUT, ROSIE])
    facts = {AUDIO: make_facts(AUDIO, chapters=marks, duration=200.0)}

    made = redacted_episode(written, facts, {})
    known = redacted_facts(written, facts)

    assert [(one.start, one.title) for one in made.value.chapters] == [
        (0, "Before"),
        (60, "[name]"),
    ]
    assert known[AUDIO].chapters == ()
    assert known[AUDIO].duration == 140


@pytest.mark.parametrize("sound", [None, SoundFacts(duration=200, loudness=-20)])
def test_the_length_is_that_of_what_is_left(sound: SoundFacts | None) -> None:
    facts = {AUDIO: make_facts(AUDIO, duration=200.0, sound=sound)}

    made = redacted_facts(make_episode(edits=[CUT]), facts)[AUDIO]

    assert made.duration == 140
    assert made.sound is None if sound is None else made.sound.duration == 140  # type: ignore[union-attr]  # as given


def test_what_has_no_length_gets_none() -> None:
    facts = {AUDIO: make_facts(AUDIO, duration=None)}

    assert redacted_facts(make_episode(edits=[CUT]), facts)[AUDIO].duration is None
    assert redacted_facts(make_episode(edits=[ROSIE]), facts) == {}
    assert redacted_facts(make_episode(edits=[CUT]), {}) == {}
