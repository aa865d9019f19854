"""Letting listeners in and ending their address is a release that says nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from peru_media.errors import ConflictError, SettingsError
from peru_media.model.listeners import Listeners, token_from, token_hash
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Fetched, Meta, Store
from peru_media.publishing.listeners import let_in, listeners_of, revoke
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.reach import reach
from peru_media.storage.memory import MemoryStore
from tests.newsroom import NOWHERE, Newsroom
from tests.private_shows import GUID, SHOW, closed_newsroom
from tests.stores import CountingStore

RANDOM = bytes(range(16))
TOKEN = token_from(RANDOM)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A private show that is live."""
    with closed_newsroom(tmp_path_factory.mktemp("closed")) as room:
        room.publish()
        yield room


@pytest.fixture
def newsroom(published: Newsroom) -> Iterator[Newsroom]:
    """The same, with a store of its own."""
    first, published.store = published.store, MemoryStore(clock=published.clock)
    for stored in first.list(""):
        fetched = first.get(stored.key)
        assert isinstance(fetched, Fetched)
        published.store.put(stored.key, fetched.body, meta=Meta(media_type=""))
    yield published
    published.store = first


class Overtaken(CountingStore):
    """A store in which a colleague is quicker, so many times."""

    def __init__(
        self, store: Store, colleague: Callable[[], object], times: int
    ) -> None:
        super().__init__(store)
        self._colleague, self._left = colleague, times

    def _before(self, verb: str, key: str) -> None:
        super()._before(verb, key)
        if (verb, key) == ("put", CURRENT_KEY) and self._left:
            self._left -= 1
            self._colleague()


def _live(newsroom: Newsroom) -> Live:
    return read_live(newsroom.store, {})


def test_nothing_changes_but_who_may_listen(newsroom: Newsroom) -> None:
    before = newsroom.root_of()
    added = let_in(newsroom.desk(), SHOW, randomness=RANDOM)
    after = newsroom.root_of()

    assert added.feed_url == f"{NOWHERE}/private/{TOKEN}/feed.xml"
    known = {"number", "made", "previous", "listeners"}
    assert before.model_dump(exclude=known) == after.model_dump(exclude=known)
    assert (after.number, after.by) == (before.number + 1, "jo")
    (name,) = listeners_of(_live(newsroom), SHOW)
    assert name == added.id
    assert token_hash(TOKEN).startswith(name)
    assert TOKEN not in name


def test_it_sends_three_small_objects_and_lists_nothing(newsroom: Newsroom) -> None:
    store = CountingStore(newsroom.store)
    let_in(newsroom.desk(store), SHOW, randomness=RANDOM)

    assert len(store.keys("put")) == 3
    assert store.keys("put")[-1] == CURRENT_KEY
    assert not store.keys("list")


def test_a_publish_keeps_who_may_listen_and_has_nothing_to_send_again(
    newsroom: Newsroom,
) -> None:
    let_in(newsroom.desk(), SHOW, randomness=RANDOM)

    assert newsroom.prepare().plan.nothing
    newsroom.edit("episodes/story-1/episode.md", "What Story 1", "What the story")
    store = CountingStore(newsroom.store)
    newsroom.publish(store)
    assert len(listeners_of(_live(newsroom), SHOW)) == 1
    assert not [key for key in store.keys("put") if key.startswith("held/")]


def test_an_end_stays_the_end_that_it_was(newsroom: Newsroom) -> None:
    added = let_in(newsroom.desk(), SHOW, randomness=RANDOM)
    first = revoke(newsroom.desk(), added.id)
    again = revoke(newsroom.desk(), added.id)

    assert first.revoked is not None
    assert again.revoked == first.revoked
    assert _live(newsroom).listeners().listening == frozenset()


def test_of_two_colleagues_both_let_their_listener_in(newsroom: Newsroom) -> None:
    def colleague() -> None:
        let_in(newsroom.desk(), SHOW, randomness=bytes(16))

    let_in(
        newsroom.desk(Overtaken(newsroom.store, colleague, 1)), SHOW, randomness=RANDOM
    )

    assert len(listeners_of(_live(newsroom), SHOW)) == 2


def test_who_is_always_overtaken_is_told_so(newsroom: Newsroom) -> None:
    numbers = iter(range(1, 100))

    def colleague() -> None:
        let_in(newsroom.desk(), SHOW, randomness=bytes([next(numbers)]) * 16)

    store = Overtaken(newsroom.store, colleague, 99)
    with pytest.raises(ConflictError, match="published release"):
        let_in(newsroom.desk(store), SHOW, randomness=RANDOM)
    assert token_hash(TOKEN) not in _live(newsroom).listeners().known


def test_a_deletion_that_came_between_takes_nothing_of_it(newsroom: Newsroom) -> None:
    sent: list[str] = []

    def colleague() -> None:
        live = _live(newsroom)
        assert live.current is not None
        sent.append(next(key for key in store.keys("put") if "shared" in key))
        erasing = live.current.model_copy(update={"erasing": tuple(sent)})
        newsroom.store.put(
            CURRENT_KEY,
            erasing.to_bytes(),
            meta=Meta(media_type=""),
            if_match=live.etag,
        )

    store = Overtaken(newsroom.store, colleague, 1)
    let_in(newsroom.desk(store), SHOW, randomness=RANDOM)

    live = _live(newsroom)
    assert live.current is not None
    assert live.current.erasing == ()
    assert token_hash(TOKEN) in live.listeners().known


def test_before_the_show_is_published_nobody_can_be_let_in(tmp_path: Path) -> None:
    with closed_newsroom(tmp_path) as room:
        with pytest.raises(SettingsError, match="publish it first"):
            let_in(room.desk(), SHOW, randomness=RANDOM)
        with pytest.raises(SettingsError, match="publish it first"):
            listeners_of(_live(room), SHOW)
        with pytest.raises(SettingsError, match="No listener is called"):
            revoke(room.desk(), "0123456789")


def test_a_token_is_of_sixteen_bytes_and_no_fewer(newsroom: Newsroom) -> None:
    for length in (0, 15, 17):
        with pytest.raises(ValueError, match="16 random bytes"):
            let_in(newsroom.desk(), SHOW, randomness=bytes(length))


def test_a_release_reaches_all_that_its_private_shows_have(newsroom: Newsroom) -> None:
    """So that a collection keeps it, and a withdrawal finds it."""
    let_in(newsroom.desk(), SHOW, randomness=RANDOM)
    live = _live(newsroom)
    assert live.root is not None
    keys = {v.key for row in live.private()[SHOW].values() for v in row if v.key}

    assert any(key.startswith("held/") for key in keys)
    assert not [key for key in keys if key.startswith("public/")]
    assert live.root.listeners is not None
    assert keys | {live.root.listeners.key} <= reach(live)
    assert live.root.private[SHOW].guid == GUID
    assert {one.key for one in newsroom.store.list("")} >= keys


def test_the_list_reads_back_as_it_was(newsroom: Newsroom) -> None:
    let_in(newsroom.desk(), SHOW, randomness=RANDOM)
    known = _live(newsroom).listeners()

    assert Listeners.from_bytes(known.to_bytes()) == known
    assert known.of("another") == {}
