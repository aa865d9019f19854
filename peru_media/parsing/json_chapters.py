"""Chapters that lie in a file of their own (JSON chapters 1.2)."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from peru_media.model.parsed import ParsedChapter

__all__ = ["read_chapters"]

_MOST = 2_000


def read_chapters(data: bytes, *, url: str) -> tuple[ParsedChapter, ...]:
    """Read the chapters of a file, as far as each has a start; none of anything else.

    Args:
        data: JSON in UTF-8.
        url: where it came from; relative addresses start from it.
    """
    try:
        every = json.loads(data.decode("utf-8-sig", errors="replace"))["chapters"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()
    if not isinstance(every, list):
        return ()
    return tuple(_chapters(every[:_MOST], url))


def _chapters(every: list[Any], url: str) -> Iterator[ParsedChapter]:
    for one in every:
        if not isinstance(one, dict):
            continue
        start = one.get("startTime")
        if isinstance(start, bool) or not isinstance(start, int | float):
            continue
        if not abs(start) < float("inf"):
            continue
        yield ParsedChapter(
            start=float(start),
            title=_text(one.get("title")) or "",
            url=_address(one.get("url"), url),
            image=_address(one.get("img"), url),
        )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _address(value: object, base: str) -> str | None:
    text = _text(value)
    try:
        return urljoin(base, text) if text else None
    except ValueError:
        return None
