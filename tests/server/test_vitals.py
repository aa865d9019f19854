"""What a monitor is told, as Prometheus itself reads it."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from peru_media.server.app import create_app
from peru_media.server.exposition import exposition
from peru_media.server.meter import Meter
from peru_media.storage.folder import FolderStore
from tests.clocks import SetClock
from tests.releases import EPISODE, LONG_AGO, NOON, Planned, feed, gone, medium, page
from tests.releases import publish_release as publish
from tests.served import PROJECT
from tests.server.conftest import Serve, Served
from tests.server.stores import TroubledStore

MEDIUM = f"/media/{EPISODE}/aaaa/story.mp3"
DOCUMENT = (PROJECT / "docs" / "server.md").read_text()
PATHS = {
    "/": page("home"),
    "/show/feed.xml": feed("<rss>" + "item " * 500 + "</rss>"),
    MEDIUM: medium(bytes(1000)),
    "/show/old": gone("ended"),
}

Figures = dict[tuple[str, str, str], float]


def figures(text: str) -> Figures:
    """Each sample by its name, kind, and status or bound."""
    return {
        (
            sample.name,
            sample.labels.get("kind", ""),
            sample.labels.get("status", sample.labels.get("le", "")),
        ): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def told(site: Served) -> Figures:
    answer = site.ask("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    return figures(answer.text)


@pytest.fixture
def site(serve: Serve, store: TroubledStore) -> Served:
    publish(store, PATHS, number=7)
    return serve(store)


def test_answers_are_counted_by_kind_and_class_of_status(site: Served) -> None:
    answers = [site.ask("/show/feed.xml") for _ in range(3)]  # slowly, then from memory
    tag = answers[0].headers["etag"]
    site.ask("/show/feed.xml", if_none_match=tag)
    site.ask(MEDIUM, range="bytes=0-9")
    site.ask("/nothing")
    site.ask("/show/old")
    site.ask("/", "POST")
    site.ask("/", "HEAD")

    seen = told(site)
    name = "peru_media_answers_total"
    assert seen[name, "feed", "2xx"] == 3
    assert seen[name, "feed", "3xx"] == 1
    assert seen[name, "media", "2xx"] == 1
    assert seen[name, "page", "4xx"] == 3
    assert seen[name, "page", "2xx"] == 1
    assert seen["peru_media_sent_bytes_total", "media", ""] == 10
    assert seen["peru_media_sent_bytes_total", "feed", ""] == 3 * 2511
    assert seen["peru_media_answer_seconds_count", "feed", ""] == 4
    assert seen["peru_media_answer_seconds_bucket", "feed", "+Inf"] == 4


def test_every_way_of_answering_says_how_much_it_sent(site: Served) -> None:
    sent = 0
    for _ in range(2):
        for fields in (
            {},
            {"range": "bytes=0-0"},
            {"range": "bytes=0-0,5-9"},
            {"range": "bytes=5000-"},
            {"accept_encoding": "gzip"},
        ):
            for path in (MEDIUM, "/show/feed.xml"):
                with site.client.stream(
                    "GET",
                    path,
                    headers={k.replace("_", "-"): v for k, v in fields.items()},
                ) as answer:
                    sent += sum(map(len, answer.iter_raw()))

    seen = told(site)
    name = "peru_media_sent_bytes_total"
    assert seen[name, "media", ""] + seen[name, "feed", ""] == sent


def test_an_answer_that_was_cut_off_is_counted_apart(
    serve: Serve, clock: SetClock, tmp_path: Path
) -> None:
    store = FolderStore(tmp_path, clock=clock)
    publish(store, PATHS)
    site = serve(store)
    for _ in range(2):
        assert site.ask(MEDIUM, range="bytes=0-9").status_code == 206
    (file,) = tmp_path.glob("public/**/*.mp3")
    os.truncate(file, 5)

    with pytest.raises(OSError, match="shorter"):
        site.ask(MEDIUM, range="bytes=10-19")

    seen = told(site)
    assert seen["peru_media_answers_total", "media", "left"] == 1
    assert seen["peru_media_open_files", "", ""] == 1


def test_it_says_how_the_release_stands(
    site: Served, store: TroubledStore, clock: SetClock
) -> None:
    site.ask("/")
    seen = told(site)
    complete = (LONG_AGO + timedelta(days=90) - NOON).total_seconds()
    assert seen["peru_media_release", "", ""] == 7
    assert seen["peru_media_store_silent_seconds", "", ""] == 0
    assert seen["peru_media_complete_seconds", "", ""] == complete
    assert seen["peru_media_store_calls", "", ""] == 0
    assert seen["peru_media_kept_answers", "", ""] == 1
    assert seen["peru_media_kept_bytes", "", ""] > 0
    assert seen["peru_media_open_files", "", ""] == 0

    store.away = True
    clock.advance(timedelta(minutes=5))
    assert told(site)["peru_media_store_silent_seconds", "", ""] == 300


def test_what_ended_and_is_not_erased_is_overdue(
    serve: Serve, store: TroubledStore, clock: SetClock
) -> None:
    first, second = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    long_gone = {f"/media/{n * 20}/a/story.mp3": gone("ended") for n in "ab"}
    paths: dict[str, Planned | list[Planned]]
    paths = {
        "/": page("x"),
        "/show/later": [page("story").at(first)],
        "/show/a": [page("story"), gone("ended").at(first)],
        MEDIUM: [medium(b"sound"), gone("ended").at(first)],
        f"/media/{'c' * 20}/a/b.mp3": [medium(b"sound"), gone("ended").at(second)],
        **long_gone,
    }
    publish(store, paths, made=NOON)
    site = serve(store)
    assert told(site)["peru_media_overdue_media", "", ""] == 0
    assert told(site)["peru_media_overdue_seconds", "", ""] == 0

    clock.advance(timedelta(minutes=90))
    seen = told(site)
    assert seen["peru_media_overdue_media", "", ""] == 1
    assert seen["peru_media_overdue_seconds", "", ""] == 1800

    after = {MEDIUM: gone("ended").at(first), **long_gone}
    publish(store, after, number=2, made=clock.now(), erasing=["held/x/y/z"])
    site.until_release(2)
    seen = told(site)
    assert seen["peru_media_overdue_media", "", ""] == 0
    assert seen["peru_media_erasing_objects", "", ""] == 1


def test_before_the_first_release_the_store_was_never_heard(
    serve: Serve, store: TroubledStore
) -> None:
    store.away = True
    seen = told(serve(store, first_wait_seconds=0.05))

    assert seen["peru_media_release", "", ""] == 0
    assert seen["peru_media_store_silent_seconds", "", ""] == float("inf")


def test_no_figure_names_an_address_or_whoever_asked(site: Served) -> None:
    for path in ("/show/feed.xml", "/canary", "/private/canary/feed.xml"):
        site.ask(path, user_agent="canary", x_forwarded_for="203.0.113.9")
    site.ask("/search?q=canary")

    said = site.ask("/metrics").text
    for name in ("canary", "203.0.113.9", "testclient", "/show"):
        assert name not in said


def test_the_documents_name_every_figure(site: Served) -> None:
    named = set(re.findall(r"^\| `(peru_media_\w+)`", DOCUMENT, re.MULTILINE))

    families = text_string_to_metric_families(site.ask("/metrics").text)
    given = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in families
    }

    assert given == named


def test_each_process_says_whose_figures_they_are() -> None:
    said = exposition(Meter(SetClock().monotonic), gauges=iter(()), worker=42)
    counted = Meter(SetClock().monotonic)
    counted.count({"type": "http", "path": "/"}, (200, 1), began=0)
    more = exposition(counted, gauges=iter(()), worker=42)

    assert figures(said) == {}
    families = text_string_to_metric_families(more)
    samples = [sample for family in families for sample in family.samples]
    assert samples
    assert {sample.labels["worker"] for sample in samples} == {"42"}


class _Through:
    """A middleware that does nothing; it keeps the fast lane away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def test_with_middleware_or_below_another_app_all_is_counted_too(
    store: TroubledStore, clock: SetClock
) -> None:
    publish(store, PATHS)
    site = create_app(store, clock=clock)
    site.user_middleware.append(Middleware(_Through))
    with TestClient(Starlette(routes=[Mount("/podcasts", site)])) as client:
        for _ in range(2):
            client.get(f"/podcasts{MEDIUM}")
        said = client.get("/podcasts/metrics").text

    assert figures(said)["peru_media_answers_total", "media", "2xx"] == 2
