"""Conditional requests and codings, as tables."""

from datetime import UTC, datetime

import pytest

from peru_media.server.conditions import (
    accepts_gzip,
    http_date,
    precondition,
    range_applies,
)

ETAG = b'"abc"'
SINCE = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
DATE = b"Tue, 01 Dec 2026 12:00:00 GMT"
EARLIER = b"Tue, 01 Dec 2026 11:59:59 GMT"
LATER = b"Tue, 01 Dec 2026 12:00:01 GMT"


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (b"", False),
        (b"gzip", True),
        (b"GZIP", True),
        (b"x-gzip", True),
        (b"gzip, deflate, br", True),
        (b"deflate,gzip;q=0.5", True),
        (b"gzip;q=0", False),
        (b"gzip; q=0.0", False),
        (b"gzip;q=0.001", True),
        (b"gzip ; q = 1", True),
        (b"br", False),
        (b"identity", False),
        (b"*", True),
        (b"*;q=0", False),
        (b"gzip;q=0, *", False),
        (b"br, *;q=0.1", True),
        (b"gzip;q=0.5, identity;q=0.9", False),
        (b"gzip;q=0.9, identity;q=0.5", True),
        (b"gzip;q=nonsense", True),
        (b"gzippy", False),
        (b"\xff\xfe", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(header: bytes, *, wanted: bool) -> None:
    assert accepts_gzip(header) is wanted


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, None),
        ({b"if-none-match": ETAG}, 304),
        ({b"if-none-match": b'W/"abc"'}, 304),
        ({b"if-none-match": b"*"}, 304),
        ({b"if-none-match": b' "x", W/"y" , "abc"'}, 304),
        ({b"if-none-match": b'"x,\\"abc"'}, None),
        ({b"if-none-match": b'"x"'}, None),
        ({b"if-none-match": b"abc"}, None),
        ({b"if-none-match": b""}, None),
        ({b"if-modified-since": DATE}, 304),
        ({b"if-modified-since": LATER}, 304),
        ({b"if-modified-since": EARLIER}, None),
        ({b"if-modified-since": b"Tuesday, 01-Dec-26 12:00:00 GMT"}, 304),
        ({b"if-modified-since": b"Tue Dec  1 12:00:00 2026"}, 304),
        ({b"if-modified-since": b"yesterday"}, None),
        ({b"if-modified-since": b"Tue, 99 Dec 2026 12:00:00 GMT"}, None),
        ({b"if-none-match": b'"x"', b"if-modified-since": LATER}, None),
        ({b"if-none-match": ETAG, b"if-modified-since": EARLIER}, 304),
        ({b"if-match": ETAG}, None),
        ({b"if-match": b"*"}, None),
        ({b"if-match": b'"x"'}, 412),
        ({b"if-match": b'W/"abc"'}, 412),
        ({b"if-match": b'"x"', b"if-none-match": ETAG}, 412),
        ({b"if-match": ETAG, b"if-none-match": ETAG}, 304),
        ({b"if-unmodified-since": DATE}, None),
        ({b"if-unmodified-since": EARLIER}, 412),
        ({b"if-unmodified-since": b"nonsense"}, None),
        ({b"if-match": ETAG, b"if-unmodified-since": EARLIER}, None),
    ],
)
def test_conditions_are_weighed_in_the_order_of_rfc_9110(
    headers: dict[bytes, bytes], status: int | None
) -> None:
    assert precondition(headers, etag=ETAG, since=SINCE) == status


@pytest.mark.parametrize(
    ("value", "applies"),
    [
        (None, True),
        (ETAG, True),
        (b'W/"abc"', False),
        (b'"x"', False),
        (DATE, True),
        (LATER, False),
        (EARLIER, False),
        (b"nonsense", False),
    ],
)
def test_a_part_is_sent_only_of_what_if_range_names(
    value: bytes | None, *, applies: bool
) -> None:
    headers = {} if value is None else {b"if-range": value}

    assert range_applies(headers, etag=ETAG, since=SINCE) is applies


def test_dates_are_written_as_http_wants_them() -> None:
    assert http_date(SINCE) == DATE
