"""Refuse what no feed needs and what could do harm, before a parser sees it."""

import re

from peru_media.errors import FeedRefusedError

__all__ = [
    "LONGEST_TAG",
    "expect_bytes",
    "refuse_doctype",
    "refuse_endless",
    "refuse_long_tag",
    "refuse_outside",
]

LONGEST_TAG = 65_536
_MOST_TAGS = 2_000_000
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "a ZIP archive",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}
_BEFORE_ROOT = re.compile(
    rb"(?:<\?.*?(?:\?>|\Z)|<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|[^<]"
    rb"|<(?![A-Za-z_!?]))*+(?P<doctype><!DOCTYPE|<!ENTITY)?",
    re.DOTALL | re.IGNORECASE,
)
_PAGE = re.compile(rb"<!DOCTYPE\s+html\b", re.IGNORECASE)


def expect_bytes(data: object) -> None:
    """Ask who has no type checker for bytes; feedgen and podgen give a text.

    Raises:
        TypeError: these are none.
    """
    if not isinstance(data, bytes):
        kind = type(data).__name__
        msg = f"Give the feed as bytes, as it came, and not as {kind}: text.encode()"
        raise TypeError(msg)


def refuse_outside(data: bytes, *, limit: int) -> None:
    """Refuse what is too large, compressed, or nothing at all.

    Raises:
        FeedRefusedError: one of these.
        TypeError: these are no bytes.
    """
    expect_bytes(data)
    if len(data) > limit:
        msg = f"The feed has {len(data):,} bytes; at most {limit:,} are read."
        raise FeedRefusedError(msg)
    for start, name in _PACKED.items():
        if data.startswith(start):
            msg = f"These bytes are {name}, not a feed. Unpack them first."
            raise FeedRefusedError(msg)


def refuse_doctype(data: bytes) -> None:
    """Refuse a feed with a DOCTYPE: entities can grow without end, or read files.

    Raises:
        FeedRefusedError: there is one before the first element.
    """
    match = _BEFORE_ROOT.match(data)
    if match and _PAGE.match(data, match.start("doctype")):
        msg = "This is a web page, not a feed."
        raise FeedRefusedError(msg)
    if match and match["doctype"]:
        msg = "The feed has a DOCTYPE, which no feed needs and which can do harm."
        raise FeedRefusedError(msg)


def refuse_endless(data: bytes) -> None:
    """Refuse more tags than any show could fill, where all are held at once.

    Raises:
        FeedRefusedError: there could be more than two million tags.
    """
    if data.count(b"<") > _MOST_TAGS:
        msg = f"The feed is refused: it has over {_MOST_TAGS:,} tags."
        raise FeedRefusedError(msg)


def refuse_long_tag(data: bytes, start: int, end: int) -> None:
    """Refuse a tag that is longer than a whole piece of the feed.

    Raises:
        FeedRefusedError: from ``start`` to ``end`` it is all one tag.
    """
    end = min(end, len(data))
    if data.find(b">", start, end) >= 0 or end - start < LONGEST_TAG:
        return
    opened = data.rfind(b"<", 0, end)
    if opened < 0 or data.find(b">", opened, end) >= 0:
        return
    if data[opened + 1 : opened + 2].isalpha():
        msg = f"The feed has a tag of more than {LONGEST_TAG:,} bytes."
        raise FeedRefusedError(msg)
