"""Lengths of time as feeds write them: 1:02:03, 62:03, 3723, PT1H2M3S."""

import re

__all__ = ["read_seconds"]

_SHORT = 12
_CLOCK = re.compile(
    r"(?:(?:(\d{1,5}):)?(\d{1,6}):)?(\d{1,9}(?:[.,]\d{0,9})?)", re.ASCII
)
_WORDS = re.compile(
    r"(?:PT?)?\s*(?:(\d{1,5})\s*H(?:OURS?|RS?)?)?[\s:,]*"
    r"(?:(\d{1,6})\s*M(?:INUTES?|INS?|N)?)?[\s:,]*"
    r"(?:(\d{1,9}(?:\.\d{1,9})?)\s*S(?:ECONDS?|ECS?)?)?\.?",
    re.ASCII,
)


def read_seconds(text: str) -> tuple[float | None, bool]:
    """Read a length of time.

    Returns:
        Seconds, or None; and whether it was written in a way that few apps read.
    """
    plain = text.strip()
    if (
        plain.replace(".", "", 1).isdecimal()
        and plain.isascii()
        and len(plain) < _SHORT
    ):
        return float(plain), False
    match = _CLOCK.fullmatch(plain)
    odd = match is None
    if match is None:
        match = _WORDS.fullmatch(plain.upper())
    if match is None or not any(match.groups()):
        return None, True
    hours, minutes, seconds = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return whole + float((seconds or "0").replace(",", ".")), odd
