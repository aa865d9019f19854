"""Collecting and rolling back in a real bucket that keeps versions."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Meta, Store
from peru_media.publishing import collecting
from peru_media.publishing.collecting import collect, gather
from peru_media.publishing.history import releases
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.reach import reach
from peru_media.publishing.rollback import prepare_rollback
from peru_media.reading import read_site
from peru_media.storage.s3 import S3Settings, S3Store
from tests.newsroom import Newsroom
from tests.seaweed import Seaweed
from tests.stores import CountingStore

STORY = "episodes/story-1/episode.md"
GRACE = timedelta(seconds=1)  # the dates of a bucket are whole seconds
ORPHAN = "state/shared/00000000000000000000"


@pytest.fixture(scope="module")
def bucket(seaweed: Seaweed) -> Store:
    return S3Store(
        S3Settings(
            bucket=seaweed.make_bucket(versioned=True),
            prefix="site",
            endpoint=seaweed.endpoint,
            region="us-east-1",
        )
    )


@pytest.fixture
def room(
    newsroom: Newsroom, bucket: Store, monkeypatch: pytest.MonkeyPatch
) -> Newsroom:
    """Three releases in the bucket, of which a collection keeps two."""
    monkeypatch.setattr(collecting, "LAST", 2)
    monkeypatch.setattr(collecting, "DAYS", timedelta())
    monkeypatch.setattr(collecting, "GRACE", GRACE)
    newsroom.clock.moment = datetime.now(UTC)
    newsroom.store = bucket
    for title in ("Story 1", "Take 2", "Take 3"):
        _say(newsroom, title)
        newsroom.publish(workers=4)
    return newsroom


def _say(newsroom: Newsroom, title: str) -> None:
    page = newsroom.root / STORY
    lines = page.read_text().splitlines(keepends=True)
    named = [f"title: {title}\n" if "title:" in one else one for one in lines]
    page.write_text("".join(named))


class Met(CountingStore):
    """A store in which something else happens right before the first deletion."""

    def __init__(self, store: Store, action: Callable[[], object]) -> None:
        super().__init__(store)
        self._action = action

    def _before(self, verb: str, key: str) -> None:
        first = verb == "delete" and not self.keys("delete")
        super()._before(verb, key)
        if first:
            self._action()


def _left(store: Store) -> set[str]:
    """Every name, also of what only former versions are left of."""
    return {one.key for one in store.list("", former=True)}


def _collect(newsroom: Newsroom, store: Store) -> None:
    desk = newsroom.desk(store, cache={})
    found = gather(desk)
    assert found is not None
    collect(desk, found)


def test_in_a_bucket_nothing_is_left_over_and_nothing_is_missing(
    room: Newsroom, record_property: Callable[[str, object], None]
) -> None:
    room.store.put(ORPHAN, b"one", meta=Meta(media_type="text/plain"))
    room.store.put(ORPHAN, b"two", meta=Meta(media_type="text/plain"))
    time.sleep(GRACE.total_seconds() + 1.1)
    _say(room, "Story 1")  # what a publish relies on, and a collection takes
    before = len(_left(room.store))

    _collect(room, Met(room.store, partial(room.publish, workers=4)))

    live = read_live(room.store, {})
    assert live.number == 4
    assert reach(live) <= _left(room.store)

    site, read = read_site(room.root)
    assert site is not None
    made = prepare_rollback(site, room.desk(), read=read)
    publish(made.prepared, room.desk())

    time.sleep(GRACE.total_seconds() + 1.1)
    _collect(room, room.store)
    kept = list(releases(read_live(room.store, {})))
    assert [one.number for one in kept] == [5, 4]
    needed = frozenset().union(*map(reach, kept))
    after = _left(room.store)
    assert after == {*needed, CURRENT_KEY}
    figure = f"bucket with versions: names {before}, then {len(after)}, missing 0"
    record_property("figure", figure)
