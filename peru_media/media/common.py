"""What the readers of every form of file share: plain facts and common names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from peru_media.media.sniff import Form

__all__ = [
    "NO_PICTURE",
    "NO_SOUND",
    "TOLERANCE",
    "Facts",
    "Found",
    "Source",
    "chapter",
    "close_chapters",
    "common_names",
    "plain",
]

Facts = dict[str, Any]

NO_PICTURE = "It is neither a JPEG nor a PNG picture: save it as one of them."
NO_SOUND = "It holds no sound that can be played: export it again."
TOLERANCE = 1.0

_MOST_NAMES = 256
_LONGEST_TEXT = 20_000
_LONGEST_OF_ALL = 500_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is being read: open, and what its first bytes said it is."""

    path: Path
    file: BinaryIO
    form: Form
    size: int


@dataclass(slots=True)
class Found:
    """What the tags of one file hold.

    Attributes:
        texts: by common name where there is one.
        chapters: fields of ``ChapterMark``.
        cover: the bytes of the embedded picture.
        questions: sentences about what looks odd.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    chapters: list[Facts] = field(default_factory=list)
    cover: bytes | None = None
    questions: list[str] = field(default_factory=list)


def plain(text: object) -> str:
    """Any text as it can be written in UTF-8, without NUL, and not endless."""
    whole = str(text)[:_LONGEST_TEXT]
    return whole.encode("utf-8", "replace").decode().replace("\0", "").strip()


def common_names(pairs: Iterable[tuple[str, object]]) -> dict[str, list[str]]:
    """Gather texts by name, each once; what is beyond all measure is left out."""
    texts: dict[str, list[str]] = {}
    room = _LONGEST_OF_ALL
    for name, value in pairs:
        text = plain(value)
        room -= len(text) + len(name)
        if room < 0 or len(texts) >= _MOST_NAMES:
            break
        if text and text not in texts.setdefault(plain(name), []):
            texts[plain(name)].append(text)
    return {name: values for name, values in texts.items() if values}


def chapter(
    start: float, title: object, *, end: float | None = None, url: str | None = None
) -> Facts:
    """One chapter, times in seconds, as fields of ``ChapterMark``."""
    mark: Facts = {"start": round(start, 3), "title": plain(title)}
    if end is not None:
        mark["end"] = round(end, 3)
    if url:
        mark["url"] = plain(url)
    return mark


def close_chapters(chapters: list[Facts], seconds: float | None) -> None:
    """Put chapters in order, and let one without an end last until the next."""
    chapters.sort(key=lambda mark: mark["start"])
    for mark, after in pairwise(chapters):
        mark.setdefault("end", after["start"])
    if chapters and seconds:
        chapters[-1].setdefault("end", max(round(seconds, 3), chapters[-1]["start"]))
