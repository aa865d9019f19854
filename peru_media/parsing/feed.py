"""From the bytes of any feed to values."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from peru_media.errors import FeedRefusedError
from peru_media.model.parsed import ParsedEpisode, ParsedFeed
from peru_media.parsing.encoding import as_utf8, mended_utf8
from peru_media.parsing.entries import episode, head
from peru_media.parsing.guard import refuse_doctype, refuse_outside
from peru_media.parsing.mending import mended
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.shapes import Fields
from peru_media.parsing.stream import BrokenXmlError, Stream

__all__ = ["LIMIT", "parse_feed", "strict_or_mended"]

T = TypeVar("T")

LIMIT = 15 * 1024 * 1024
_MOST = 250_000
_FORMATS = {"rss": "rss", "rdf:RDF": "rdf", "atom:feed": "atom", "channel": "rss"}


def parse_feed(
    data: bytes, *, url: str | None = None, limit: int = LIMIT
) -> ParsedFeed:
    """Read a podcast's feed: the show, its episodes, and what had to be put right.

    RSS 0.90 to 2.0 and Atom, with the namespaces of Apple, podcastindex.org,
    Podlove, Spotify, Google Play, Media RSS and Dublin Core; what no field knows
    is kept as XML. A broken feed is read as far as anybody can, and every repair
    is in ``repairs``. Nothing is fetched and no file is opened.

    Args:
        data: the feed as it came, not compressed.
        url: where it came from; relative addresses are read against it.
        limit: how many bytes are read at most.

    Returns:
        What the feed says, and nothing else.

    Raises:
        FeedRefusedError: it is no feed, or it could do harm: a DOCTYPE, elements
            more than 255 deep, a tag over 64 KiB, a text over 10 MB, compressed
            bytes, more than 250,000 episodes, more than ``limit``.
    """
    return strict_or_mended(data, Notes(url=url), read=_read, limit=limit)


@contextmanager
def _without_looking_for_circles() -> Iterator[None]:
    """Values hold no circles, and looking for them takes up to a sixth longer."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def strict_or_mended(
    data: bytes, notes: Notes, *, read: Callable[[Stream, Notes], T], limit: int
) -> T:
    """Read a feed as it stands; where that cannot be, once more with its faults mended.

    Raises:
        FeedRefusedError: as ``parse_feed``.
    """
    refuse_outside(data, limit=limit)
    utf8 = as_utf8(data, notes)
    refuse_doctype(utf8)
    strict = Notes(url=notes.url, repairs=list(notes.repairs))
    with _without_looking_for_circles():
        try:
            return read(Stream(utf8, strict), strict)
        except BrokenXmlError:
            text = mended(mended_utf8(utf8, notes), notes)
            return read(Stream(text.encode(), notes, mended=True), notes)


def _read(stream: Stream, notes: Notes) -> ParsedFeed:
    episodes: list[ParsedEpisode] = []
    seen: set[str] = set()
    for item in stream.items():
        if len(episodes) == _MOST:
            msg = f"The feed is refused: it has more than {_MOST:,} episodes."
            raise FeedRefusedError(msg)
        one = episode(item, notes)
        if one.guid is not None and one.guid in seen:
            notes.on(item, "repeated-guid", f"guid {one.guid!r} was used before.")
        seen.add(one.guid or "")
        episodes.append(one)
    fields = _head(stream.root, notes)
    return ParsedFeed(
        **fields, url=notes.url, episodes=tuple(episodes), repairs=notes.told()
    )


def _head(root: Element, notes: Notes) -> Fields:
    """Read the feed apart from its episodes."""
    name = "" if root is None else notes.names[root.tag]
    if name not in _FORMATS:
        what = f"Its first element is <{name}>" if name else "It has no element"
        msg = f"This is not a feed. {what}, where <rss> or <feed> is expected."
        raise FeedRefusedError(msg)
    channel = root
    if name in {"rss", "rdf:RDF"}:
        found = [one for one in root if notes.names[one.tag] == "channel"]
        channel = found[0] if found else root
    fields = head(channel, notes)
    if name == "rdf:RDF" and "image" not in fields and channel is not root:
        fields |= {k: v for k, v in head(root, notes).items() if k == "image"}
    return fields | {"format": _FORMATS[name], "version": root.get("version")}
