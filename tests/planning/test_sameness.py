from datetime import timedelta
from typing import Any

import pytest

from peru_media.model.source import Source
from peru_media.planning import Against, plan
from tests.sources import NOON, public_episode, public_show, public_source

OTHER_SHOW = "9b024349-ccf0-5f69-a609-6b82873eab3c"
MASTER = "m" * 64


def fresh(number: int = 1, **change: Any) -> Any:
    """The story under another guid, with nothing else in common but what is said."""
    medium = public_episode(number).enclosure
    fields = {
        "id": "f" * 20,
        "guid": "another-guid",
        "slug": "another-name",
        "title": "Another title",
        "enclosure": medium.model_copy(update={"sha256": "cd" * 32}),
    }
    return public_episode(number, **fields | change)


def changes(
    before: Source | None, after: Source, masters: dict[str, str] | None = None
) -> tuple[str, ...]:
    live = Against(1, "x", before, masters or {})
    planned = plan(after, live, target="local", at=NOON, sends={}, nothing=False)
    return planned.identity


BOTH = {public_episode(1).id: MASTER, "f" * 20: MASTER}


@pytest.mark.parametrize(
    ("after", "masters"),
    [
        (fresh(), BOTH),
        (fresh(enclosure=public_episode(1).enclosure), {}),
        (fresh(title="Story 1"), {}),
        (fresh(title="Story 1", published=NOON), BOTH),
    ],
    ids=["recording", "copy", "title and date", "all of it"],
)
def test_an_episode_under_another_guid_is_known_by_what_it_leaves(
    after: Any, masters: dict[str, str]
) -> None:
    (sentence,) = changes(public_source(1), public_source(episodes=(after,)), masters)

    assert 'put back "guid: guid-1" in the episode.md of another-name' in sentence


@pytest.mark.parametrize(
    ("before", "after", "masters"),
    [
        (public_source(1), public_source(episodes=(fresh(),)), {}),
        (None, public_source(1), {}),
        (public_source(1), public_source(1), {}),
        (public_source(2), public_source(1), {}),
        (public_source(1), public_source(2), {}),
        (
            public_source(1),
            public_source(episodes=(public_episode(1, title="Another"),)),
            {},
        ),
        (
            public_source(episodes=(public_episode(1, stand_in=True),)),
            public_source(episodes=(fresh(stand_in=True),)),
            BOTH,
        ),
        (
            public_source(
                episodes=(public_episode(1, published=NOON + timedelta(days=1)),)
            ),
            public_source(episodes=(fresh(),)),
            BOTH,
        ),
        (
            public_source(1),
            public_source(
                episodes=(
                    public_episode(1),
                    fresh(enclosure=public_episode(1).enclosure),
                )
            ),
            BOTH,
        ),
    ],
    ids=[
        "another story",
        "first release",
        "nothing",
        "removed",
        "one more",
        "retitled",
        "stand-in for both",
        "never out",
        "used twice",
    ],
)
def test_what_is_no_change_of_identity_is_let_through(
    before: Source | None, after: Source, masters: dict[str, str]
) -> None:
    assert changes(before, after, masters) == ()


def test_a_show_under_another_guid_is_refused() -> None:
    after = public_source(1, shows=(public_show(guid=OTHER_SHOW),))

    (sentence,) = changes(public_source(1), after)

    assert 'put back "guid: 5cd87abd-' in sentence
    assert "feeds/stories/show.md" in sentence


def test_a_show_that_takes_its_episodes_to_another_name_and_guid_is_refused() -> None:
    moved = public_episode(1, id="f" * 20, shows=("tales",), title="Tales")
    shows = (public_show("tales", guid=OTHER_SHOW),)

    found = changes(public_source(1), public_source(shows=shows, episodes=(moved,)))

    assert "feeds/tales/show.md" in found[0]


def test_a_show_under_another_guid_is_told_once() -> None:
    moved = public_episode(1, id="f" * 20)
    shows = (public_show(guid=OTHER_SHOW),)

    found = changes(public_source(1), public_source(shows=shows, episodes=(moved,)))

    assert len(found) == 1


def test_a_show_that_begins_while_another_ends_is_let_through() -> None:
    shows = (public_show("tales", guid=OTHER_SHOW),)
    begins = fresh(shows=("tales",))

    after = public_source(shows=shows, episodes=(begins,))

    assert changes(public_source(1), after) == ()
