"""XML elements whose text is always legal, and bytes without declarations."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree
from markupsafe import escape

from peru_media.model.further import OWN_NAMESPACES
from peru_media.rendering.characters import legal

__all__ = [
    "ATOM",
    "ITUNES",
    "NAMESPACES",
    "PODCAST",
    "PSC",
    "SPOTIFY",
    "Element",
    "add",
    "bare_bytes",
    "nest",
    "parsed",
]

NAMESPACES = {
    prefix: OWN_NAMESPACES[prefix]
    for prefix in ("itunes", "podcast", "atom", "content")
}
ATOM, ITUNES, PODCAST, PSC, SPOTIFY = (
    f"{{{OWN_NAMESPACES[prefix]}}}"
    for prefix in ("atom", "itunes", "podcast", "psc", "spotify")
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


def parsed(text: str, namespaces: Mapping[str, str]) -> list[Element]:
    """Read the elements of a checked passage, whose prefixes these are."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    declared = "".join(
        f' xmlns:{prefix}="{escape(address)}"' for prefix, address in namespaces.items()
    )
    wrapper = f"<extra{declared}>{legal(text)}</extra>"
    found: list[Element] = list(etree.fromstring(wrapper.encode(), parser))
    for element in found:
        _clean(element)
    return found


def _clean(top: Element) -> None:
    """Take out what only a character's number could bring in."""
    for element in top.iter():
        element.text = legal(element.text) if element.text else None
        element.tail = legal(element.tail) if element.tail else None
        for name, value in element.items():
            element.set(name, legal(value))


def bare_bytes(
    element: Element, further: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Write one element of a feed, leaving the namespaces to the feed around it.

    ``further`` are those that the feed declares beside the usual ones.
    """
    around = etree.Element("rss", nsmap={**NAMESPACES, **further})
    around.append(element)
    written: bytes = etree.tostring(around, encoding="UTF-8", xml_declaration=False)
    return written[written.index(b">") + 1 : -len(b"</rss>")]
