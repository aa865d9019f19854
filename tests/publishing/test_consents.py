"""A time machine: nothing of anybody goes out once their consent is over."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from peru_media.checks import Inputs, check
from peru_media.errors import RefusedError
from peru_media.model.release import Ledger, version_at
from peru_media.model.schedule import consent_ends
from peru_media.model.site import Site
from peru_media.publishing.consents import State, consents
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import publish
from peru_media.storage.memory import MemoryStore
from tests.factories import (
    facts_of,
    make_consent,
    make_episode,
    make_show,
    make_site,
)
from tests.newsroom import Newsroom

Record = Callable[[str, object], None]
SECOND = timedelta(seconds=1)
ZONES = (
    "Europe/London",
    "Europe/Lisbon",
    "America/Santiago",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
)
STORY = "episodes/story-1/episode.md"
RECORD = """\
id: c-017
public_name: Dan
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-03-01
expires: {expires}
on_expiry: {then}
"""


def _days(zone: ZoneInfo) -> Iterator[date]:
    """Days to 2030 that do not have 24 hours, and those beside them; a leap day."""
    day = date(2026, 1, 1)
    yield date(2028, 2, 29)
    while day < date(2031, 1, 1):
        after = day + timedelta(days=1)
        here, there = (
            datetime(*one.timetuple()[:3], tzinfo=zone).utcoffset()
            for one in (day, after)
        )
        if here != there:
            yield from (day - timedelta(days=1), day, after)
        day = after


def _codes(site: Site, at: datetime) -> set[str]:
    found = check(
        Inputs(site=site, facts=facts_of(site), at=at, ledger=Ledger(), here=True)
    )
    return {problem.code for problem in found}


@pytest.mark.parametrize("zone", ZONES)
def test_check_refuses_from_the_midnight_on_and_not_a_second_before(
    zone: str, record_property: Record
) -> None:
    tried = 0
    for day in _days(ZoneInfo(zone)):
        record = make_consent(expires=str(day), obtained="2026-01-01")
        site = make_site(
            shows=[make_show(timezone=zone)],
            episodes=[
                make_episode(
                    people=[{"contributor": "c-017", "role": "guest"}], publish="now"
                )
            ],
            contributors=[record],
        )
        ends = consent_ends(record.value, ZoneInfo(zone))
        assert ends is not None
        assert ends.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)
        ends = ends.astimezone(UTC)
        for at in (ends - SECOND, ends, ends + SECOND):
            tried += 1
            assert ("E403" in _codes(site, at)) is (at >= ends), at
            (one,) = consents(site, Ledger(), at=at)
            assert (one.state is State.ENDED) is (at >= ends)
    record_property("figure", f"consent ends, {zone}: {tried} moments, 0 after the end")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A project whose first story somebody tells who agreed to a time."""
    with Newsroom.opened(tmp_path_factory.mktemp("time"), episodes=2) as room:
        room.edit(STORY, "name: The host", "contributor: c-017")
        room.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-06-01 09:00")
        yield room


@pytest.fixture
def newsroom(measured: Newsroom) -> Newsroom:
    """It, with nothing published."""
    measured.store = MemoryStore(clock=measured.clock)
    return measured


def _agree(newsroom: Newsroom, expires: str, then: str = "withdraw") -> datetime:
    """Write the record down; gives the first moment at which it no longer holds."""
    text = RECORD.format(expires=expires, then=then)
    newsroom.write(**{"feeds/contributors/c-017.yaml": text})
    day = date.fromisoformat(expires) + timedelta(days=1)
    return datetime(*day.timetuple()[:3], tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("then", ["withdraw", "stop-new"])
@pytest.mark.parametrize("expires", ["2026-10-24", "2026-10-25", "2027-03-28"])
def test_a_publish_goes_out_a_second_before_and_never_after(
    newsroom: Newsroom, expires: str, then: str
) -> None:
    ends = _agree(newsroom, expires, then).astimezone(UTC)

    for late in (ends, ends + SECOND):
        newsroom.clock.moment = late
        with pytest.raises(RefusedError) as refused:
            newsroom.prepare()
        assert "E403" in {problem.code for problem in refused.value.problems}
    newsroom.clock.moment = ends - SECOND
    newsroom.publish()
    assert _out(newsroom, ends - SECOND)
    assert _out(newsroom, ends) is (then == "stop-new")


def _out(newsroom: Newsroom, at: datetime) -> bool:
    """Whether a server of the live release has the story's page at a moment."""
    row = read_live(newsroom.store, {}).tables()["stories"]["/stories/story-1"]
    version = version_at(row, at)
    return version is not None and version.key is not None


@pytest.mark.parametrize("then", ["withdraw", "stop-new"])
def test_a_consent_that_ends_while_its_episode_is_sent_stops_it(
    newsroom: Newsroom, then: str
) -> None:
    """A large recording may take hours to send, over any midnight."""
    ends = _agree(newsroom, "2026-10-25", then)
    newsroom.clock.moment = ends.astimezone(UTC) - SECOND
    prepared = newsroom.prepare()

    newsroom.clock.moment += SECOND
    with pytest.raises(RefusedError, match="a consent ended while this was sent"):
        publish(prepared, newsroom.desk())
    assert read_live(newsroom.store, {}).root is None


def test_a_plan_from_before_the_end_publishes_nothing_after_it(
    newsroom: Newsroom,
) -> None:
    ends = _agree(newsroom, "2026-10-25")
    newsroom.clock.moment = ends.astimezone(UTC) - SECOND
    saved = newsroom.prepare(rehearsal=True).plan

    newsroom.clock.moment += SECOND
    with pytest.raises(RefusedError):
        newsroom.prepare(saved=saved)


def test_what_is_out_stays_where_only_new_things_were_to_stop(
    newsroom: Newsroom,
) -> None:
    ends = _agree(newsroom, "2026-10-25", "stop-new").astimezone(UTC)
    newsroom.clock.moment = ends - SECOND
    newsroom.publish()

    newsroom.clock.moment = ends + timedelta(days=2)
    newsroom.edit(STORY, "What Story 1", "All that Story 1")
    newsroom.publish()
    assert _out(newsroom, newsroom.clock.moment)
    newsroom.edit(STORY, "All that Story 1", "What Story 1")


def test_who_agreed_for_ever_is_kept_after_the_date(newsroom: Newsroom) -> None:
    ends = _agree(newsroom, "2026-10-25", "keep").astimezone(UTC)
    newsroom.clock.moment = ends + timedelta(days=2)

    prepared = newsroom.prepare()
    assert prepared.consented_until is None
    publish(prepared, newsroom.desk())
    assert _out(newsroom, newsroom.clock.moment)
