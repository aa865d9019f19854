"""Figures as people read them: megabytes, minutes, days with their zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

__all__ = ["day", "length", "megabytes", "moment"]

_MINUTE = 60
_HOUR = 3600
_SMALL = 100_000


def megabytes(size: int) -> str:
    """A size in MB, with one place; what is small says so in kB."""
    if size < _SMALL:
        return f"{size / 1000:.1f} kB"
    return f"{size / 1_000_000:,.1f} MB"


def length(seconds: float) -> str:
    """A duration, to the second: ``18 min 04 s``."""
    whole = round(seconds)
    hours, minutes = divmod(whole // _MINUTE, 60)
    text = f"{minutes} min {whole % _MINUTE:02d} s"
    return f"{hours} h {text}" if hours else text


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment on the clocks of a place, with the place's name."""
    return f"{at.astimezone(zone):%a %d %b %Y %H:%M} {zone.key}"


def day(at: datetime, zone: ZoneInfo) -> str:
    """A day as the calendar of a place shows it."""
    return f"{at.astimezone(zone):%a %d %b %Y}"
