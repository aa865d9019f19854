"""Edits: what is to be taken out of an episode is taken out, everywhere."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.contents import transcript_of
from peru_media.model.edits import edits_hash, sound_edits, standing, wordings
from peru_media.model.facts import FileKind
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.problem import Place, Severity
from peru_media.model.redaction import said
from peru_media.model.site import Steps, Written
from peru_media.model.transcripts import TIMED
from peru_media.model.wording import Wording, stands_in

__all__ = ["RULES"]

_LAW = "UK GDPR, articles 5, 17 and 21; the promise made to whoever asked"
_OURS = "Peru-media: edits"
_NEAR = 0.5


def _outside(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    length = view.facts.duration if view.facts else None
    for at, edit in enumerate(view.written.value.edits):
        if length and edit.end and edit.end > length + _NEAR and not edit.lifted:
            what = f"It ends at {edit.end:g} s, and the recording at {length:.1f} s."
            yield Finding(place=view.written.value_place("edits", at, "end"), what=what)


def _overlapping(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    for one, other in pairwise(sound_edits(view.written.value)):
        if other.start < one.end:
            what = (
                f"The edit from {other.start:g} s begins before the one from "
                f"{one.start:g} s has ended."
            )
            yield Finding(place=view.written.value_place("edits"), what=what)


def _impossible(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    for at, edit in enumerate(view.written.value.edits):
        if edit.start is None or edit.lifted:
            continue
        place = view.written.value_place("edits", at)
        if view.kind is FileKind.PDF:
            yield Finding(place=place, what="A PDF has no seconds.")
        elif view.kind is FileKind.VIDEO and edit.how == "cut":
            what = "Nothing can be cut out of a film."
            fix = "Write how: bleep or how: silence, or cut the film yourself."
            yield Finding(place=place, what=what, fix=fix)


def _untimed(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    path = transcript_of(view.written)
    if path is None or PurePosixPath(path).suffix[1:] in TIMED:
        return
    for at, edit in enumerate(view.written.value.edits):
        if edit.words is None and not edit.lifted:
            what = "The transcript has no times, so nobody knows which words these are."
            yield Finding(place=view.written.value_place("edits", at), what=what)


def _unheard(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    redacted = survey.inputs.redacted
    for at in redacted.unheard.get(view.written.path, ()) if redacted else ():
        what = "The transcript does not have these words where the recording has them."
        yield Finding(place=view.written.value_place("edits", at, "words"), what=what)


def _away(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    entry, edits = view.entry, sound_edits(view.written.value)
    if view.kept and entry and edits and entry.edited != edits_hash(edits):
        what = "The recording is not here, and its published copy is not edited so."
        yield Finding(place=view.written.value_place("edits"), what=what)


def _missing(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    known = view.entry.edits if view.entry else 0
    here = len(view.written.value.edits)
    if here < known:
        what = f"It was published with {known} edits, and this file has {here}."
        yield Finding(place=view.written.value_place("edits"), what=what)


def _standing(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    """What the words still stand in: names and addresses that are no prose."""
    words = wordings(view.written.value)
    after = _redacted(survey, view)
    if not words or after is None:
        return
    for steps, text in said(after):
        if stands_in(text, words):
            place = _place(view.written, steps)
            yield Finding(place=place, what=f"They still stand in {_where(steps)}.")
    name = view.entry.name if view.entry else ""
    if stands_in(name, words) and not stands_in(view.written.slug, words):
        what = "They stand in the name of the published recording."
        fix = "Withdraw the episode, and publish it under a new guid and name."
        yield Finding(place=view.written.value_place("edits"), what=what, fix=fix)


def _elsewhere(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    words = wordings(view.written.value)
    if not words or view.draft:
        return
    for place in _others(survey, view, words):
        yield Finding(
            place=place, what=f"Here stands what {view.written.path} takes out."
        )


def _beyond(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    episode = view.written.value
    if not standing(episode):
        return
    others = {
        "documents": wordings(episode) and episode.documents,
        "podcast": sound_edits(episode) and episode.podcast.alternate_enclosure,
        "edits": wordings(episode) and view.kind is FileKind.PDF,
    }
    for name, there in others.items():
        if there:
            yield Finding(place=view.written.place(name), what=_BEYOND[name])


def _unread(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    redacted = survey.inputs.redacted
    for at in redacted.unread.get(view.written.path, ()) if redacted else ():
        what = "These words stand nowhere in the episode."
        yield Finding(place=view.written.value_place("edits", at, "words"), what=what)


_BEYOND = {
    "documents": "Its documents are not searched for the words.",
    "podcast": "It names copies of the recording that lie elsewhere.",
    "edits": "It is a PDF, which is not searched for the words.",
}


def _redacted(survey: Survey, view: EpisodeView) -> Written[EpisodeFile] | None:
    redacted = survey.inputs.redacted
    episodes = redacted.site.episodes if redacted else ()
    return next((one for one in episodes if one.path == view.written.path), None)


def _others(
    survey: Survey, view: EpisodeView, words: tuple[Wording, ...]
) -> Iterator[Place]:
    redacted = survey.inputs.redacted
    if redacted is None:
        return
    written: list[Written[ShowFile] | Written[EpisodeFile]] = [*redacted.site.shows]
    written += [one for one in redacted.site.episodes if one.path != view.written.path]
    for one in written:
        texts = (*said(one), *_named(survey, one))
        found = (steps for steps, text in texts if stands_in(text, words))
        steps = next(found, None)
        if steps is not None:
            yield _place(one, steps)


def _named(
    survey: Survey, written: Written[ShowFile] | Written[EpisodeFile]
) -> Iterator[tuple[Steps, str]]:
    """The public names of contributors, and where they are named."""
    for at, person in enumerate(written.value.people):
        record = survey.inputs.site.contributor(person.contributor or "")
        if record is not None:
            yield ("people", at, "contributor"), record.value.public_name


def _place(written: Written[EpisodeFile] | Written[ShowFile], steps: Steps) -> Place:
    if steps:
        return written.value_place(*steps)
    return Place(written.path)


def _where(steps: Steps) -> str:
    if not steps:
        return "its text or the name of its folder"
    return ".".join(str(step) for step in steps if isinstance(step, str))


RULES = (
    Rule(
        code="E421",
        severity=Severity.ERROR,
        title="An edit lies outside the recording.",
        source=_OURS,
        why="What it is meant to take out stands somewhere else, and would stay.",
        fix="Correct its start and end, in times of the recording in the folder.",
        run=each_episode(_outside),
        safety=True,
    ),
    Rule(
        code="E422",
        severity=Severity.ERROR,
        title="Two edits of the recording overlap.",
        source=_OURS,
        why="Nobody knows which of the two holds where they do.",
        fix="Make one of them, or let one begin where the other ends.",
        run=each_episode(_overlapping),
    ),
    Rule(
        code="E423",
        severity=Severity.ERROR,
        title="An edit cannot be made to this kind of file.",
        source=_OURS,
        why="It would go out as it is.",
        fix="Edit the file yourself, and take the edit out of the list.",
        run=each_episode(_impossible),
        safety=True,
    ),
    Rule(
        code="E424",
        severity=Severity.ERROR,
        title="An edit names seconds, and the transcript has no times.",
        source=_OURS,
        why="The transcript would go on saying what the recording no longer says.",
        fix="Give the words, too, or a transcript with times (WebVTT).",
        run=each_episode(_untimed),
        safety=True,
    ),
    Rule(
        code="E425",
        severity=Severity.ERROR,
        title="The words of an edit are not in the transcript at its place.",
        source=_OURS,
        why="They may be spelt otherwise there, and would stay.",
        fix="Spell them as the transcript does, or leave the words out: then all that "
        "is said there goes.",
        run=each_episode(_unheard),
        safety=True,
    ),
    Rule(
        code="E426",
        severity=Severity.ERROR,
        title="The recording that is to be edited is not here.",
        source=_LAW,
        why="Its published copy would stay as it is, with what is to be taken out.",
        fix="Put the recording back into the folder, and publish again.",
        run=each_episode(_away),
        safety=True,
    ),
    Rule(
        code="E427",
        severity=Severity.ERROR,
        title="An edit that was published is gone from the file.",
        source=_LAW,
        why="What somebody asked to have taken out would come back, as from a "
        "colleague's older copy of the file.",
        fix="Get the latest files (git pull). One that need not hold any more stays "
        'in the list, with "lifted:" and the day.',
        run=each_episode(_missing),
        safety=True,
    ),
    Rule(
        code="E428",
        severity=Severity.ERROR,
        title="Words that are to be taken out still stand in something public.",
        source=_LAW,
        why="Addresses, names of files and the like cannot be changed without you.",
        fix="Change it there yourself: another name, another address.",
        run=each_episode(_standing),
        safety=True,
    ),
    Rule(
        code="W429",
        severity=Severity.WARN,
        title="Words that one episode takes out stand in another, or in a show.",
        source=_LAW,
        why="Edits reach no further than their own episode.",
        fix="If it is the same person, take them out there, too.",
        run=each_episode(_elsewhere),
    ),
    Rule(
        code="W430",
        severity=Severity.WARN,
        title="Edits do not reach everything that belongs to the episode.",
        source=_OURS,
        why="What lies in PDFs or on other servers stays as it is.",
        fix="Look through it yourself.",
        run=each_episode(_beyond),
    ),
    Rule(
        code="W431",
        severity=Severity.WARN,
        title="The words of an edit stand nowhere.",
        source=_OURS,
        why="A slip of spelling would leave the real ones where they are.",
        fix="Compare the spelling; if they are gone from the files, all is well.",
        run=each_episode(_unread),
    ),
)
