"""XML elements whose text is always legal, and bytes without declarations."""

from collections.abc import Mapping
from typing import Any

from lxml import etree
from markupsafe import escape

from peru_media.model.further import OWN_NAMESPACES
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.lines import Lines

__all__ = [
    "ATOM",
    "HISTORY",
    "ITUNES",
    "NAMESPACES",
    "PODCAST",
    "PSC",
    "SPOTIFY",
    "Element",
    "add",
    "atom_bytes",
    "bare",
    "nest",
    "parsed",
    "whole_bytes",
]

NAMESPACES = {
    prefix: OWN_NAMESPACES[prefix]
    for prefix in ("itunes", "podcast", "atom", "content")
}
ATOM, HISTORY, ITUNES, PODCAST, PSC, SPOTIFY = (
    f"{{{OWN_NAMESPACES[prefix]}}}"
    for prefix in ("atom", "fh", "itunes", "podcast", "psc", "spotify")
)

_ATOM_DECLARED = f' xmlns="{NAMESPACES["atom"]}"'.encode()

Element = Any  # lxml ships no types


def add(
    parent: Element, name: str, text: str | None = None, /, **attributes: str | None
) -> None:
    """Add an element below another, with whatever of it is there.

    Where neither text nor any attribute was given, nothing is added.
    """
    words = legal(text) if text else ""
    given = {key: legal(value) for key, value in attributes.items() if value}
    if not words and not given:
        return
    if isinstance(parent, Lines):
        parent.add(name, words, given)
    else:
        nest(parent, name, given).text = words or None


def nest(
    parent: Element, name: str, attributes: Mapping[str, str] | None = None
) -> Element:
    """Add an element that others will lie in, and give it back.

    Without a parent it is a document of its own.
    """
    if parent is None:
        atom = {None: NAMESPACES["atom"]} if name.startswith(ATOM) else None
        return etree.Element(name, attributes, nsmap=atom)
    if isinstance(parent, Lines):
        return parent.nest(name, attributes)
    return etree.SubElement(parent, name, attributes)


def atom_bytes(element: Element, *, whole: bool = False) -> bytes:
    """Write one line a tag: a whole Atom feed, or an entry to be put into one."""
    _one_a_line(element)
    if whole:
        return whole_bytes(element)
    written: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=False)
    return written.replace(_ATOM_DECLARED, b"", 1) + b"\n"


def whole_bytes(element: Element) -> bytes:
    """Write a document with its XML declaration."""
    written: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _one_a_line(parent: Element) -> None:
    parent.text = "\n"
    for child in parent:
        child.tail = "\n"


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


def bare(element: Element, further: Mapping[str, str]) -> str:
    """Write one element of a feed, leaving the namespaces to the feed around it.

    ``further`` are those that the feed declares beside the usual ones.
    """
    around = etree.Element("rss", nsmap={**NAMESPACES, **further})
    around.append(element)
    element.tail = None
    written: str = etree.tostring(around, encoding="unicode")
    return written[written.index(">") + 1 : -len("</rss>")]
