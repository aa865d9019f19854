"""How our pages say dates, lengths and sizes, in English."""

from datetime import datetime
from zoneinfo import ZoneInfo

__all__ = [
    "STAND_IN",
    "STAND_IN_PURPOSE",
    "clock",
    "counted",
    "day",
    "decimal",
    "kind_of",
    "megabytes",
    "spoken",
]

STAND_IN = (
    "This is a stand-in: it holds the place until the recording, film or document "
    "itself is published."
)
STAND_IN_PURPOSE = "stand-in"  # of the podcast:txt that says the same to programs

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
_MINUTE, _HOUR = 60, 3600
_KILOBYTE, _MEGABYTE = 1000, 1_000_000


def day(moment: datetime, zone: str) -> str:
    """Say a day as the clocks of a place show it: ``1 December 2026``."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def spoken(seconds: float) -> str:
    """Say a length: ``45 s``, ``5 min 12 s``, ``1 h 2 min``."""
    whole = max(1, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        rest = whole % _MINUTE
        return f"{whole // _MINUTE} min" + (f" {rest} s" if rest else "")
    minutes = whole % _HOUR // _MINUTE
    return f"{whole // _HOUR} h" + (f" {minutes} min" if minutes else "")


def clock(seconds: float) -> str:
    """Say a place in a recording: ``1:30``, ``1:02:03``."""
    hours, rest = divmod(int(seconds), _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if hours:
        return f"{hours}:{minutes:02d}:{left:02d}"
    return f"{minutes}:{left:02d}"


def decimal(seconds: float) -> str:
    """Write seconds for a machine: ``90``, ``90.5``."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def counted(number: int, noun: str) -> str:
    """Count things: ``1 page``, ``2 pages``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def megabytes(size: int) -> str:
    """Say a size: ``17.3 MB``, ``320 kB``."""
    if size < _MEGABYTE:
        return f"{max(1, round(size / _KILOBYTE))} kB"
    return f"{size / _MEGABYTE:.1f} MB"


def kind_of(media_type: str) -> str:
    """Say what one does with a medium: listen (``audio``), watch or read."""
    return {"audio": "audio", "video": "video"}.get(media_type.partition("/")[0], "pdf")
