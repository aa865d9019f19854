"""Chapters and soundbites: in order, and inside the recording."""

from collections.abc import Iterator
from itertools import pairwise

from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.chapters import CHAPTER_FILES, chapter_origin, chapters_of
from peru_media.model.problem import Place, Severity

__all__ = ["RULES"]

_NAMED = 3


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


def _inverted(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    for index, chapter in enumerate(view.written.value.chapters):
        if chapter.end is not None and chapter.end <= chapter.start:
            yield Finding(
                place=view.written.value_place("chapters", index, "end"),
                what=f'"{chapter.title}" does not end after it begins.',
            )


def _taken(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    origin = chapter_origin(view.written, survey.inputs.facts)
    if origin is not None:
        titles = [one.title for one in chapters_of(view.written, survey.inputs.facts)]
        named = ", ".join(f'"{title}"' for title in titles[:_NAMED])
        more = f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
        what = f"Its chapters will be published: {named}{more}."
        yield Finding(place=Place(origin), what=what)


def _unreadable(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    for name in CHAPTER_FILES:
        facts = survey.inputs.facts.get(view.written.file(name))
        if facts is not None and not facts.chapters:
            what = f"{name} has no chapters that can be read."
            yield Finding(place=Place(view.written.file(name)), what=what)


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
    Rule(
        code="E236",
        severity=Severity.ERROR,
        title="A chapter ends before it begins.",
        source="Podcast namespace: JSON chapters 1.2",
        why="Apps would not show it, or never leave it.",
        fix="Correct its end, or leave it out: it then ends where the next begins.",
        run=each_episode(_inverted),
    ),
    Rule(
        code="I237",
        severity=Severity.INFO,
        title="Chapters are taken from a file, not from episode.md.",
        source="Peru-media: chapters come from the first place that has any",
        why="Markers of an editor may say what the public should not read.",
        fix="Read them; write them in episode.md where they are to change or to stay.",
        run=each_episode(_taken),
    ),
    Rule(
        code="W238",
        severity=Severity.WARN,
        title="A file of chapters cannot be read.",
        source="Podcast namespace: JSON chapters 1.2; Podlove Simple Chapters 1.2",
        why="The episode comes out without its chapters.",
        fix="Export it again as JSON chapters, as .psc, or as labels from Audacity.",
        run=each_episode(_unreadable),
    ),
)
