"""What a server must answer for one medium: what it is, and a part of it."""

import re
from collections.abc import Iterator

from peru_media.ports import Answer
from peru_media.publishing.seen import FeedEnclosure

__all__ = ["head_faults", "range_faults"]

_TOTAL = re.compile(r"bytes \d+-\d+/(\d+)")


def head_faults(answer: Answer, enclosure: FeedEnclosure) -> Iterator[str]:
    """Judge the answer to HEAD: 200, with the length and type that were promised."""
    if answer.status != 200:  # noqa: PLR2004  # OK
        yield f"{enclosure.url}: HEAD answers {answer.status}, not 200"
        return
    length = answer.headers.get("content-length", "no length")
    if length != enclosure.length:
        yield (
            f"{enclosure.url}: it is {length} bytes, but the feed says "
            f"{enclosure.length or 'nothing'}"
        )
    kind = answer.headers.get("content-type", "no type").partition(";")[0].strip()
    if kind.lower() != enclosure.type.lower():
        yield f"{enclosure.url}: it is {kind}, but the feed says {enclosure.type}"


def range_faults(answer: Answer, enclosure: FeedEnclosure) -> Iterator[str]:
    """Judge the answer for a part: 206, of the same whole (RFC 9110, 14)."""
    if answer.status != 206:  # noqa: PLR2004  # Partial Content
        yield f"{enclosure.url}: a range answers {answer.status}, not 206"
        return
    told = answer.headers.get("content-range", "")
    total = _TOTAL.fullmatch(told)
    if total is None or total[1] != enclosure.length:
        yield (
            f"{enclosure.url}: a range says {told or 'nothing'!r}, but the feed says "
            f"{enclosure.length} bytes"
        )
