"""A real hub hears of a publish, fetches the feed, and brings it to a subscriber."""

import http.client
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from peru_media.fetching import WebFetcher
from peru_media.publishing.ears import Hub
from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock
from tests.newsroom import Newsroom
from tests.replicas import replica
from tests.websub import hub, subscriber

STORY = "episodes/story-1/episode.md"
FEED = "/stories/feed.xml"


def _link(url: str) -> dict[str, str]:
    """What a HEAD of the feed says of its links, by their kind."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("HEAD", FEED)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    found = re.findall(r'<([^>]*)>; rel="(\w+)"', answer.getheader("link", ""))
    return {kind: address for address, kind in found}


def test_a_hub_brings_a_new_release_to_who_subscribed(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("part", "flask-websub (WebSub hub)")
    folder = tmp_path / "store"
    with (
        Newsroom.opened(tmp_path) as newsroom,
        hub(tmp_path) as where,
        subscriber() as reader,
    ):
        newsroom.edit("feeds/site.yaml", "timezone:", f"announce: [{where}]\ntimezone:")
        newsroom.clock = SystemClock()  # type: ignore[assignment]  # any clock will do
        store = FolderStore(folder, clock=newsroom.clock)
        newsroom.publish(store)
        with replica(tmp_path, str(folder), poll_seconds=0.5) as server:
            allowed = frozenset({server.url, where})
            change = {
                "base_url": server.url,
                "ears": (Hub(where),),
                "fetcher": WebFetcher(allowed=allowed),
            }
            newsroom.publish(store, **change)
            links = _link(server.url)
            assert links == {"hub": where, "self": server.url + FEED}
            assert reader.subscribe(links["hub"], links["self"]) == 202

            newsroom.edit(STORY, "title: Story 1", "title: Fresh news")
            published = newsroom.publish(store, **change)

            assert [told.ok for told in published.announced] == [True]
            assert reader.came.wait(10)
            assert b"<title>Fresh news</title>" in reader.bodies[-1]
