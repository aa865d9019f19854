"""Stretches of a recording: what is left without some, and how much is covered."""

from collections.abc import Iterable

__all__ = ["Span", "share_covered", "without"]

Span = tuple[float, float]


def without(span: Span, gaps: Iterable[Span]) -> tuple[Span, ...]:
    """A stretch without others that lie in it, such as its silences; in seconds."""
    at, found = span[0], []
    for start, end in sorted(gaps):
        if start > at:
            found.append((at, min(start, span[1])))
        at = max(at, end)
        if at >= span[1]:
            break
    if at < span[1]:
        found.append((at, span[1]))
    return tuple(found)


def share_covered(wanted: Iterable[Span], covering: Iterable[Span]) -> float:
    """How much of some stretches lies in others: 0 to 1; 1 where nothing is wanted.

    Neither may overlap among themselves.
    """
    spans = list(covering)
    total = covered = 0.0
    for start, end in wanted:
        total += end - start
        covered += sum(max(0.0, min(end, b) - max(start, a)) for a, b in spans)
    return covered / total if total > 0 else 1.0
