"""Write what a published M4A or MP4 says of itself: the items that players read.

The list of items is iTunes', where ``disk`` is the season. The guid has an item of a
free name, for FFmpeg takes iTunes' own (``egid``) for a number, and the licence's
address the name that Picard gives it. Equal values give equal bytes.
"""

from pathlib import Path
from typing import Any

from mutagen import mp4

from peru_media.media.common import Facts

__all__ = ["write_atoms"]

_FILE: Any = mp4.MP4  # mutagen's own types are half done
_COVER: Any = mp4.MP4Cover
_KINDS = {"image/jpeg": _COVER.FORMAT_JPEG, "image/png": _COVER.FORMAT_PNG}
_OWNER = "----:com.apple.iTunes:"
_TEXTS = {
    "title": "\xa9nam",
    "album": "\xa9alb",
    "date": "\xa9day",
    "genre": "\xa9gen",
    "licence": "cprt",
    "link": "\xa9cmt",
}
_FREE = {"guid": "guid", "licence_url": "LICENSE"}
_NUMBERS = {"number": "trkn", "season": "disk"}
_MOST = 0xFFFF


def write_atoms(
    path: Path, tags: Facts, *, cover: tuple[str, bytes] | None = None
) -> None:
    """Give a copy its items, in place of all that it has.

    Args:
        path: an M4A or MP4 that says nothing yet.
        tags: fields of ``CopyTags``, but for its chapters.
        cover: media type and bytes of the picture to show.
    """
    file = _FILE(path)
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    file.tags.update(_items(tags))
    if cover:
        kind, data = cover
        file.tags["covr"] = [_COVER(data, imageformat=_KINDS[kind])]
    file.save(padding=_none)


def _items(tags: Facts) -> dict[str, Any]:
    found: dict[str, Any] = {
        item: [tags[name]] for name, item in _TEXTS.items() if tags.get(name)
    }
    for name, item in _NUMBERS.items():
        number = tags.get(name)
        if number is not None and number <= _MOST:
            found[item] = [(number, 0)]
    if tags.get("artists"):
        found["\xa9ART"] = [", ".join(tags["artists"])]
    for name, item in _FREE.items():
        if tags.get(name):
            found[_OWNER + item] = [tags[name].encode()]
    return found


def _none(_info: object) -> int:
    """Without room for more, so that nothing hangs on the room that was there."""
    return 0
