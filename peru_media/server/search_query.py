"""What somebody looks for, made into a question that the search files take.

Nothing that they write reaches SQLite but letters and digits between quotation
marks, so no query can be an order.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from peru_media.rendering.characters import legal

__all__ = ["LONGEST", "Query", "query_of"]

LONGEST = 200
_MOST = 16
_SHORTEST_BEGINNING = 2
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))  # noqa: RUF001  # as people type them
_PIECE = re.compile(r'"([^"]*)(")?|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    Attributes:
        text: as it is shown back. terms: for FTS5; empty where nothing is asked.
        every: whether all of them must be found, or any will do.
    """

    text: str
    terms: tuple[str, ...]
    every: bool = True

    @property
    def match(self) -> str:
        """What FTS5 is asked for; empty where nothing is."""
        return (" AND " if self.every else " OR ").join(self.terms)

    def eased(self) -> "Query | None":
        """The same for any of its words, where it asked for several at once."""
        return replace(self, every=False) if self.every and self.terms[1:] else None


@lru_cache(maxsize=256)
def query_of(text: str) -> Query:
    """Read what was typed: words that must all be found, and "whole phrases".

    The last word is found by its beginning too, as is any that ends in ``*``. At
    most 200 characters and 16 words or phrases count.
    """
    shown = " ".join(legal(text[: 2 * LONGEST]).split())[:LONGEST].strip()
    pieces = list(_PIECE.finditer(shown.translate(_QUOTES)))
    terms = [
        _term(piece, last=place == len(pieces))
        for place, piece in enumerate(pieces, start=1)
    ]
    return Query(shown, tuple([term for term in terms if term][:_MOST]))


def _term(piece: re.Match[str], *, last: bool) -> str:
    """One phrase or word as an FTS5 string, with a star where its end is open."""
    phrase, closed, word = piece.groups()
    words = _words(phrase if word is None else word)
    if not words:
        return ""
    open_end = not closed if word is None else word.endswith("*")
    begun = (open_end or (last and word is not None)) and (
        len(words[-1]) >= _SHORTEST_BEGINNING
    )
    return f'"{" ".join(words)}"{" *" if begun else ""}'


def _words(text: str) -> list[str]:
    """The words as FTS5 splits them: letters, digits, and the marks upon them."""
    spaced = "".join(one if _in_word(one) else " " for one in text)
    return [word for word in spaced.split() if any(map(_counts, word))]


def _in_word(one: str) -> bool:
    return _counts(one) or unicodedata.category(one)[0] == "M"


def _counts(one: str) -> bool:
    category = unicodedata.category(one)
    return category[0] in "LN" or category == "Co"
