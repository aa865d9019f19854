"""A story that is scheduled lies in the store, and nobody can find it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from peru_media.model.source import Episode
from peru_media.ports import Store
from peru_media.publishing.live import read_live
from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from tests.clocks import SetClock
from tests.newsroom import NOWHERE, Newsroom
from tests.projects import episode_files, write

DAY = timedelta(days=1)


class _Links(HTMLParser):
    """Every address that a page, a feed or a map of the site names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found |= {
            value for name, value in attrs if name in {"href", "src", "url"} and value
        }


def _crawled(client: TestClient, paths: Iterable[str]) -> dict[str, bytes]:
    """Everything that can be reached by following whatever looks like an address."""
    seen: dict[str, bytes] = {}
    left = set(paths)
    while left and len(seen) < 1000:
        path = left.pop()
        answer = client.get(path, follow_redirects=True)
        seen[path] = answer.content
        kind = answer.headers.get("content-type", "")
        if answer.status_code == 200 and (
            "text" in kind or "xml" in kind or "json" in kind
        ):
            left |= _addresses(answer.text) - set(seen)
    return seen


def _addresses(text: str) -> set[str]:
    links = _Links()
    links.feed(text)
    named = links.found | set(re.findall(r"https?://[^\s\"'<>\\]+", text))
    own = {one.removeprefix(NOWHERE) for one in named}
    return {
        urlsplit(one)._replace(fragment="").geturl() for one in own if one[:1] == "/"
    }


@contextmanager
def _served(store: Store, clock: SetClock) -> Iterator[TestClient]:
    app = create_app(store, clock=clock, settings=ServerSettings(poll_seconds=0.02))
    with TestClient(app, base_url=NOWHERE) as client:
        yield client


ENTRANCES = {
    "/", "/feed.xml", "/publisher.xml", "/opml.xml", "/sitemap.xml", "/robots.txt",
    "/stories", "/stories/feed.xml", "/stories/feed.json", "/stories/feed.atom",
    "/search?q=canary", "/search?q=story", "/accessibility", "/privacy",
    f"/oembed?url={quote(NOWHERE + '/stories/story-3')}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Due:
    """A story that comes out in a day: what tells of it, and where one may guess."""

    episode: Episode

    @property
    def marks(self) -> tuple[bytes, ...]:
        one = self.episode
        return b"Canary", one.id.encode(), one.guid.encode(), b"story-3"

    @property
    def guesses(self) -> tuple[str, ...]:
        page, medium = "/stories/story-3", self.episode.enclosure.address
        forms = ("embed", "transcript.vtt", "transcript.txt", "cite.bib")
        below = (f"{page}/{form}" for form in forms)
        return page, medium, medium.rpartition("/")[0], *below

    def hits(self, crawled: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
        """Where it is told of; a page of results repeats what was asked for."""
        return [
            (path, mark)
            for path, body in crawled.items()
            for mark in self.marks
            if mark in body and not path.startswith("/search")
        ]


@pytest.fixture
def due(newsroom: Newsroom) -> _Due:
    """A published site in which one story waits for tomorrow."""
    soon = newsroom.clock.now() + DAY
    files = episode_files(3, publish=f"{soon:%Y-%m-%dT%H:%M:%SZ}")
    text = str(files["episodes/story-3/episode.md"])
    files["episodes/story-3/episode.md"] = text.replace("Story 3", "Canary tale")
    write(newsroom.root, files)
    newsroom.publish()
    source = read_live(newsroom.store, {}).source()
    assert source is not None
    [found] = [one for one in source.episodes if one.slug == "story-3"]
    return _Due(found)


def test_nobody_finds_a_story_before_its_time(
    newsroom: Newsroom, due: _Due, record_property: Callable[[str, object], None]
) -> None:
    with _served(newsroom.store, newsroom.clock) as client:
        never = client.get("/stories/never")
        for path in due.guesses:
            answer = client.get(path)
            assert (answer.status_code, answer.content) == (404, never.content), path
        early = _crawled(client, ENTRANCES)
        assert due.hits(early) == []
        assert b"/stories/story-3" not in early["/search?q=canary"]

        newsroom.clock.advance(DAY)

        late = _crawled(client, ENTRANCES)
        assert {client.get(p).status_code for p in due.guesses[:2]} == {200}
        assert b"/stories/story-3" in late["/search?q=canary"]
        assert {mark for _, mark in due.hits(late)} == set(due.marks)
    record_property(
        "figure",
        f"a scheduled story: {len(early)} addresses crawled and {len(due.guesses)} "
        f"guessed, 0 hits before its time; {len(due.hits(late))} after it",
    )


def test_what_waits_lies_where_nobody_can_read_it(
    newsroom: Newsroom, due: _Due
) -> None:
    keys = [stored.key for stored in newsroom.store.list("")]
    assert [
        key for key in keys if key.startswith("public/") and due.episode.id in key
    ] == []
    assert [key.split("/")[1] for key in keys if key.startswith("held/")] == [
        due.episode.id
    ]
