"""Elements that no field holds, as passages that staff could have written."""

from collections.abc import Mapping
from html import escape
from typing import Any

from lxml import etree

from peru_media.parsing.names import namespace_of

__all__ = ["declared", "passage", "told"]

_DEEPEST = 10
_XML = "{http://www.w3.org/XML/1998/namespace}"


def declared(xml: str) -> Mapping[str, str]:
    """The namespaces that an element declares, and the prefixes it calls them by."""
    top = _read(xml)
    if top is None:
        return {}
    spaces = (one.nsmap.items() for one in top.iter())
    return {
        address: prefix or ""
        for found in spaces
        for prefix, address in found
        if address
    }


def passage(xml: str, prefixes: Mapping[str, str]) -> str | None:
    """Write an element without its declarations, by prefixes declared elsewhere.

    Args:
        xml: one element that declares its namespaces.
        prefixes: namespace -> prefix.

    Returns:
        None where something in it has no namespace, or one without a prefix, or
        where it is nested deeper than such a passage may be.
    """
    top = _read(xml)
    return None if top is None else _written(top, prefixes, 1)


def _read(xml: str) -> Any:  # noqa: ANN401  # lxml ships no types
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(xml.encode(errors="replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _written(element: Any, prefixes: Mapping[str, str], depth: int) -> str | None:  # noqa: ANN401  # lxml ships no types
    name = _named(element.tag, prefixes)
    names = {_attribute(key, prefixes): value for key, value in element.items()}
    inner = [_written(child, prefixes, depth + 1) for child in element]
    if name is None or None in names or None in inner or depth > _DEEPEST:
        return None
    said = "".join(f' {key}="{escape(value)}"' for key, value in names.items())
    tails = [child.tail or "" for child in element]
    words = escape(element.text or "", quote=False) + "".join(
        f"{child}{escape(tail, quote=False)}"
        for child, tail in zip(inner, tails, strict=True)
    )
    return f"<{name}{said}>{words}</{name}>" if words else f"<{name}{said}/>"


def _named(tag: str, prefixes: Mapping[str, str]) -> str | None:
    namespace, name = namespace_of(tag)
    prefix = prefixes.get(namespace)
    return f"{prefix}:{name}" if prefix else None


def _attribute(name: str, prefixes: Mapping[str, str]) -> str | None:
    if not name.startswith("{"):
        return name
    return "xml:lang" if name == f"{_XML}lang" else _named(name, prefixes)


def told(xml: str) -> object:
    """What an element says, whatever its prefixes: equal for two that say the same."""
    top = _read(xml)
    return xml if top is None else _told(top)


def _told(element: Any) -> object:  # noqa: ANN401  # lxml ships no types
    words = " ".join((element.text or "").split())
    inner = [(_told(one), " ".join((one.tail or "").split())) for one in element]
    return element.tag, sorted(element.items()), words, inner
