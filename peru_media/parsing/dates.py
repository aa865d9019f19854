"""Dates as feeds write them: RFC 822, ISO 8601, and what people make of both."""

import re
from datetime import UTC, datetime, timedelta

__all__ = ["read_date"]

_RFC = re.compile(
    r"(?:([A-Za-z]{3})[a-z]*\.?,?\s*)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+"
    r"(\d{4}|\d\d)(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(.*))?",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[Tt ]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,6})\d*)?)?\s*(.*))?",
    re.ASCII,
)
_ROUGH = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)
_AMERICAN = re.compile(
    r"(?:([A-Za-z]{3})[a-z]*,?\s+)?([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+"
    r"(?:(\d{4}),?\s+)?(\d{1,2}):(\d\d)(?::(\d\d))?\s*([A-Z]{1,4})?(?:\s+(\d{4}))?",
    re.ASCII,
)
_MONTHS = dict(
    zip(
        [
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
        ],
        range(1, 13),
        strict=True,
    )
)
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_SHIFT = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?(?:\s*\(.*\))?", re.ASCII)
_STANDARD = {
    "UT": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_COMMON = {
    "UTC": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "AEST": 10,
    "AEDT": 11,
    "JST": 9,
    "KST": 9,
    "NZST": 12,
    "NZDT": 13,
    "BRT": -3,
    "PET": -5,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "ET": -5,
    "CT": -6,
    "MT": -7,
    "PT": -8,
}
_YOUNG = 69
_ZERO = timedelta()


def read_date(text: str, *, iso: bool = False) -> tuple[datetime | None, list[str]]:
    """Read a date of a feed, as far as anybody could.

    Args:
        text: what stands in the feed.
        iso: whether its place wants ISO 8601 (Atom, Dublin Core), or RFC 822.

    Returns:
        The moment in UTC, or None; and a code for each thing that was odd:
        ``wrong-weekday``, ``two-digit-year``, ``zone-name``, ``unknown-zone``,
        ``no-zone``, ``iso-date``, ``odd-date``, ``unreadable-date``.
    """
    odd: list[str] = []
    try:
        return _read(text.strip(), odd, iso=iso), odd
    except (ValueError, OverflowError):
        return None, ["unreadable-date"]


def _read(text: str, odd: list[str], *, iso: bool) -> datetime:
    match = _RFC.fullmatch(text)
    if match:
        odd += ["odd-date"] if iso else []
        return _from_rfc(match, odd)
    match = _ISO.fullmatch(text)
    if match:
        odd += [] if iso else ["iso-date"]
        return _from_iso(match, odd)
    odd.append("odd-date")
    match = _AMERICAN.fullmatch(text)
    if match:
        return _from_american(match, odd)
    match = _ROUGH.fullmatch(text)
    if match:
        return datetime(int(match[1]), int(match[2] or 1), 1, tzinfo=UTC)
    raise ValueError(text)


def _from_rfc(match: re.Match[str], odd: list[str]) -> datetime:
    weekday, day, month, year, hour, minute, second, zone = match.groups()
    whole = int(year)
    if len(year) < 4:  # noqa: PLR2004  # digits
        odd.append("two-digit-year")
        whole += 1900 if whole >= _YOUNG else 2000
    date = whole, _MONTHS.get(month.lower(), 0), int(day)
    clock = int(hour or 0), int(minute or 0), int(second or 0)
    wall = _wall(date, clock, odd)
    if weekday and _DAYS[wall.weekday()] != weekday.lower():
        odd.append("wrong-weekday")
    return wall - _shift(zone, odd)


def _from_iso(match: re.Match[str], odd: list[str]) -> datetime:
    year, month, day, hour, minute, second, part, zone = match.groups()
    clock = int(hour or 0), int(minute or 0), int(second or 0)
    wall = _wall((int(year), int(month), int(day)), clock, odd)
    if hour is None:
        return wall
    fraction = timedelta(microseconds=int((part or "0").ljust(6, "0")))
    return wall + fraction - _shift(zone, odd)


def _from_american(match: re.Match[str], odd: list[str]) -> datetime:
    _, month, day, year, hour, minute, second, zone, last = match.groups()
    date = int(year or last or 0), _MONTHS.get(month.lower(), 0), int(day)
    wall = _wall(date, (int(hour), int(minute), int(second or 0)), odd)
    return wall - _shift(zone or "", odd)


def _wall(
    date: tuple[int, int, int], clock: tuple[int, int, int], odd: list[str]
) -> datetime:
    """Put a clock to a date; 24:00 is midnight, and leap seconds are left out."""
    hour, minute, second = clock
    if hour < 24 and second < 60:  # noqa: PLR2004  # as clocks have it
        return datetime(*date, hour, minute, second, tzinfo=UTC)
    odd.append("odd-date")
    late = timedelta(days=1) if hour == 24 else _ZERO  # noqa: PLR2004  # midnight
    return (
        datetime(*date, 0 if late else hour, minute, min(second, 59), tzinfo=UTC) + late
    )


def _shift(zone: str | None, odd: list[str]) -> timedelta:
    """How far a zone's clocks are ahead of UTC; unknown ones are taken for UTC."""
    if zone in {"+0000", "GMT", "Z"}:
        return _ZERO
    match = _SHIFT.fullmatch(zone or "")
    if match:
        shift = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return -shift if match[1] == "-" else shift
    return timedelta(hours=_named(zone or "", odd))


def _named(zone: str, odd: list[str]) -> int:
    name = zone.upper()
    if name in _STANDARD:
        return _STANDARD[name]
    if name in _COMMON:
        odd.append("zone-name")
        return _COMMON[name]
    odd.append("unknown-zone" if name else "no-zone")
    return 0
