"""A publish that stops before or after any call of the store harms nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from peru_media.ports import Store
from peru_media.storage.folder import FolderStore
from peru_media.storage.memory import MemoryStore
from tests.newsroom import Newsroom
from tests.onlooker import broken
from tests.stores import CountingStore, Stopped, StoppingStore

When = Literal["before", "after"]


class Polled(StoppingStore):
    """A store whose subscriber looks after every single call."""

    def __init__(
        self, store: Store, newsroom: Newsroom, *, at: int, when: When
    ) -> None:
        super().__init__(store, at=at, when=when)
        self.newsroom = newsroom
        self.inside = store
        self.seen: list[str] = []
        self.polls = 0

    def _after(self, verb: str, key: str) -> None:
        self.seen += broken(self.inside, self.newsroom.clock.now())
        self.polls += 1
        super()._after(verb, key)


def _calls(newsroom: Newsroom, store: Store) -> int:
    counted = CountingStore(store)
    newsroom.publish(counted)
    return len(counted.calls)


def _media(store: Store) -> dict[str, str]:
    return {o.key: o.etag for o in store.list("public/")}


@pytest.fixture(params=["memory", "folder"])
def fresh(
    request: pytest.FixtureRequest, tmp_path: Path, newsroom: Newsroom
) -> Iterator[Store]:
    """As many empty stores as are wanted."""

    def stores() -> Iterator[Store]:
        for number in range(10_000):
            if request.param == "memory":
                yield MemoryStore(clock=newsroom.clock)
            else:
                yield FolderStore(tmp_path / f"store-{number}", clock=newsroom.clock)

    return stores()


def test_stopping_before_and_after_every_call_leaves_nothing_broken(
    newsroom: Newsroom,
    fresh: Iterator[Store],
    record_property: Callable[[str, object], None],
) -> None:
    calls = _calls(newsroom, next(fresh))
    points = polls = resent = 0
    for at in range(1, calls + 1):
        for when in ("before", "after"):
            store = next(fresh)
            newsroom.cache.clear()
            polled = Polled(store, newsroom, at=at, when=when)

            with pytest.raises(Stopped):
                newsroom.publish(polled)

            assert (polled.seen, broken(store, newsroom.clock.now())) == ([], [])
            finished = _media(store)
            again = CountingStore(store)
            newsroom.publish(again)
            assert broken(store, newsroom.clock.now()) == []
            assert newsroom.feed_of(store)
            sent = [key for name, key in again.calls if name == "put"]
            resent += len(set(sent) & set(finished))
            points, polls = points + 1, polls + polled.polls
    record_property(
        "figure",
        f"crash points {points}, polls {polls}, broken 0, media sent again {resent}",
    )
    assert points >= 40
    assert resent == 0


def test_stopping_the_second_publish_keeps_the_first_release(
    newsroom: Newsroom, fresh: Iterator[Store]
) -> None:
    store = next(fresh)
    newsroom.publish(store)
    old = newsroom.feed_of(store)
    page = "episodes/story-1/episode.md"
    newsroom.edit(page, "title: Story 1", "title: Changed")
    counted = next(fresh)
    newsroom.publish(counted)

    stopped = 0
    for at in range(1, 200):
        polled = Polled(store, newsroom, at=at, when="before")
        try:
            newsroom.publish(polled)
        except Stopped:
            stopped += 1
            assert newsroom.feed_of(store) == old
            assert (polled.seen, broken(store, newsroom.clock.now())) == ([], [])
            continue
        break

    assert stopped >= 5
    assert newsroom.feed_of(store) != old
    assert broken(store, newsroom.clock.now()) == []
