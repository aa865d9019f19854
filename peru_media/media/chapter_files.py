"""Chapters that lie in a text of their own beside the recording."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from peru_media.media.common import Facts, chapter

if TYPE_CHECKING:  # what reads the files themselves is slow to load, and rarely needed
    from peru_media.model.parsed import ParsedChapter

__all__ = ["label_chapters", "list_chapters", "xml_chapters"]

_MOST = 2_000
_XML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:\w+:)?chapters[\s>]", re.DOTALL
)
_LABEL = re.compile(r"(\d+(?:[.,]\d+)?)\t(\d+(?:[.,]\d+)?)\t(.*)", re.ASCII)


def xml_chapters(text: str) -> list[Facts] | None:
    """Podlove Simple Chapters; None where a text is nothing of the kind."""
    if not _XML.match(text):
        return None
    from peru_media.parsing.simple_chapters import (  # noqa: PLC0415 - as above
        parse_simple_chapters,
    )

    return list(_marks(parse_simple_chapters(text.encode())))


def list_chapters(text: str) -> list[Facts]:
    """JSON chapters (podcast namespace); none where it is another kind of JSON."""
    from peru_media.parsing.json_chapters import (  # noqa: PLC0415 - as above
        read_chapters,
    )

    return list(_marks(read_chapters(text.encode(), url="")))


def label_chapters(text: str) -> list[Facts] | None:
    """Labels as Audacity exports them, a line each: start, end, words, by tabs.

    None where a line is anything else. A label of some length ends where it says.
    """
    found: list[Facts] = []
    for line in filter(str.strip, text.split("\n")):
        if line.startswith("\\"):  # the frequencies of the label above
            continue
        label = _LABEL.fullmatch(line)
        if label is None or len(found) >= _MOST:
            return None
        start, end = (float(label[n].replace(",", ".")) for n in (1, 2))
        found.append(chapter(start, label[3], end=end if end > start else None))
    return found or None


def _marks(chapters: "tuple[ParsedChapter, ...]") -> Iterator[Facts]:
    for one in chapters:
        if one.start is not None and one.start >= 0:
            yield chapter(one.start, one.title, url=one.url)
