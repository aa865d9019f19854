"""Podlove Simple Chapters in a file of their own (.psc)."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from peru_media.errors import FeedRefusedError
from peru_media.model.parsed import ParsedChapter
from peru_media.parsing.durations import read_seconds
from peru_media.parsing.guard import refuse_doctype

__all__ = ["parse_simple_chapters"]

_NAMESPACE = "{http://podlove.org/simple-chapters}"
_MOST = 2_000


def parse_simple_chapters(data: bytes) -> tuple[ParsedChapter, ...]:
    """Read the chapters of a file (Podlove Simple Chapters 1.2).

    What has no start that can be read is passed over, and a file that is no such
    XML has none.
    """
    try:
        refuse_doctype(data)
        root = etree.fromstring(data, _parser())
    except (FeedRefusedError, etree.XMLSyntaxError, ValueError):
        return ()
    if root.tag != f"{_NAMESPACE}chapters":
        return ()
    return tuple(_chapters(root))[:_MOST]


def _chapters(root: Any) -> Iterator[ParsedChapter]:  # noqa: ANN401 - lxml's element
    for element in root.iter(f"{_NAMESPACE}chapter"):
        start, _ = read_seconds(element.get("start", ""))
        if start is not None:
            yield ParsedChapter(
                start=round(start, 3),
                title=element.get("title", "").strip(),
                url=element.get("href"),
                image=element.get("image"),
            )


def _parser() -> Any:  # noqa: ANN401 - lxml's parser
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
