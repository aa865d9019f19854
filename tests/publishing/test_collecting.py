"""A collection keeps what can be undone, and takes nothing that anybody needs."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from peru_media.model.release import CURRENT_KEY, Tombstone
from peru_media.ports import Meta, Store
from peru_media.publishing import collecting
from peru_media.publishing.collecting import Gathered, collect, gather
from peru_media.publishing.history import releases
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.reach import reach
from peru_media.publishing.swapping import put_root, swap
from peru_media.storage.memory import MemoryStore
from tests.newsroom import Newsroom
from tests.stores import CountingStore
from tests.torture.collection import Past, met, points, stopped, together

STORY = "episodes/story-1/episode.md"
TEXT = Meta(media_type="text/plain")
ORPHAN = "state/shared/00000000000000000000"
FOREIGN = {
    "notes.txt",
    "public/index.html",
    "public/0123456789abcdef0123/cover.png",
    "assets/logo.svg",
    "state/other/00000000000000000000",
    "releases/latest.json",
    "backup/state/shared/00000000000000000000",
}
EVERY = 14  # of the points that make torture tries


def keys(store: Store) -> set[str]:
    return {one.key for one in store.list("", former=True)}


def live(newsroom: Newsroom) -> Live:
    return read_live(newsroom.store, {})


def gathered(newsroom: Newsroom) -> Gathered:
    found = gather(newsroom.desk())
    assert found is not None
    return found


def publish_takes(newsroom: Newsroom, count: int, *, days: float) -> None:
    """Publish so many releases, each with a title of its own, so many days apart."""
    for _ in range(count):
        number = read_live(newsroom.store, {}).number
        page = newsroom.root / STORY
        title = next(x for x in page.read_text().splitlines() if "title:" in x)
        newsroom.edit(STORY, title, f"title: Take {number + 1}")
        newsroom.publish()
        newsroom.clock.advance(timedelta(days=days))


def test_before_the_first_release_there_is_nothing_to_collect(
    newsroom: Newsroom,
) -> None:
    newsroom.store.put(ORPHAN, b"x", meta=TEXT)

    assert gather(newsroom.desk()) is None


def test_every_release_that_was_live_within_a_week_stays(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "LAST", 2)
    publish_takes(newsroom, 1, days=8)
    publish_takes(newsroom, 3, days=0.25)
    newsroom.clock.advance(timedelta(days=6))

    # The first was live until 6.75 days ago, long as it had been there.
    assert gathered(newsroom).kept == (4, 3, 2, 1)

    newsroom.clock.advance(timedelta(days=0.5))
    assert gathered(newsroom).kept == (4, 3, 2)


def test_what_is_younger_than_a_day_may_be_on_its_way(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.store.put(ORPHAN, b"x", meta=TEXT)
    newsroom.clock.advance(timedelta(hours=23))
    assert gathered(newsroom).going == ()

    newsroom.clock.advance(timedelta(hours=1))
    found = gathered(newsroom)
    assert [one.key for one in found.going] == [ORPHAN]

    collect(newsroom.desk(), found)
    assert keys(newsroom.store) == {*reach(live(newsroom)), CURRENT_KEY}


def test_what_is_not_ours_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.publish()
    for key in FOREIGN:
        newsroom.store.put(key, b"x", meta=TEXT)
    newsroom.clock.advance(timedelta(days=400))

    collect(newsroom.desk(), gathered(newsroom))

    assert keys(newsroom.store) >= FOREIGN


def test_nothing_withdrawn_is_kept_for_an_older_release(newsroom: Newsroom) -> None:
    newsroom.publish()
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: draft")
    publish(newsroom.prepare(max_delete=1), newsroom.desk())
    first = list(releases(live(newsroom)))[-1]
    source = first.source()
    assert source is not None
    name = next(one.id for one in source.episodes if one.slug == "story-1")
    assert any(f"/{name}/" in key for key in keys(newsroom.store))

    _bury(newsroom, name)
    collect(newsroom.desk(), gathered(newsroom))

    assert not [key for key in keys(newsroom.store) if f"/{name}/" in key]
    assert reach(live(newsroom)) <= keys(newsroom.store)


def _bury(newsroom: Newsroom, name: str) -> None:
    before = live(newsroom)
    assert before.root is not None
    assert before.current is not None
    stone = Tombstone(guid="0" * 64, at=newsroom.clock.now(), id=name)
    change = {"number": 3, "tombstones": (stone,), "previous": before.current.key}
    root = before.root.model_copy(update=change)
    put_root(newsroom.desk(), root)
    swap(newsroom.desk(), before, root, restore=lambda: None)


def test_a_former_release_that_is_not_whole_is_kept_no_longer(
    newsroom: Newsroom,
) -> None:
    publish_takes(newsroom, 3, days=0.1)
    middle = list(releases(live(newsroom)))[1].root
    assert middle is not None
    newsroom.store.delete([middle.source.key])

    assert gathered(newsroom).kept == (3, 1)


def test_uploads_that_were_cut_off_are_swept(newsroom: Newsroom) -> None:
    newsroom.publish()
    store = CountingStore(newsroom.store)

    collect(newsroom.desk(store), gathered(newsroom))

    assert ("sweep", "") in store.calls


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    """Thirteen releases in memory, and an edit that says again what the first said."""
    with Newsroom.opened(tmp_path_factory.mktemp("past")) as room:
        yield Past(room, lambda: MemoryStore(clock=room.clock))


def test_ten_releases_stay_whole_however_old_they_are(past: Past) -> None:
    store = past.again()
    past.room.clock.advance(timedelta(days=400))
    found = gather(past.desk(store))
    assert found is not None
    assert found.kept == tuple(range(13, 3, -1))
    assert found.size == sum(one.size for one in found.going) > 0

    collect(past.desk(store), found)

    left = list(releases(read_live(store, {})))
    assert [one.number for one in left] == list(range(13, 3, -1))
    needed = frozenset().union(*map(reach, left))
    assert keys(store) == {*needed, CURRENT_KEY}


def test_a_rehearsal_writes_nothing(past: Past) -> None:
    store = CountingStore(past.again())
    before = read_live(store, {})
    assert before.current is not None
    listed = before.current.model_copy(update={"erasing": (ORPHAN,)})
    store.put(CURRENT_KEY, listed.to_bytes(), meta=TEXT, if_match=before.etag)
    store.calls.clear()

    found = gather(past.desk(store), rehearsal=True)

    assert found is not None
    assert found.going
    assert {verb for verb, _ in store.calls} == {"get", "list"}


def test_cut_off_anywhere_a_collection_leaves_everything_whole(
    past: Past, record_property: Callable[[str, object], None]
) -> None:
    every = list(points(past.calls(past.collect)))

    tried = sum(stopped(past, *point) for point in every[::EVERY])

    record_property("figure", f"collections cut off {tried}, missing objects 0")
    assert tried >= 7


@pytest.mark.parametrize("by", ["publish", "collect"])
def test_a_publish_and_a_collection_that_meet_harm_nobody(
    past: Past, by: str, record_property: Callable[[str, object], None]
) -> None:
    outer = past.collect if by == "publish" else past.publish
    every = list(points(past.calls(outer)))

    tried = sum(
        met(past, *point, by="publish" if by == "publish" else "collect")
        for point in every[::EVERY]
    )

    record_property("figure", f"{by} in the middle {tried}, missing objects 0")
    assert tried >= 7


def test_a_publish_relies_on_what_a_collection_takes(past: Past) -> None:
    """Else the two would never meet, and the tests above would prove nothing."""
    found = gather(past.desk(past.store))
    assert found is not None
    sent = {one.key for one in past.room.prepare(past.again()).parcels}

    assert len(sent & {one.key for one in found.going}) >= 5


def test_several_of_each_at_once_harm_nobody(past: Past) -> None:
    assert sum(together(past, seed) for seed in range(3)) == 3
