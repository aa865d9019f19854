"""The days on which clocks change, in six places, for seven years."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from peru_media.model.advice import AdviceError
from peru_media.model.moment import local_moment
from peru_media.model.release import version_at
from peru_media.model.schedule import midnight_after
from peru_media.rendering.release import render
from tests.rendering.samples import TEXTS, make_episode, make_source

ZONES = (
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Tehran",
)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Every moment from 2024 to 2030 at which the clocks of a place change, UTC."""
    at, last = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
    while at < last:
        if _shift(at, zone) != _shift(at + HOUR / 2, zone):
            yield at + HOUR / 2
        at += HOUR / 2


def _wall(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _shift(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _impossible(change: datetime, zone: ZoneInfo) -> str:
    """What the wall clock skips at a change, or shows twice."""
    before, after = _shift(change - SECOND, zone), _shift(change, zone)
    if after < before:
        return _wall(change - SECOND, zone)
    skipped = (change + timedelta(minutes=1) + before).replace(tzinfo=None)
    return f"{skipped:%Y-%m-%d %H:%M:%S}"


def test_no_change_of_the_clocks_moves_an_episode_or_a_consent(
    record_property: Callable[[str, object], None],
) -> None:
    changes = [(ZoneInfo(n), change) for n in ZONES for change in _changes(ZoneInfo(n))]
    for zone, change in changes:
        for moment in (change - 3 * HOUR, change + 3 * HOUR):
            assert local_moment(_wall(moment, zone), zone) == moment
        with pytest.raises(AdviceError) as told:
            local_moment(_impossible(change, zone), zone)
        assert told.value.kind == "clocks"
        day = change.astimezone(zone).date()
        end = midnight_after(day, zone).astimezone(UTC)
        assert (end - SECOND).astimezone(zone).date() == day
        assert end.astimezone(zone).date() > day
    record_property(
        "figure",
        f"changes of the clocks 2024-2030 in {len(ZONES)} zones: {len(changes)}; "
        "moments moved 0, impossible times taken 0",
    )
    assert len(changes) >= 60


@pytest.mark.parametrize("zone", ZONES)
def test_an_episode_turns_at_its_second_on_days_when_the_clocks_change(
    zone: str,
) -> None:
    place = ZoneInfo(zone)
    for change in [c for c in _changes(place) if c.year in {2026, 2027}]:
        start, end = change - 3 * HOUR, change + 3 * HOUR
        told = make_episode("told", published=start, until=end)
        made = render(
            make_source(make_episode(), told),
            at=change - DAY,
            until=change + DAY,
            texts=TEXTS.__getitem__,
            changed={},
            cache={},
        )
        versions = made.tables["personalisation"]["/personalisation/told"]

        def held(moment: datetime, versions: object = versions) -> object:
            version = version_at(versions, moment)  # type: ignore[arg-type]  # versions of a table
            return version and (version.gone or "there")

        assert [held(start - SECOND), held(start)] == [None, "there"]
        assert [held(end - SECOND), held(end)] == ["there", "ended"]
