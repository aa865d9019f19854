"""Moments are UTC inside, and read as the clocks of a place show them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.model.advice import AdviceError
from peru_media.model.moment import local_moment, parse_utc, utc_text

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01", "2026-12-01T00:00:00Z"),
        ("2026-07-01", "2026-06-30T23:00:00Z"),
        ("2026-07-01 09:00", "2026-07-01T08:00:00Z"),
        (" 2026-07-01 09:00 ", "2026-07-01T08:00:00Z"),
        ("2026-07-01T09:00:30", "2026-07-01T08:00:30Z"),
        ("2026-07-01T09:00:30Z", "2026-07-01T09:00:30Z"),
        ("2026-07-01 09:00 Z", "2026-07-01T09:00:00Z"),
        ("2026-07-01 09:00 +05:30", "2026-07-01T03:30:00Z"),
        ("2026-07-01 09:00-0500", "2026-07-01T14:00:00Z"),
        ("2026-07-01 09:00 America/Lima", "2026-07-01T14:00:00Z"),
        ("2026-07-01 09:00 America/Argentina/Buenos_Aires", "2026-07-01T12:00:00Z"),
        ("2026-07-01 09:00 Etc/GMT+1", "2026-07-01T10:00:00Z"),
        ("2026-07-01 09:00 UTC", "2026-07-01T09:00:00Z"),
        ("2026-10-25 01:30 +01:00", "2026-10-25T00:30:00Z"),
        ("2026-10-25 01:30 +00:00", "2026-10-25T01:30:00Z"),
        ("2026-10-25 00:59", "2026-10-24T23:59:00Z"),
        ("2026-10-25 02:00", "2026-10-25T02:00:00Z"),
        ("2027-03-28 02:00", "2027-03-28T01:00:00Z"),
    ],
)
def test_a_date_is_read_as_the_clocks_show_it(text: str, moment: str) -> None:
    assert utc_text(local_moment(text, LONDON)) == moment
    assert local_moment(text, LONDON).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "now", "2026", "2026-12", "01/12/2026", "2026-12-01 9:00",
        "2026-12-01 09:00 AM", "2026-12-01 09:00 London", "2026-12-01 09:00 Europe",
        "2026-13-01", "2026-02-30", "2026-12-01 24:00", "2026-12-01 09:60",
        "2026-12-01 09:00 +25:00", "2026-12-01 09:00 +01:75", "0000-01-01",
        "0001-01-01 00:00 +01:00", "9999-12-31 23:59 -01:00",
        "\u0662\u0660\u0662\u0666-\u0661\u0662-\u0660\u0661",
        "2026-12-01 09:00 ../../etc/passwd", "2026-12-01 09:00 a/../b", "x" * 900,
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(AdviceError) as caught:
        local_moment(text, LONDON)

    assert caught.value.kind == "date"
    assert caught.value.fix.startswith("Write ")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "zone", "sentence"),
    [
        (
            "2027-03-28 01:30",
            "Europe/London",
            (
                "2027-03-28 01:30 does not exist in Europe/London (clocks go forward). "
                "Write 2027-03-28 02:30 instead."
            ),
        ),
        (
            "2026-10-25 01:30",
            "Europe/London",
            (
                "2026-10-25 01:30 happens twice in Europe/London (clocks go back). "
                "Write which of the two is meant: "
                "2026-10-25 01:30 +01:00 or 2026-10-25 01:30 +00:00."
            ),
        ),
        (
            "2026-11-01 01:30",
            "America/New_York",
            (
                "2026-11-01 01:30 happens twice in America/New_York (clocks go back). "
                "Write which of the two is meant: "
                "2026-11-01 01:30 -04:00 or 2026-11-01 01:30 -05:00."
            ),
        ),
        (
            "2026-09-06",
            "America/Santiago",
            (
                "2026-09-06 00:00 does not exist in America/Santiago "
                "(clocks go forward). "
                "Write 2026-09-06 01:00 instead."
            ),
        ),
        (
            "2011-12-30 12:00",
            "Pacific/Apia",
            (
                "2011-12-30 12:00 does not exist in Pacific/Apia (clocks go forward). "
                "Write 2011-12-31 12:00 instead."
            ),
        ),
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat_is_refused(
    text: str, zone: str, sentence: str
) -> None:
    with pytest.raises(AdviceError) as caught:
        local_moment(text, ZoneInfo(zone))

    assert (caught.value.kind, str(caught.value)) == ("clocks", sentence)


def test_a_zone_in_the_text_has_its_own_gaps() -> None:
    with pytest.raises(AdviceError, match="America/New_York"):
        local_moment("2027-03-14 02:30 America/New_York", LONDON)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001  # hypothesis wants them naive
def test_every_date_is_a_moment_or_an_advice_that_works(wall: datetime) -> None:
    assert moment_of(f"{wall:%Y-%m-%d %H:%M}").utcoffset() == timedelta(0)


def moment_of(text: str) -> datetime:
    """Read a date, or else what the advice says to write instead."""
    try:
        return local_moment(text, LONDON)
    except AdviceError as advice:
        meant = re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d( [+-]\d\d:\d\d)?", advice.fix)
        assert meant
        return local_moment(meant.group(), LONDON)


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=5, minutes=30)))))
def test_utc_text_is_read_back_to_the_second(moment: datetime) -> None:
    if moment.year in {1, 9999}:
        return
    text = utc_text(moment)
    assert len(text) == 20
    assert parse_utc(text) == moment.replace(microsecond=0)
