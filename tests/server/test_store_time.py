"""The server's time is the store's."""

from datetime import timedelta
from math import inf

from peru_media.server.store_time import StoreTime
from tests.clocks import SetClock
from tests.releases import NOON


def test_time_is_the_stores_and_goes_on_between_its_answers() -> None:
    clock = SetClock(NOON + timedelta(days=2))  # this machine is wrong
    time = StoreTime(clock)

    time.hear(NOON)
    clock.advance(timedelta(seconds=5))

    assert time.moment() == NOON + timedelta(seconds=5)
    assert time.now() == NOON.timestamp() + 5


def test_a_date_cut_to_whole_seconds_never_sets_time_back() -> None:
    clock = SetClock(NOON)
    time = StoreTime(clock)
    time.hear(NOON)
    clock.advance(timedelta(seconds=1.9))

    time.hear(NOON + timedelta(seconds=1))

    assert time.moment() == NOON + timedelta(seconds=1.9)


def test_a_later_date_is_the_truer() -> None:
    clock = SetClock(NOON)
    time = StoreTime(clock)
    time.hear(NOON)

    time.hear(NOON + timedelta(seconds=0.9))

    assert time.moment() == NOON + timedelta(seconds=0.9)


def test_a_store_that_was_put_back_is_followed() -> None:
    clock = SetClock(NOON)
    time = StoreTime(clock)
    time.hear(NOON + timedelta(hours=1))

    time.hear(NOON)

    assert time.moment() == NOON


def test_silence_is_counted_from_the_last_answer() -> None:
    clock = SetClock(NOON)
    time = StoreTime(clock)
    assert time.silent() == inf

    time.hear(NOON)
    clock.advance(timedelta(seconds=601))

    assert time.silent() == 601
