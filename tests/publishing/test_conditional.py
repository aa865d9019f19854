"""Whether a store keeps conditions is tried, and nothing of the trial stays."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from peru_media.errors import StoreUnavailableError
from peru_media.ports import Body, Meta, Stored
from peru_media.publishing.collecting import gather
from peru_media.publishing.conditional import conditional_writes
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock
from tests.newsroom import Newsroom

META = Meta(media_type="text/plain")


class _Forgetful(MemoryStore):
    """A store that takes some conditions and forgets them."""

    forgets: frozenset[str] = frozenset()

    def put(self, key: str, body: Body, *, meta: Meta, **how: Any) -> Stored:
        kept = {name: how[name] for name in how if name not in self.forgets}
        return super().put(key, body, meta=meta, **kept)


class _Away(MemoryStore):
    """A store that goes away when it is to delete."""

    def delete(self, keys: Iterable[str], **_: Any) -> None:
        msg = f"{[*keys]}: no answer"
        raise StoreUnavailableError(msg)


@pytest.mark.parametrize(
    ("forgets", "keeps"),
    [(set(), True), ({"if_absent"}, False), ({"if_match"}, False)],
)
def test_a_store_that_forgets_a_condition_is_found_out(
    forgets: set[str], *, keeps: bool
) -> None:
    store = _Forgetful(clock=SetClock())
    store.forgets = frozenset(forgets)

    assert conditional_writes(store, token="0123") is keeps  # noqa: S106  # a name
    assert [*store.list("", former=True)] == []


def test_what_was_found_out_counts_where_the_trial_cannot_be_taken_away() -> None:
    assert conditional_writes(_Away(clock=SetClock()), token="0123")  # noqa: S106  # a name


def test_what_a_killed_trial_left_is_collected_a_day_later(newsroom: Newsroom) -> None:
    newsroom.publish()
    left = ["public/doctor-0123/scratch", "state/trial-0123/condition"]
    for key in left:
        newsroom.store.put(key, b"a trial", meta=META)
    soon = gather(newsroom.desk())
    newsroom.clock.advance(timedelta(days=2))
    later = gather(newsroom.desk())

    assert soon is not None
    assert later is not None
    assert set(left).isdisjoint(one.key for one in soon.going)
    assert set(left) <= {one.key for one in later.going}
