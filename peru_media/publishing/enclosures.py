"""What a published feed says of its media, read as an app would read it.

A feed comes back from the outside, so it is read as a stranger's: no document
type, hence no entities (XXE, entity bombs), and no tree is built.
"""

from codecs import getincrementaldecoder
from dataclasses import dataclass
from xml.etree import ElementTree as ET

__all__ = ["FeedEnclosure", "enclosures"]

_STEP = 64 * 2**10


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEnclosure:
    """One ``<enclosure>``: its address, size in bytes, and media type, as written."""

    url: str
    length: str
    type: str


def enclosures(feed: bytes) -> tuple[FeedEnclosure, ...]:
    """List every medium that a feed names, in its order (RSS 2.0).

    Raises:
        ValueError: not a feed that an app could read; the text says why.
    """
    reader = _Reader()
    # A document type is refused before any entity is read, and this target keeps
    # no tree, so what the rule warns of cannot happen.
    parser = ET.XMLParser(target=reader)  # noqa: S314
    decode = getincrementaldecoder("utf-8")().decode
    try:
        for at in range(0, len(feed), _STEP):
            parser.feed(decode(feed[at : at + _STEP]))
        parser.feed(decode(b"", final=True))
        parser.close()
    except ET.ParseError as error:
        msg = f"it is not well-formed XML ({error})"
        raise ValueError(msg) from None
    except UnicodeDecodeError:
        msg = "it is not UTF-8"
        raise ValueError(msg) from None
    return tuple(reader.found)


class _Reader:
    """Hears the feed element by element, and keeps its enclosures alone."""

    def __init__(self) -> None:
        self.found: list[FeedEnclosure] = []
        self._path: list[str] = []

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse: no feed needs a document type."""
        del name, pubid, system
        msg = "it has a document type, which no feed needs"
        raise ValueError(msg)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Step into an element."""
        if not self._path and tag != "rss":
            msg = f"it is not RSS but <{tag}>"
            raise ValueError(msg)
        self._path.append(tag)
        if self._path == ["rss", "channel", "item", "enclosure"]:
            named = {key: attributes.get(key, "") for key in ("url", "length", "type")}
            self.found.append(FeedEnclosure(**named))

    def end(self, _tag: str) -> None:
        """Step out of an element."""
        self._path.pop()

    def close(self) -> None:
        """Come to the end."""
