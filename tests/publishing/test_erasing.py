"""Erasing takes what is listed, and nothing that a listener may ask for."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from peru_media.errors import ConflictError, PreconditionError, StoreUnavailableError
from peru_media.model.release import CURRENT_KEY, Tombstone
from peru_media.ports import Meta, Store
from peru_media.publishing.erasing import BATCH, erase, finish_erasing, put_current
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.publishing import publish
from peru_media.publishing.reach import reach
from peru_media.publishing.swapping import put_root, swap
from tests.newsroom import Newsroom
from tests.publishing.keepsake import kept
from tests.stores import CountingStore, Stopped, StoppingStore

STORY = "episodes/story-1/episode.md"
TEXT = Meta(media_type="text/plain")
ORPHANS = [f"state/shared/orphan-{number}" for number in range(3)]


def keys(store: Store) -> set[str]:
    return {stored.key for stored in store.list("")}


def live(newsroom: Newsroom) -> Live:
    return read_live(newsroom.store, {})


@pytest.fixture(scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with Newsroom.opened(tmp_path_factory.mktemp("published")) as newsroom:
        newsroom.publish()
        for key in ORPHANS:
            newsroom.store.put(key, b"x", meta=TEXT)
        yield newsroom


@pytest.fixture
def published(_published: Newsroom, tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom with a release, and with three things that nobody needs."""
    with kept(_published, tmp_path / "aside"):
        yield _published


def test_a_release_reaches_all_that_publishing_it_stored(newsroom: Newsroom) -> None:
    newsroom.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-11-03 09:00")
    newsroom.publish()

    assert keys(newsroom.store) == {*reach(live(newsroom)), CURRENT_KEY}


def test_before_the_first_release_nothing_is_reached_or_erased(
    newsroom: Newsroom,
) -> None:
    newsroom.store.put("state/shared/x", b"x", meta=TEXT)

    erase(newsroom.desk(), live(newsroom), ["state/shared/x"])

    assert reach(live(newsroom)) == frozenset()
    assert keys(newsroom.store) == {"state/shared/x"}


def test_what_is_listed_goes_and_the_list_is_cleared(published: Newsroom) -> None:
    after = erase(published.desk(), live(published), ORPHANS)

    assert keys(published.store) == {*reach(live(published)), CURRENT_KEY}
    assert (after.number, after.etag) == (1, live(published).etag)
    assert (published.current().erasing, published.current().until) == ((), None)


def test_what_the_live_release_reaches_is_never_erased(published: Newsroom) -> None:
    before = keys(published.store)

    erase(published.desk(), live(published), before)

    assert keys(published.store) == before - {*ORPHANS}


def test_a_long_list_goes_in_rounds_and_batches(
    published: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peru_media.publishing.erasing.ROUND", 2)
    monkeypatch.setattr("peru_media.publishing.erasing.BATCH", 1)
    store = CountingStore(published.store)

    erase(published.desk(store), live(published), ORPHANS)

    assert store.keys("delete") == ORPHANS
    assert store.keys("put") == [CURRENT_KEY] * 4  # two lists, each cleared
    assert BATCH > 1


def test_what_is_stored_anew_after_the_list_was_made_stays(
    published: Newsroom,
) -> None:
    """Whoever was paused right before deleting comes too late to do harm."""
    again = ORPHANS[0]

    class Paused(CountingStore):
        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            if verb == "delete":
                finish_erasing(published.desk(), live(published))
                published.clock.advance(timedelta(seconds=1))
                published.store.put(again, b"x", meta=TEXT, if_absent=True)

    erase(published.desk(Paused(published.store)), live(published), ORPHANS)

    assert keys(published.store) == {*reach(live(published)), CURRENT_KEY, again}


def test_what_is_withdrawn_goes_whenever_it_was_stored(published: Newsroom) -> None:
    now, key = live(published), "public/0123456789abcdef0123/x/y.mp3"
    assert now.root is not None
    buried = _with_tombstone(published, "0123456789abcdef0123")
    published.clock.advance(timedelta(hours=1))
    published.store.put(key, b"x", meta=TEXT)

    erase(published.desk(), buried, [key, *ORPHANS], until=now.date)

    assert key not in keys(published.store)


def _with_tombstone(newsroom: Newsroom, name: str) -> Live:
    before = live(newsroom)
    assert before.root is not None
    stone = Tombstone(guid="0" * 64, at=newsroom.clock.now(), id=name)
    root = before.root.model_copy(update={"number": 2, "tombstones": (stone,)})
    put_root(newsroom.desk(), root)
    swap(newsroom.desk(), before, root, restore=lambda: None)
    return live(newsroom)


def test_a_release_that_came_meanwhile_keeps_what_it_reaches(
    newsroom: Newsroom,
) -> None:
    newsroom.publish()
    first = keys(newsroom.store)
    newsroom.edit(STORY, "title: Story 1", "title: Changed")
    newsroom.publish()
    unneeded = first - reach(live(newsroom)) - {CURRENT_KEY}

    class Overtaken(CountingStore):
        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            if (verb, key) == ("put", CURRENT_KEY) and newsroom.root_of().number == 2:
                newsroom.edit(STORY, "title: Changed", "title: Story 1")
                newsroom.publish()

    erase(newsroom.desk(Overtaken(newsroom.store)), live(newsroom), unneeded)

    assert newsroom.root_of().number == 3
    assert reach(live(newsroom)) <= keys(newsroom.store)
    assert reach(live(newsroom)) & unneeded


class LostReply(CountingStore):
    """Each swap succeeds, and its answer is lost."""

    def _after(self, verb: str, key: str) -> None:
        super()._after(verb, key)
        if (verb, key) == ("put", CURRENT_KEY):
            msg = "the connection was reset"
            raise StoreUnavailableError(msg)


def test_lost_replies_are_read_back(published: Newsroom) -> None:
    store = LostReply(published.store)

    erase(published.desk(store), live(published), ORPHANS)

    assert keys(published.store) == {*reach(live(published)), CURRENT_KEY}


@pytest.mark.parametrize("error", [StoreUnavailableError, PreconditionError])
def test_a_swap_that_never_succeeds_is_told(
    published: Newsroom, error: Callable[[str], Exception]
) -> None:
    class Refusing(CountingStore):
        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            if (verb, key) == ("put", CURRENT_KEY):
                raise error(key)

    with pytest.raises((StoreUnavailableError, PreconditionError)):
        erase(published.desk(Refusing(published.store)), live(published), ORPHANS)

    assert keys(published.store) >= {*ORPHANS}


def _stops(newsroom: Newsroom) -> Iterator[StoppingStore]:
    for at in range(1, 100):
        for when in ("before", "after"):
            yield StoppingStore(newsroom.store, at, when)


def test_wherever_it_is_stopped_the_next_verb_finishes_it(
    published: Newsroom,
) -> None:
    stopped = 0
    for store in _stops(published):
        for key in ORPHANS:
            published.store.put(key, b"x", meta=TEXT)
        try:
            erase(published.desk(store), live(published), ORPHANS)
        except Stopped:
            stopped += 1
        else:
            break
        listed = published.current().erasing
        assert published.publish().release == 1
        assert published.current().erasing == ()
        assert reach(live(published)) <= keys(published.store)
        assert keys(published.store).isdisjoint(listed)

    assert stopped >= 10


def test_a_release_that_came_while_a_list_was_finished_is_not_swapped_away(
    published: Newsroom,
) -> None:
    """It may be a withdrawal: who built on what was before must hear of it."""
    published.edit(STORY, "publish: 2026-03-03 09:00", "publish: 2026-03-03 09:01")
    prepared, before = published.prepare(), live(published)
    assert before.current is not None
    listed = before.current.model_copy(
        update={"erasing": (*ORPHANS,), "until": before.date}
    )

    class Busy(CountingStore):
        """Somebody lists right before the swap, and withdraws once that is done."""

        def _before(self, verb: str, key: str) -> None:
            super()._before(verb, key)
            swaps = self.keys("put").count(CURRENT_KEY)
            if (verb, key, swaps) == ("put", CURRENT_KEY, 1):
                put_current(published.desk(), listed, before.etag)

        def _after(self, verb: str, key: str) -> None:
            if (verb, key) != ("put", CURRENT_KEY) or live(published).number > 1:
                return
            if self.keys("put").count(CURRENT_KEY) == 2:  # it is cleared
                _with_tombstone(published, "0123456789abcdef0123")

    with pytest.raises(ConflictError):
        publish(prepared, published.desk(Busy(published.store)))

    root = live(published).root
    assert root is not None
    assert [stone.id for stone in root.tombstones] == ["0123456789abcdef0123"]


class _Colleague(CountingStore):
    """Whoever looks at this store finds that somebody just made the next list."""

    def __init__(self, newsroom: Newsroom, lists: int) -> None:
        super().__init__(newsroom.store)
        self._newsroom, self._lists = newsroom, lists

    def _before(self, verb: str, key: str) -> None:
        again = self.calls[-1:] == [("get", CURRENT_KEY)]
        super()._before(verb, key)
        if (verb, key) == ("get", CURRENT_KEY) and not again and self._lists:
            now = live(self._newsroom)
            assert now.current is not None
            self._lists -= 1
            left = {"erasing": (f"state/shared/{self._lists}",), "until": now.date}
            changed = now.current.model_copy(update=left)
            put_current(self._newsroom.desk(), changed, now.etag)


def test_a_list_is_finished_however_many_come_one_after_another(
    published: Newsroom,
) -> None:
    store = _Colleague(published, lists=20)

    after = finish_erasing(published.desk(store), read_live(store, {}))

    assert after.current is not None
    assert after.current.erasing == published.current().erasing == ()


def test_nobody_goes_on_while_a_list_stands(
    published: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever swapped then would swap the list away, and nobody would delete it."""
    monkeypatch.setattr("peru_media.publishing.erasing.LISTS", 3)
    store = _Colleague(published, lists=20)

    with pytest.raises(PreconditionError, match="deletes without end"):
        finish_erasing(published.desk(store), read_live(store, {}))

    assert published.current().erasing
