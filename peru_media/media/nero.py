"""Chapters of MP4 files in Nero's box (``chpl``), as most programs write them."""

from typing import Any

from mutagen.mp4 import MP4, Chapter, MP4Chapters

__all__ = ["LONGEST_TITLE", "Mp4"]

LONGEST_TITLE = 255
_HEAD = 9
_TICKS = 10_000_000
_Base: Any = MP4Chapters  # mutagen's own types are half done
_File: Any = MP4
_CHAPTER: Any = Chapter


class _Chapters(_Base):  # type: ignore[misc]  # mutagen ships no types
    """The box, read as far as it goes: long titles often end in half a letter."""

    def _parse_chpl(self, atom: Any, fileobj: Any) -> None:  # noqa: ANN401 - as above
        _, data = atom.read(fileobj)
        at = _HEAD
        while at + _HEAD <= len(data):
            start = int.from_bytes(data[at : at + 8]) / _TICKS
            size, at = data[at + 8], at + _HEAD
            title = data[at : at + size].decode("utf-8", "ignore")
            self._chapters.append(_CHAPTER(start, title))
            at += size


class Mp4(_File):  # type: ignore[misc]  # mutagen ships no types
    """mutagen's reader of MP4 files, which takes long titles of chapters too."""

    MP4Chapters = _Chapters
