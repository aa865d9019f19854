"""A feed as lxml reads it: every element and every attribute, whatever their names."""

from collections import Counter
from typing import Any

from lxml import etree

from peru_media.model.further import OWN_NAMESPACES
from tests.readers.said import Place, Said, add

__all__ = ["said_by_elements"]

_PREFIXES = {address: prefix for prefix, address in OWN_NAMESPACES.items()} | {
    "http://search.yahoo.com/mrss/": "media"
}


def said_by_elements(feed: bytes) -> Said:
    """Everything that stands in a feed."""
    said: Said = {}
    _walk(said, etree.fromstring(feed)[0], path="", place=())
    return said


def _walk(said: Said, parent: Any, *, path: str, place: Place) -> None:
    seen: Counter[str] = Counter()
    for element in parent:
        name = _name(element.tag)
        values = {_name(key): value for key, value in element.items()}
        if element.text and element.text.strip():
            values["text"] = element.text
        add(said, path + name, place, values)
        _walk(said, element, path=f"{path}{name}/", place=(*place, seen[name]))
        seen[name] += 1


def _name(tag: str) -> str:
    name = etree.QName(tag)
    return f"{_PREFIXES[name.namespace]}:{name.localname}" if name.namespace else tag
