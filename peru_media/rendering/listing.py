"""Long lists of episodes, cut into pages that stay as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from peru_media.model.source import Collection, Episode, Show
from peru_media.model.value import Value

__all__ = ["Cut", "Listing", "cut", "listing"]

_PAGE, _LEAST = 50, 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A list of episodes: the newest, and full pages of the older ones.

    Attributes:
        front: newest first; at least 25 where there are so many.
        pages: from the oldest on, 50 episodes each, newest first in each. A full
            page never changes but by what leaves it.
    """

    front: tuple[Episode, ...]
    pages: tuple[tuple[Episode, ...], ...]


class Listing(Value):
    """A page that lists episodes: of a collection, or the older ones of a show.

    ``title`` is empty for a show's older episodes; ``number`` counts pages from the
    oldest, and is 0 in front.
    """

    show: str
    show_title: str
    language: str
    timezone: str
    listed: bool
    title: str = ""
    description: str = ""
    number: int = 0
    older: str | None = None
    newer: str | None = None


def cut(newest_first: Sequence[Episode]) -> Cut:
    """Cut a list, so that a new episode changes no page but the front."""
    full = max(0, (len(newest_first) - _LEAST) // _PAGE)
    oldest_first = newest_first[::-1]
    starts = range(0, full * _PAGE, _PAGE)
    pages = (tuple(oldest_first[at : at + _PAGE][::-1]) for at in starts)
    front = newest_first[: len(newest_first) - full * _PAGE]
    return Cut(front=tuple(front), pages=tuple(pages))


def listing(show: Show, collection: Collection | None = None) -> Listing:
    """Begin the page of a list: of a collection, or of the show."""
    return Listing(
        show=show.slug,
        show_title=show.title,
        language=show.language,
        timezone=show.timezone,
        listed=show.visibility == "public",
        title=collection.title if collection else "",
        description=collection.description if collection else "",
    )
