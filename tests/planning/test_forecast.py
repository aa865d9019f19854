from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peru_media.model.source import Episode, Source
from peru_media.planning import APP_RULES, Forecast, Outcome, forecast
from tests.sources import NOON, public_episode, public_show, public_source

GUID, ANTENNAPOD, ADDRESS, ADDRESS_TITLE, TITLE_DATE = (r.name for r in APP_RULES)
NEXT_DAY = NOON + timedelta(days=1)
NEW_SHA = "cd" * 32


def stories(count: int, **change: Any) -> tuple[Episode, ...]:
    """So many stories, the first of them changed."""
    return tuple(public_episode(n, **(change if n == 1 else {})) for n in _to(count))


def _to(count: int) -> range:
    return range(1, count + 1)


def new_copy(number: int = 1) -> dict[str, Any]:
    """What a new copy of the same recording changes."""
    medium = public_episode(number).enclosure
    address = medium.address.replace(medium.sha256[:20], NEW_SHA[:20])
    return {
        "enclosure": medium.model_copy(update={"address": address, "sha256": NEW_SHA})
    }


def live(count: int = 3, **change: Any) -> Source:
    return public_source(count, **change)


def wanted(*episodes: Episode, **change: Any) -> Source:
    return public_source(episodes=episodes, **change)


def foreseen(before: Source | None, after: Source) -> dict[str, Outcome]:
    (only,) = forecast(before, after, at=NOON, masters={})
    return {outcome.rule: outcome for outcome in only.outcomes}


def only(before: Source | None, after: Source) -> Forecast:
    (found,) = forecast(before, after, at=NOON, masters={})
    return found


# Each count: new, changed, unchanged, downloaded again, lost.
UNTOUCHED = (0, 0, 3, 0, 0)
CHANGED = (0, 1, 2, 0, 0)
AGAIN = (0, 0, 2, 1, 0)
SCENARIOS: dict[str, tuple[Source | None, Source, dict[str, tuple[int, ...]]]] = {
    "first release": (None, live(3), {"": (3, 0, 0, 0, 0)}),
    "nothing": (live(3), live(3), {}),
    "one more": (live(3), live(4), {"": (1, 0, 3, 0, 0)}),
    "notes": (live(3), wanted(*stories(3, notes="Others.")), {"": CHANGED}),
    "retitled": (
        live(3),
        wanted(*stories(3, title="Another title")),
        {"": CHANGED, TITLE_DATE: AGAIN},
    ),
    "retitled with a new copy": (
        live(3),
        wanted(*stories(3, title="Another title", **new_copy())),
        {"": CHANGED, ADDRESS: AGAIN, ADDRESS_TITLE: AGAIN, TITLE_DATE: AGAIN},
    ),
    "redated": (
        live(3),
        wanted(*stories(3, published=NOON - timedelta(days=3))),
        {"": CHANGED, TITLE_DATE: AGAIN},
    ),
    "new copy": (
        live(3),
        wanted(*stories(3, **new_copy())),
        {"": CHANGED, ADDRESS: AGAIN},
    ),
    "guid changed": (
        live(3),
        wanted(*stories(3, guid="another-guid")),
        {"": CHANGED, GUID: AGAIN},
    ),
    "site moved": (
        live(3),
        live(3, base_url="https://new.example.ac.uk"),
        {"": (0, 3, 0, 0, 0), ADDRESS: (0, 0, 0, 3, 0)},
    ),
    "removed": (live(3), live(2), {"": (0, 0, 2, 0, 1)}),
    "drafted": (
        live(3),
        wanted(*stories(3, published=NEXT_DAY)),
        {"": (0, 0, 2, 0, 1)},
    ),
    "scheduled": (
        live(3),
        wanted(*stories(3), public_episode(4, published=NEXT_DAY)),
        {},
    ),
    "ends later": (
        live(3),
        wanted(*stories(3, until=NEXT_DAY)),
        {},
    ),
    "moved in the store": (
        live(3),
        wanted(
            *stories(
                3,
                enclosure=public_episode(1).enclosure.model_copy(
                    update={"key": "held/x"}
                ),
            )
        ),
        {},
    ),
    "window shrinks": (
        live(3),
        live(3, shows=(public_show(feed_items=2),)),
        {"": (0, 0, 2, 0, 1)},
    ),
    "window grows": (
        live(3, shows=(public_show(feed_items=2),)),
        live(3),
        {"": (1, 0, 2, 0, 0)},
    ),
    "slug renamed": (
        live(3),
        wanted(*stories(3, slug="renamed")),
        {"": CHANGED},
    ),
    "another title, another guid": (
        live(1),
        wanted(public_episode(1, id="f" * 20, guid="other", title="Other")),
        {
            "": (0, 1, 0, 0, 0),
            GUID: (0, 0, 0, 1, 0),
            TITLE_DATE: (0, 0, 0, 1, 0),
        },
    ),
    "title taken over": (
        live(1),
        wanted(
            public_episode(1),
            public_episode(2, title="Story 1", published=NOON - timedelta(days=3)),
        ),
        {"": (1, 0, 1, 0, 0), ADDRESS_TITLE: (0, 1, 1, 0, 0)},
    ),
    "title and date taken over": (
        live(1),
        wanted(public_episode(1), public_episode(2, title="Story 1")),
        {
            "": (0, 1, 1, 0, 0),
            GUID: (1, 0, 1, 0, 0),
            ADDRESS: (1, 0, 1, 0, 0),
        },
    ),
}


@pytest.mark.parametrize("rule", [GUID, ANTENNAPOD, ADDRESS, ADDRESS_TITLE, TITLE_DATE])
@pytest.mark.parametrize("name", SCENARIOS)
def test_each_kind_of_app_does_what_its_rule_says(name: str, rule: str) -> None:
    before, after, expected = SCENARIOS[name]

    outcome = foreseen(before, after)[rule]

    assert outcome.counts == expected.get(rule, expected.get("", UNTOUCHED))


@pytest.mark.parametrize(
    ("before", "after", "moved_from"),
    [
        (live(1), live(1), None),
        (None, live(1), None),
        (
            live(1),
            live(1, base_url="https://new.example.ac.uk"),
            "https://media.example.ac.uk/stories/feed.xml",
        ),
        (
            live(1),
            public_source(
                shows=(public_show("tales"),),
                episodes=(public_episode(1, shows=("tales",)),),
            ),
            "https://media.example.ac.uk/stories/feed.xml",
        ),
    ],
    ids=["stays", "begins", "site moves", "show is renamed"],
)
def test_a_feed_that_moves_says_where_apps_ask_now(
    before: Source | None, after: Source, moved_from: str | None
) -> None:
    assert only(before, after).moved_from == moved_from


def test_what_is_downloaded_again_is_named_with_a_few_examples() -> None:
    moved = live(5, base_url="https://new.example.ac.uk")

    outcome = foreseen(live(5), moved)[ADDRESS]

    assert outcome.again == 5
    assert outcome.titles == ("Story 1", "Story 2", "Story 3")


def test_a_recording_tells_who_an_episode_really_is() -> None:
    other = public_episode(1, id="f" * 20, guid="other", title="Other", **new_copy())
    masters = {public_episode(1).id: "m", "f" * 20: "m"}

    (found,) = forecast(live(1), wanted(other), at=NOON, masters=masters)

    assert all(outcome.counts == (0, 0, 0, 1, 0) for outcome in found.outcomes)


@pytest.mark.parametrize(
    "shows",
    [
        (public_show(visibility="private"),),
        (
            public_show(),
            public_show("empty", guid="9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ),
    ],
    ids=["private", "empty"],
)
def test_a_show_without_readers_has_no_forecast(shows: tuple[Any, ...]) -> None:
    source = live(1, shows=shows)

    found = forecast(source, source, at=NOON, masters={})

    assert [one.show for one in found] == ["stories"] * (len(shows) - 1)


@pytest.mark.parametrize("field", ["related", "cite", "doi", "waiver", "redirect_from"])
def test_what_only_the_page_shows_is_no_news_for_an_app(field: str) -> None:
    value = ("story-2",) if field in ("related", "redirect_from") else "10.1234/x"
    after = wanted(*stories(3, **{field: value}))

    assert all(one.counts == UNTOUCHED for one in foreseen(live(3), after).values())


def _feeds() -> st.SearchStrategy[Source]:
    """Feeds of a few stories that share guids, titles, dates and copies at will."""
    few = st.integers(1, 3)
    story = st.builds(
        lambda number, guid, title, day, copy: public_episode(
            number,
            guid=f"guid-{guid}",
            title=f"Title {title}",
            published=NOON - timedelta(days=day),
            **(new_copy(number) if copy > 1 else {}),
        ),
        *(st.integers(1, 4), few, few, few, few),
    )
    stories = st.lists(story, max_size=4, unique_by=lambda one: one.id)
    return st.builds(
        lambda found, items: public_source(
            episodes=tuple(found), shows=(public_show(feed_items=items),)
        ),
        stories,
        st.sampled_from([None, 1, 2]),
    )


@settings(deadline=None, max_examples=200)
@given(before=_feeds(), after=_feeds())
def test_every_episode_of_a_feed_is_counted_once(before: Source, after: Source) -> None:
    sizes = [min(len(s.episodes), s.shows[0].feed_items or 9) for s in (before, after)]

    for found in forecast(before, after, at=NOON, masters={}):
        for one in found.outcomes:
            assert one.new + one.changed + one.unchanged + one.again == sizes[1]
            assert one.lost <= sizes[0]
            assert one.again <= sizes[0]


@settings(deadline=None, max_examples=50)
@given(source=_feeds())
def test_nothing_new_is_nothing_to_any_app(source: Source) -> None:
    for found in forecast(source, source, at=NOON, masters={}):
        for one in found.outcomes:
            assert (one.new, one.again, one.lost) == (0, 0, 0)
