"""A first build takes all processors, and is the same build."""

from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from peru_media.model.source import Episode
from peru_media.publishing.workers import Workers
from peru_media.rendering import ahead
from peru_media.rendering.feed import RSS, channel_of, packed_feed
from peru_media.rendering.json_feed import JSON_FEED
from tests.rendering.samples import BASE, NOON, make_episode, make_show


@pytest.fixture(autouse=True)
def _a_few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a feed of some hundred episodes is a long one."""
    monkeypatch.setattr(ahead, "_FEW", 4)


CHANNEL = channel_of(make_show(), base_url=BASE, built=NOON)


def _catalogue(number: int) -> list[Episode]:
    return [
        make_episode(f"e-{n}", published=NOON - timedelta(hours=n))
        for n in range(number)
    ]


class Counting(ThreadPoolExecutor):
    """Counts what it is given to do."""

    def __init__(self) -> None:
        super().__init__(1)
        self.given = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.given += 1
        return super().submit(*args, **kwargs)


class Ending(Executor):
    """Processes that someone ends after a while."""

    def __init__(self, works: int) -> None:
        self._works = works

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        if self._works:
            self._works -= 1
            done.set_result(fn(*args, **kwargs))
        else:
            done.set_exception(BrokenExecutor("a process ended"))
        return done


def test_processes_make_the_same_feed() -> None:
    episodes = _catalogue(400)
    cache: dict[str, bytes] = {}
    with Workers(2) as workers:
        made = packed_feed(CHANNEL, episodes, cache=cache, executor=workers)
        other = packed_feed(
            CHANNEL, episodes, form=JSON_FEED, cache=cache, executor=workers
        )

    alone: dict[str, bytes] = {}
    assert made == packed_feed(CHANNEL, episodes, cache=alone)
    assert other == packed_feed(CHANNEL, episodes, form=JSON_FEED, cache=alone)
    assert cache == alone


def test_a_short_feed_asks_nobody_for_help() -> None:
    with Counting() as executor:
        packed_feed(CHANNEL, _catalogue(100), cache={}, executor=executor)

        assert executor.given == 0


def test_what_is_known_is_not_made_again() -> None:
    cache: dict[str, bytes] = {}
    episodes = _catalogue(900)
    with Counting() as executor:
        packed_feed(CHANNEL, episodes, cache=cache, executor=executor)
        first = executor.given
        packed_feed(CHANNEL, episodes[5:], cache=cache, executor=executor)

        assert first > 8
        assert executor.given == first


@pytest.mark.parametrize("works", [0, 3])
def test_where_processes_end_the_rest_is_made_without_them(works: int) -> None:
    episodes = _catalogue(400)

    made = packed_feed(CHANNEL, episodes, cache={}, executor=Ending(works))

    assert made == packed_feed(CHANNEL, episodes, form=RSS)


def test_a_fault_in_an_item_is_told() -> None:
    episodes = _catalogue(400)
    broken = episodes[7].model_copy(update={"published": NOON.replace(tzinfo=None)})

    with (
        pytest.raises(ValueError, match="no time zone"),
        ThreadPoolExecutor(1) as executor,
    ):
        packed_feed(CHANNEL, [*episodes, broken], cache={}, executor=executor)
