"""Moments in time: UTC inside, a show's own time zone at the edges."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = ["local_moment", "parse_utc", "utc_text"]

_LOCAL = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d))?"
    r"\s*(Z|[+-]\d\d:?\d\d|[A-Za-z_]+(?:/[A-Za-z_+-]+)*)?)?"
)


def utc_text(moment: datetime) -> str:
    """Write an aware moment as ``2026-12-01T09:00:00Z``, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_utc(text: str) -> datetime:
    """Read what ``utc_text`` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _zone(name: str | None, default: ZoneInfo) -> ZoneInfo | None:
    """The zone that a text names; None where it gives an offset instead."""
    if name is None:
        return default
    if name == "Z" or name[0] in "+-":
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        msg = f"{name} is not a time zone"
        raise ValueError(msg) from None


def _forward(naive: datetime, zone: ZoneInfo) -> datetime:
    """The wall clock after the gap that ``naive`` fell into."""
    return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def local_moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a date, or a date and time, as the clocks of a place show it.

    ``2026-12-01`` is midnight, ``2026-12-01 09:00`` is in ``zone``, and
    ``2026-12-01 09:00 America/Lima``, ``+01:00`` or ``Z`` say another.

    Returns:
        The moment, aware, UTC.

    Raises:
        ValueError: not a date; or a time that the clocks skip or repeat there,
            where the sentence says what to write instead.
    """
    match = _LOCAL.fullmatch(text.strip())
    if match is None:
        msg = f'"{text}" is not a date like 2026-12-01 09:00'
        raise ValueError(msg)
    *parts, zone_name = match.groups()
    naive = datetime(*(int(part or 0) for part in parts))  # type: ignore[arg-type]  # noqa: DTZ001  # the zone follows
    named = _zone(zone_name, zone)
    if named is None:
        offset = (zone_name or "").replace("Z", "+0000").replace(":", "")
        return datetime.strptime(
            f"{naive:%Y-%m-%dT%H:%M:%S}{offset}", "%Y-%m-%dT%H:%M:%S%z"
        ).astimezone(UTC)
    _refuse_skipped(naive, named)
    _refuse_repeated(naive, named)
    return naive.replace(tzinfo=named).astimezone(UTC)


def _refuse_skipped(naive: datetime, zone: ZoneInfo) -> None:
    shown = _forward(naive, zone)
    if shown.replace(tzinfo=None) != naive:
        msg = (
            f"{naive:%Y-%m-%d %H:%M} does not exist in {zone.key} "
            f"(clocks go forward). Use {shown:%H:%M}"
        )
        raise ValueError(msg)


def _refuse_repeated(naive: datetime, zone: ZoneInfo) -> None:
    first = naive.replace(tzinfo=zone, fold=0)
    second = naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        choices = f"{naive:%H:%M} {_offset(first)} or {naive:%H:%M} {_offset(second)}"
        msg = (
            f"{naive:%Y-%m-%d %H:%M} happens twice in {zone.key} "
            f"(clocks go back). Say which: {choices}"
        )
        raise ValueError(msg)


def _offset(moment: datetime) -> str:
    shift = moment.utcoffset() or timedelta()
    minutes = round(shift.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
