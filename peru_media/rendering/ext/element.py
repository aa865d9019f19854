"""XML elements whose text is always legal, and bytes without declarations."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from peru_media.rendering.characters import legal

__all__ = [
    "ATOM",
    "ITUNES",
    "NAMESPACES",
    "PODCAST",
    "Element",
    "add",
    "bare_bytes",
    "nest",
]

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
ATOM, ITUNES, PODCAST = (
    f"{{{NAMESPACES[prefix]}}}" for prefix in ("atom", "itunes", "podcast")
)

Element = Any  # lxml ships no types


def add(
    parent: Element, name: str, text: str | None = None, /, **attributes: str | None
) -> None:
    """Add an element below another, with whatever of it is there.

    Where neither text nor any attribute was given, nothing is added.
    """
    words = legal(text or "")
    given = {key: legal(value) for key, value in attributes.items() if value}
    if words or given:
        nest(parent, name, given).text = words or None


def nest(
    parent: Element, name: str, attributes: Mapping[str, str] | None = None
) -> Element:
    """Add an element that others will lie in, and give it back."""
    return etree.SubElement(parent, name, attributes)


def bare_bytes(element: Element) -> bytes:
    """Write one element of a feed, leaving the namespaces to the feed around it."""
    around = etree.Element("rss", nsmap=NAMESPACES)
    around.append(element)
    written: bytes = etree.tostring(around, encoding="UTF-8", xml_declaration=False)
    return written[written.index(b">") + 1 : -len(b"</rss>")]
