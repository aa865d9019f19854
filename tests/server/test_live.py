"""Following the store: new releases, troubles, erasing; and nothing mixed."""

import asyncio
import logging
import time
from datetime import timedelta

import pytest

from peru_media.model.release import CURRENT_KEY, Current
from peru_media.model.value import digest
from peru_media.ports import Fetched, Meta, Unchanged
from peru_media.server.live import Live
from peru_media.server.loading import Loader
from peru_media.server.settings import ServerSettings
from peru_media.server.snapshot import Snapshot
from tests.clocks import SetClock
from tests.releases import EPISODE, NOON, asset, feed, medium, page, publish_release
from tests.server.conftest import Serve
from tests.server.stores import TroubledStore

FEED = "/show/feed.xml"
MEDIUM = f"/media/{EPISODE}/aaaa/story.mp3"


def test_a_new_release_appears_without_a_restart(
    serve: Serve, store: TroubledStore
) -> None:
    publish_release(store, {FEED: feed("<one/>")})
    site = serve(store)
    assert site.ask(FEED).text == "<one/>"

    publish_release(store, {FEED: feed("<two/>")}, number=2)

    site.until(FEED, lambda answer: answer.text == "<two/>")
    assert site.ask(FEED).headers["x-release"] == "2"


def test_what_did_not_change_is_not_fetched_again(
    serve: Serve, store: TroubledStore
) -> None:
    same = {FEED: feed("<rss/>"), "/show/story": page("<h1>Story</h1>")}
    publish_release(store, {"/": page("one"), **same})
    site = serve(store)
    site.ask("/show/story")
    publish_release(store, {"/": page("two"), **same}, number=2)
    site.until_release(2)
    store.asked.clear()

    answers = [site.ask(path) for path in (FEED, "/show/story")]

    assert [answer.headers["x-release"] for answer in answers] == ["2", "2"]
    assert set(store.asked) <= {CURRENT_KEY}


def test_a_store_that_is_away_leaves_the_last_good_release(
    serve: Serve, store: TroubledStore, caplog: pytest.LogCaptureFixture
) -> None:
    publish_release(store, {FEED: feed("<rss/>"), "/new": page("never asked before")})
    site = serve(store, cache_bytes=10_000_000)
    store.away = True

    site.until("/new", lambda answer: answer.status_code == 503)
    assert site.ask(FEED).status_code == 200
    assert int(site.ask("/new").headers["retry-after"]) >= 1

    site.until(FEED, lambda _: "last good" in caplog.text)
    store.away = False
    assert site.ask("/new").status_code == 200
    site.until("/new", lambda _: "the store is back" in caplog.text)
    told = [record for record in caplog.records if "last good" in record.message]
    assert len(told) == 1


def test_a_store_that_is_away_fills_no_log(
    serve: Serve,
    store: TroubledStore,
    clock: SetClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    publish_release(store, {f"/{n}": page(str(n)) for n in range(50)})
    site = serve(store)
    store.away = True
    for second in range(2):
        clock.advance(timedelta(seconds=5 * second))
        assert {site.ask(f"/{n}").status_code for n in range(50)} == {503}

    asked = [one for one in caplog.messages if one.startswith("release 1: ")]
    assert len(asked) == 2


def test_there_is_no_release_yet(serve: Serve, store: TroubledStore) -> None:
    site = serve(store)

    answer = site.ask("/")
    assert answer.status_code == 503
    assert answer.headers["x-release"] == "0"
    assert answer.headers["cache-control"] == "no-store"

    publish_release(store, {"/": page("<h1>At last</h1>")})
    assert site.until("/", lambda said: said.status_code == 200).text.startswith("<h1>")


def test_a_missing_object_sends_for_the_next_release_at_once(
    serve: Serve, store: TroubledStore
) -> None:
    old = page("<h1>Old</h1>")
    publish_release(store, {"/story": old})
    site = serve(store, poll_seconds=1000)
    publish_release(store, {"/story": page("<h1>New</h1>")}, number=2)
    store.delete([old.version.key or ""])

    answer = site.ask("/story")

    assert answer.text == "<h1>New</h1>"
    assert answer.headers["x-release"] == "2"


@pytest.mark.parametrize("trouble", ["lost", "spoilt"])
@pytest.mark.parametrize("kind", ["text", "binary"])
def test_what_the_release_promises_and_the_store_lacks_is_503_never_404(
    serve: Serve,
    store: TroubledStore,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
    kind: str,
) -> None:
    body = page("<h1>Story</h1>") if kind == "text" else asset(b"\x89PNG")
    publish_release(store, {"/story": body})
    site = serve(store, poll_seconds=1000)
    getattr(store, trouble).add(body.version.key)

    assert site.ask("/story").status_code == 503
    assert site.ask("/story", "HEAD").status_code == 503
    assert (body.version.key or "") in caplog.text

    getattr(store, trouble).clear()
    assert site.ask("/story").status_code == 200


@pytest.mark.parametrize("trouble", ["lost", "spoilt", "nonsense"])
@pytest.mark.parametrize("what", ["current", "root", "table", "feed"])
def test_a_release_that_is_not_whole_is_not_served(
    serve: Serve,
    store: TroubledStore,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
    what: str,
) -> None:
    publish_release(store, {FEED: feed("<one/>"), "/other": page("other")})
    site = serve(store)
    new = feed("<two/>")
    root = publish_release(store, {FEED: new}, number=20)
    publish_release(store, {FEED: feed("<one/>"), "/other": page("other")}, number=2)
    site.until_release(2)
    key = {
        "current": CURRENT_KEY,
        "root": _key_of_root(store, 20),
        "table": root.tables["show"].key,
        "feed": new.version.key or "",
    }[what]
    if trouble in {"lost", "spoilt"}:
        getattr(store, trouble).add(key)
    publish_release(store, {FEED: new}, number=20)
    if trouble == "nonsense":
        store.put(key, b"nonsense", meta=Meta(media_type="text/plain"))

    site.until(FEED, lambda _: "the last good release stays" in caplog.text)
    looks = store.asked.count(CURRENT_KEY)
    site.until(FEED, lambda _: store.asked.count(CURRENT_KEY) > looks + 2)

    assert site.ask("/other").status_code == 200
    assert site.ask(FEED).text == "<one/>"
    assert site.ask(FEED).headers["x-release"] == "2"


def test_a_release_of_a_later_format_waits_for_a_later_server(
    serve: Serve, store: TroubledStore, caplog: pytest.LogCaptureFixture
) -> None:
    publish_release(store, {FEED: feed("<one/>")})
    site = serve(store)
    root = publish_release(store, {FEED: feed("<two/>")}, number=2)
    body = root.model_copy(update={"format": 2}).to_bytes()
    store.put("releases/2-later.json", body, meta=Meta(media_type="text/plain"))
    current = Current(release=2, key="releases/2-later.json", sha256=digest(body))
    meta = Meta(media_type="text/plain")

    store.put(CURRENT_KEY, current.to_bytes(), meta=meta)

    site.until(FEED, lambda _: "needs a newer peru-media" in caplog.text)
    assert site.ask(FEED).text in {"<one/>", "<two/>"}


def _key_of_root(store: TroubledStore, number: int) -> str:
    return next(store.list(f"releases/{number}-")).key


def test_what_is_being_erased_is_gone_from_memory_too(
    serve: Serve, store: TroubledStore
) -> None:
    story, other = page("<h1>Story</h1>"), page("<h1>Other</h1>")
    paths = {"/story": story, "/other": other, MEDIUM: medium(b"sound")}
    publish_release(store, paths)
    site = serve(store)
    for path in paths:
        assert site.ask(path).status_code == 200
    keys = [story.version.key or "", medium(b"sound").version.key or ""]

    publish_release(store, paths, erasing=keys)

    site.until("/story", lambda answer: answer.status_code == 410)
    assert site.ask(MEDIUM).status_code == 410
    assert site.ask("/other").status_code == 200

    publish_release(store, paths)
    site.until("/story", lambda answer: answer.status_code == 200)


def test_a_feed_that_comes_due_is_fetched_ahead(
    serve: Serve, store: TroubledStore, clock: SetClock
) -> None:
    due = NOON + timedelta(days=1)
    later = feed("<later/>").at(due)
    publish_release(store, {FEED: [feed("<now/>"), later]})
    site = serve(store)
    assert later.version.key not in store.asked

    clock.advance(timedelta(hours=23, minutes=55))

    site.until(FEED, lambda _: later.version.key in store.asked)
    assert site.ask(FEED).text == "<now/>"


def test_every_answer_during_swaps_is_of_one_release(
    serve: Serve, store: TroubledStore
) -> None:
    publish_release(store, {"/a": page("1"), "/b": page("1")})
    site = serve(store, poll_seconds=0.001)

    for number in range(2, 30):
        text = str(number)
        publish_release(store, {"/a": page(text), "/b": page(text)}, number=number)
        for path in ("/a", "/b", "/a"):
            answer = site.ask(path)
            assert answer.text == answer.headers["x-release"]


def test_a_fault_of_our_own_does_not_end_the_watch(
    serve: Serve,
    store: TroubledStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    publish_release(store, {FEED: feed("<one/>")})
    site = serve(store)
    with monkeypatch.context() as broken:

        def look(loader: Loader, known: Snapshot | None) -> Snapshot | None:
            raise ZeroDivisionError(loader, known)

        broken.setattr(Loader, "look", look)
        site.until(FEED, lambda _: "ZeroDivisionError" in caplog.text)

    publish_release(store, {FEED: feed("<two/>")}, number=2)
    site.until(FEED, lambda answer: answer.text == "<two/>")


class SlowStore(TroubledStore):
    """A store that takes its time over ``current.json``."""

    delay = 0.0

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Answer as things are now, but only later."""
        answer = super().get(key, span=span, if_none_match=if_none_match)
        if key == CURRENT_KEY:
            time.sleep(self.delay)
        return answer


def make_live(store: TroubledStore) -> Live:
    settings = ServerSettings(poll_seconds=1000)
    loader = Loader(
        store,
        settings=settings,
        hear=lambda _: None,
        now=NOON.timestamp,
        pause=lambda: None,
    )
    return Live(loader, settings=settings, swapped=lambda _: None)


def test_a_look_that_began_too_early_is_followed_by_another(clock: SetClock) -> None:
    store = SlowStore(clock=clock)
    publish_release(store, {"/": page("one")})
    live = make_live(store)

    async def scene() -> int:
        await live.look()
        seen = live.snapshot
        assert seen is not None
        store.delay = 0.2
        early = asyncio.create_task(live.look())
        await asyncio.sleep(0.1)
        publish_release(store, {"/": page("two")}, number=2)
        await live.look_again(seen)
        await early
        await live.stop()
        return live.snapshot.number if live.snapshot else 0

    assert asyncio.run(scene()) == 2


def test_all_who_look_at_once_share_one_look(clock: SetClock) -> None:
    store = SlowStore(clock=clock)
    publish_release(store, {"/": page("one")})
    live = make_live(store)

    async def scene() -> None:
        await asyncio.gather(*(live.look() for _ in range(20)))
        await live.stop()

    asyncio.run(scene())

    assert store.asked.count(CURRENT_KEY) == 1


def test_a_start_does_not_wait_for_ever(
    serve: Serve, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    store = SlowStore(clock=clock)
    publish_release(store, {"/": page("one")})
    store.delay = 0.5
    with caplog.at_level(logging.INFO):
        site = serve(store, first_wait_seconds=0.01)
        assert site.ask("/healthz").headers["x-release"] == "0"
        site.until_release(1)
    assert "release 1 is live" in caplog.text
