"""What the times and lines of a transcript tell: in order, apart, and readable."""

import re
from collections.abc import Iterable

from peru_media.media.common import Facts

__all__ = ["Span", "crowded", "summed"]

Span = tuple[float, float]

_SLACK = 0.05
_PAUSE = 5.0
_MOST = 5_000
_TAG = re.compile(r"<[^>]*>")


def summed(spans: Iterable[tuple[int, Span | None]]) -> Facts:
    """Sum up when something is said, and where that cannot be or is odd.

    Args:
        spans: each stretch with the number of its line (of JSON: of its segment),
            in file order; None where its times cannot be read.

    Returns:
        Fields of ``FileFacts``: ``cues``, ``words_end``, ``spoken``, ``broken_line``,
        ``unordered_line`` and ``overlap_line``.
    """
    facts: Facts = {"cues": 0, "words_end": 0.0}
    found: list[Span] = []
    for number, span in spans:
        if span is None or span[1] < span[0]:
            facts.setdefault("broken_line", number)
            continue
        if found:
            _compare(facts, number, span, found[-1])
        found.append(span)
    facts["cues"] = len(found)
    facts["words_end"] = max((end for _, end in found), default=0.0)
    facts["spoken"] = _joined(found)
    return facts


def crowded(lines: Iterable[str], width: int) -> Facts:
    """Find the first line with more letters than are read at a glance."""
    for number, line in enumerate(lines, start=1):
        if "-->" not in line and len(_TAG.sub("", line)) > width:
            return {"long_line": number}
    return {}


def _compare(facts: Facts, number: int, span: Span, before: Span) -> None:
    """Note a stretch that begins before the one above it, or before that has ended.

    Two that begin together are two people who speak at once.
    """
    if span[0] < before[0]:
        facts.setdefault("unordered_line", number)
    elif before[0] < span[0] < before[1] - _SLACK:
        facts.setdefault("overlap_line", number)


def _joined(spans: list[Span]) -> list[Span]:
    """The stretches in which somebody speaks; short pauses belong to them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= _PAUSE:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif len(joined) < _MOST:
            joined.append((start, end))
    return joined
