"""From words with their times to the cues of a transcript that can be read along."""

import re
from collections.abc import Iterable, Iterator, Sequence

from peru_media.model.speech import SpokenWord
from peru_media.rendering.transcripts import Cue

__all__ = ["drafted"]

_Words = Sequence[SpokenWord]

_LINE, _LETTERS, _SECONDS = 42, 84, 7.0
_PAUSE = 1.0
_LEAST = 0.5
_MIDDLE = 4
_ENDS_SENTENCE = re.compile(r"[.!?…。！？]['\"\u2019\u201d)»]*$")  # noqa: RUF001  # signs of other scripts
_ENDS_PART = re.compile(r"[,;:、，；：–—]['\"\u2019\u201d)»]*$")  # noqa: RUF001  # signs of other scripts


def drafted(words: Iterable[SpokenWord]) -> tuple[Cue, ...]:
    """Lay words out as cues: a sentence each, or a part of a long one.

    A cue has two lines at most and lasts seven seconds at most, as far as the
    words allow; it ends at a full stop or a pause, else at a comma. Cues come one
    after the other, and none says who speaks: a machine does not know.

    Args:
        words: in the order in which they were said.
    """
    pieces = _joined(part for said in _sentences(words) for part in _parts(said))
    return tuple(_timed(pieces))


def _sentences(words: Iterable[SpokenWord]) -> Iterator[list[SpokenWord]]:
    said: list[SpokenWord] = []
    for word in words:
        if not word.text.strip():
            continue
        if said and (_ends(said[-1]) or word.start - said[-1].end >= _PAUSE):
            yield said
            said = []
        said.append(word)
    if said:
        yield said


def _ends(word: SpokenWord) -> bool:
    return _ENDS_SENTENCE.search(word.text.strip()) is not None


def _parts(words: _Words) -> Iterator[_Words]:
    """A sentence, or its parts where it is too long to be read at once."""
    if len(words) == 1 or _fits(words):
        yield words
        return
    at = _best_break(words)
    yield from _parts(words[:at])
    yield from _parts(words[at:])


def _fits(words: _Words) -> bool:
    short = words[-1].end - words[0].start <= _SECONDS
    return short and len(_text(words)) <= _LETTERS


def _best_break(words: _Words) -> int:
    """Where to break: near the middle, after a comma if one is there, or at a pause."""
    whole = len(words)
    margin = whole // _MIDDLE
    places = range(max(margin, 1), max(whole - margin, 2))
    return min(
        places, key=lambda at: (*_hold(words[at - 1], words[at]), abs(whole - 2 * at))
    )


def _hold(word: SpokenWord, following: SpokenWord) -> tuple[bool, float]:
    """How much two words belong together: the less, the better to break there."""
    return not _is_part(word), round(word.end - following.start, 1)


def _is_part(word: SpokenWord) -> bool:
    return _ENDS_PART.search(word.text.strip()) is not None


def _joined(pieces: Iterable[_Words]) -> list[_Words]:
    """Put short sentences that follow one another on one line."""
    found: list[_Words] = []
    for piece in pieces:
        if found and _is_one_line(found[-1], piece):
            found[-1] = (*found[-1], *piece)
        else:
            found.append(piece)
    return found


def _is_one_line(first: _Words, second: _Words) -> bool:
    both = (*first, *second)
    near = second[0].start - first[-1].end < _PAUSE
    return near and _fits(both) and len(_text(both)) <= _LINE


def _timed(pieces: Sequence[_Words]) -> Iterator[Cue]:
    """Let each begin and then end, and none before the one above has ended."""
    free = 0.0
    for piece in pieces:
        start = max(piece[0].start, free)
        free = max(piece[-1].end, start + _LEAST)
        yield Cue(start=round(start, 3), end=round(free, 3), text=_text(piece))


def _text(words: _Words) -> str:
    return " ".join("".join(word.text for word in words).split())
