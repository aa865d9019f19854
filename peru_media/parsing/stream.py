"""The one door to lxml's parser: a feed piece by piece, its items as they end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from peru_media.errors import FeedRefusedError
from peru_media.parsing.guard import LONGEST_TAG, refuse_long_tag
from peru_media.parsing.repairs import Element, Notes

__all__ = ["BrokenXmlError", "Stream"]

_PIECE = LONGEST_TAG
_ITEMS = ("{*}item", "{*}entry", "atom:entry", "rss:item")
_HOLDERS = {"channel", "rss", "rdf:RDF", "atom:feed", "items", "Channel", "item"}
_OPTIONS: dict[str, Any] = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_WHOLE = {"remove_comments": False, "remove_pis": False, "strip_cdata": False}
_TOO_MUCH = etree.ErrorTypes.ERR_RESOURCE_LIMIT
_NO_NAMESPACE = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE


class BrokenXmlError(ValueError):
    """It is not well formed, so it has to be mended first."""


@dataclass
class Stream:
    """One reading of a feed.

    Attributes:
        mended: whether faults are passed over and noted, instead of raised.
        root: the outermost element, when all was read, without its items.
    """

    data: bytes
    notes: Notes
    mended: bool = False
    root: Element = None

    def items(self) -> Iterator[Element]:
        """Give each item when it has ended; it is emptied when the next is asked.

        Raises:
            BrokenXmlError: unless ``mended``.
            FeedRefusedError: too deep, too long, too much.
        """
        parser = etree.XMLPullParser(
            events=("end",), tag=_ITEMS, recover=self.mended, **_OPTIONS
        )
        before = None
        for start in range(0, len(self.data), _PIECE):
            refuse_long_tag(self.data, start, start + _PIECE)
            self._feed(parser, self.data[start : start + _PIECE])
            for _, item in parser.read_events():
                if self._is_episode(item):
                    yield item
                _forget(item, before)
                before = item
        self._close(parser)

    def tree(self) -> Element:
        """Give the outermost element with everything in it, comments too.

        Raises:
            BrokenXmlError: unless ``mended``.
            FeedRefusedError: too deep, too long, too much.
        """
        parser = etree.XMLParser(recover=self.mended, **_OPTIONS | _WHOLE)
        for start in range(0, len(self.data), _PIECE):
            refuse_long_tag(self.data, start, start + _PIECE)
            self._feed(parser, self.data[start : start + _PIECE])
        self._close(parser)
        return self.root

    def _is_episode(self, item: Element) -> bool:
        names, parent = self.notes.names, item.getparent()
        if names[item.tag] not in {"item", "atom:entry"} or parent is None:
            return False
        return names[parent.tag] in _HOLDERS

    def _feed(self, parser: Any, piece: bytes) -> None:  # noqa: ANN401  # lxml ships no types
        try:
            parser.feed(piece)
        except etree.XMLSyntaxError as error:
            self._judge(parser, error)

    def _close(self, parser: Any) -> None:  # noqa: ANN401  # lxml ships no types
        try:
            self.root = parser.close()
        except etree.XMLSyntaxError as error:
            self._judge(parser, error)
        self._note_all(parser)

    def _judge(self, parser: Any, error: Exception) -> None:  # noqa: ANN401  # lxml ships no types
        _refuse_too_much(parser)
        if not self.mended:
            raise BrokenXmlError(str(error)) from None

    def _note_all(self, parser: Any) -> None:  # noqa: ANN401  # lxml ships no types
        _refuse_too_much(parser)
        before = self.notes.lines_before
        for fault in parser.feed_error_log:
            code = "malformed"
            if fault.type == _NO_NAMESPACE:
                code = "undeclared-prefix"
            line = fault.line + before
            self.notes.at(line, fault.column, code, f"{fault.message}.")


def _refuse_too_much(parser: Any) -> None:  # noqa: ANN401  # lxml ships no types
    """Refuse what the parser itself would read no further: depth, long texts."""
    for fault in parser.feed_error_log:
        if fault.type == _TOO_MUCH:
            msg = f"The feed is refused: {fault.message}, line {fault.line}."
            raise FeedRefusedError(msg)


def _forget(item: Element, before: Element) -> None:
    """Empty an item, and take the one before it out of the tree.

    The last one stays: the parser may still be writing behind it.
    """
    item.clear(keep_tail=True)
    if before is not None:
        parent = before.getparent()
        if parent is not None:
            parent.remove(before)
