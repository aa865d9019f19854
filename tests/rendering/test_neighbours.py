"""A page leads to what is beside it, as long as that is there."""

from datetime import timedelta

from peru_media.model.source import Episode
from peru_media.rendering.neighbours import ways_from
from peru_media.rendering.timeline import Calendar
from tests.rendering.samples import NOON, make_episode, make_source

DAY = timedelta(days=1)


def calendar(*episodes: Episode) -> Calendar:
    return Calendar(source=make_source(*episodes), at=NOON, until=NOON + 90 * DAY)


def names(episodes: tuple[Episode, ...]) -> list[str]:
    return [one.slug for one in episodes]


def test_the_episodes_on_either_side_are_the_nearest_by_date() -> None:
    old, middle, new = (
        make_episode(slug, published=NOON - days * DAY)
        for slug, days in (("old", 30), ("middle", 20), ("new", 10))
    )
    far = make_episode("far", published=NOON - 40 * DAY)

    ways = ways_from(middle, calendar(new, far, middle, old))

    assert (names(ways.earlier), names(ways.later)) == (["old"], ["new"])
    assert ways_from(new, calendar(new, old)).later == ()


def test_what_ends_makes_way_for_the_one_behind_it() -> None:
    oldest = make_episode("oldest", published=NOON - 40 * DAY)
    ending = make_episode("ending", published=NOON - 30 * DAY, until=NOON + DAY)
    page = make_episode("page", published=NOON - 20 * DAY)

    ways = ways_from(page, calendar(page, ending, oldest))

    assert names(ways.at(NOON).earlier) == ["ending"]
    assert names(ways.at(NOON + DAY).earlier) == ["oldest"]


def test_what_is_scheduled_comes_after_at_its_moment() -> None:
    page = make_episode("page", published=NOON - DAY)
    soon = make_episode("soon", published=NOON + DAY)
    later = make_episode("later", published=NOON + 2 * DAY)

    ways = ways_from(page, calendar(page, later, soon))

    assert names(ways.at(NOON).later) == []
    assert names(ways.at(NOON + DAY).later) == ["soon"]
    assert names(ways.at(NOON + 2 * DAY).later) == ["soon"]


def test_a_page_never_leads_to_itself_or_to_what_is_not_there() -> None:
    page = make_episode("page", related=("page", "gone", "other"))
    other = make_episode("other", published=NOON - 9 * DAY)

    assert names(ways_from(page, calendar(page, other)).related) == ["other"]
