"""Whether a client already has what it asks for: RFC 9110 sections 12.5.3 and 13."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

__all__ = ["accepts_gzip", "http_date", "precondition", "range_applies"]

_TAG = re.compile(rb'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_NOT_MODIFIED, _FAILED = 304, 412


def http_date(moment: datetime) -> bytes:
    """Write a moment as HTTP does, to the second, in GMT."""
    return format_datetime(moment.astimezone(UTC), usegmt=True).encode()


@lru_cache(maxsize=256)
def accepts_gzip(header: bytes) -> bool:
    """Whether ``Accept-Encoding`` takes gzip, and does not prefer it unpacked."""
    weights = dict(map(_coding, header.decode("latin-1").lower().split(",")))
    gzip = max(
        weights.get("gzip", -1.0), weights.get("x-gzip", -1.0)
    )  # the two are one coding (section 8.4.1.3)
    if gzip < 0:
        gzip = weights.get("*", 0.0)
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def precondition(
    headers: Mapping[bytes, bytes], *, etag: bytes, since: datetime
) -> int | None:
    """Weigh the conditions of a GET or HEAD, in the order of section 13.2.2.

    Args:
        headers: request header fields by lower-case name.
        etag: the strong tag of what would be sent.
        since: its Last-Modified.

    Returns:
        304, 412, or None where the request goes on.
    """
    if (match := headers.get(b"if-match")) is not None:
        if not _names(match, etag, weak=False):
            return _FAILED
    elif (limit := _date(headers.get(b"if-unmodified-since"))) and since > limit:
        return _FAILED
    if (none := headers.get(b"if-none-match")) is not None:
        return _NOT_MODIFIED if _names(none, etag, weak=True) else None
    known = _date(headers.get(b"if-modified-since"))
    return _NOT_MODIFIED if known and since <= known else None


def range_applies(
    headers: Mapping[bytes, bytes], *, etag: bytes, since: datetime
) -> bool:
    """Whether ``If-Range`` allows a part: only of the very content it names."""
    value = headers.get(b"if-range")
    if value is None:
        return True
    if value[:1] == b'"' or value[:2] == b"W/":
        return value.strip() == etag
    return _date(value) == since.replace(microsecond=0)


def _names(header: bytes, etag: bytes, *, weak: bool) -> bool:
    """Whether a list of entity tags names this one, or any (``*``)."""
    if header in (etag, b"*") or header.strip() == b"*":
        return True  # the commonest first: the one tag, as it was sent
    return any(tag == etag and (weak or not mark) for mark, tag in _TAG.findall(header))


def _date(value: bytes | None) -> datetime | None:
    """An HTTP date; None where absent or not one, for then it is ignored."""
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value.decode("latin-1"))
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _coding(text: str) -> tuple[str, float]:
    name, _, parameters = text.partition(";")
    weight = re.fullmatch(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", parameters)
    return name.strip(), float(weight[1]) if weight else 1.0
