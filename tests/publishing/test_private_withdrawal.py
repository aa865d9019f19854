"""Who told their story in a private show is forgotten as thoroughly as any other."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

from peru_media.publishing.listeners import let_in
from peru_media.publishing.live import read_live
from tests.leaving import AppFetcher, Leaving, asking, objects_in
from tests.newsroom import NOWHERE, Newsroom
from tests.private_shows import EPISODE, SHOW, closed_newsroom

GUID = b"guid-of-story-7"


def _left(room: Newsroom) -> bytes:
    """All that the store holds, unpacked."""
    bodies = objects_in(room.store).values()
    return b"".join(
        gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
        for body in bodies
    )


def _own(room: Newsroom) -> set[str]:
    """The objects that are the episode's alone."""
    rows = read_live(room.store, {}).private()[SHOW].items()
    return {
        version.key
        for path, row in rows
        for version in row
        if version.key and not path.startswith(("/assets/", "/feed"))
    }


def _medium(feed: str, fetcher: AppFetcher) -> str:
    text = fetcher.request("GET", feed).body.decode()
    return text.split('<enclosure url="')[1].split('"')[0]


def test_a_private_episode_is_gone_for_every_listener(tmp_path: Path) -> None:
    with (
        closed_newsroom(tmp_path) as room,
        asking(room.store, room.clock) as fetcher,
    ):
        room.publish()
        feed = let_in(room.desk(), SHOW, randomness=bytes(range(16))).feed_url
        own, medium = _own(room), _medium(feed, fetcher)
        assert own
        assert GUID in _left(room)

        done = Leaving(room, fetchers={"local": fetcher}).withdraw(EPISODE)

        answer = fetcher.request("GET", feed)
        assert (done.left, answer.status) == ({}, 200)
        assert b"<item>" not in answer.body
        for path in (
            medium,
            NOWHERE + "/media" + urlsplit(medium).path.split("/media")[1],
        ):
            assert fetcher.request("GET", path).status == 410
        assert not own & objects_in(room.store).keys()
        assert GUID not in _left(room)
