from datetime import UTC, datetime

import pytest

from peru_media.rendering.words import (
    clock,
    counted,
    day,
    decimal,
    kind_of,
    megabytes,
    spoken,
)


def test_a_day_is_that_of_the_shows_clocks() -> None:
    late = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)

    assert day(late, "Europe/London") == "1 August 2026"
    assert day(late, "America/Lima") == "31 July 2026"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "1 s"),
        (45.4, "45 s"),
        (60, "1 min"),
        (312, "5 min 12 s"),
        (3600, "1 h"),
        (3725, "1 h 2 min"),
    ],
)
def test_lengths_are_said_in_words(seconds: float, said: str) -> None:
    assert spoken(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (90.9, "1:30"), (3723, "1:02:03")]
)
def test_places_are_shown_as_a_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("size", "said"),
    [(12, "1 kB"), (320_400, "320 kB"), (17_345_678, "17.3 MB")],
)
def test_sizes_are_said_in_megabytes(size: int, said: str) -> None:
    assert megabytes(size) == said


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0"), (90.0, "90"), (1.25, "1.25"), (100, "100")]
)
def test_seconds_for_machines_are_as_short_as_they_can_be(
    seconds: float, text: str
) -> None:
    assert decimal(seconds) == text


def test_one_thing_is_not_said_as_many() -> None:
    assert counted(1, "page") == "1 page"
    assert counted(0, "page") == "0 pages"


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("audio/mpeg", "audio"), ("video/mp4", "video"), ("application/pdf", "pdf")],
)
def test_every_medium_is_heard_watched_or_read(media_type: str, kind: str) -> None:
    assert kind_of(media_type) == kind
