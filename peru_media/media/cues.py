"""Chapters of WAV files: cue points, and the names that labels give them."""

from collections.abc import Iterator

from peru_media.media.common import Facts, chapter

__all__ = ["cue_chapters"]

_POINT = 24
_MOST = 2_000
_ID = slice(0, 4)
_FRAME = slice(20, 24)
_NAMES = (b"labl", b"note")


def cue_chapters(cue: bytes, adtl: bytes, *, rate: int) -> list[Facts]:
    """Read the cue points that have a name (Multimedia Programming Interface, 1991).

    Recorders and editors set cues without a name wherever a key was pressed, so
    those are no chapters.

    Args:
        cue: content of the chunk ``cue``.
        adtl: content of the LIST chunk of that type.
        rate: samples a second, in which cues are counted.
    """
    names = dict(_labels(adtl))
    count = min(int.from_bytes(cue[:4], "little"), _MOST)
    found: list[Facts] = []
    for at in range(4, min(4 + count * _POINT, len(cue) - _POINT + 1), _POINT):
        point = cue[at : at + _POINT]
        title = names.get(point[_ID], "")
        if title and rate:
            frame = int.from_bytes(point[_FRAME], "little")
            found.append(chapter(frame / rate, title))
    return found


def _labels(adtl: bytes) -> Iterator[tuple[bytes, str]]:
    """The name of each cue by its number; of several the first, so labels go last."""
    texts = {name: list(_texts(adtl, name)) for name in _NAMES}
    for name in reversed(_NAMES):
        yield from texts[name]


def _texts(adtl: bytes, wanted: bytes) -> Iterator[tuple[bytes, str]]:
    at = 4 if adtl[:4] == b"adtl" else len(adtl)
    while at + 12 <= len(adtl):
        size = int.from_bytes(adtl[at + 4 : at + 8], "little")
        if adtl[at : at + 4] == wanted:
            text = adtl[at + 12 : at + 8 + size].partition(b"\0")[0]
            yield adtl[at + 8 : at + 12], text.decode("utf-8", "replace").strip()
        at += 8 + size + size % 2
