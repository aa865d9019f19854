"""Elements of the smaller namespaces as they stand, with all that lies in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from peru_media.model.parsed import UnknownElement
from peru_media.parsing.feed import LIMIT, strict_or_mended
from peru_media.parsing.names import namespace_of
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.stream import Stream

__all__ = ["Further", "further_elements"]

_SMALL = ("dc:", "googleplay:", "media:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """What a feed says in Dublin Core, Media RSS and Google's namespace, as XML.

    Attributes:
        show: of the channel. episodes: of each item, in the order of the feed.
    """

    show: tuple[UnknownElement, ...] = ()
    episodes: tuple[tuple[UnknownElement, ...], ...] = ()


def further_elements(data: bytes, *, limit: int = LIMIT) -> Further:
    """Read what ``parse_feed`` puts into ``dc``, ``media`` and ``googleplay``, as XML.

    Raises:
        FeedRefusedError: as ``parse_feed``.
    """
    return strict_or_mended(data, Notes(), read=_read, limit=limit)


def _read(stream: Stream, notes: Notes) -> Further:
    episodes = [tuple(_of(item, notes)) for item in stream.items()]
    root = stream.root
    heads = [] if root is None else [root, *root]
    show = [one for head in heads for one in _of(head, notes)]
    return Further(show=tuple(show), episodes=tuple(episodes))


def _of(element: Element, notes: Notes) -> Iterator[UnknownElement]:
    for child in element:
        if isinstance(child.tag, str) and notes.names[child.tag].startswith(_SMALL):
            namespace, name = namespace_of(child.tag)
            xml = etree.tostring(child, encoding="unicode", with_tail=False)
            yield UnknownElement(namespace=namespace, name=name, xml=xml)
