"""What a show lends to the pages of its episodes; nothing else of it touches them."""

from peru_media.model.source import Show
from peru_media.model.value import canonical
from peru_media.rendering.addresses import page_path
from peru_media.rendering.neighbours import Ways

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


def named(ways: Ways) -> bytes:
    """What a page that leads to episodes says of them."""
    groups = (ways.related, ways.earlier, ways.later)
    lines = [
        [[page_path(one), one.title, one.language] for one in group] for group in groups
    ]
    return canonical(lines)
