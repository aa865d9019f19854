"""Transcripts: the law wants the words of every recording."""

from collections.abc import Iterator

from peru_media.checks.named_files import advice, base
from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.contents import transcript_of
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.problem import Place, Severity
from peru_media.model.schedule import midnight_after

__all__ = ["RULES"]

_ENDINGS = {
    "application/json": (".json",),
    "application/srt": (".srt",),
    "application/x-subrip": (".srt",),
    "text/html": (".html",),
    "text/plain": (".txt",),
    "text/srt": (".srt",),
    "text/vtt": (".vtt",),
}
_CALLED = {
    "application/json": "JSON",
    "application/srt": "SubRip",
    "application/x-subrip": "SubRip",
    "text/html": "HTML",
    "text/plain": "plain text",
    "text/srt": "SubRip",
    "text/vtt": "WebVTT",
}
_NONE = {"false", "n/a", "no", "none", "null"}
_WAIVER = '"transcript: {waiver: {reason: being typed, until: 2027-01-31}}"'
_EXCUSE = f"Add transcript.vtt, or write why there is none and until when: {_WAIVER}."
_CLOSE, _FAR = 2.0, 30.0
_RECORDED = (FileKind.AUDIO, FileKind.VIDEO)
_LAW = "WCAG 2.2: 1.2.1; UK accessibility regulations 2018"


def _absent(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if _wordless(view) and _required(view) and not _waiver(survey, view):
        yield Finding(
            place=Place(view.written.folder),
            what="There is no transcript, and recordings must have one by law.",
        )


def _optional(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if _wordless(view) and not _required(view) and not _waiver(survey, view):
        yield Finding(
            place=Place(view.written.folder),
            what="There is no transcript, which the show allows.",
        )


def _missing(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    name = view.written.value.transcript.file
    if name is not None and view.written.file(name) not in survey.inputs.facts:
        yield Finding(
            place=view.written.value_place("transcript", "file"),
            what=f"{name} is not there.",
            fix=_EXCUSE if name.lower() in _NONE else advice(view.written, name),
        )


def _unreadable(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    if facts is None or _is_transcript(path, facts):
        return
    name, called = base(path), _CALLED.get(facts.media_type)
    what, fix = f"{name} cannot be read as a transcript.", ""
    if not facts.size:
        what = f"{name} is empty, so it cannot be read as a transcript."
    elif facts.fault:
        what = f"{name} cannot be read as a transcript: {_lowered(facts.fault)}"
    elif called:
        what = f"{name} holds {called}, which its ending does not say."
        ending = _ENDINGS[facts.media_type][0]
        fix = f"Save it as what it is named, or rename it so that it ends in {ending}."
    yield Finding(place=Place(path), what=what, fix=fix)


def _untimed(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    if facts and facts.cues == 0 and facts.broken_line is None:
        what = f"{base(path)} has no words with their times."
        yield Finding(place=Place(path), what=what)


def _backwards(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path, facts = _words(survey, view)
    if facts and facts.broken_line:
        if facts.media_type == "application/json":
            place, where = Place(path), f"Segment {facts.broken_line}"
        else:
            place, where = Place(path, facts.broken_line, 1), "This line"
        what = f"{where} does not begin and then end, so nobody would see its words."
        yield Finding(place=place, what=what)


def _past_the_end(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if _CLOSE < _excess(survey, view) <= _FAR:
        yield _longer(survey, view)


def _another(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if _excess(survey, view) > _FAR:
        yield _longer(survey, view)


def _unchecked(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    transcript = view.written.value.transcript
    unchecked = transcript.made_by != "human" and transcript.checked is None
    if unchecked and transcript_of(view.written) is not None:
        yield Finding(
            place=view.written.value_place("transcript", "made_by"),
            what="A machine wrote the transcript, and nobody has checked it.",
        )


def _overdue(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    waiver = view.written.value.transcript.waiver
    if waiver and _wordless(view) and _waiver(survey, view) == "over":
        yield Finding(
            place=view.written.value_place("transcript", "waiver", "until"),
            what=f"There is no transcript, and its waiver ended on {waiver.until}.",
        )


def _words(survey: Survey, view: EpisodeView) -> tuple[str, FileFacts | None]:
    """The transcript, where it lies there, and what it measurably is."""
    path = transcript_of(view.written) or ""
    return path, survey.inputs.facts.get(path)


def _excess(survey: Survey, view: EpisodeView) -> float:
    """Seconds by which the words outlast the sound."""
    facts = _words(survey, view)[1]
    seconds = view.facts.duration if view.facts else None
    if facts is None or facts.words_end is None or not seconds:
        return 0.0
    return facts.words_end - seconds


def _longer(survey: Survey, view: EpisodeView) -> Finding:
    path, _ = _words(survey, view)
    excess = _excess(survey, view)
    what = f"The words go on for {excess:,.0f} s after the recording has ended."
    return Finding(place=Place(path), what=what)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _wordless(view: EpisodeView) -> bool:
    return view.kind in _RECORDED and transcript_of(view.written) is None


def _required(view: EpisodeView) -> bool:
    return view.show is None or view.show.value.defaults.transcript == "required"


def _waiver(survey: Survey, view: EpisodeView) -> str:
    """Whether a waiver stands, is over, or was never given: ``""``."""
    waiver = view.written.value.transcript.waiver
    if waiver is None:
        return ""
    ends = midnight_after(waiver.until, view.zone)
    return "over" if ends <= survey.inputs.at else "stands"


def _is_transcript(path: str, facts: FileFacts) -> bool:
    if facts.fault or not facts.size:
        return False
    return path.lower().endswith(_ENDINGS.get(facts.media_type, ("\0",)))


RULES = (
    Rule(
        code="E201",
        severity=Severity.ERROR,
        title="A recording has no transcript.",
        source=_LAW,
        why="People who cannot hear it are shut out, and the law forbids that.",
        fix=_EXCUSE,
        run=each_episode(_absent),
    ),
    Rule(
        code="E202",
        severity=Severity.ERROR,
        title="The transcript that is named is not there.",
        source=_LAW,
        why="People who cannot hear the recording are shut out.",
        fix="Put the file into the folder, or name the one that is there.",
        run=each_episode(_missing),
    ),
    Rule(
        code="E203",
        severity=Severity.ERROR,
        title="A transcript is not a text of a known kind.",
        source="Podcast namespace: transcript types",
        why="Podcast apps would show nothing, or gibberish.",
        fix="Save it as WebVTT (.vtt), SubRip (.srt), JSON, HTML or text in UTF-8.",
        run=each_episode(_unreadable),
    ),
    Rule(
        code="W204",
        severity=Severity.WARN,
        title="A machine's transcript was never checked by a person.",
        source=_LAW,
        why="Machines mishear names most of all; the page says so until it is checked.",
        fix='Read it while listening, then write "checked:" with the date.',
        run=each_episode(_unchecked),
    ),
    Rule(
        code="E205",
        severity=Severity.ERROR,
        title="The waiver of a transcript has run out.",
        source=_LAW,
        why="The public was promised the words by that date.",
        fix="Add transcript.vtt, or agree a new date with whoever asked for it.",
        run=each_episode(_overdue),
    ),
    Rule(
        code="W206",
        severity=Severity.WARN,
        title="A recording has no transcript, which its show allows.",
        source=_LAW,
        why="People who cannot hear it are shut out; only some recordings are exempt.",
        fix="Add transcript.vtt wherever you can.",
        run=each_episode(_optional),
    ),
    Rule(
        code="E207",
        severity=Severity.ERROR,
        title="A timed transcript has no words with their times.",
        source="W3C WebVTT, 4.1; podcast namespace: transcript types",
        why="Podcast apps and the page would show nothing.",
        fix="Export the transcript again, with times, and look into it.",
        run=each_episode(_untimed),
    ),
    Rule(
        code="E208",
        severity=Severity.ERROR,
        title="A stretch of a transcript does not begin and then end.",
        source="W3C WebVTT, 4.1: a cue ends after it starts",
        why="Podcast apps leave such words out, and those who cannot hear miss them.",
        fix="Correct its times, like 00:01:05.000 --> 00:01:09.500.",
        run=each_episode(_backwards),
    ),
    Rule(
        code="W209",
        severity=Severity.WARN,
        title="A transcript goes on after the recording has ended.",
        source=_LAW,
        why="Its times are probably those of another cut, so words come too late.",
        fix="Read along while listening, and correct the times.",
        run=each_episode(_past_the_end),
    ),
    Rule(
        code="E224",
        severity=Severity.ERROR,
        title="A transcript is far longer than its recording.",
        source=_LAW,
        why="It is probably of another recording, or the end of this one is missing.",
        fix="Put the recording and the transcript that belong together here.",
        run=each_episode(_another),
    ),
)
