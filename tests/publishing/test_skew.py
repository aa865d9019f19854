"""A machine whose clock was set wrong publishes as any other."""

from datetime import timedelta

import pytest

from peru_media.model.release import Root, table_content
from peru_media.ports import Store
from peru_media.publishing.live import read_live
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock
from tests.newsroom import Newsroom
from tests.projects import episode_files, write

DAY = timedelta(days=1)


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_machine_set_wrong_publishes_the_same_release_and_nothing_early(
    newsroom: Newsroom, hours: int
) -> None:
    soon = newsroom.clock.now() + DAY
    write(newsroom.root, episode_files(3, publish=f"{soon:%Y-%m-%dT%H:%M:%SZ}"))
    right, wrong = MemoryStore(clock=newsroom.clock), MemoryStore(clock=newsroom.clock)
    newsroom.publish(right)
    skewed = SetClock(newsroom.clock.now() + timedelta(hours=hours))
    newsroom.cache.clear()
    newsroom.publish(wrong, clock=skewed)

    for store in (right, wrong):
        assert b"Story 3" not in newsroom.feed_of(store)
    assert _content(right, newsroom.root_of(right)) == _content(
        wrong, newsroom.root_of(wrong)
    )
    assert newsroom.root_of(right).made == newsroom.root_of(wrong).made
    newsroom.edit("episodes/story-1/episode.md", "title: Story 1", "title: Changed")
    for store, clock in ((right, newsroom.clock), (wrong, skewed)):
        newsroom.publish(store, clock=clock)
        assert b"Changed" in newsroom.feed_of(store)
        assert b"Story 3" not in newsroom.feed_of(store)
    newsroom.clock.advance(DAY)
    for store in (right, wrong):
        assert b"Story 3" in newsroom.feed_of(store)


def _content(store: Store, root: Root) -> dict[str, str]:
    tables = read_live(store, {}).tables()
    return {name: table_content(table, root.made) for name, table in tables.items()}
