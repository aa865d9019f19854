"""All shows in one list, which apps take in at once (OPML 2.0)."""

from collections.abc import Iterable

from peru_media.model.source import Show
from peru_media.rendering.addresses import feed_path
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import add, nest, whole_bytes

__all__ = ["opml"]


def opml(organisation: str, shows: Iterable[Show], *, base_url: str) -> bytes:
    """Write one line a show, by title; only public ones may be given."""
    top = nest(None, "opml", {"version": "2.0"})
    add(nest(top, "head"), "title", organisation)
    body = nest(top, "body")
    for show in sorted(shows, key=lambda one: (one.title.casefold(), one.slug)):
        title = legal(show.title).strip() or show.slug
        add(
            body,
            "outline",
            type="rss",
            text=title,
            title=title,
            xmlUrl=base_url + feed_path(show.slug),
            htmlUrl=f"{base_url}/{show.slug}",
            language=show.language,
        )
    return whole_bytes(top)
