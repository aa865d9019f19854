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
    "text/plain": (".html", ".json", ".srt", ".txt", ".vtt"),
    "text/srt": (".srt",),
    "text/vtt": (".vtt",),
}
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
            fix=advice(view.written, name),
        )


def _unreadable(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path = transcript_of(view.written)
    facts = survey.inputs.facts.get(path or "")
    if path is not None and facts is not None and not _is_transcript(path, facts):
        what = f"{base(path)} cannot be read as a transcript."
        yield Finding(place=Place(path), what=what)


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
        fix="Add transcript.vtt, or a waiver with a reason and a date.",
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
)
