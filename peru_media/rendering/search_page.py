"""The page of a search: the form, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from peru_media.rendering.addresses import SEARCH
from peru_media.rendering.layout import write_page
from peru_media.rendering.search_lines import Kind
from peru_media.rendering.views import Imprint
from peru_media.rendering.voice import Voice

__all__ = ["Excerpt", "Pieces", "Result", "Results", "search_page"]

Pieces = tuple[tuple[str, bool], ...]
"""Words, each with whether they are what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A line that was found: what it is, from which second, who says it."""

    kind: Kind
    start: int | None
    speaker: str
    pieces: Pieces

    @property
    def fits(self) -> bool:
        """Whether it has what was looked for in itself, and not only beside it."""
        return any(fits for _, fits in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A page that was found.

    Attributes:
        kind: ``episode``, ``document`` or ``show``. since: when it came out.
        brief: what it is, in a few words. excerpts: its best lines, with what was
            looked for in them. more: in how many further places it is heard.
    """

    kind: str
    path: str
    title: Pieces
    language: str
    timezone: str
    show: str
    since: datetime | None
    brief: str
    excerpts: tuple[Excerpt, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search found.

    Attributes:
        query: as it was understood; empty before anything is asked.
        show: slug of the one show that was searched, or empty.
        shows: path, title and language of each that may be chosen.
        total: how many pages were found. complete: whether that is all.
        every: whether they have all of the words, and not only some.
        page, pages: which part of them this is, from 1, and of how many.
        first: number of the first of this part. results: those of this part.
    """

    query: str = ""
    show: str = ""
    shows: Sequence[tuple[str, str, str]] = ()
    total: int = 0
    complete: bool = True
    every: bool = True
    page: int = 1
    pages: int = 1
    first: int = 1
    results: Sequence[Result] = ()


def search_page(imprint: Imprint, found: Results, *, voice: Voice) -> bytes:
    """Write the page: with nothing asked for, the form alone."""

    def turn(page: int) -> str:
        asked = {"q": found.query, "show": found.show, "page": str(page)}
        return urlencode({name: value for name, value in asked.items() if value})

    asked = f"{SEARCH}?{turn(found.page)}" if found.query else SEARCH
    return write_page(
        "search.html",
        imprint,
        voice,
        path=asked,
        found=found,
        turn=turn,
    )
