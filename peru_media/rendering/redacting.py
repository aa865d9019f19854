"""Take out of a transcript what is taken out of its recording."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from peru_media.model.edit import EditField
from peru_media.model.edits import Timeline
from peru_media.model.sound import SoundEdit
from peru_media.model.transcripts import KINDS, TIMED, kind_of
from peru_media.model.wording import Wording, stands_in, taken_out, taken_out_of
from peru_media.rendering.transcript_forms import written_cues, written_paragraphs
from peru_media.rendering.transcript_words import paragraphs
from peru_media.rendering.transcripts import Cue, parse_cues

__all__ = ["heard_in", "redacted_transcript"]

_TIMED = frozenset(KINDS[kind] for kind in TIMED)


def redacted_transcript(
    given: bytes, media_type: str, edits: Sequence[EditField]
) -> bytes:
    """Write a transcript without what is taken out, in the form that it has.

    Where an edit says which words, those go wherever they stand, across cues and
    lines. Where it names a stretch alone, every cue that touches it loses all its
    words, for nobody knows which of them are said in it. Cues come where the cuts
    leave them. Whatever is no cue (comments, styles) goes.

    Args:
        given: UTF-8.
        media_type: of it.
        edits: those that hold.
    """
    kind, words = kind_of(media_type), _wordings(edits)
    if media_type not in _TIMED:
        found = taken_out_of(paragraphs(given, media_type), words)
        return written_paragraphs([part for part in found if part.strip()], kind)
    cues = list(_masked(parse_cues(given, media_type), edits))
    texts = taken_out_of([cue.text for cue in cues], words)
    reworded = (
        replace(cue, text=text, speaker=taken_out(cue.speaker or "", words) or None)
        for cue, text in zip(cues, texts, strict=True)
    )
    return written_cues(tuple(_moved(reworded, edits)), kind)


def heard_in(given: bytes, media_type: str, edit: EditField) -> bool:
    """Whether the words of an edit stand in the cues that its stretch touches.

    Where a transcript has no times, whether they stand in it at all.
    """
    cues = [cue.text for cue in parse_cues(given, media_type) if _touches(edit, cue)]
    texts = cues if media_type in _TIMED else paragraphs(given, media_type)
    return stands_in("\n".join(texts), _wordings([edit]))


@dataclass(frozen=True, slots=True)
class _Mask:
    """An edit that hides a cue, and which one."""

    edit: EditField
    cue: Cue


def _masked(cues: Iterable[Cue], edits: Sequence[EditField]) -> Iterator[Cue]:
    """Cues with something else in place of their words; neighbours become one."""
    masks = [edit for edit in edits if edit.words is None]
    held: _Mask | None = None
    for cue in cues:
        edit = next((one for one in masks if _touches(one, cue)), None)
        if held is not None and held.edit is edit:
            longer = max(held.cue.end, cue.end)
            held = _Mask(held.edit, replace(held.cue, end=longer))
            continue
        if held is not None:
            yield held.cue
        held = _Mask(edit, replace(cue, text=edit.say)) if edit else None
        if edit is None:
            yield cue
    if held is not None:
        yield held.cue


def _touches(edit: EditField, cue: Cue) -> bool:
    timed = edit.start is not None and edit.end is not None
    return timed and cue.start < (edit.end or 0) and cue.end > (edit.start or 0)


def _moved(cues: Iterable[Cue], edits: Sequence[EditField]) -> Iterator[Cue]:
    timeline = Timeline.of(
        SoundEdit(start=one.start, end=one.end, how=one.how)
        for one in edits
        if one.start is not None and one.end is not None
    )
    for cue in cues:
        start, end = timeline.after(cue.start), timeline.after(cue.end)
        if cue.text.strip() and (end > start or cue.start == cue.end):
            yield replace(cue, start=start, end=end)


def _wordings(edits: Iterable[EditField]) -> tuple[Wording, ...]:
    return tuple(Wording(one.words, one.say) for one in edits if one.words)
