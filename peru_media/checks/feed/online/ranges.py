"""Whether an answer is the part that was asked for (RFC 9110, 14)."""

import re
from http import HTTPStatus

from peru_media.model.advice import quoted
from peru_media.model.probed import Visit

__all__ = ["range_fault", "total_beyond"]

_ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_TOLD = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)", re.ASCII)
_BEYOND = re.compile(r"bytes \*/(\d{1,18})", re.ASCII)


def range_fault(visit: Visit) -> str:
    """Say what is wrong with a part; empty where it is the one that was asked for."""
    if visit.status == HTTPStatus.OK:
        return "it answers 200 with all of it, and not 206 with that part"
    if visit.status != HTTPStatus.PARTIAL_CONTENT:
        return f"it answers {visit.status}, and not 206 with that part"
    told = _TOLD.fullmatch(visit.header("content-range"))
    if told is None or not _fits(visit.span, told):
        return f"it says {quoted(visit.header('content-range'))} in Content-Range"
    length = int(told[2]) - int(told[1]) + 1
    short = visit.size != length
    return f"{visit.size:,} bytes come in place of {length:,}" if short else ""


def total_beyond(visit: Visit) -> int | None:
    """How long the whole is, as an answer to a part beyond its end tells it.

    None where that is not 416 with ``Content-Range: bytes */N``.
    """
    told = _BEYOND.fullmatch(visit.header("content-range"))
    if visit.status != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE or told is None:
        return None
    return int(told[1])


def _fits(span: str, told: re.Match[str]) -> bool:
    """Whether the part that was told of is the part that was asked for."""
    asked = _ASKED.fullmatch(span)
    first, last = int(told[1]), int(told[2])
    if asked is None:
        return False
    if asked[1]:
        return (first, last) == (int(asked[1]), int(asked[2]))
    whole = None if told[3] == "*" else int(told[3])
    return last - first + 1 == int(asked[2]) and whole in {None, last + 1}
