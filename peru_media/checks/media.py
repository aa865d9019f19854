"""The one recording, film or PDF of an episode: there, whole, and playable."""

from collections import defaultdict
from collections.abc import Iterator

from peru_media.checks.loudness import RULES as LOUDNESS
from peru_media.checks.named_files import advice, base
from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.contents import media_of
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.problem import Place, Severity

__all__ = ["RULES"]

_ENDINGS = {
    "application/pdf": (".pdf",),
    "audio/3gpp": (".3gp", ".3g2"),
    "audio/aac": (".aac",),
    "audio/aiff": (".aiff", ".aif", ".aifc"),
    "audio/amr": (".amr",),
    "audio/flac": (".flac",),
    "audio/mpeg": (".mp3",),
    "audio/ogg": (".ogg", ".oga"),
    "audio/opus": (".opus", ".ogg"),
    "audio/wav": (".wav", ".wave", ".bwf"),
    "audio/x-m4a": (".m4a", ".m4b"),
    "video/mp4": (".mp4",),
    "video/quicktime": (".mov",),
    "video/x-m4v": (".m4v",),
}
_NO_MEDIA = {FileKind.PICTURE, FileKind.TEXT}


def _none(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.medium is None and not view.kept and not _found(survey, view):
        yield Finding(
            place=Place(view.written.folder),
            what="There is no recording, film or PDF.",
            fix=_keep_copy(view),
        )


def _several(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    found = _found(survey, view) if view.medium is None else ()
    if found:
        names = ", ".join(map(base, found))
        yield Finding(
            place=Place(view.written.folder),
            what=f"There are {len(found)} files to choose from: {names}.",
            fix=f'Name the one to publish, such as "media: {base(found[0])}".',
        )


def _missing(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    name = view.written.value.media.file
    if name is None or view.kept or view.written.file(name) in survey.inputs.facts:
        return
    yield Finding(
        place=view.written.value_place("media", "file"),
        what=f"{name} is not there.",
        fix=_keep_copy(view) or advice(view.written, name),
    )


def _kept(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.kept:
        what = "The recording is not here, so its published copy stays as it is."
        yield Finding(place=view.written.value_place("media", "sha256"), what=what)


def _faulty(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    facts = view.facts
    if facts and facts.fault and facts.size:
        yield Finding(place=_file(view), what=_sentence(facts.fault))


def _cut_off(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    facts = view.facts
    if facts and facts.promised and _readable(facts):
        there = _span(facts.duration or 0.0)
        what = f"The recording breaks off after {there} of {_span(facts.promised)}."
        yield Finding(place=_file(view), what=what)


def _empty(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.facts and not view.facts.size:
        yield Finding(place=_file(view), what="The file is empty.")


def _unplayable(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    facts = view.facts
    if _readable(facts) and facts and facts.media_type not in _ENDINGS:
        name = base(_file(view).path)
        what = f"{name} is of the type {facts.media_type}, which apps do not play."
        fix = ""
        if facts.kind in _NO_MEDIA:
            what = f"{name} is no recording: it holds a {facts.kind}."
            fix = f"Put the real {name} in its place: copy or export it again."
        yield Finding(place=_file(view), what=what, fix=fix)


def _misnamed(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    facts = view.facts
    endings = _ENDINGS.get(facts.media_type) if facts else None
    path = _file(view).path
    if endings and _readable(facts) and not path.lower().endswith(endings):
        yield Finding(
            place=_file(view),
            what=f"{base(path)} is really a {endings[0]} file.",
            fix=f"Rename it so that it ends in {endings[0]}.",
        )


def _odd(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    facts = view.facts
    if not _readable(facts) or facts is None:
        return
    if facts.kind in {FileKind.AUDIO, FileKind.VIDEO} and not facts.duration:
        yield Finding(place=_file(view), what="It seems to last no time at all.")
    for question in facts.questions:
        yield Finding(place=_file(view), what=_sentence(question))


def _altered(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    recorded = view.written.value.media.sha256
    if recorded and view.facts and recorded != view.facts.sha256:
        yield Finding(
            place=view.written.value_place("media", "sha256"),
            what="The file is not the one that was recorded here.",
            fix=f'Put the right file back, or write "sha256: {view.facts.sha256}".',
        )


def _same(survey: Survey) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[EpisodeView]] = defaultdict(list)
    for view in survey.episodes:
        if view.facts and view.facts.size:
            groups[view.written.value.show[0], view.facts.sha256].append(view)
    for first, *others in groups.values():
        for view in others:
            what = f"It is the same file as that of {first.written.folder}."
            yield Finding(place=_file(view), what=what, draft=view.draft)


def _found(survey: Survey, view: EpisodeView) -> tuple[str, ...]:
    return media_of(view.written, survey.inputs.facts)


def _file(view: EpisodeView) -> Place:
    return Place(view.medium or view.written.folder)


def _readable(facts: FileFacts | None) -> bool:
    return facts is not None and not facts.fault and facts.size > 0


def _keep_copy(view: EpisodeView) -> str:
    """How an episode stays as published where its master is gone for good."""
    if view.entry is None or view.entry.enclosure is None:
        return ""
    if view.entry.master_sha256 is None:
        return ""
    line = f'"media: {{sha256: {view.entry.master_sha256}}}"'
    return f"Put the file back, or write {line} to keep the published copy."


def _span(seconds: float) -> str:
    """A length as people say it: 14 s, 1:02 min, 1:02:03 h."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02} h"
    return f"{minutes}:{rest:02} min" if minutes else f"{rest} s"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


RULES = (
    Rule(
        code="E210",
        severity=Severity.ERROR,
        title="An episode has nothing to listen to, watch or read.",
        source="Apple, RSS requirements: enclosure",
        why="An episode without an enclosure is not shown in podcast apps.",
        fix="Put the recording, film or PDF into the folder (mp3, m4a, mp4, pdf).",
        run=each_episode(_none),
    ),
    Rule(
        code="E211",
        severity=Severity.ERROR,
        title="An episode has several media, and none is named.",
        source="Apple, RSS requirements: exactly one enclosure",
        why="Podcast apps play one file only, and which one is for you to say.",
        fix='Name it with "media:", and list the other PDFs under "documents:".',
        run=each_episode(_several),
    ),
    Rule(
        code="E212",
        severity=Severity.ERROR,
        title="The medium that is named is not there.",
        source="Apple, RSS requirements: enclosure",
        why="Podcast apps would fail to download the episode.",
        fix="Put the file into the folder, or name the one that is there.",
        run=each_episode(_missing),
    ),
    Rule(
        code="E213",
        severity=Severity.ERROR,
        title="A medium cannot be read.",
        source="Apple, RSS requirements: enclosure",
        why="Podcast apps could not play it either.",
        fix="Play it yourself, and export it again.",
        run=each_episode(_faulty),
    ),
    Rule(
        code="E214",
        severity=Severity.ERROR,
        title="A medium is of a type that podcast apps do not play.",
        source="Apple, RSS requirements: enclosure type",
        why="Apps play MP3, M4A, MP4, M4V, MOV and PDF; other films stay unseen.",
        fix="Export it as MP3 or M4A, a film as MP4.",
        run=each_episode(_unplayable),
    ),
    Rule(
        code="W215",
        severity=Severity.WARN,
        title="The ending of a medium's name is not its real type.",
        source="Apple, RSS requirements: enclosure type",
        why="Its published copy is named rightly, but people take it for another file.",
        fix="Rename the file.",
        run=each_episode(_misnamed),
    ),
    Rule(
        code="E216",
        severity=Severity.ERROR,
        title="A medium is an empty file.",
        source="Apple, RSS requirements: enclosure length",
        why="Podcast apps would fail to download the episode.",
        fix="Export or copy it again: copying probably stopped half-way.",
        run=each_episode(_empty),
    ),
    Rule(
        code="W217",
        severity=Severity.WARN,
        title="Something about a medium looks odd.",
        source="Measured while reading the file",
        why="It can be read, but some apps may stumble over it.",
        fix="Play it to its end, and export it again if something is wrong.",
        run=each_episode(_odd),
    ),
    Rule(
        code="E218",
        severity=Severity.ERROR,
        title="A medium is not the file whose hash was recorded.",
        source="docs: media sha256",
        why="A wrong recording would reach every listener.",
        fix="Put the right file back, or record the hash of the new one.",
        run=each_episode(_altered),
    ),
    Rule(
        code="I219",
        severity=Severity.INFO,
        title="A master is away, and its published copy is kept.",
        source="docs: masters may live elsewhere",
        why="Nothing changes for listeners.",
        fix="Nothing needs doing; put the file back to change its title or cover.",
        run=each_episode(_kept),
    ),
    Rule(
        code="W220",
        severity=Severity.WARN,
        title="Two episodes of a show have the same medium.",
        source="Apple, RSS requirements: enclosure addresses are unique",
        why="Probably the wrong file was copied into one of the folders.",
        fix="Listen to both, and put the right file into its folder.",
        run=_same,
    ),
    Rule(
        code="E225",
        severity=Severity.ERROR,
        title="A recording breaks off before its end.",
        source="The length that stands in the file itself",
        why="Listeners would miss its end, and apps show a length that is not true.",
        fix="Export it again, or copy it again: copying probably stopped half-way.",
        run=each_episode(_cut_off),
    ),
    *LOUDNESS,
)
