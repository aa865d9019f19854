"""Dates as RSS wants them: RFC 822 with a year of four digits, in English."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import NamedTuple

__all__ = ["FeedDate", "read_feed_date", "rewritten"]

_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FORM = re.compile(
    rf"(?:({'|'.join(_DAYS)}),\s{{1,3}})?(\d{{1,2}})\s{{1,3}}({'|'.join(_MONTHS)})"
    r"\s{1,3}(\d{4})\s{1,3}(\d\d):(\d\d)(?::(\d\d))?\s{1,3}"
    r"([+-]\d{4}|UT|GMT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT)",
    re.ASCII,
)
_ZONES = {
    "UT": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_LONGEST = 60


class FeedDate(NamedTuple):
    """A date; and if its weekday is another's, that day, and the right one."""

    moment: datetime
    wrong_day: str = ""
    right_day: str = ""


def read_feed_date(text: str) -> FeedDate | None:
    """Read a date as RSS wants it; None for every other form."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    weekday, day, month, year, hour, minute, second, zone = match.groups()
    date = int(year), _MONTHS.index(month) + 1, int(day)
    try:
        wall = datetime(
            *date, int(hour), int(minute), min(int(second or 0), 59), tzinfo=UTC
        )
        moment = wall - _shift(zone)
    except (ValueError, OverflowError):
        return None
    right = _DAYS[wall.weekday()]
    wrong = weekday is not None and weekday != right
    return FeedDate(moment, weekday, right) if wrong else FeedDate(moment)


def rewritten(text: str) -> str:
    """Write a date as RSS wants it, whatever form it has; ``""`` if none is found."""
    found = _anyhow(text.strip()[:_LONGEST])
    return format_datetime(found.astimezone(UTC)) if found else ""


def _shift(zone: str) -> timedelta:
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))


def _anyhow(text: str) -> datetime | None:
    """Read a date that names its zone, in the forms that people use."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            if found.tzinfo is not None:
                return found.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
