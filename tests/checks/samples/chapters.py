"""Chapters that come from files, and such as staff wrote wrongly."""

from typing import Any

from peru_media.model.facts import ChapterMark, FileFacts
from tests.checks.samples.sample import EPISODE, Sample, make_inputs
from tests.factories import make_episode, make_facts, make_site

__all__ = ["BAD", "GOOD"]

_MARKS = tuple(
    ChapterMark(start=start, title=title)
    for start, title in ((0, "One"), (60, "Two"), (90, "Three"), (120, "Four"))
)
_AUDIO = f"{EPISODE}audio.mp3"
_PSC = f"{EPISODE}chapters.psc"
_FILES = ("audio.mp3", "transcript.vtt")


def _sample(code: str, name: str, **more: Any) -> Sample:
    return Sample(code=code, name=name, **more)


def _written(*chapters: dict[str, str]) -> Any:
    return make_inputs(make_site(episodes=[make_episode(chapters=list(chapters))]))


def _holding(marks: tuple[ChapterMark, ...], **change: Any) -> Any:
    facts = {_AUDIO: make_facts(_AUDIO, chapters=marks)}
    return make_inputs(make_site(episodes=[make_episode(**change)]), facts=facts)


def _beside(facts: FileFacts) -> Any:
    site = make_site(episodes=[make_episode(files=[*_FILES, "chapters.psc"])])
    return make_inputs(site, facts={_PSC: facts})


def _text(**change: Any) -> FileFacts:
    return make_facts("a.txt", media_type="application/xml", **change)


BAD = (
    _sample(
        "E236",
        "ends as it begins",
        inputs=_written({"start": "1:00", "end": "60", "title": "One"}),
        place=f"{EPISODE}episode.md:6:7",
        says='"One" does not end after it begins.',
    ),
    _sample(
        "I237",
        "in the recording",
        inputs=_holding(_MARKS),
        place=_AUDIO,
        says='Its chapters will be published: "One", "Two", "Three" and 1 more.',
    ),
    _sample(
        "I237",
        "beside it",
        inputs=_beside(_text(chapters=_MARKS[:2])),
        place=_PSC,
        says='will be published: "One", "Two".',
    ),
    _sample(
        "W238",
        "no chapters",
        inputs=_beside(_text()),
        place=_PSC,
        says="chapters.psc has no chapters that can be read.",
    ),
)

GOOD = (
    _sample(
        "E236",
        "ends early",
        inputs=_written({"start": "1:00", "end": "1:01", "title": "One"}),
    ),
    _sample(
        "I237",
        "written down",
        inputs=_holding(_MARKS, chapters=[{"start": "0", "title": "Mine"}]),
    ),
    _sample("I237", "one alone", inputs=_holding(_MARKS[:1])),
    _sample("W238", "chapters", inputs=_beside(_text(chapters=_MARKS))),
)
