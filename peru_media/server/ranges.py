"""Byte ranges as RFC 9110 section 14 has them: what a player asks for to seek."""

import re
from collections.abc import Sequence

__all__ = [
    "MOST_RANGES",
    "Span",
    "content_range",
    "parse_ranges",
    "part_heads",
    "unsatisfied",
]

Span = tuple[int, int]

MOST_RANGES = 10

_SPEC = re.compile(r"([0-9]*)-([0-9]*)")
_DIGITS = 18
_ENORMOUS = 10**_DIGITS


def parse_ranges(header: str, size: int) -> Sequence[Span] | None:
    """Read a ``Range`` header against content of so many bytes.

    Args:
        header: the value of the header field.
        size: bytes of the whole content.

    Returns:
        Spans ``(start, stop)``, stop excluded, in the order asked for, with
        overlapping and touching ones merged into the first of them; empty where
        none can be satisfied (416); None where the whole content is the answer
        (another unit, malformed, over ten ranges, or nothing to cut).
    """
    unit, equals, specs = header.partition("=")
    if unit.strip().lower() != "bytes" or not equals:
        return None
    if size == 0 or specs.count(",") >= MOST_RANGES:
        return None
    wanted = [text.strip(" \t") for text in specs.split(",")]
    spans = [_span(text, size) for text in wanted if text]
    if not spans or None in spans:
        return None
    return _merged([span for span in spans if span and span[0] < span[1]])


def content_range(span: Span, size: int) -> bytes:
    """The ``Content-Range`` of one span: last position included (section 14.4)."""
    return b"bytes %d-%d/%d" % (span[0], span[1] - 1, size)


def unsatisfied(size: int) -> bytes:
    """The ``Content-Range`` of a 416 answer."""
    return b"bytes */%d" % size


def part_heads(
    spans: Sequence[Span], size: int, *, media_type: bytes, boundary: bytes
) -> tuple[list[bytes], bytes]:
    """What goes before each part of ``multipart/byteranges``, and after the last.

    Returns:
        One head a span, and the closing line. The length of the whole body is
        the sum of all of them and of the spans.
    """
    heads = [
        b"\r\n--%b\r\nContent-Type: %b\r\nContent-Range: %b\r\n\r\n"
        % (boundary, media_type, content_range(span, size))
        for span in spans
    ]
    return heads, b"\r\n--%b--\r\n" % boundary


def _span(text: str, size: int) -> Span | None:
    """One range; None where malformed, empty ``(size, size)`` where out of reach."""
    match = _SPEC.fullmatch(text)
    if match is None or text == "-":
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - _number(last)), size
    start = _number(first)
    if not last:
        return min(start, size), size
    stop = _number(last) + 1
    return (min(start, size), min(stop, size)) if start < stop else None


def _number(digits: str) -> int:
    """A position; one with too many digits lies past the end of anything."""
    significant = digits.lstrip("0")
    return _ENORMOUS if len(significant) > _DIGITS else int(significant or "0")


def _merged(spans: Sequence[Span]) -> Sequence[Span]:
    """Join spans that overlap or touch, each at the place of its first member."""
    joined: list[tuple[int, Span]] = []
    for place, (start, stop) in sorted(enumerate(spans), key=lambda item: item[1]):
        if joined and start <= joined[-1][1][1]:
            before, (earlier, later) = joined[-1]
            joined[-1] = (min(before, place), (earlier, max(later, stop)))
        else:
            joined.append((place, (start, stop)))
    return [span for _, span in sorted(joined)]
