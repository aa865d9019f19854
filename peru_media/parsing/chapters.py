"""Read a file of chapters, to tell whether an app could."""

import json
from math import isfinite

__all__ = ["chapters_fault"]


def chapters_fault(data: bytes) -> str:
    """Say why an app could not show these chapters; empty where it could.

    An object of JSON with ``version`` and ``chapters``, each of which has a
    ``startTime`` in seconds, and they ascend (podcast namespace: JSON chapters 1.2).
    """
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return "It is not JSON."
    if not isinstance(fields, dict) or not isinstance(fields.get("chapters"), list):
        return 'It is JSON, but has no list of "chapters".'
    if not isinstance(fields.get("version"), str):
        return 'It does not tell its "version", such as "1.2.0".'
    return _order_fault(fields["chapters"])


def _order_fault(chapters: list[object]) -> str:
    """Say which chapter has no start, or begins before the one above it."""
    before = 0.0
    for number, chapter in enumerate(chapters, start=1):
        start = _start(chapter)
        if start is None:
            return f'Chapter {number:,} has no "startTime" in seconds.'
        if start < before:
            return f"Chapter {number:,} begins before the one above it."
        before = start
    return "" if chapters else "It has no chapter."


def _start(chapter: object) -> float | None:
    value = chapter.get("startTime") if isinstance(chapter, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if isfinite(seconds) and seconds >= 0 else None
