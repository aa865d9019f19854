from datetime import timedelta
from typing import Any

import pytest

from peru_media.model.release import Version
from peru_media.model.source import Episode
from peru_media.planning import (
    Against,
    Plan,
    compare,
    plan,
    refusals,
    settle,
    show_changes,
    stale,
)
from tests.sources import NOON, public_episode, public_show, public_source

LATER = NOON + timedelta(hours=1)
NEXT_DAY = NOON + timedelta(days=1)


def version(key: str | None = "state/shared/a", **change: Any) -> Version:
    fields: dict[str, Any] = {
        "since": LATER,
        "key": key,
        "type": "text/html; charset=utf-8",
        "size": 10,
        "sha256": key,
        "cache": "page",
    }
    return Version(**fields | change)


def made(**change: Any) -> Plan:
    arguments: dict[str, Any] = {
        "target": "local",
        "at": NOON,
        "sends": {"a": 10},
        "nothing": False,
    }
    source = change.pop("source", public_source())
    live = change.pop("live", Against())
    return plan(source, live, **arguments | change)


def test_an_unchanged_object_keeps_its_own_date() -> None:
    old = version(since=NOON)

    settled = settle({"/": (version(),)}, {"/": (old,)}, at=LATER)

    assert settled == {"/": (old,)}


def test_a_changed_object_is_dated_now() -> None:
    settled = settle(
        {"/": (version("state/shared/b"),)}, {"/": (version(since=NOON),)}, at=LATER
    )

    assert settled["/"][0].since == LATER


def test_an_object_that_comes_back_is_dated_by_its_return() -> None:
    gone = version(key=None, gone="removed", since=NOON)

    settled = settle({"/a": (version(),)}, {"/a": (gone,)}, at=LATER)

    assert settled["/a"][0].since == LATER


def test_the_versions_to_come_stay() -> None:
    coming = version("state/shared/b", since=NEXT_DAY)
    old = version(since=NOON)

    settled = settle({"/": (version(), coming)}, {"/": (old,)}, at=LATER)

    assert settled["/"] == (old, coming)


def test_an_address_to_come_keeps_its_moment() -> None:
    coming = version(since=NEXT_DAY)

    settled = settle({"/a": (coming,)}, {"/a": (coming,)}, at=LATER)

    assert settled["/a"] == (coming,)


@pytest.mark.parametrize(
    ("path", "live", "left"),
    [
        ("/stories/a", version(since=NOON), Version(since=LATER, gone="removed")),
        (
            "/stories/a",
            Version(since=NOON, gone="ended"),
            Version(since=NOON, gone="ended"),
        ),
        ("/media/x/b/c.mp3", version(since=NOON), Version(since=LATER, gone="removed")),
        ("/stories/a", version(since=NEXT_DAY), None),
        ("/media/m/b/c.mp3", version(since=NOON), None),
    ],
    ids=["page", "already gone", "medium", "never was", "moved medium"],
)
def test_a_vanished_address_is_remembered(
    path: str, live: Version, left: Version | None
) -> None:
    wanted = {"/media/m/other/c.mp3": (version(),)}

    settled = settle(wanted, {path: (live,)}, at=LATER)

    assert settled.get(path, (None,)) == (left,)


@pytest.mark.parametrize(
    ("coming", "days"),
    [
        ((), 7),
        ((Version(since=LATER + timedelta(days=2), gone="removed"),), 2),
        ((Version(since=LATER + timedelta(days=30), gone="ended"),), 7),
    ],
    ids=["wanted until now", "vanished before", "would have ended"],
)
def test_a_vanished_picture_stays_for_a_week(
    coming: tuple[Version, ...], days: int
) -> None:
    held = version(since=NOON)

    settled = settle({}, {"/assets/a.jpg": (held, *coming)}, at=LATER)

    end = Version(since=LATER + timedelta(days=days), gone="removed")
    assert settled == {"/assets/a.jpg": (held, end)}
    after = settle({}, settled, at=end.since)
    assert after == {"/assets/a.jpg": (end,)}


def test_the_first_plan_is_all_new() -> None:
    changes = compare(None, public_source(3), at=NOON)

    assert [change.change for change in changes] == ["new"] * 3


def test_each_episode_says_what_changes_in_words() -> None:
    after = public_source(
        episodes=(
            public_episode(1),
            public_episode(2, title="Another", notes="Other words"),
            public_episode(4, doi="10.1234/x"),
        )
    )
    before = public_source(4)

    changes = {change.slug: change for change in compare(before, after, at=NOON)}

    assert changes["story-1"].change == "same"
    assert changes["story-2"].what == ("title", "show notes")
    assert changes["story-3"].change == "removed"
    assert changes["story-4"].what == ("details",)


def _recorded(number: int) -> Episode:
    """An episode whose published copy is another one."""
    before = public_episode(number)
    medium = before.enclosure.model_copy(update={"address": f"/media/{number}.mp3"})
    return public_episode(number, enclosure=medium)


def test_a_new_recording_is_told_from_other_tags_in_the_copy() -> None:
    after = public_source(episodes=(_recorded(1), _recorded(2)))
    replaced = {public_episode(2).id}

    changes = compare(public_source(2), after, at=NOON, replaced=replaced)

    assert [change.what for change in changes] == [
        ("tags in the file",),
        ("recording",),
    ]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ({}, {"slug": "new"}, "/stories/story-1"),
        ({}, {"shows": ("tales", "stories")}, "/stories/story-1"),
        ({}, {"title": "New"}, None),
        ({"published": NEXT_DAY}, {"published": NEXT_DAY, "slug": "new"}, None),
    ],
    ids=["folder", "first show", "neither", "not out yet"],
)
def test_a_page_that_moves_says_from_where(
    before: dict[str, Any], after: dict[str, Any], moved: str | None
) -> None:
    live = public_source(episodes=(public_episode(1, **before),))
    wanted = public_source(episodes=(public_episode(1, **after),))

    (change,) = compare(live, wanted, at=NOON)

    assert change.moved_from == moved


def test_a_page_whose_place_is_taken_leaves_no_gap() -> None:
    swapped = (public_episode(1, slug="story-2"), public_episode(2, slug="story-1"))

    changes = compare(public_source(2), public_source(episodes=swapped), at=NOON)

    assert [(change.page, change.moved_from) for change in changes] == [
        ("/stories/story-1", None),
        ("/stories/story-2", None),
    ]


def test_a_feed_counts_what_it_loses() -> None:
    before, after = public_source(5), public_source(4)

    (change,) = show_changes(before, after, at=NOON)

    assert (change.before, change.after, change.removed) == (5, 4, 1)


@pytest.mark.parametrize(
    ("before", "after", "max_delete", "reasons"),
    [
        (0, 3, None, 0),
        (10, 8, None, 0),
        (10, 7, None, 1),
        (1, 0, None, 1),
        (200, 180, None, 0),
        (200, 179, None, 1),
        (10, 7, 3, 0),
        (10, 7, 2, 1),
        (1, 0, 1, 0),
    ],
)
def test_a_plan_that_takes_too_much_is_refused(
    before: int, after: int, max_delete: int | None, reasons: int
) -> None:
    planned = made(
        source=public_source(after), live=Against(1, "x", public_source(before))
    )

    assert len(refusals(planned, max_delete=max_delete)) == reasons


def test_an_episode_moved_to_the_future_is_lost_to_subscribers() -> None:
    later = tuple(public_episode(n, published=NEXT_DAY) for n in (1, 2, 3))
    live = Against(1, "x", public_source(3))

    planned = made(source=public_source(episodes=later), live=live)

    assert planned.lost == 3
    assert [change.change for change in planned.episodes] == ["changed"] * 3
    assert "would be empty" in refusals(planned, max_delete=None)[0]


@pytest.mark.parametrize("moved", [{}, {"base_url": "https://new.example.ac.uk"}])
def test_a_show_whose_folder_is_renamed_would_lose_its_subscribers(
    moved: dict[str, Any],
) -> None:
    episodes = tuple(public_episode(n, shows=("tales",)) for n in (1, 2))
    after = public_source(shows=(public_show("tales"),), episodes=episodes, **moved)

    planned = made(source=after, live=Against(1, "x", public_source(2)))

    (reason,) = refusals(planned, max_delete=None)
    assert "would move to" in reason
    assert "asks https://media.example.ac.uk/stories/feed.xml" in reason


def test_an_episode_to_come_is_no_loss_when_it_goes() -> None:
    coming = public_source(episodes=(public_episode(1, published=NEXT_DAY),))

    planned = made(source=public_source(0), live=Against(1, "x", coming))

    assert planned.lost == 0
    assert refusals(planned, max_delete=None) == ()


def test_where_a_medium_lies_is_no_change() -> None:
    episode = public_episode(1)
    held = episode.enclosure.model_copy(update={"key": "held/x"})
    before = public_source(episodes=(episode.model_copy(update={"enclosure": held}),))

    (change,) = compare(before, public_source(1), at=NOON)

    assert change.change == "same"


def test_a_plan_says_that_the_site_moves() -> None:
    before = public_source(1, base_url="https://old.example.ac.uk")

    assert made(live=Against(1, "x", before)).moved_from == before.base_url
    assert made(live=Against(1, "x", public_source(1))).moved_from is None


def test_a_plan_counts_the_guids_that_it_keeps() -> None:
    planned = made(source=public_source(4), live=Against(1, "x", public_source(3)))

    assert (planned.guids_known, planned.guids_kept) == (3, 3)


def test_a_plan_survives_being_saved() -> None:
    planned = made()

    assert Plan.model_validate_json(planned.model_dump_json()) == planned


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, None),
        ({"target": "production"}, "local"),
        ({"live": Against(2, "y", None)}, "release 0, live is 2"),
        ({"source": public_source(2)}, "files have changed"),
    ],
)
def test_a_stale_plan_says_why(change: dict[str, Any], word: str | None) -> None:
    reasons = stale(made(), made(**change))

    assert (word is None) == (not reasons)
    assert word is None or word in reasons[0]
