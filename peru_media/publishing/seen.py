"""What a published feed says, in any of its forms, read as an app would read it.

A feed comes back from the outside, so it is read as a stranger's: no document
type, hence no entities (XXE, entity bombs), and no tree is built.
"""

import json
from codecs import getincrementaldecoder
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

__all__ = ["FeedEnclosure", "Seen", "seen"]

_STEP = 64 * 2**10
_ATOM = "{http://www.w3.org/2005/Atom}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_ITEM = ["rss", "channel", "item"]
_ENTRY = [f"{_ATOM}feed", f"{_ATOM}entry"]
_ROOTS = {"rss", "opml", f"{_ATOM}feed"}
_GUIDS = ([*_ITEM, "guid"], [*_ENTRY, f"{_ATOM}id"])
_OWN_GUID = ["rss", "channel", f"{_PODCAST}guid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEnclosure:
    """One ``<enclosure>``: its address, size in bytes, and media type, as written."""

    url: str
    length: str
    type: str


@dataclass(slots=True)
class Seen:
    """What stands in a feed, in its order.

    Attributes:
        guids: of its episodes; in Atom their ids, which are others.
        links: addresses of the feed itself by their ``rel`` (RFC 4287, RFC 5005).
        shows: addresses of other feeds that an OPML list or a publisher names.
        publisher: guid of the publisher that a show names.
        guid: its own ``podcast:guid``.
    """

    enclosures: list[FeedEnclosure] = field(default_factory=list)
    guids: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    shows: list[str] = field(default_factory=list)
    publisher: str | None = None
    guid: str | None = None


def seen(feed: bytes) -> Seen:
    """Read a feed: RSS 2.0, Atom 1.0, JSON Feed or OPML.

    Raises:
        ValueError: not a feed that an app could read; the text says why.
    """
    return _json(feed) if feed.lstrip()[:1] == b"{" else _xml(feed)


def _json(feed: bytes) -> Seen:
    found = Seen()
    try:
        for item in json.loads(feed)["items"]:
            found.guids.append(item["id"])
            found.enclosures += map(_attachment, item["attachments"])
    except (ValueError, KeyError, TypeError) as error:
        msg = f"it is no JSON Feed ({type(error).__name__}: {error})"
        raise ValueError(msg) from None
    return found


def _attachment(fields: Mapping[str, Any]) -> FeedEnclosure:
    return FeedEnclosure(
        url=fields["url"],
        length=str(fields["size_in_bytes"]),
        type=fields["mime_type"],
    )


def _xml(feed: bytes) -> Seen:
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
    return reader.found


class _Reader:
    """Hears the feed element by element, and keeps what is asked for alone."""

    def __init__(self) -> None:
        self.found = Seen()
        self._path: list[str] = []
        self._words: list[str] = []

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse: no feed needs a document type."""
        del name, pubid, system
        msg = "it has a document type, which no feed needs"
        raise ValueError(msg)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Step into an element."""
        if not self._path and tag not in _ROOTS:
            msg = f"it is not RSS but <{tag}>"
            raise ValueError(msg)
        self._words.clear()
        if self._path in (_ITEM, _ENTRY):
            self._medium(tag, attributes)
        else:
            self._told(tag, attributes)
        self._path.append(tag)

    def _medium(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep the recording of an item, or of an entry."""
        linked = tag == f"{_ATOM}link" and attributes.get("rel") == "enclosure"
        if tag == "enclosure" or linked:
            url = attributes.get("href" if linked else "url", "")
            named = {key: attributes.get(key, "") for key in ("length", "type")}
            self.found.enclosures.append(FeedEnclosure(url=url, **named))

    def _told(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep what the feed says of itself and of other feeds."""
        parent = self._path[-1] if self._path else ""
        if tag == f"{_ATOM}link" and parent in ("channel", _ENTRY[0]):
            rel, address = attributes.get("rel", ""), attributes.get("href", "")
            self.found.links.setdefault(rel, address)
        elif tag == "outline":
            self.found.shows.append(attributes.get("xmlUrl", ""))
        elif tag == f"{_PODCAST}remoteItem" and parent == "channel":
            self.found.shows.append(attributes.get("feedUrl", ""))
        elif tag == f"{_PODCAST}remoteItem" and parent == f"{_PODCAST}publisher":
            self.found.publisher = attributes.get("feedGuid")

    def data(self, words: str) -> None:
        """Hear a piece of text."""
        self._words.append(words)

    def end(self, _tag: str) -> None:
        """Step out of an element."""
        if self._path in _GUIDS:
            self.found.guids.append("".join(self._words))
        elif self._path == _OWN_GUID:
            self.found.guid = "".join(self._words)
        self._words.clear()
        self._path.pop()

    def close(self) -> None:
        """Come to the end."""
