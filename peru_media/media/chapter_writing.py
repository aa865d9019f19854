"""Chapters as the containers of published copies can hold them."""

import hashlib
from pathlib import Path

from peru_media.errors import MediaError
from peru_media.media.common import Facts
from peru_media.media.nero import LONGEST_TITLE

__all__ = ["illustrate", "whole_chapters"]

_SIDE = 400
_CHANGED = "A chapter's picture changed while it was published: run the command again."


def illustrate(chapters: list[Facts]) -> None:
    """Read the picture of each chapter, small and clean, as ``picture``.

    Raises:
        MediaError: one is damaged, or not the file that was probed.
    """
    from peru_media.media.pictures import cover_for_tags  # noqa: PLC0415 - slow

    made: dict[str, tuple[str, bytes]] = {}
    for mark in chapters:
        path = mark.get("image")
        if not path:
            continue
        if path not in made:
            data = Path(path).read_bytes()
            if hashlib.sha256(data).hexdigest() != mark.get("image_sha256"):
                raise MediaError(_CHANGED)
            made[path] = cover_for_tags(data, side=_SIDE)
        mark["picture"] = made[path]


def whole_chapters(chapters: list[Facts], title: str) -> list[Facts]:
    """Chapters as a track of text has them: without a gap, from the very beginning.

    Players take the first chapter of a QuickTime track to begin with the sound, so
    where it begins later, the time before goes by the episode's own title. Titles
    are cut to the 255 bytes that Nero's box has room for, between two letters.
    """
    made = [{**mark, "title": _fitted(mark.get("title", ""))} for mark in chapters]
    if made and made[0]["start"] > 0:
        first = {"start": 0.0, "end": made[0]["start"], "title": _fitted(title)}
        made.insert(0, first)
    return made


def _fitted(title: str) -> str:
    return title.encode()[:LONGEST_TITLE].decode("utf-8", "ignore")
