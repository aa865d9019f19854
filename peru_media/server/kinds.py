"""What kind of thing an address asks for, told by its shape alone."""

from typing import Literal

__all__ = ["KINDS", "Kind", "kind_of"]

Kind = Literal[
    "asset",
    "chapters",
    "citation",
    "document",
    "embed",
    "feed",
    "health",
    "media",
    "oembed",
    "page",
    "private",
    "search",
    "sitemap",
    "transcript",
]

KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]  # mypy does not see what a Literal holds

_FIRST: dict[str, Kind] = {
    "assets": "asset",
    "healthz": "health",
    "media": "media",
    "metrics": "health",
    "private": "private",
    "readyz": "health",
}
_LAST: dict[str, Kind] = {
    "captions": "transcript",
    "chapters": "chapters",
    "cite": "citation",
    "embed": "embed",
    "feed": "feed",
    "oembed": "oembed",
    "opml": "feed",
    "publisher": "feed",
    "robots": "sitemap",
    "search": "search",
    "sitemap": "sitemap",
    "transcript": "transcript",
}


def kind_of(path: str) -> Kind:
    """Tell feeds from pages, media and so on; whatever else it is, a page.

    Whether anything is published there is another question: what nobody knows is
    of the kind that it would be.
    """
    first = path[1:].partition("/")[0]
    if (kind := _FIRST.get(first)) is not None:
        return kind
    folder, _, last = path.rpartition("/")
    name, _, ending = last.partition(".")
    if ending == "pdf":
        return "document"
    if ending == "xml" and folder.endswith("/feed"):
        return "feed"
    return _LAST.get(name, "page")
