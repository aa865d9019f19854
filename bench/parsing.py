"""Reading a feed of 10,000 episodes, against lxml alone and against other readers."""

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import feedparser
import podcastparser
from lxml import etree

from bench.measure import Scoreboard
from peru_media import parse_feed

EPISODES = 10_000
ROUNDS = 5
ABOVE = 32
NOTES = "<p>What people said, and <a href='https://example.org/more'>more</a>.</p>" * 18
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>A show</title><link>https://example.org/</link>
<description>All of it.</description><language>en</language>
<itunes:author>PERU</itunes:author><itunes:explicit>false</itunes:explicit>
"""
ITEM = """<item>
<title>Episode {n}: a story told in full</title>
<link>https://example.org/episodes/{n}</link>
<guid isPermaLink="false">5cd87abd-e6cc-5f88-bdf7-{n:012}</guid>
<pubDate>Tue, 03 Mar 2026 09:{m:02}:00 +0000</pubDate>
<description>What we heard in episode {n}, in a few words for a list.</description>
<content:encoded><![CDATA[{notes}]]></content:encoded>
<enclosure url="https://example.org/media/{n}.mp3" length="1{n:07}" type="audio/mpeg"/>
<itunes:title>A story told in full</itunes:title>
<itunes:duration>{n}</itunes:duration>
<itunes:explicit>false</itunes:explicit>
<itunes:episode>{e}</itunes:episode>
<itunes:season>2</itunes:season>
<itunes:episodeType>full</itunes:episodeType>
<itunes:image href="https://example.org/{n}.png"/>
<itunes:subtitle>In five minutes</itunes:subtitle>
<itunes:author>PERU</itunes:author>
<podcast:season name="Stories">2</podcast:season>
<podcast:episode>{n}</podcast:episode>
<podcast:person role="guest" href="https://example.org/dan">Dan {n}</podcast:person>
<podcast:person>Ann</podcast:person>
<podcast:transcript url="https://example.org/{n}.vtt" type="text/vtt" language="en"/>
<podcast:chapters url="https://example.org/{n}.json" type="application/json+chapters"/>
<podcast:soundbite startTime="1.5" duration="20">Where to begin</podcast:soundbite>
<podcast:license>cc-by-4.0</podcast:license>
<podcast:location geo="geo:53.47,-2.24" osm="R146656">Manchester</podcast:location>
</item>
"""
TAIL = "</channel></rss>\n"


def feed(episodes: int) -> bytes:
    """A feed of about 3 kB an episode, with all itunes and podcast fields."""
    items = (ITEM.format(n=n, m=n % 60, e=n + 1, notes=NOTES) for n in range(episodes))
    return (HEAD + "".join(items) + TAIL).encode()


def ours(data: bytes) -> None:
    found = parse_feed(data, limit=len(data))
    if len(found.episodes) != data.count(b"<item>") or found.repairs:
        msg = f"{len(found.episodes)} episodes, {found.repairs[:3]}"
        raise SystemExit(msg)


def bare(data: bytes) -> None:
    """lxml alone, which takes the words and attributes of all children of items."""
    for _, item in etree.iterparse(io.BytesIO(data), tag="item"):
        [(child.tag, child.text, dict(child.attrib)) for child in item]
        item.clear()


def with_feedparser(data: bytes) -> None:
    feedparser.parse(data)


def with_podcastparser(data: bytes) -> None:
    podcastparser.parse("https://example.org/feed", io.BytesIO(data))


def seconds(read: Callable[[bytes], None], data: bytes) -> float:
    began = time.process_time()
    read(data)
    return time.process_time() - began


def side_by_side(
    readers: Mapping[str, Callable[[bytes], None]], data: bytes, *, rounds: int
) -> dict[str, float]:
    """How often each takes as long as ours: the median of rounds taken in turn."""
    found: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        own = seconds(ours, data)
        for name, read in readers.items():
            found[name].append(seconds(read, data) / own)
    return {name: statistics.median(ratios) for name, ratios in found.items()}


def above(data: bytes) -> float:
    """MiB that reading takes above the bytes and the values, in its own process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.xml"
        path.write_bytes(data)
        command = [sys.executable, "-m", "bench.parsing", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def measured(path: Path) -> float:
    """The most this process ever held, less what it holds when all is read."""
    data = path.read_bytes()
    found = parse_feed(data, limit=len(data))
    status = Path("/proc/self/status").read_text()
    most, now = (
        int(status.partition(f"{name}:")[2].split()[0]) for name in ("VmHWM", "VmRSS")
    )
    del found
    return (most - now) / 1024


def main(board: Scoreboard) -> None:
    data = feed(EPISODES)
    print(f"{EPISODES} episodes, {len(data) / 1e6:.0f} MB; {seconds(ours, data):.2f} s")
    near = {"lxml": bare, "podcastparser": with_podcastparser}
    found = side_by_side(near, data, rounds=ROUNDS)
    far = side_by_side({"feedparser": with_feedparser}, data, rounds=1)
    board.at_most("parse_feed / lxml iterparse that takes all", 1 / found["lxml"], 3)
    board.at_least("podcastparser / parse_feed", found["podcastparser"], 1.5)
    board.at_least("feedparser / parse_feed", far["feedparser"], 10)
    board.at_most("MiB above the values while reading", above(data), ABOVE)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(measured(Path(sys.argv[1])))
    else:
        main(Scoreboard())
