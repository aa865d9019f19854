"""Find words in any text, however they are written there, and take them out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Wording", "squeezed", "stands_in", "taken_out", "taken_out_of"]

_NO_LETTER = re.compile(r"[\W_]+")
_OTHERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
    }
)
_BETWEEN = "\n"
_PASSES = 9  # what stood around them may make the words anew
_TRAILS = frozenset({"Mn", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that are to be taken out, and what stands in their place.

    They are found in capitals and small letters, with and without accents, with
    anything but letters and digits between their letters: another space, the end of
    a line, a hyphen, marks of Markdown, a soft hyphen, a character without width.
    """

    words: str
    say: str = ""

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand: the start and end of each place, as whole words alone."""
        wanted = squeezed(self.words)
        if not wanted or wanted not in squeezed(text):
            return
        letters, places = _placed(text)
        at = letters.find(wanted)
        while at >= 0:
            last = at + len(wanted)
            span = places[at], _end(text, places[last - 1] + 1)
            if _is_whole(text, *span):
                yield span
                at = letters.find(wanted, last)
            else:
                at = letters.find(wanted, at + 1)


def squeezed(text: str) -> str:
    """The letters and digits of a text alone, small and without accents."""
    small = unicodedata.normalize("NFKD", text).casefold().translate(_OTHERS)
    return _NO_LETTER.sub("", unicodedata.normalize("NFKD", small))


def stands_in(text: str, wordings: Iterable[Wording]) -> bool:
    """Whether any of the words stand in a text."""
    return any(next(one.spans(text), None) for one in wordings)


def taken_out(text: str, wordings: Iterable[Wording]) -> str:
    """The text with something else in place of the words."""
    return taken_out_of([text], wordings)[0]


def taken_out_of(texts: Sequence[str], wordings: Iterable[Wording]) -> list[str]:
    """The same for texts that follow one another, in which words may go on.

    What stands in their place stands where they begin.
    """
    found = list(texts)
    for one in sorted(wordings, key=lambda one: -len(squeezed(one.words))):
        for _ in range(_PASSES):
            spans = list(one.spans(_BETWEEN.join(found)))
            if not spans:
                break
            found = _without(found, spans, one.say)
    return found


def _without(texts: list[str], spans: list[tuple[int, int]], say: str) -> list[str]:
    made, start = [], 0
    for text in texts:
        made.append(_cut(text, [(a - start, b - start) for a, b in spans], say))
        start += len(text) + len(_BETWEEN)
    return made


def _cut(text: str, spans: list[tuple[int, int]], say: str) -> str:
    parts, done = [], 0
    for start, end in spans:
        if end <= 0 or start >= len(text):
            continue
        parts += [text[done : max(start, 0)], say if start >= 0 else ""]
        done = min(end, len(text))
    return "".join([*parts, text[done:]])


def _placed(text: str) -> tuple[str, list[int]]:
    """The letters of a text, and where in it each of them stands."""
    found = [(letter, at) for at, sign in enumerate(text) for letter in _folded(sign)]
    return "".join(letter for letter, _ in found), [at for _, at in found]


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    return squeezed(sign)


def _end(text: str, end: int) -> int:
    """Where they end with the accents that follow their last letter."""
    while end < len(text) and unicodedata.category(text[end]) in _TRAILS:
        end += 1
    return end


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on at either side; some scripts put nothing between."""
    before = start > 0 and _goes_on(text[start - 1], text[start])
    return not before and not (end < len(text) and _goes_on(text[end - 1], text[end]))


def _goes_on(one: str, other: str) -> bool:
    return all(
        sign.isalnum() and unicodedata.category(sign) != "Lo" for sign in (one, other)
    )
