"""One feed by each builder, in a process of its own: time, peak of memory, size.

``python -m bench.builders NAME FOLDER`` prints them as JSON.
"""

import gc
import json
import re
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from podgen import Category, Media, Podcast
from podgen import Person as Named

from bench.catalogue import BASE, BUILT, CATALOGUE, NOTES, SHOW, episodes, read
from peru_media.caching.sqlite import SqliteCache
from peru_media.model.source import Episode
from peru_media.publishing.workers import Workers
from peru_media.rendering.cached import Cache
from peru_media.rendering.feed import channel_of, feed_window, packed_feed, render_feed

__all__ = ["BUILDERS", "Ready", "by_feedgen"]

Ready = list[dict[str, Any]]
Build = Callable[[], int]
Prepare = Callable[[Path, Path], Build]


def by_feedgen(found: Ready) -> bytes:
    """Every tag that it knows; it knows no ``podcast:`` tags."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title(SHOW.title)
    feed.link(href=f"{BASE}/stories")
    feed.description(SHOW.description)
    feed.language(SHOW.language)
    feed.podcast.itunes_author(SHOW.author)
    feed.podcast.itunes_category("Science", "Social Sciences")
    for one in found:
        _feedgen_entry(feed.add_entry(order="append"), one)
    written: bytes = feed.rss_str()
    return written


def _feedgen_entry(entry: FeedEntry, one: dict[str, Any]) -> None:
    entry.title(one["title"])
    entry.link(href=one["link"])
    entry.guid(one["guid"])
    entry.description(one["html"])
    entry.content(one["html"], type="CDATA")
    entry.published(datetime.fromtimestamp(one["published"], UTC))
    entry.enclosure(one["url"], str(one["size"]), one["type"])
    tags = entry.podcast
    tags.itunes_author(one["people"][0]["name"])
    tags.itunes_image(one["image"])
    tags.itunes_duration(one["duration"])
    tags.itunes_explicit("yes" if one["explicit"] else "no")
    tags.itunes_season(one["season"])
    tags.itunes_episode(one["number"])
    tags.itunes_episode_type("full")


def by_podgen(found: Ready) -> bytes:
    """Every tag that it knows: fewer than feedgen."""
    warnings.simplefilter("ignore")
    feed = Podcast(
        name=SHOW.title,
        website=f"{BASE}/stories",
        description=SHOW.description,
        explicit=False,
        language="en",
        authors=[Named(SHOW.author, "unit@example.org")],
        category=Category("Science", "Social Sciences"),
    )
    for one in found:
        episode = feed.add_episode()
        episode.title, episode.link, episode.id = (
            one["title"],
            one["link"],
            one["guid"],
        )
        episode.summary = episode.long_summary = one["html"]
        episode.publication_date = datetime.fromtimestamp(one["published"], UTC)
        episode.image, episode.explicit = one["image"], one["explicit"]
        episode.authors = [Named(person["name"]) for person in one["people"]]
        length = timedelta(seconds=one["duration"])
        episode.media = Media(one["url"], one["size"], one["type"], length)
    written: str = feed.rss_str(minimize=True)
    return written.encode()


def _foreign(build: Callable[[Ready], bytes]) -> Prepare:
    def prepared(folder: Path, own: Path) -> Build:  # noqa: ARG001  # keeps no cache
        found = read(folder / CATALOGUE)
        build(found[:50])  # load the modules
        return lambda: len(build(found))

    return prepared


def _whole(*, html: bool) -> Prepare:
    """Our feed as bytes, nothing of it known but, where ``html``, notes as HTML."""

    def prepared(folder: Path, own: Path) -> Build:  # noqa: ARG001  # in memory
        found = _episodes(folder)
        whole_feed(found[:50], cache={})
        with SqliteCache(folder / NOTES) as notes:
            cache = dict(notes) if html else {}
        return lambda: whole_feed(found, cache=cache)

    return prepared


def _stored(*, html: bool, workers: int = 0) -> Prepare:
    """Our feed as a release keeps it, and a cache on disk filled on the way."""

    def prepared(folder: Path, own: Path) -> Build:
        found = _episodes(folder)
        stored_feed(found[:50], cache={})
        if html:
            shutil.copy(folder / NOTES, own / NOTES)

        def build() -> int:
            with SqliteCache(own / NOTES) as cache, Workers(workers or 1) as pool:
                helpers = pool if workers else None
                return stored_feed(found, cache=cache, executor=helpers)

        return build

    return prepared


def _episodes(folder: Path) -> list[Episode]:
    return list(episodes((folder / CATALOGUE).read_bytes().count(b"\n")))


def whole_feed(found: list[Episode], *, cache: Cache) -> int:
    """Size of the feed as bytes."""
    return len(render_feed(SHOW, found, base_url=BASE, built=BUILT, cache=cache))


def stored_feed(
    found: list[Episode], *, cache: Cache, executor: Executor | None = None
) -> int:
    """Size of the feed as it is stored: hash and gzip."""
    channel = channel_of(SHOW, base_url=BASE, built=BUILT)
    window = feed_window(SHOW, found)
    return len(packed_feed(channel, window, cache=cache, executor=executor).body)


BUILDERS: dict[str, Prepare] = {
    "feedgen": _foreign(by_feedgen),
    "podgen": _foreign(by_podgen),
    "ours": _whole(html=True),
    "ours, stored": _stored(html=True),
    "ours, stored, from Markdown": _stored(html=False),
    "the same by two processes": _stored(html=False, workers=2),
}


def main(name: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as own:
        build = BUILDERS[name](folder, Path(own))
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        held, wall, began = _status("VmRSS"), time.perf_counter(), _used()
        size = build()
        used, took = _used() - began, time.perf_counter() - wall
        peak = _status("VmHWM") - held
    print(json.dumps({"cpu": used, "wall": took, "peak": peak, "bytes": size}))


def _used() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    used = map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _status(name: str) -> int:
    text = Path("/proc/self/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
