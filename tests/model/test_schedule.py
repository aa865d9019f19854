from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from peru_media.model.schedule import (
    consent_ends,
    is_draft,
    midnight_after,
    publish_moment,
)
from tests.factories import NOON, make_consent, make_episode

_LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("publish", "moment"),
    [
        ("draft", None),
        ("now", NOON),
        ("2026-07-01 09:00", datetime(2026, 7, 1, 8, 0, tzinfo=UTC)),
        ("2026-07-01 09:00 America/Lima", datetime(2026, 7, 1, 14, 0, tzinfo=UTC)),
    ],
)
def test_an_episode_comes_out_by_the_clocks_of_its_show(
    publish: str, moment: datetime | None
) -> None:
    episode = make_episode(publish=publish).value

    assert publish_moment(episode, _LONDON, now=NOON) == moment
    assert is_draft(episode) is (moment is None)


def test_a_time_that_the_clocks_skip_is_no_moment() -> None:
    episode = make_episode(publish="2027-03-28 01:30").value

    with pytest.raises(ValueError, match="does not exist"):
        publish_moment(episode, _LONDON, now=NOON)


@pytest.mark.parametrize(
    ("expires", "ends"),
    [
        (None, None),
        ("2026-12-01", datetime(2026, 12, 2, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 7, 1, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_consent_holds_to_the_end_of_its_last_day(
    expires: str | None, ends: datetime | None
) -> None:
    record = make_consent(expires=expires).value

    assert consent_ends(record, _LONDON) == ends


def test_the_last_day_of_the_calendar_means_for_ever() -> None:
    assert midnight_after(date.max, _LONDON) > NOON.replace(year=9999)
