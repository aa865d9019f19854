"""The lines that are searched of a page: title, people, notes, every sentence."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from peru_media.model.transcripts import TIMED, kind_of
from peru_media.model.value import canonical, digest
from peru_media.rendering.cached import Cache, remembered
from peru_media.rendering.characters import legal
from peru_media.rendering.findable import Findable
from peru_media.rendering.notes import notes_html, plain_text
from peru_media.rendering.transcript_words import paragraphs
from peru_media.rendering.transcripts import Cue, parse_cues, sentences

__all__ = ["Kind", "Line", "lines_key", "lines_of", "search_lines"]

_FORMAT = 2  # raise it whenever the same page shall be searched by other lines
_LEVEL = 1


class Kind(IntEnum):
    """What part of a page a line is; those that say most of it come first."""

    TITLE = 0
    PEOPLE = 1
    CHAPTER = 2
    NOTES = 3
    SPOKEN = 4


class Line(NamedTuple):
    """One line that can be found.

    Attributes:
        kind: a ``Kind``. words: without any character that no page can show.
        context: what is searched with it, but shown elsewhere.
        start: from when it is heard, in whole seconds; None where that is unknown.
        speaker: who says it; empty where that is unknown.
    """

    kind: int
    words: str
    context: str = ""
    start: int | None = None
    speaker: str = ""


def search_lines(
    page: Findable, *, texts: Callable[[str], bytes], cache: Cache
) -> list[Line]:
    """The lines of a page, out of the cache where they were read before.

    ``texts`` gives the bytes of a transcript by its SHA-256.
    """

    def make() -> bytes:
        spoken = texts(page.transcript.sha256) if page.transcript else b""
        return zlib.compress(canonical(lines_of(page, spoken)), _LEVEL)

    known = remembered(cache, lines_key(page), make)
    return [Line(*fields) for fields in json.loads(zlib.decompress(known))]


def lines_key(page: Findable) -> str:
    """What the cache knows a page's lines by: everything that they are made of."""
    return digest(f"search lines {_FORMAT} {page.fingerprint}".encode())


def lines_of(page: Findable, transcript: bytes) -> list[Line]:
    """Read the lines of a page; the transcript may be hostile, like all else."""
    spoken = list(_spoken(page, transcript))
    speakers = dict.fromkeys(line.speaker for line in spoken if line.speaker)
    people = ", ".join(
        _plain(name) for name in dict.fromkeys([*page.people, *speakers])
    )
    title, also = _plain(page.title), _plain(" ".join(page.also))
    written = [
        Line(Kind.TITLE, title, also),
        Line(Kind.PEOPLE, people),
        *(
            Line(Kind.CHAPTER, _plain(name), start=int(at))
            for at, name in page.chapters
        ),
        Line(Kind.NOTES, _notes(page), f"{title} {people}"),
    ]
    return [line for line in (*written, *spoken) if line.words]


def _notes(page: Findable) -> str:
    words = plain_text(notes_html(page.notes, page=""), bullet=" ")
    return _plain(f"{page.subtitle}\n{words}")


def _spoken(page: Findable, transcript: bytes) -> Iterator[Line]:
    if page.transcript is None:
        return iter(())
    media_type = page.transcript.media_type
    if kind_of(media_type) in TIMED:
        return _timed(sentences(parse_cues(transcript, media_type)))
    words = paragraphs(transcript, media_type)
    return (Line(Kind.SPOKEN, _plain(paragraph)) for paragraph in words)


def _timed(cues: Iterable[Cue]) -> Iterator[Line]:
    for cue in cues:
        speaker = _plain(cue.speaker or "")
        words = _plain(cue.text)
        yield Line(Kind.SPOKEN, words, speaker, int(cue.start), speaker)


def _plain(text: str) -> str:
    return " ".join(legal(text).split())
