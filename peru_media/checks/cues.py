"""The stretches of a transcript: in order, apart, complete and readable."""

from collections.abc import Iterator, Sequence

from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.contents import transcript_of
from peru_media.model.facts import FileFacts
from peru_media.model.problem import Place, Severity
from peru_media.model.spans import Span, share_covered, without

__all__ = ["RULES"]

_ENOUGH = 0.95
_BREATH = 5.0
_SEVERAL = 2
_LAW = "WCAG 2.2: 1.2.1; UK accessibility regulations 2018"
_JSON = "application/json"


def _unordered(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    if facts and facts.unordered_line:
        what = "begins before the one above it."
        yield _at(path, facts, facts.unordered_line, what)


def _overlapping(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    if facts and facts.overlap_line:
        what = "begins before the one above it has ended."
        yield _at(path, facts, facts.overlap_line, what)


def _incomplete(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    if facts is None or not facts.spoken or not _speech(view):
        return
    speech = _speech(view)
    share = share_covered(speech, _with_edges(facts.spoken, speech[-1][1]))
    if share < _ENOUGH:
        what = f"It has words for {share:.0%} of the recording."
        yield Finding(place=Place(path), what=what)


def _nameless(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    people = len(view.written.value.people)
    if facts and facts.cues and facts.speakers == 0 and people >= _SEVERAL:
        what = f"It does not say who speaks, and {people} people are named."
        yield Finding(place=Place(path), what=what)


def _crowded(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    if facts and facts.long_line:
        most = 65 if facts.media_type == "text/vtt" else 32
        what = f"This line is longer than {most} letters."
        yield Finding(place=Place(path, facts.long_line, 1), what=what)


def _words(survey: Survey, view: EpisodeView) -> tuple[str, FileFacts | None]:
    path = transcript_of(view.written) or ""
    return path, survey.inputs.facts.get(path)


def _speech(view: EpisodeView) -> tuple[Span, ...]:
    """The stretches of the recording in which words are to be expected."""
    if view.facts is None or not view.facts.duration:
        return ()
    silences = view.facts.sound.silences if view.facts.sound else ()
    return without((0.0, view.facts.duration), silences)


def _with_edges(spoken: Sequence[Span], end: float) -> tuple[Span, ...]:
    """What is spoken, with a breath before the first word and after the last."""
    (first, *_), (*_, last) = spoken, spoken
    before = ((0.0, first[0]),) if first[0] <= _BREATH else ()
    after = ((last[1], end),) if 0 < end - last[1] <= _BREATH else ()
    return (*before, *spoken, *after)


def _at(path: str, facts: FileFacts, number: int, what: str) -> Finding:
    if facts.media_type == _JSON:
        return Finding(place=Place(path), what=f"Segment {number} {what}")
    return Finding(place=Place(path, number, 1), what=f"This stretch {what}")


RULES = (
    Rule(
        code="W231",
        severity=Severity.WARN,
        title="A stretch of a transcript begins before the one above it.",
        source="W3C WebVTT, 4.1: cues are in the order of their start times",
        why="Some apps leave such words out, or show them at the wrong place.",
        fix="Correct its times, or put the stretches into the order of time.",
        run=each_episode(_unordered),
    ),
    Rule(
        code="W232",
        severity=Severity.WARN,
        title="Stretches of a transcript overlap.",
        source="Podcast namespace: transcripts; W3C WebVTT, 4.1",
        why="Apps show both at once, one over the other, or only the later one.",
        fix="Let one end where the next begins; who speak at once begin together.",
        run=each_episode(_overlapping),
    ),
    Rule(
        code="W233",
        severity=Severity.WARN,
        title="A transcript leaves out more than a twentieth of its recording.",
        source=_LAW,
        why="Those who cannot hear it miss what is said there.",
        fix="Add what is missing, and say in brackets where only music plays: [Music].",
        run=each_episode(_incomplete),
    ),
    Rule(
        code="I234",
        severity=Severity.INFO,
        title="A transcript does not say who speaks.",
        source="Apple Podcasts: transcripts; podcast namespace: transcripts",
        why="Nobody who reads can tell one voice from another.",
        fix="Begin their words with <v Name> in WebVTT, or with Name: in SubRip.",
        run=each_episode(_nameless),
    ),
    Rule(
        code="I235",
        severity=Severity.INFO,
        title="A line of a transcript is long.",
        source="Podcast namespace: transcripts: 65 letters in WebVTT, 32 in SubRip",
        why="Small screens break it at a place of their own.",
        fix="Break it into two, and long stretches into several.",
        run=each_episode(_crowded),
    ),
)
