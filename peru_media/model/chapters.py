"""Which chapters an episode has, wherever they were written down."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from math import inf
from pathlib import PurePosixPath

from pydantic import ValidationError

from peru_media.model.contents import medium_of
from peru_media.model.facts import ChapterMark, FileFacts
from peru_media.model.files import ChapterField, EpisodeFile
from peru_media.model.site import Written

__all__ = ["CHAPTER_FILES", "chapter_origin", "chapters_of", "shown_marks"]

CHAPTER_FILES = (
    "chapters.json", "chapters.psc", "chapters.xml", "chapters.txt", "labels.txt",
)  # fmt: skip

_BESIDE = (".json", ".psc", ".xml", ".txt")
_LONGEST = 500
_TICK = 0.001


def chapters_of(
    episode: Written[EpisodeFile], facts: Mapping[str, FileFacts]
) -> tuple[ChapterField, ...]:
    """Find the chapters of an episode, earliest first.

    Those of its own file; where it has none, those of a file of chapters beside the
    recording; where there is none either, those inside the recording itself.
    """
    if episode.value.chapters:
        return tuple(sorted(episode.value.chapters, key=lambda one: one.start))
    origin = chapter_origin(episode, facts)
    if origin is None:
        return ()
    medium = facts.get(medium_of(episode, facts) or "")
    seconds = medium.duration if medium else None
    return tuple(shown_marks(facts[origin].chapters, seconds))


def chapter_origin(
    episode: Written[EpisodeFile], facts: Mapping[str, FileFacts]
) -> str | None:
    """The file that the chapters are taken from; None for the episode's own file."""
    if episode.value.chapters:
        return None
    medium = medium_of(episode, facts) or ""
    stem = PurePosixPath(medium).stem
    beside = (*CHAPTER_FILES, *(f"{stem}{ending}" for ending in _BESIDE if stem))
    paths = (*map(episode.file, beside), medium)
    return next((path for path in paths if _chaptered(facts.get(path))), None)


def shown_marks(
    marks: Iterable[ChapterMark], seconds: float | None
) -> Iterator[ChapterField]:
    """The marks that have a title and lie in the recording, each start once."""
    end = inf if seconds is None else seconds
    found: dict[float, ChapterMark] = {}
    for mark in sorted(marks, key=lambda one: one.start):
        if _title(mark.title) and 0 <= mark.start < end:
            found.setdefault(mark.start, mark)
    kept = list(found.values())
    yield from map(_field, kept, [*kept[1:], None])


def _chaptered(facts: FileFacts | None) -> bool:
    """Whether a file has chapters: a lone one is the whole recording."""
    return facts is not None and len(list(shown_marks(facts.chapters, None))) > 1


def _field(mark: ChapterMark, after: ChapterMark | None) -> ChapterField:
    """A mark as staff would have written it; an address must be one of the web."""
    early = after and mark.end and mark.start < mark.end < after.start - _TICK
    said = {"start": mark.start, "title": _title(mark.title)}
    said |= {"end": mark.end} if early else {}
    try:
        return ChapterField.model_validate({**said, "url": mark.url})
    except ValidationError:
        return ChapterField.model_validate(said)


def _title(text: str) -> str:
    """What a list can show: one line without control characters."""
    line = " ".join(text.split())[:_LONGEST]
    return "".join(one for one in line if unicodedata.category(one) not in {"Cc", "Cs"})
