"""Chapters and soundbites: in order, and inside the recording."""

from collections.abc import Iterator
from itertools import pairwise

from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.problem import Severity

__all__ = ["RULES"]


def _unordered(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    for index, (one, two) in enumerate(pairwise(view.written.value.chapters), start=1):
        if two.start <= one.start:
            yield Finding(
                place=view.written.value_place("chapters", index, "start"),
                what=f'"{two.title}" does not begin after "{one.title}".',
            )


def _beyond(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    duration = view.facts.duration if view.facts else None
    for index, chapter in enumerate(view.written.value.chapters):
        if duration and chapter.start >= duration:
            yield Finding(
                place=view.written.value_place("chapters", index, "start"),
                what=f'"{chapter.title}" begins after the end, {_clock(duration)}.',
            )


def _outside(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    duration = view.facts.duration if view.facts else None
    for index, bite in enumerate(view.written.value.soundbites):
        if duration and bite.start + bite.duration > duration:
            yield Finding(
                place=view.written.value_place("soundbites", index),
                what=f"The soundbite goes on after the end, {_clock(duration)}.",
            )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


RULES = (
    Rule(
        code="E221",
        severity=Severity.ERROR,
        title="Chapters are not in the order of time.",
        source="Podcast namespace: JSON chapters 1.2",
        why="Apps jump to the wrong place, or show no chapters at all.",
        fix="Sort the chapters, and give each a start of its own.",
        run=each_episode(_unordered),
    ),
    Rule(
        code="E222",
        severity=Severity.ERROR,
        title="A chapter begins after the end of the recording.",
        source="Podcast namespace: JSON chapters 1.2",
        why="Nobody could ever jump to it.",
        fix="Listen for where it begins, and correct its start.",
        run=each_episode(_beyond),
    ),
    Rule(
        code="W223",
        severity=Severity.WARN,
        title="A soundbite goes on after the end of the recording.",
        source="Podcast namespace: soundbite",
        why="Apps would play silence, or leave it out.",
        fix="Correct its start or its duration.",
        run=each_episode(_outside),
    ),
)
