"""The page that answers a search, made in a thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import ValidationError

from peru_media.errors import StoreUnavailableError
from peru_media.rendering.search_page import Results, search_page
from peru_media.rendering.views import Imprint
from peru_media.rendering.voice import voices_of
from peru_media.server.search_query import Query
from peru_media.server.search_room import SearchRoom
from peru_media.server.searching import Search

__all__ = ["Asked", "answered"]

_PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: for which words, in which show alone, which page of results.

    ``voice`` counts the site's languages, from 0.
    """

    query: Query
    show: str
    page: int
    voice: int


def answered(
    asked: Asked, room: SearchRoom, *, lane: int, now: float, late: Callable[[], bool]
) -> bytes:
    """Search, and write the page of what was found.

    Args:
        asked: the question.
        room: what is searched.
        lane: which connections of its files are ours.
        now: seconds since 1970.
        late: whether it is time to be content with what was found.

    Raises:
        StoreUnavailableError: another version published what the page needs.
    """
    try:
        imprint = Imprint.model_validate_json(room.imprint)
    except ValidationError:
        msg = f"{room.part.key}: published by another version. Publish again"
        raise StoreUnavailableError(msg) from None
    voice = voices_of(imprint.languages)[asked.voice]
    search = Search(
        files=tuple(room.files.values()),
        lane=lane,
        query=asked.query,
        show=asked.show,
        now=now,
        late=late,
    )
    return search_page(imprint, _results(asked, room, search), voice=voice)


def _results(asked: Asked, room: SearchRoom, search: Search) -> Results:
    """What all words are found in; where that is nothing, what some are found in."""
    found, eased = search.found(), search.query.eased()
    if eased is not None and not found.hits:
        search = replace(search, query=eased)
        found = search.found()
    pages = max(1, -(-len(found.hits) // _PER_PAGE))
    page = min(max(1, asked.page), pages)
    start = (page - 1) * _PER_PAGE
    shown = found.hits[start : start + _PER_PAGE]
    return Results(
        query=asked.query.text if asked.query.match else "",
        show=asked.show,
        shows=room.shows(),
        total=len(found.hits),
        complete=found.complete and room.whole,
        every=search.query.every,
        page=page,
        pages=pages,
        first=start + 1,
        results=[search.result(hit) for hit in shown],
    )
