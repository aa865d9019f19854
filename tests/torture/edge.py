"""A withdrawal from a real bucket with versions, with nginx keeping what it can."""

import http.client
import shlex
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from peru_media.fetching import WebFetcher
from peru_media.fetching.purging import CommandPurge
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import read_live
from peru_media.publishing.withdrawing.desk import Aim, WithdrawalDesk
from peru_media.publishing.withdrawing.foreseeing import foresee
from peru_media.publishing.withdrawing.order import Order
from peru_media.publishing.withdrawing.story import Withdrawn, withdraw
from peru_media.reading import read_site
from peru_media.reading.books import ProjectBooks
from peru_media.storage.s3 import S3Settings, S3Store
from peru_media.wiring import SystemClock
from tests.fronts import Front, fronted
from tests.leaving import FOLDER, KEY, SLUG, found_in, write_leaver
from tests.newsroom import Newsroom
from tests.projects import episode_files, write
from tests.replicas import replica
from tests.seaweed import Seaweed, seaweed

__all__ = ["ROUNDS", "run", "withdrawn_behind_nginx"]

ROUNDS = 50  # episodes
RELEASES = 12
_SHORT = 60.0
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class _Got:
    """What an address answers through the front, and whether it was kept there."""

    status: int
    body: bytes
    cache: str


def withdrawn_behind_nginx(
    newsroom: Newsroom,
    server: Seaweed,
    say: Callable[[str], None],
    *,
    episodes: int,
    releases: int,
) -> None:
    """Publish, let nginx keep everything, withdraw, and look for what is left."""
    bucket = server.make_bucket(versioned=True)
    store = S3Store(S3Settings(bucket=bucket))
    newsroom.clock = SystemClock()  # type: ignore[assignment]  # any clock will do
    for number in range(3, episodes):
        write(newsroom.root, episode_files(number))
    write_leaver(newsroom.root)
    paths = _published(newsroom, store, releases)
    theirs = sum(paths.values())
    assert theirs >= 10, theirs
    named = found_in(server.versions(bucket))
    assert named, "nothing named them before"
    with _front(newsroom.root.parent, bucket) as front:
        kept = _warmed(front, paths)
        fetcher = WebFetcher(allowed=frozenset({front.url}))
        desk = newsroom.desk(store, base_url=front.url, fetcher=fetcher)
        done = _withdrawn(newsroom, desk, front)
        assert done.proven, done
        waited = _awaited(front, paths)
    versions = server.versions(bucket)
    assert found_in(versions) == {}
    say(
        f"a withdrawal behind nginx, {episodes} episodes, {releases} releases: "
        f"{len(paths)} addresses ever; {theirs} of theirs, {kept} of them kept by "
        f"nginx, answer 404 or 410 {waited:.0f} s after it; versions in the bucket "
        f"that named them {len(named)}, now 0 of {len(versions)}"
    )


def _published(newsroom: Newsroom, store: S3Store, releases: int) -> dict[str, bool]:
    """Publish again and again; every address ever, and whether it is the leaver's."""
    newsroom.publish(store)
    found = _addresses(store)
    for number in range(1, releases):
        title = "title: Marmalade Lighthouse"
        before, after = (f"{title}{' I' * n}\n" for n in (number - 1, number))
        newsroom.edit(f"{FOLDER}/episode.md", before, after)
        newsroom.publish(store)
        found |= _addresses(store)
    return found


def _addresses(store: S3Store) -> dict[str, bool]:
    live = read_live(store, {})
    source = live.source()
    assert source is not None
    [leaver] = [one for one in source.episodes if one.slug == SLUG]
    found = {}
    for table in live.tables().values():
        for path, versions in table.items():
            keys = [version.key or "" for version in versions]
            own = leaver.id in path or SLUG in path
            found[path] = own or any(leaver.id in key for key in keys)
    return found


@contextmanager
def _front(folder: Path, bucket: str) -> Iterator[Front]:
    """A server of the bucket, and nginx before it."""
    with (
        replica(folder, f"s3://{bucket}", poll_seconds=1) as one,
        fronted(folder / "nginx", [one.port]) as front,
    ):
        yield front


def _get(url: str, path: str) -> _Got:
    """Ask once; a redirect is an answer."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request("GET", path, headers={"accept-encoding": "gzip"})
        answer = connection.getresponse()
        return _Got(answer.status, answer.read(), answer.getheader("x-cache") or "")
    finally:
        connection.close()


def _warmed(front: Front, paths: Mapping[str, bool]) -> int:
    """Let nginx keep what it may; how much of theirs it has."""
    got = {path: _get(front.url, path) for path in paths for _ in range(2)}
    kept = [path for path, one in got.items() if paths[path] and one.cache == "HIT"]
    assert kept, "nginx kept nothing of theirs"
    return len(kept)


def _withdrawn(newsroom: Newsroom, desk: Desk, front: Front) -> Withdrawn:
    """Withdraw the contributor, with nginx told as its example says."""
    site, _ = read_site(newsroom.root)
    assert site is not None
    aim = Aim(
        name="production",
        base_url=front.url,
        open=lambda: nullcontext(desk),
        purge=CommandPurge(shlex.join(front.purge_command())),
    )
    at = WithdrawalDesk(
        site=site,
        aims=(aim,),
        books=ProjectBooks(newsroom.root),
        key=lambda: KEY,
        turned=2.0,
        clock=desk.clock,
        sleep=time.sleep,
    )
    order = Order(kind="contributor", name="c-017", by="jo", at=desk.clock.now())
    return withdraw(foresee(order, at), at)


def _awaited(front: Front, paths: Mapping[str, bool]) -> float:
    """How many seconds went by until nothing of theirs was to be had."""
    ended = time.monotonic()
    while left := dict(_leaks(front, paths)):
        assert time.monotonic() - ended < _SHORT, left
        time.sleep(1)
    return time.monotonic() - ended


def _leaks(front: Front, paths: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    """What is still to be had of theirs, and what others still say of them."""
    for path, theirs in paths.items():
        got = _get(front.url, path)
        if theirs and got.status not in _GONE:
            yield path, f"answers {got.status}"
        elif hits := found_in({"": got.body}):
            yield path, f"says {hits['']}"


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """The whole of it, with as many episodes as there are rounds."""
    with tempfile.TemporaryDirectory(prefix="peru-media-") as name, ExitStack() as on:
        folder = Path(name)
        server = on.enter_context(seaweed(folder / "seaweed"))
        patch = on.enter_context(pytest.MonkeyPatch.context())
        for key, value in server.environment().items():
            patch.setenv(key, value)
        newsroom = on.enter_context(Newsroom.opened(folder))
        withdrawn_behind_nginx(
            newsroom, server, say, episodes=rounds, releases=RELEASES
        )
