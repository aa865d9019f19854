"""A private show as its listeners get it: real clients, a real server, one token."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import feedparser
import pytest

from tests.end_to_end.listening import downloaded, expected, version
from tests.end_to_end.subscribers import Podget
from tests.private_shows import CANARY, SHOW, closed_files
from tests.projects import write, write_project
from tests.served import Served, free_port, run, serving

Record = Callable[[str, object], None]
A_MINUTE = 60


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A private show, published and served; every request is written down."""
    root, port = tmp_path_factory.mktemp("closed") / "project", free_port()
    write_project(root, episodes=1, base_url=f"http://127.0.0.1:{port}")
    write(root, closed_files())
    run("publish", "--yes", cwd=root, check=False)
    with serving(root, "--log", "json", port=port) as served:
        yield served


def _let_in(closed: Served) -> tuple[str, str]:
    """One more listener: their short name, and the address of their feed."""
    done = run("listeners", "add", SHOW, "--json", cwd=closed.root)
    told = json.loads(done.stdout)
    return told["id"], told["feed_url"]


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  # our own loopback address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _await(url: str, status: int) -> float:
    """How many seconds it takes until an address answers so."""
    began = time.monotonic()
    while _status(url) != status:
        assert time.monotonic() - began < A_MINUTE
        time.sleep(0.2)
    return time.monotonic() - began


def test_real_clients_get_feed_and_recording_until_their_address_ends(
    closed: Served, tmp_path: Path, record_property: Record
) -> None:
    record_property("part", f"podget {version('podget', '-V')}: a private feed")
    _, other = _let_in(closed)
    name, feed_url = _let_in(closed)
    _await(feed_url, 200)
    token = feed_url.split("/")[-2]
    feed = feedparser.parse(feed_url)
    (promised,) = expected(feed_url)
    subscriber = Podget(tmp_path / "podget", feed_url)

    assert [entry.title for entry in feed.entries] == [CANARY]
    assert token in promised.url
    assert subscriber.look() == {promised.url}
    assert promised.sha256 in downloaded(tmp_path / "podget/files")

    run("listeners", "revoke", name, cwd=closed.root)
    took = _await(feed_url, 403)
    record_property(
        "figure", f"an ended address of a private feed: 403 in {took:.1f} s"
    )
    assert _status(promised.url) == 403
    assert _status(other) == 200
    assert _status(feed_url.replace(token, "0" * 32)) == 404
    record_property("figure", f"tokens in logs: {_logged(closed, (feed_url, other))}")


def _logged(closed: Served, addresses: tuple[str, ...]) -> int:
    """How often a token stands in anything that the server or we wrote down."""
    tokens = [address.split("/")[-2].encode() for address in addresses]
    files = [path for path in closed.root.rglob("*") if path.is_file()]
    written = [path.read_bytes() for path in files]
    log = (closed.root / f"serve-{closed.url.rsplit(':', 1)[1]}.log").read_text()
    assert "private" in log
    found = sum(text.count(token) for text in written for token in tokens)
    assert found == 0
    return found
