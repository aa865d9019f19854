"""Looking at a release from outside, over real connections of this machine."""

import itertools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from peru_media.fetching import WebFetcher
from peru_media.publishing.verification import Verified, verify
from tests.fetching.loopback import (
    Asked,
    Loopback,
    Reply,
    closed_port,
    listening,
    serving,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Patience:
    """A clock that moves only while somebody sleeps."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return NOON

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@dataclass
class Site:
    """A small site, right in everything until a test changes one thing."""

    media: int = 3
    length: int = 1000
    changed: dict[tuple[str, str], Callable[[Reply], Reply]] = field(
        default_factory=dict
    )
    releases: list[str] = field(default_factory=lambda: ["7"])

    def answer(self, asked: Asked) -> Reply:
        reply = self._right(asked)
        release = self.releases.pop(0) if len(self.releases) > 1 else self.releases[0]
        reply = replace(reply, headers={"X-Release": release, **reply.headers})
        change = self.changed.get((asked.method, asked.path))
        return change(reply) if change else reply

    def _right(self, asked: Asked) -> Reply:
        if asked.path.startswith("/media/"):
            return self._medium(part="range" in asked.headers)
        if asked.path.endswith("/feed.xml"):
            return Reply(body=self._feed(asked.headers["host"]))
        return Reply(body=b"home")

    def _medium(self, *, part: bool) -> Reply:
        headers = {"Content-Type": "audio/mpeg"}
        if not part:
            return Reply(headers=headers, body=bytes(self.length))
        headers["Content-Range"] = f"bytes 0-1/{self.length}"
        return Reply(status=206, headers=headers, body=b"ID")

    def _feed(self, host: str) -> bytes:
        items = (
            f'<item><enclosure url="http://{host}/media/{n}.mp3" '
            f'length="{self.length}" type="audio/mpeg"/></item>'
            for n in range(self.media)
        )
        return f"<rss><channel>{''.join(items)}</channel></rss>".encode()


def _verify(
    server: Loopback,
    *,
    clock: Patience | None = None,
    feeds: tuple[str, ...] = ("/show/feed.xml",),
    new: frozenset[str] = frozenset(),
    sample: int = 50,
    contents: Mapping[str, Collection[str]] | None = None,
) -> Verified:
    clock = clock or Patience()
    return verify(
        base_url=server.url,
        feeds=feeds,
        release=7,
        fetcher=WebFetcher(allowed=frozenset({server.url}), read_timeout=2),
        clock=clock,
        contents=contents or {},
        new=new,
        sample=sample,
        sleep=clock.sleep,
    )


def test_a_right_release_has_no_problems() -> None:
    with serving(Site().answer) as server:
        verified = _verify(server, feeds=("/show/feed.xml", "/other/feed.xml"))

    assert verified == Verified(links=3, feeds=2, problems=(), reached=True)
    heads = [a.path for a in server.asked if a.method == "HEAD"]
    ranges = [a.path for a in server.asked if a.headers.get("range") == "bytes=0-1"]
    assert sorted(heads) == ["/", "/media/0.mp3", "/media/1.mp3", "/media/2.mp3"]
    assert sorted(ranges) == sorted(heads)[1:]


def test_nobody_at_the_address_is_no_fault() -> None:
    url = f"http://127.0.0.1:{closed_port()}"

    verified = verify(
        base_url=url,
        feeds=["/show/feed.xml"],
        release=7,
        fetcher=WebFetcher(allowed=frozenset({url})),
        clock=Patience(),
    )

    assert verified == Verified(reached=False)


def test_something_that_is_no_web_server_is_a_fault() -> None:
    with listening(b"220 mail.example ready\r\n") as listener:
        url = f"http://127.0.0.1:{listener.port}"
        verified = verify(
            base_url=url,
            feeds=["/show/feed.xml"],
            release=7,
            fetcher=WebFetcher(allowed=frozenset({url})),
            clock=Patience(),
        )

    assert verified.reached
    assert verified.problems == (f"{url}/: the answer broke off, or is not one",)


def _with(**changes: object) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, **changes)  # type: ignore[arg-type]  # one change of a table


def _saying(**headers: str) -> Callable[[Reply], Reply]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda reply: replace(reply, headers={**reply.headers, **named})


@pytest.mark.parametrize(
    ("method", "path", "change", "words"),
    [
        ("GET", "/show/feed.xml", _with(status=404), "the feed answers 404"),
        ("GET", "/show/feed.xml", _with(body=b"<rss>"), "not well-formed"),
        ("GET", "/show/feed.xml", _with(body=b"<html/>"), "not RSS but <html>"),
        ("GET", "/show/feed.xml", _with(body=b"<!DOCTYPE a><rss/>"), "document type"),
        ("HEAD", "/media/1.mp3", _with(status=404), "HEAD answers 404"),
        ("HEAD", "/media/1.mp3", _with(body=bytes(999)), "999 bytes, but the feed"),
        (
            "HEAD",
            "/media/1.mp3",
            _saying(Content_Type="audio/mp3"),
            "is audio/mp3, but the feed says audio/mpeg",
        ),
        ("GET", "/media/1.mp3", _with(status=200, body=b"x"), "range answers 200"),
        ("GET", "/media/1.mp3", _with(status=200, body=bytes(10**5)), "larger than"),
        ("GET", "/media/1.mp3", _with(status=416), "range answers 416"),
        (
            "GET",
            "/media/1.mp3",
            _saying(Content_Range="bytes 0-1/999"),
            "'bytes 0-1/999', but the feed says 1000",
        ),
        ("GET", "/media/1.mp3", _saying(Content_Range="*/1000"), "1000"),
        ("GET", "/media/1.mp3", _saying(Content_Encoding="br"), "not asked for"),
    ],
)
def test_each_fault_is_one_sentence_that_says_where(
    method: str, path: str, change: Callable[[Reply], Reply], words: str
) -> None:
    with serving(Site(changed={(method, path): change}).answer) as server:
        verified = _verify(server)

    (problem,) = verified.problems
    assert path in problem
    assert words in problem


def test_a_medium_of_charset_and_case_is_the_same_type() -> None:
    change = _saying(Content_Type="Audio/MPEG; charset=binary")
    site = Site(changed={("HEAD", "/media/1.mp3"): change})
    with serving(site.answer) as server:
        assert _verify(server).problems == ()


def test_all_faults_of_a_medium_are_told() -> None:
    head = _with(body=bytes(5), headers={"Content-Type": "text/html"})
    span = _with(status=200, body=b"")
    site = Site(changed={("HEAD", "/media/0.mp3"): head, ("GET", "/media/0.mp3"): span})
    with serving(site.answer) as server:
        assert len(_verify(server).problems) == 3


def test_a_site_with_one_fault_everywhere_is_soon_left() -> None:
    site = Site(media=200)
    site.changed = {("HEAD", f"/media/{n}.mp3"): _with(status=500) for n in range(200)}
    with serving(site.answer) as server:
        verified = _verify(server, sample=200)

    assert 20 <= len(verified.problems) <= 40
    assert verified.links < 200


def test_of_a_long_feed_the_new_media_and_an_even_sample_are_asked_for() -> None:
    new = frozenset({"/media/77.mp3", "/media/199.mp3"})
    with serving(Site(media=200).answer) as server:
        verified = _verify(server, new=new, sample=10)

    heads = {a.path for a in server.asked if a.method == "HEAD"} - {"/"}
    assert verified == Verified(links=12, feeds=1)
    assert new < heads
    assert {f"/media/{n}.mp3" for n in range(0, 200, 20)} < heads


def test_servers_that_turn_late_are_waited_for() -> None:
    clock = Patience()
    with serving(Site(releases=["6", "6", "6", "7"]).answer) as server:
        verified = _verify(server, clock=clock)

    assert verified.problems == ()
    assert clock.slept == [1.0, 1.0, 1.0]


def test_a_medium_missing_on_one_late_server_is_asked_for_again() -> None:
    times = itertools.count()

    def late(reply: Reply) -> Reply:
        old = {**reply.headers, "X-Release": "6"}
        return reply if next(times) else replace(reply, status=404, headers=old)

    site = Site(changed={("HEAD", "/media/1.mp3"): late})
    clock = Patience()
    with serving(site.answer) as server:
        verified = _verify(server, clock=clock)

    assert verified.problems == ()
    assert clock.slept == [1.0]


def test_patience_ends_after_fifteen_seconds_in_all() -> None:
    clock = Patience()
    with serving(Site(releases=["6"]).answer) as server:
        verified = _verify(server, clock=clock, feeds=("/a/feed.xml", "/b/feed.xml"))

    assert sum(clock.slept) == 15.0
    (problem,) = verified.problems
    assert problem == (
        f"{server.url}/: release 6 answers there, not 7: "
        "perhaps another server listens at this address"
    )


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/show/feed.xml"), ("HEAD", "/media/1.mp3")]
)
def test_another_release_behind_one_address_is_named_by_its_path(
    method: str, path: str
) -> None:
    clock = Patience()
    site = Site(changed={(method, path): _saying(X_Release="8")})
    with serving(site.answer) as server:
        verified = _verify(server, clock=clock)

    (problem,) = verified.problems
    assert path in problem
    assert "release 8 answers there, not 7" in problem
    assert problem.endswith("address or somebody published since")
    assert sum(clock.slept) == 15.0


def _contents(server: Loopback) -> dict[str, frozenset[str]]:
    host = {"host": server.url.removeprefix("http://")}
    asked = Asked(method="GET", path="/show/feed.xml", headers=host, body=b"")
    feed = Site().answer(asked)
    return {"/show/feed.xml": frozenset({sha256(feed.body).hexdigest()})}


def test_a_feed_of_another_site_with_the_same_number_is_told_apart() -> None:
    clock = Patience()
    with serving(Site(media=2).answer) as server:
        verified = _verify(server, clock=clock, contents=_contents(server))

    (problem,) = verified.problems
    assert problem == (
        "/show/feed.xml: it is not what release 7 says: "
        "perhaps another server listens at this address"
    )
    assert sum(clock.slept) == 15.0


@pytest.mark.parametrize(
    "site",
    [Site(), Site(media=2, changed={("GET", "/show/feed.xml"): _saying(Age="9")})],
    ids=["right", "cached"],
)
def test_a_feed_as_published_or_from_a_cache_is_believed(site: Site) -> None:
    with serving(site.answer) as server:
        assert _verify(server, contents=_contents(server)).problems == ()


def test_a_clock_that_stands_still_ends_the_waiting_too() -> None:
    slept: list[float] = []
    with serving(Site(releases=["6"]).answer) as server:
        verified = verify(
            base_url=server.url,
            feeds=["/a/feed.xml"],
            release=7,
            fetcher=WebFetcher(allowed=frozenset({server.url})),
            clock=Patience(),
            sleep=slept.append,
        )

    assert len(slept) == 15
    assert len(verified.problems) == 1


@pytest.mark.parametrize(
    "headers", [{"X-Release": ""}, {"X-Release": "6", "Age": "40"}]
)
def test_unnumbered_and_cached_answers_are_not_waited_for(
    headers: dict[str, str],
) -> None:
    clock = Patience()
    change = _saying(**{k.replace("-", "_"): v for k, v in headers.items()})
    site = Site(changed={("GET", "/show/feed.xml"): change})
    with serving(site.answer) as server:
        verified = _verify(server, clock=clock)

    assert verified.problems == ()
    assert clock.slept == []
