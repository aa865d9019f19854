"""Captions: what is shown over a film, where that is not the transcript."""

from collections.abc import Iterator

from peru_media.checks.named_files import base
from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.contents import captions_of
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.problem import Place, Severity
from peru_media.model.transcripts import SUBTITLES

__all__ = ["RULES"]


def _unreadable(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path = captions_of(view.written) or ""
    facts = survey.inputs.facts.get(path)
    if facts is None:
        return
    if not _is_timed(facts):
        what = f"{base(path)} is neither WebVTT nor SubRip, so no browser shows it."
        yield Finding(place=Place(path), what=what)
    elif facts.broken_line:
        what = "This line does not begin and then end, so nobody would see its words."
        yield Finding(place=Place(path, facts.broken_line, 1), what=what)
    elif facts.cues == 0:
        what = f"{base(path)} has no words with their times."
        yield Finding(place=Place(path), what=what)


def _unseen(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    there = captions_of(view.written) in survey.inputs.facts
    if there and view.kind in {FileKind.AUDIO, FileKind.PDF}:
        yield Finding(
            place=view.written.value_place("captions"),
            what="Captions are shown over a film, and this is none.",
        )


def _is_timed(facts: FileFacts) -> bool:
    return not facts.fault and facts.media_type in SUBTITLES.values()


RULES = (
    Rule(
        code="E239",
        severity=Severity.ERROR,
        title="Captions are not a text with times.",
        source="WCAG 2.2: 1.2.2; W3C WebVTT, 4.1",
        why="Whoever cannot hear the film would see nothing over it.",
        fix="Export them again as WebVTT (.vtt) or SubRip (.srt), in UTF-8.",
        run=each_episode(_unreadable),
    ),
    Rule(
        code="W240",
        severity=Severity.WARN,
        title="Captions are named, and there is no film.",
        source="WCAG 2.2: 1.2.2",
        why="They are not published, so nobody reads them.",
        fix="Take the line out; what is said belongs into transcript.vtt.",
        run=each_episode(_unseen),
    ),
)
