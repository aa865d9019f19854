"""Three servers behind nginx: releases go live, moments come, servers die."""

import http.client
import itertools
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest

from peru_media.ports import Store
from peru_media.storage.s3 import S3Settings, S3Store
from tests.fronts import Front, fronted
from tests.newsroom import Newsroom
from tests.projects import episode_files, write
from tests.replicas import Replica, ShiftedClock, replica
from tests.seaweed import seaweed

__all__ = ["ROUNDS", "play", "run"]

ROUNDS = 20
STORY = "episodes/story-1/episode.md"
FEED, PAGE = "/stories/feed.xml", "/stories/story-1"
_MARK = re.compile(rb"Release (\d+)")
_SKEWS = (timedelta(hours=-48), timedelta(), timedelta(hours=48))
_LATEST = 10.0


@dataclass(frozen=True, slots=True)
class Got:
    """One answer: its status, its release, its body, its validators."""

    status: int
    release: int
    body: bytes
    headers: dict[str, str]

    @property
    def mixed(self) -> bool:
        """Whether it holds words of another release than it says."""
        marks = {int(mark) for mark in _MARK.findall(self.body)}
        return self.status == 200 and marks != {self.release}


def get(url: str, path: str, **headers: str) -> Got:
    """Ask once, with a connection of its own."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        body = answer.read()
        lower = {name.lower(): value for name, value in answer.getheaders()}
        return Got(answer.status, int(lower.get("x-release", -1)), body, lower)
    finally:
        connection.close()


@dataclass(slots=True)
class Listener:
    """Somebody who asks all the time, through the front; each answer is looked at."""

    url: str
    asked: int = 0
    faults: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(init=False)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(60)

    def _ask(self) -> None:
        for path in itertools.cycle((FEED, PAGE, "/stories", "/")):
            if self._stop.wait(0.02):
                return
            got = get(self.url, path)
            self.asked += 1
            if got.status >= 500:
                self.faults.append(f"{path}: {got.status}")
            elif path in {FEED, PAGE} and got.mixed:
                self.faults.append(f"{path}: mixed in release {got.release}")


@contextmanager
def site(folder: Path, where: str, *, poll_seconds: float) -> Iterator["Site"]:
    """Three servers with clocks four days apart, behind nginx."""
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                replica(folder, where, shift=shift, poll_seconds=poll_seconds)
            )
            for shift in _SKEWS
        ]
        front = stack.enter_context(
            fronted(folder / "nginx", [server.port for server in servers])
        )
        yield Site(servers, front)


@dataclass(frozen=True, slots=True)
class Site:
    """What listeners reach, and what is behind it."""

    servers: Sequence[Replica]
    front: Front

    def slowest(self, reached: Callable[[Got], bool], *, path: str) -> list[float]:
        """When each server answered so for the first time, in seconds since 1970."""
        seen: dict[int, float] = {}
        end = time.time() + 60
        while len(seen) < len(self.servers) and time.time() < end:
            for server in self.servers:
                if server.port not in seen and reached(_tried(server.url, path)):
                    seen[server.port] = time.time()
            time.sleep(0.02)
        assert len(seen) == len(self.servers), "a server never turned"
        return sorted(seen.values())


def _tried(url: str, path: str) -> Got:
    """An answer, or none of any release where the server was just killed."""
    try:
        return get(url, path)
    except (OSError, http.client.HTTPException):
        return Got(0, -1, b"", {})


def releases(
    newsroom: Newsroom, store: Store, site: Site, *, first: int, count: int
) -> str:
    """Let releases go live while one server after another is killed."""
    latest = 0.0
    with Listener(site.front.url) as listener:
        for number in range(first, first + count):
            newsroom.edit(STORY, f"Release {number - 1}", f"Release {number}")
            victim = site.servers[number % len(site.servers)]
            victim.kill()
            newsroom.publish(store)
            done = time.time()
            victim.start()
            wanted = number
            turned = site.slowest(lambda got: got.release >= wanted, path=FEED)  # noqa: B023  # used at once
            latest = max(latest, turned[-1] - done)
    assert not listener.faults, listener.faults[:5]
    assert latest <= _LATEST, latest
    return (
        f"{count} releases, each with one of {len(site.servers)} servers killed: "
        f"{listener.asked} answers through nginx, 0 mixed, 0 of 5xx; "
        f"all on the new release within {latest:.1f} s"
    )


def turn(newsroom: Newsroom, store: Store, site: Site, *, seconds: int) -> str:
    """Let a scheduled episode come out at all servers at its moment, not before."""
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
    write(newsroom.root, episode_files(3, publish=f"{due:%Y-%m-%dT%H:%M:%SZ}"))
    number = newsroom.publish(store).release
    site.slowest(lambda got: got.release >= number, path=FEED)
    early = _fresh(site.front, number)
    assert b"Story 3" not in early.body
    assert get(site.front.url, "/stories/story-3").status == 404
    etag, since = early.headers["etag"], early.headers["last-modified"]
    held = get(site.front.url, FEED, if_none_match=etag)
    turned = site.slowest(lambda got: b"Story 3" in got.body, path=FEED)
    spread, first = turned[-1] - turned[0], turned[0] - due.timestamp()
    time.sleep(1.1)
    by_etag = get(site.front.url, FEED, if_none_match=etag)
    by_date = get(site.front.url, FEED, if_modified_since=since)
    assert (held.status, by_etag.status, by_date.status) == (304, 200, 200)
    assert b"Story 3" in by_etag.body
    assert b"Story 3" in by_date.body
    assert get(site.front.url, "/stories/story-3").status == 200
    assert first > -1.5, first  # a store's Date is cut to whole seconds
    assert spread <= _LATEST, spread
    return (
        f"a scheduled episode, {len(site.servers)} servers with clocks 96 h apart: "
        f"out {first:+.2f} s after its moment, within {spread:.2f} s of one another; "
        "a client with validators got the new feed through nginx"
    )


def _fresh(front: Front, number: int) -> Got:
    """What the front gives of a release; what it kept of an earlier one is purged."""
    subprocess.run(front.purge_command(FEED), check=True, timeout=10)
    got = get(front.url, FEED)
    assert got.release == number
    return got


def play(
    newsroom: Newsroom,
    bucket: str,
    say: Callable[[str], None],
    *,
    rounds: int,
    poll_seconds: float,
    seconds: int,
) -> None:
    """Over a real bucket: releases, and then a moment that comes in some seconds."""
    store = S3Store(S3Settings(bucket=bucket))
    newsroom.clock = ShiftedClock(timedelta())  # type: ignore[assignment]  # any clock will do
    newsroom.edit(STORY, "title: Story 1", "title: Release 1")
    newsroom.publish(store)
    folder = newsroom.root.parent
    with site(folder, f"s3://{bucket}", poll_seconds=poll_seconds) as there:
        say(releases(newsroom, store, there, first=2, count=rounds))
        say(turn(newsroom, store, there, seconds=seconds))


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Over a real bucket, as many releases as there are rounds."""
    with tempfile.TemporaryDirectory(prefix="peru-media-") as name, ExitStack() as on:
        folder = Path(name)
        server = on.enter_context(seaweed(folder / "seaweed"))
        patch = on.enter_context(pytest.MonkeyPatch.context())
        for key, value in server.environment().items():
            patch.setenv(key, value)
        newsroom = on.enter_context(Newsroom.opened(folder))
        bucket = server.make_bucket(versioned=True)
        play(newsroom, bucket, say, rounds=rounds, poll_seconds=5, seconds=30)
