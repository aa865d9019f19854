"""What a show lends to the pages of its episodes; nothing else of it touches them."""

from collections.abc import Sequence

from peru_media.model.source import Episode, Show
from peru_media.rendering.addresses import page_path

__all__ = ["LENT", "lent", "named"]

LENT = frozenset(
    {
        "author",
        "card",
        "collections",
        "language",
        "licence",
        "links",
        "people",
        "picture",
        "slug",
        "timezone",
        "title",
        "visibility",
    }
)
"""Fields of a show: all that frames and citations of its episodes may look at."""


def lent(show: Show) -> bytes:
    """Everything that the pages of a show's episodes take from it."""
    return show.model_dump_json(include=set(LENT), exclude_defaults=True).encode()


def named(episodes: Sequence[Episode]) -> bytes:
    """What a page that leads to episodes says of them."""
    lines = ((page_path(one), one.title, one.language) for one in episodes)
    return "\0".join(part for line in lines for part in line).encode()
