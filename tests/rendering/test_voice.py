from datetime import UTC, datetime

import pytest

from peru_media.rendering.voice import Voice, direction, voice_of, voices_of

ENGLISH = voice_of("en-GB")


def test_a_day_is_that_of_the_shows_clocks() -> None:
    late = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)

    assert ENGLISH.day(late, "Europe/London") == "1 August 2026"
    assert ENGLISH.day(late, "America/Lima") == "31 July 2026"


def test_a_moment_says_its_zone() -> None:
    morning = datetime(2026, 12, 1, 9, tzinfo=UTC)

    said = ENGLISH.time(morning, "Europe/London")

    assert said == "Tuesday 1 December 2026 at 09:00 GMT"


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
    assert ENGLISH.spoken(seconds) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [(12, "1 kB"), (320_400, "320 kB"), (17_345_678, "17.3 MB")],
)
def test_sizes_are_said_in_megabytes(size: int, said: str) -> None:
    assert ENGLISH.megabytes(size) == said


def test_the_first_language_has_the_plain_addresses() -> None:
    english, welsh = voices_of(("en-GB", "cy"))

    assert [english.path("/"), english.path("/show")] == ["/", "/show"]
    assert [welsh.path("/"), welsh.path("/show")] == ["/cy", "/cy/show"]
    assert [english.own_name, welsh.own_name] == ["English", "Cymraeg"]


def test_a_voice_knows_which_way_its_script_runs() -> None:
    assert [ENGLISH.direction, Voice("ar").direction] == ["ltr", "rtl"]


def test_things_are_counted_as_the_language_counts() -> None:
    said = [ENGLISH.counted("%(num)s page", "%(num)s pages", n) for n in (1, 1200)]

    assert said == ["1 page", "1,200 pages"]


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("en-GB", "ltr"),
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("ku-Arab", "rtl"),
        ("az-Latn", "ltr"),
        ("zh-Hant-TW", "ltr"),
        ("xx-unknown", "ltr"),
        ("ar-x-own", "rtl"),
    ],
)
def test_a_language_is_written_one_way(language: str, way: str) -> None:
    assert direction(language) == way
