"""Any form of a transcript, made of the one that is stored."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from peru_media.model.transcripts import KINDS, TIMED
from peru_media.rendering.transcript_words import paragraphs
from peru_media.rendering.transcript_writing import (
    html_of_cues,
    html_of_paragraphs,
    json_of,
    srt_of,
    text_of_cues,
    text_of_paragraphs,
    vtt_of,
)
from peru_media.rendering.transcripts import Cue, parse_cues

__all__ = ["transcript_form", "written_cues", "written_paragraphs"]

_CUES: Mapping[str, Callable[[tuple[Cue, ...]], str]] = MappingProxyType(
    {
        "vtt": vtt_of,
        "srt": srt_of,
        "json": json_of,
        "txt": text_of_cues,
        "html": html_of_cues,
    }
)
_TIMED = frozenset(KINDS[kind] for kind in TIMED)


def transcript_form(stored: bytes, *, media_type: str, kind: str) -> bytes:
    """Make one form of a transcript out of the stored one.

    Pure: the same bytes give the same bytes. Times are kept to the millisecond,
    speakers and words as they are; what a form would take for a command of its own
    is written so that it is shown instead.

    Args:
        stored: the transcript, UTF-8.
        media_type: of what is stored.
        kind: ``vtt``, ``srt``, ``json``, ``txt`` or ``html``.
    """
    if media_type in _TIMED:
        return written_cues(parse_cues(stored, media_type), kind)
    return written_paragraphs(paragraphs(stored, media_type), kind)


def written_cues(cues: tuple[Cue, ...], kind: str) -> bytes:
    """Write cues in any form: ``vtt``, ``srt``, ``json``, ``txt`` or ``html``."""
    return _CUES[kind](cues).encode()


def written_paragraphs(found: Iterable[str], kind: str) -> bytes:
    """Write paragraphs that have no times: as ``txt``, else as ``html``."""
    made = text_of_paragraphs(found) if kind == "txt" else html_of_paragraphs(found)
    return made.encode()
