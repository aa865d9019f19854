"""Moments in time: UTC inside, a show's own time zone at the edges."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from peru_media.model.advice import AdviceError, quoted

__all__ = ["local_moment", "parse_utc", "utc_text"]

_LOCAL = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d))?"
    r" *(Z|[+-]\d\d:?[0-5]\d|[A-Za-z][\w+-]*(?:/[\w+-]+)*)?)?",
    re.ASCII,
)
_LIKE = "Write a date like 2026-12-01 09:00."


def utc_text(moment: datetime) -> str:
    """Write an aware moment as ``2026-12-01T09:00:00Z``, to the second."""
    wall = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{wall.isoformat()}Z"


def parse_utc(text: str) -> datetime:
    """Read what ``utc_text`` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def local_moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a date, or a date and time, as the clocks of a place show it.

    ``2026-12-01`` is midnight, ``2026-12-01 09:00`` is in ``zone``, and
    ``2026-12-01 09:00 America/Lima``, ``+01:00`` or ``Z`` say another.

    Returns:
        The moment, aware, UTC.

    Raises:
        AdviceError: not a date; or a time that the clocks skip or repeat there
            (kind ``clocks``), where the advice says what to write instead.
    """
    match = _LOCAL.fullmatch(text.strip())
    if match is None:
        raise AdviceError(quoted(text), "is not a date", _LIKE, kind="date")
    *parts, zone_name = match.groups()
    try:
        wall = datetime(*(int(part or 0) for part in parts))  # type: ignore[arg-type]  # noqa: DTZ001  # six numbers; the zone follows
        named = _zone(zone_name, zone)
        if isinstance(named, ZoneInfo):
            _refuse_skipped(wall, named)
            _refuse_repeated(wall, named)
        return wall.replace(tzinfo=named).astimezone(UTC)
    except AdviceError:
        raise
    except (ValueError, OverflowError):
        what = "is not a date of the calendar and the clock"
        raise AdviceError(quoted(text), what, _LIKE, kind="date") from None


def _zone(name: str | None, default: ZoneInfo) -> tzinfo:
    """The zone or offset that a text names; without one, the default."""
    if not name:
        return default
    if name == "Z":
        return UTC
    if name[0] in "+-":
        return _shift(name)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        fix = "Write a name like Europe/London."
        what = "is not a time zone"
        raise AdviceError(quoted(name), what, fix, kind="date") from None


def _shift(text: str) -> timezone:
    """``+01:00`` or ``-0530`` as an offset; a day or more is no offset."""
    sign, digits = text[0], text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if sign == "-" else shift)


def _forward(naive: datetime, zone: ZoneInfo) -> datetime:
    """The wall clock after the gap that ``naive`` fell into."""
    return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _refuse_skipped(naive: datetime, zone: ZoneInfo) -> None:
    shown = _forward(naive, zone)
    if shown.replace(tzinfo=None) != naive:
        clock = f"{naive:%Y-%m-%d %H:%M}"
        what = f"does not exist in {zone.key} (clocks go forward)"
        fix = f"Write {shown:%Y-%m-%d %H:%M} instead."
        raise AdviceError(clock, what, fix, kind="clocks")


def _refuse_repeated(naive: datetime, zone: ZoneInfo) -> None:
    first = naive.replace(tzinfo=zone, fold=0)
    second = naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        clock = f"{naive:%Y-%m-%d %H:%M}"
        what = f"happens twice in {zone.key} (clocks go back)"
        both = f"{clock} {_offset(first)} or {clock} {_offset(second)}"
        fix = f"Write which of the two is meant: {both}."
        raise AdviceError(clock, what, fix, kind="clocks")


def _offset(moment: datetime) -> str:
    shift = moment.utcoffset() or timedelta()
    minutes = round(shift.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
