"""A store that does not tell colleagues apart is written to with care, and told of."""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest

from peru_media.errors import (
    ConflictError,
    PreconditionError,
    StoreError,
    StoreUnavailableError,
)
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Body, Meta, Store, Stored
from peru_media.publishing.careful import CarefulStore, warning
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock
from tests.faulty_proxy import STRIPPED, spoiling
from tests.newsroom import Newsroom
from tests.seaweed import Seaweed
from tests.served import run
from tests.storage.suite import TEXT, StoreSuite, body_of
from tests.stores import CountingStore


class Heedless(CountingStore):
    """Take the conditions of a write, and do not keep them."""

    def put(
        self,
        key: str,
        body: Body,
        *,
        meta: Meta,
        if_absent: bool = False,
        if_match: str | None = None,
        advance: Callable[[int], None] | None = None,
    ) -> Stored:
        del if_absent, if_match
        return super().put(key, body, meta=meta, advance=advance)


class Refusing(CountingStore):
    """Know no conditional writes at all, and say so."""

    fault = StoreError("a: the store does not do that (NotImplemented)")

    def put(
        self,
        key: str,
        body: Body,
        *,
        meta: Meta,
        if_absent: bool = False,
        if_match: str | None = None,
        advance: Callable[[int], None] | None = None,
    ) -> Stored:
        if if_absent or if_match:
            raise self.fault
        return super().put(key, body, meta=meta, advance=advance)


def careful(
    store: Store,
    cache: dict[str, bytes],
    *,
    clock: SetClock | None = None,
    sleep: Callable[[float], None] = lambda _: None,
) -> CarefulStore:
    names = (f"{number}" for number in itertools.count())
    return CarefulStore(
        store=store,
        cache=cache,
        clock=clock or SetClock(),
        token=lambda: next(names),
        sleep=sleep,
    )


def memory() -> MemoryStore:
    return MemoryStore(clock=SetClock())


class TestCarefulStore(StoreSuite):
    """Over a store that keeps conditions it keeps every promise."""

    @pytest.fixture
    def store(self) -> Store:
        return careful(memory(), {})


def _swap(store: Store, old: bytes = b"one", new: bytes = b"two") -> None:
    etag = store.put(CURRENT_KEY, old, meta=TEXT).etag
    store.put(CURRENT_KEY, new, meta=TEXT, if_match=etag)


@pytest.mark.parametrize("kind", [CountingStore, Heedless, Refusing])
def test_a_store_is_tried_once_a_day(kind: type[CountingStore]) -> None:
    clock, cache, counted = SetClock(), dict[str, bytes](), kind(memory())

    def trials() -> int:
        return len([key for key in counted.keys("delete") if "trial" in key])

    for _ in range(3):
        _swap(careful(counted, cache, clock=clock))
    assert trials() == 1
    clock.advance(timedelta(hours=25))
    for _ in range(3):
        _swap(careful(counted, cache, clock=clock))
    assert trials() == 2
    assert [*counted.list("state/")] == []


def test_what_nobody_swaps_is_not_tried() -> None:
    counted = CountingStore(memory())

    careful(counted, {}).put("a", b"one", meta=TEXT)

    assert [verb for verb, _ in counted.calls] == ["put"]


@pytest.mark.parametrize("kind", [Heedless, Refusing])
def test_the_only_writer_can_do_everything(
    kind: type[CountingStore], newsroom: Newsroom
) -> None:
    cache: dict[str, bytes] = {}
    store = careful(kind(newsroom.store), cache)

    newsroom.publish(store, cache=cache)
    newsroom.edit("episodes/story-1/episode.md", "title: Story 1", "title: Changed")
    published = newsroom.publish(store, cache=cache)

    assert published.release == 2
    assert b"Changed" in newsroom.feed()
    assert warning(store, cache).startswith("Careful: memory does not keep")


def test_a_store_that_keeps_conditions_is_no_reason_to_warn(newsroom: Newsroom) -> None:
    cache: dict[str, bytes] = {}
    store = careful(newsroom.store, cache)
    assert warning(store, cache) == ""

    newsroom.publish(store, cache=cache)

    assert warning(store, cache) == ""


def test_who_comes_late_is_refused_also_without_the_store() -> None:
    store = careful(Heedless(memory()), {})
    first = store.put(CURRENT_KEY, b"one", meta=TEXT).etag
    store.put(CURRENT_KEY, b"two", meta=TEXT)

    with pytest.raises(PreconditionError):
        store.put(CURRENT_KEY, b"three", meta=TEXT, if_match=first)
    with pytest.raises(PreconditionError):
        store.put(CURRENT_KEY, b"three", meta=TEXT, if_absent=True)

    assert body_of(store, CURRENT_KEY) == b"two"


def test_who_is_overwritten_within_seconds_is_told() -> None:
    behind = memory()

    def overwrite(seconds: float) -> None:
        assert seconds > 1
        behind.put(CURRENT_KEY, b"somebody else's", meta=TEXT)

    store = careful(Heedless(behind), {}, sleep=overwrite)

    with pytest.raises(PreconditionError):
        store.put(CURRENT_KEY, b"mine", meta=TEXT, if_absent=True)


def test_nobody_waits_for_media() -> None:
    waited: list[float] = []
    store = careful(Heedless(memory()), {}, sleep=waited.append)

    store.put("public/1/a.mp3", b"one", meta=TEXT, if_absent=True)

    assert waited == []


def test_who_is_overwritten_hears_by_whom(newsroom: Newsroom) -> None:
    newsroom.publish()
    behind, cache = newsroom.store, dict[str, bytes]()
    page = "episodes/story-1/episode.md"
    before = newsroom.current().to_bytes()

    def overwrite(_: float) -> None:
        behind.put(CURRENT_KEY, before, meta=TEXT)
        newsroom.edit(page, "title: His", "title: Hers")
        newsroom.publish(by="ana")

    store = careful(Heedless(behind), cache, sleep=overwrite)
    newsroom.edit(page, "title: Story 1", "title: His")

    with pytest.raises(ConflictError, match=r"ana published release 2 .* make plan"):
        newsroom.publish(store, by="jo", cache=cache)

    assert newsroom.root_of().by == "ana"


def test_a_store_that_is_away_is_not_taken_for_a_heedless_one() -> None:
    away = Refusing(memory())
    away.fault = StoreUnavailableError("away")
    cache: dict[str, bytes] = {}

    with pytest.raises(StoreUnavailableError):
        careful(away, cache).put("a", b"one", meta=TEXT, if_absent=True)

    assert cache == {}


def test_publishing_to_a_bucket_warns_where_it_does_not_keep_conditions(
    newsroom: Newsroom, seaweed: Seaweed, record_property: Callable[[str, object], None]
) -> None:
    bucket, keys = seaweed.make_bucket(), (seaweed.access_key, seaweed.secret_key)
    page = "episodes/story-1/episode.md"
    with spoiling(seaweed.endpoint, lambda *_: STRIPPED, keys=keys) as proxy:
        store = f"s3://{bucket}/site\n    endpoint: {proxy.endpoint}"
        newsroom.edit("feeds/site.yaml", ".peru-media/store", store)
        first = run("publish", "--yes", cwd=newsroom.root)
        newsroom.edit(page, "title: Story 1", "title: New")
        second = run("publish", "--yes", cwd=newsroom.root)

    for done, release in ((first, 1), (second, 2)):
        assert f"release {release} is live" in done.stdout
        assert "Careful: s3://" in done.stderr
    record_property("part", "publish to SeaweedFS that hears no conditions")
