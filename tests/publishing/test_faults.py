"""Publishing over a network that fails comes to the same end, byte for byte."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from peru_media.errors import DamagedObjectError
from peru_media.ports import Fetched, Store, Unchanged
from peru_media.storage.memory import MemoryStore
from tests.newsroom import Newsroom
from tests.stores import CountingStore
from tests.torture.faults import RATE, play

ROUNDS = 10


def test_publishes_over_faults_end_as_those_without(
    newsroom: Newsroom, record_property: Callable[[str, object], None]
) -> None:
    behind = MemoryStore(clock=newsroom.clock)

    tally = play(newsroom, behind, rounds=ROUNDS, seed=6)

    record_property(
        "figure", f"publishes at {RATE:.0%} of every fault {ROUNDS}, {tally}"
    )
    assert tally.right == ROUNDS
    assert tally.left == 0
    assert tally.met.total() > 50


class Rotten(CountingStore):
    """Give wrong bytes where a span is asked for, so many times."""

    def __init__(self, store: Store, *, times: int) -> None:
        super().__init__(store)
        self.times = times

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        fetched = super().get(key, span=span, if_none_match=if_none_match)
        if span is None or not self.times or not isinstance(fetched, Fetched):
            return fetched
        self.times -= 1
        return replace(fetched, body=bytes(len(fetched.body) + self.times))


def _moved(newsroom: Newsroom, *, times: int) -> Rotten:
    """A store from which a medium must be copied, whose first copies are wrong."""
    page = "episodes/story-1/episode.md"
    newsroom.edit(page, "2026-03-03 09:00", "2026-12-03 09:00")
    newsroom.publish()
    newsroom.clock.advance(timedelta(days=60))
    return Rotten(newsroom.store, times=times)


def test_a_medium_that_came_damaged_is_fetched_again(newsroom: Newsroom) -> None:
    rotten = _moved(newsroom, times=2)

    newsroom.publish(rotten)

    assert rotten.times == 0
    assert b"Story 1" in newsroom.feed()


def test_a_medium_that_stays_damaged_is_not_published(newsroom: Newsroom) -> None:
    rotten = _moved(newsroom, times=100)

    with pytest.raises(DamagedObjectError, match="the stored medium is damaged"):
        newsroom.publish(rotten)

    assert newsroom.current().release == 1
