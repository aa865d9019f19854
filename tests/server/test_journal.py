"""What is logged names no listener, and nothing that is not public."""

import json
import logging
import sys

import pytest

from peru_media.server.journal import REQUESTS, JsonLines, TextLines
from tests.releases import EPISODE, feed, gone, medium, page, publish_release
from tests.server.conftest import Serve, Served
from tests.server.stores import TroubledStore

ADDRESS = "203.0.113.77"
CANARY = "canary5d1c"
MEDIUM = f"/media/{EPISODE}/aaaa/story.mp3"
PATHS = {
    "/": page("home"),
    "/show/feed.xml": feed("<rss/>"),
    "/show/ended": gone("ended"),
    MEDIUM: medium(bytes(1000)),
}


@pytest.fixture
def site(
    serve: Serve, store: TroubledStore, caplog: pytest.LogCaptureFixture
) -> Served:
    publish_release(store, PATHS, number=7)
    caplog.set_level(logging.INFO, REQUESTS)
    return serve(store, log_requests=True)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    records = [one for one in caplog.records if one.name == REQUESTS]
    return [json.loads(JsonLines().format(record)) for record in records]


def test_each_request_is_one_line(
    site: Served, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):  # slowly, and from memory
        site.ask("/show/feed.xml?x=1")
    site.ask(MEDIUM, range="bytes=0-9")
    site.ask("/", "POST")
    site.ask("/readyz")

    found = lines(caplog)
    kept = ("method", "kind", "path", "status", "bytes", "release")
    assert [tuple(line[name] for name in kept) for line in found] == [
        ("GET", "feed", "/show/feed.xml", 200, 6, 7),
        ("GET", "feed", "/show/feed.xml", 200, 6, 7),
        ("GET", "media", MEDIUM, 206, 10, 7),
        ("POST", "page", "/", 405, 0, 7),
        ("GET", "health", "/readyz", 200, 30, 7),
    ]
    assert {frozenset(line) for line in found} == {
        frozenset({*kept, "time", "level", "seconds"})
    }


@pytest.mark.parametrize(
    ("path", "method", "told"),
    [
        (f"/show/{CANARY}", "GET", "-"),  # nobody knows it: it may be a mistyped token
        (f"/privat/{CANARY}/feed.xml", "GET", "-"),
        (f"/private/{CANARY}/feed.xml", "GET", "/private/-"),
        (f"/private/{CANARY}", "GET", "/private/-"),
        (f"/private/{CANARY}%0a/x", "POST", "/private/-"),
        (f"/media/{EPISODE}/{CANARY}/x.mp3", "GET", "-"),
        (f"/healthz/{CANARY}", "GET", "-"),
        ("/show/ended", "GET", "-"),  # what is gone is to be forgotten
        (f"/?q={CANARY}", "GET", "/"),
        ("/", f"M{CANARY}", "/"),
    ],
)
def test_a_line_holds_no_more_than_what_is_public(
    site: Served, caplog: pytest.LogCaptureFixture, path: str, method: str, told: str
) -> None:
    site.ask(
        path,
        method,
        user_agent=CANARY,
        referer=f"https://{CANARY}.example/",
        cookie=CANARY,
        authorization=CANARY,
        x_forwarded_for=ADDRESS,
        forwarded=f"for={ADDRESS}",
    )

    (line,) = lines(caplog)
    assert line["path"] == told
    shown = [
        formatter.format(record)
        for formatter in (JsonLines(), TextLines())
        for record in caplog.records
    ]
    for said in (*shown, caplog.text, str([vars(one) for one in caplog.records])):
        for secret in (CANARY, ADDRESS, "testclient", "ended"):
            assert secret not in said.replace("message 'ended'", "")


def test_without_being_asked_nothing_is_logged(
    serve: Serve, store: TroubledStore, caplog: pytest.LogCaptureFixture
) -> None:
    publish_release(store, PATHS)
    caplog.set_level(logging.INFO)
    serve(store).ask("/show/feed.xml")

    assert not lines(caplog)


def record(message: str, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("x", logging.WARNING, "x.py", 1, message, (), None)
    made.created = 1_796_040_000.125
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_a_message_is_one_line_whatever_it_holds() -> None:
    hostile = 'a "key"\n{"level": "info"}\x1b[31m\u202e'

    told = JsonLines().format(record(hostile))
    assert json.loads(told) == {
        "time": "2026-11-30T12:00:00.125Z",
        "level": "warning",
        "message": hostile,
    }
    assert told.isascii()
    assert "\n" not in told
    assert TextLines().format(record(hostile)) == (
        '2026-11-30T12:00:00.125Z warning a "key"\\n{"level": "info"}\\x1b[31m\\u202e'
    )


def test_a_request_reads_as_a_sentence() -> None:
    told = {
        "method": "GET",
        "path": "/",
        "kind": "page",
        "status": 200,
        "bytes": 5,
        "seconds": 0.00125,
        "release": 7,
    }

    assert TextLines().format(record("request", request=told)) == (
        "2026-11-30T12:00:00.125Z warning GET / page 200 5 bytes 1.2 ms release 7"
    )


def test_a_fault_comes_with_its_traceback() -> None:
    try:
        raise RuntimeError("broken\x1b")  # noqa: EM101, TRY301  # what a traceback shows
    except RuntimeError:
        made = record("failed", exc_info=sys.exc_info())

    assert "RuntimeError: broken" in json.loads(JsonLines().format(made))["trace"]
    text = TextLines().format(made)
    assert text.splitlines()[-1] == "RuntimeError: broken\\x1b"
