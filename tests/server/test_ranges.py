"""Byte ranges: RFC 9110 sections 14.1 to 14.4 as a table."""

import sys
import time
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.server.ranges import (
    Span,
    content_range,
    parse_ranges,
    part_heads,
    unsatisfied,
)

WHOLE = None
NOTHING: list[Span] = []
SIZE = 1000
MANY = ",".join(f"{place}-{place}" for place in range(0, 400, 2))


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        # one range (14.1.2)
        ("bytes=0-0", [(0, 1)]),
        ("bytes=0-499", [(0, 500)]),
        ("bytes=500-999", [(500, 1000)]),
        ("bytes=0-999", [(0, 1000)]),
        ("bytes=999-999", [(999, 1000)]),
        ("bytes=990-5000", [(990, 1000)]),
        ("bytes=0-99999999999999999999999999", [(0, 1000)]),
        ("bytes=00000000000000000000000-0009", [(0, 10)]),
        # open-ended
        ("bytes=0-", [(0, 1000)]),
        ("bytes=9-", [(9, 1000)]),
        ("bytes=999-", [(999, 1000)]),
        # suffix
        ("bytes=-1", [(999, 1000)]),
        ("bytes=-500", [(500, 1000)]),
        ("bytes=-1000", [(0, 1000)]),
        ("bytes=-5000", [(0, 1000)]),
        ("bytes=-99999999999999999999999999", [(0, 1000)]),
        # several, in the order asked for
        ("bytes=0-0,-1", [(0, 1), (999, 1000)]),
        ("bytes=-1,0-0", [(999, 1000), (0, 1)]),
        ("bytes=0-9,20-29,40-49", [(0, 10), (20, 30), (40, 50)]),
        ("bytes=40-49,0-9,20-29", [(40, 50), (0, 10), (20, 30)]),
        # overlapping and touching ones become one
        ("bytes=0-99,50-149", [(0, 150)]),
        ("bytes=50-149,0-99", [(0, 150)]),
        ("bytes=0-9,10-19", [(0, 20)]),
        ("bytes=0-99,20-29", [(0, 100)]),
        ("bytes=500-600,601-999", [(500, 1000)]),
        ("bytes=0-9,100-109,5-19", [(0, 20), (100, 110)]),
        ("bytes=0-,-500", [(0, 1000)]),
        # empty list members and spaces around commas (5.6.1.2)
        ("bytes=0-9,,20-29", [(0, 10), (20, 30)]),
        ("bytes=,0-9", [(0, 10)]),
        ("bytes=0-9 , 20-29", [(0, 10), (20, 30)]),
        ("bytes=0-9,\t20-29", [(0, 10), (20, 30)]),
        # the unit's name is case-insensitive (14.1)
        ("Bytes=0-9", [(0, 10)]),
        ("BYTES=0-9", [(0, 10)]),
        # some of them out of reach: the others count
        ("bytes=0-9,5000-5001", [(0, 10)]),
        ("bytes=-0,0-9", [(0, 10)]),
        # none can be satisfied: 416
        ("bytes=1000-", NOTHING),
        ("bytes=1000-1001", NOTHING),
        ("bytes=5000-,6000-", NOTHING),
        ("bytes=-0", NOTHING),
        ("bytes=99999999999999999999999999-", NOTHING),
        # malformed: ignored, the whole content is sent (14.2)
        ("bytes", WHOLE),
        ("bytes=", WHOLE),
        ("bytes=,", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=abc", WHOLE),
        ("bytes=0", WHOLE),
        ("bytes=9-5", WHOLE),
        ("bytes=0-9,9-5", WHOLE),
        ("bytes=--5", WHOLE),
        ("bytes=0-9-", WHOLE),
        ("bytes=0x0-0x9", WHOLE),
        ("bytes=+0-9", WHOLE),
        ("bytes=0 - 9", WHOLE),
        ("bytes=0.0-9.9", WHOLE),
        ("bytes=٠-٩", WHOLE),  # noqa: RUF001  # digits, but not those of the grammar
        ("bytes:0-9", WHOLE),
        ("0-9", WHOLE),
        ("", WHOLE),
        # another unit: ignored (14.2)
        ("seconds=0-9", WHOLE),
        ("none", WHOLE),
        ("byte=0-9", WHOLE),
        # too many: the whole content (14.2 allows a server to protect itself)
        ("bytes=" + MANY, WHOLE),
        ("bytes=0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-", WHOLE),
        ("bytes=0-,0-,0-,0-,0-,0-,0-,0-,0-,0-", [(0, 1000)]),
    ],
)
def test_a_range_is_read_as_rfc_9110_says(
    header: str, spans: list[Span] | None
) -> None:
    assert parse_ranges(header, SIZE) == spans


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5", "bytes=0-0"])
def test_there_is_nothing_to_cut_from_empty_content(header: str) -> None:
    assert parse_ranges(header, 0) is None


def _steps(header: str) -> int:
    """How many functions are called to read a header."""
    counted = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        del frame, argument
        nonlocal counted
        counted += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        parse_ranges(header, 10_000_000)
    finally:
        sys.setprofile(None)
    return counted


def test_ten_thousand_ranges_cost_next_to_nothing(
    record_property: Callable[[str, object], None],
) -> None:
    eleven, many = (
        "bytes=" + ",".join(f"{n}-{n}" for n in range(count)) for count in (11, 10_000)
    )
    began = time.process_time()
    assert parse_ranges(many, 10_000_000) is None
    took = time.process_time() - began

    assert _steps(many) == _steps(eleven) < 10
    assert _steps("bytes=0-0") > _steps(many)
    record_property(
        "figure", f"a header of 10,000 ranges: {took * 1000:.2f} ms of processor"
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=10
    ),
    st.integers(1, 50),
)
def test_the_spans_hold_every_wanted_byte_once(
    wanted: list[tuple[int, int]], size: int
) -> None:
    pairs = [(min(pair), max(pair)) for pair in wanted]
    header = "bytes=" + ",".join(f"{first}-{last}" for first, last in pairs)

    spans = parse_ranges(header, size)

    assert spans is not None
    got = [place for start, stop in spans for place in range(start, stop)]
    hoped = {place for a, b in pairs for place in range(a, b + 1) if place < size}
    assert sorted(got) == sorted(hoped)


def test_content_range_names_the_last_byte_not_the_one_after() -> None:
    assert content_range((0, 500), 1234) == b"bytes 0-499/1234"
    assert unsatisfied(1234) == b"bytes */1234"


def test_each_part_says_what_it_is() -> None:
    heads, closing = part_heads(
        [(0, 1), (8, 10)], 10, media_type=b"audio/mpeg", boundary=b"abc"
    )

    assert heads[1] == (
        b"\r\n--abc\r\nContent-Type: audio/mpeg\r\nContent-Range: bytes 8-9/10\r\n\r\n"
    )
    assert closing == b"\r\n--abc--\r\n"
