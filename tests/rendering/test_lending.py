from types import SimpleNamespace
from typing import Any

import pytest

from peru_media.model.source import Person
from peru_media.rendering.citation import cited_episode
from peru_media.rendering.lending import LENT, lent, named
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.views import episode_frame, imprint
from tests.rendering.samples import (
    BASE,
    make_episode,
    make_rich_episode,
    make_show,
    make_source,
)

SITE = imprint(make_source())


@pytest.mark.parametrize("episode", [make_episode(), make_rich_episode()])
def test_an_episodes_page_looks_at_nothing_of_its_show_but_what_is_lent(
    episode: Any,
) -> None:
    show = make_show()
    fields = {name: getattr(show, name) for name in LENT if hasattr(show, name)}
    alone: Any = SimpleNamespace(**fields)

    frame = episode_frame(episode, alone, Ways(related=(episode,)), imprint=SITE)
    work = cited_episode(episode, alone, organisation="PERU", base_url=BASE)

    assert frame == episode_frame(episode, show, Ways(related=(episode,)), imprint=SITE)
    assert work == cited_episode(episode, show, organisation="PERU", base_url=BASE)


@pytest.mark.parametrize(
    ("changes", "touched"),
    [
        ({"title": "Another"}, True),
        ({"visibility": "unlisted"}, True),
        ({"links": {"apple": "https://a.example"}}, True),
        ({"people": (Person(name="Ann"),)}, True),
        ({"description": "Another"}, False),
        ({"feed_items": 3}, False),
    ],
)
def test_what_is_lent_changes_with_what_pages_show(
    changes: dict[str, Any], *, touched: bool
) -> None:
    assert (lent(make_show(**changes)) != lent(make_show())) is touched


def test_another_title_is_another_name() -> None:
    one, other = make_episode(), make_episode(title="Another")
    ways = [
        Ways(related=(one,)),
        Ways(earlier=(one,)),
        Ways(later=(one,)),
        Ways(related=(other,)),
        Ways(related=(one, other)),
        Ways(),
    ]

    assert named(ways[0]) == named(Ways(related=(make_episode(notes="Others"),)))
    assert len({named(way) for way in ways}) == 6
