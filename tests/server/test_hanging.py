"""A store that takes calls and never answers: what is in memory goes on."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from peru_media.ports import Fetched, Unchanged
from tests.clocks import SetClock
from tests.releases import Planned, feed, page, publish_release
from tests.server.conftest import Serve, Served
from tests.server.stores import TroubledStore

KNOWN = [f"/show/known-{n}" for n in range(20)]
OTHERS = [f"/show/other-{n}" for n in range(60)]
PATHS: dict[str, Planned] = {
    "/": page("home"),
    "/show/feed.xml": feed("<rss/>"),
    **{path: page(path) for path in [*KNOWN, *OTHERS]},
}
WAIT = 0.2


class HangingStore(TroubledStore):
    """A store whose calls come back only once it is let go."""

    def __init__(self, *, clock: SetClock) -> None:
        super().__init__(clock=clock)
        self.answers = threading.Event()
        self.answers.set()

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """As ever, but not before it is let go."""
        self.answers.wait()
        return super().get(key, span=span, if_none_match=if_none_match)


@pytest.fixture
def store(clock: SetClock) -> Iterator[HangingStore]:
    store = HangingStore(clock=clock)
    yield store
    store.answers.set()


@pytest.fixture
def site(serve: Serve, store: HangingStore) -> Iterator[Served]:
    publish_release(store, PATHS)
    site = serve(store, store_seconds=WAIT, threads=4)
    for path in ("/", "/show/feed.xml", *KNOWN):
        assert site.ask(path).status_code == 200
    store.answers.clear()
    yield site
    store.answers.set()  # before the app ends, which waits for its threads


def test_pages_in_memory_go_on_while_others_are_told_to_come_again(
    site: Served,
    store: HangingStore,
    clock: SetClock,
    record_property: Callable[[str, object], None],
) -> None:
    with ThreadPoolExecutor(30) as crowd:
        waiting = [crowd.submit(site.ask, path) for path in OTHERS]
        for _ in range(5):
            for path in ("/", "/show/feed.xml", *KNOWN):
                assert site.ask(path).status_code == 200
        ends = [one.result(timeout=30) for one in waiting]

    assert {end.status_code for end in ends} == {503}
    assert all(int(end.headers["retry-after"]) >= 1 for end in ends)
    assert {end.headers["cache-control"] for end in ends} == {"no-store"}
    assert site.ask("/readyz").status_code == 200
    clock.advance(timedelta(minutes=10, seconds=1))  # threads are held up by now
    for _ in range(2):
        assert {site.ask(path).status_code for path in OTHERS} == {503}
    assert site.ask("/readyz").json()["status"] == "the store is away"
    assert site.ask("/healthz").status_code == 200
    assert {site.ask(path).status_code for path in KNOWN} == {200}

    store.answers.set()
    began = time.monotonic()
    site.until("/readyz", lambda answer: answer.status_code == 200)
    for path in OTHERS:
        site.until(path, lambda answer: answer.status_code == 200)
    record_property(
        "figure",
        f"a store that hangs: {len(OTHERS)} of {len(OTHERS)} other pages 503 with "
        f"Retry-After, 0 5xx of {len(KNOWN) + 2} pages in memory; all back "
        f"{time.monotonic() - began:.2f} s after it answers",
    )


def test_a_new_release_comes_once_the_store_answers_again(
    site: Served, store: HangingStore
) -> None:
    publish_release(store, {"/": page("new")}, number=2)
    assert site.ask("/").text == "home"

    store.answers.set()

    site.until("/", lambda answer: answer.text == "new")


def test_a_missing_object_does_not_wait_for_a_look_that_hangs(
    site: Served, store: HangingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The object is known to be missing, the look for a newer release hangs."""
    row = page(OTHERS[0]).version.key
    assert row is not None
    hanging = store.get

    def get(key: str, **more: object) -> Fetched | Unchanged:
        if key == row:
            store.lost.add(key)
            return TroubledStore.get(store, key)
        return hanging(key, **more)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(store, "get", get)

    assert site.ask(OTHERS[0]).status_code == 503


def test_a_start_on_a_store_that_hangs_is_late_and_not_lost(
    serve: Serve, store: HangingStore
) -> None:
    publish_release(store, PATHS)
    store.answers.clear()
    site = serve(store, first_wait_seconds=0.1, store_seconds=WAIT)
    assert site.ask("/").status_code == 503
    assert site.ask("/healthz").status_code == 200
    assert site.ask("/readyz").status_code == 503
    assert site.ask("/metrics").status_code == 200

    store.answers.set()

    site.until("/", lambda answer: answer.status_code == 200)
