from datetime import timedelta

import pytest

from peru_media.model.release import Version
from peru_media.rendering.timeline import (
    Calendar,
    Span,
    lifetime,
    moments,
    settled,
)
from tests.rendering.samples import NOON, make_episode, make_show, make_source

DAY = timedelta(days=1)
HORIZON = NOON + 90 * DAY
CALENDAR = Calendar(source=make_source(), at=NOON, until=HORIZON)
CONTENT = Version(since=NOON, key="state/shared/a", sha256="a")


def test_moments_are_what_begins_and_ends_up_to_the_horizon() -> None:
    source = make_source(
        make_episode("past", published=NOON - DAY, until=NOON + 5 * DAY),
        make_episode("now", published=NOON),
        make_episode("soon", published=NOON + DAY, until=NOON + 5 * DAY),
        make_episode("last", published=HORIZON),
        make_episode("later", published=HORIZON + DAY),
        make_episode("never", published=NOON + 3 * DAY, until=NOON + 3 * DAY),
        make_episode("ended", published=NOON - 3 * DAY, until=NOON - DAY),
    )

    assert moments(source, at=NOON, until=HORIZON) == (
        NOON + DAY,
        NOON + 5 * DAY,
        HORIZON,
    )


@pytest.mark.parametrize("shows", [("private",), ("private", "public"), ("unknown",)])
def test_what_has_no_page_here_has_no_moments(shows: tuple[str, ...]) -> None:
    source = make_source(
        make_episode(shows=shows, published=NOON + DAY),
        shows=(make_show("private", visibility="private"), make_show("public")),
    )

    assert moments(source, at=NOON, until=HORIZON) == ()


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([(-1, None)], [(0, True)]),
        ([(3, None)], [(3, True)]),
        ([(-1, 3)], [(0, True), (3, False)]),
        ([(-3, -1)], [(-1, False)]),
        ([(-3, 0)], [(0, False)]),
        ([(2, 200)], [(2, True)]),
        ([(-3, -1), (2, 4)], [(-1, False), (2, True), (4, False)]),
        ([(-3, -1), (-2, 4)], [(0, True), (4, False)]),
        ([(1, 3), (3, 5)], [(1, True), (5, False)]),
    ],
)
def test_an_address_lives_as_long_as_anything_of_it(
    spans: list[tuple[int, int | None]], told: list[tuple[int, bool]]
) -> None:
    lives = [
        Span(NOON + start * DAY, None if end is None else NOON + end * DAY)
        for start, end in spans
    ]

    versions = lifetime(CONTENT, lives, CALENDAR)

    found = [((v.since - NOON) // DAY, v.gone is None) for v in versions]
    assert found == told


def test_only_versions_that_differ_are_kept_from_the_present_one() -> None:
    other = Version(since=NOON, key="b")
    given = [
        Version(since=NOON + DAY, key="a"),
        Version(since=NOON - DAY, key="old"),
        other,
        Version(since=NOON + 2 * DAY, key="a"),
        Version(since=NOON + 3 * DAY, key="b"),
    ]

    kept = settled(given, at=NOON)

    assert [(v.key, (v.since - NOON) // DAY) for v in kept] == [
        ("b", 0),
        ("a", 1),
        ("b", 3),
    ]
