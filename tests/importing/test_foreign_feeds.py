"""Feeds of others come as they are, apart from what the report lists."""

import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import podcastparser
import pytest

from peru_media.errors import FeedRefusedError
from peru_media.model.parsed import ParsedFeed
from peru_media.parsing import parse_feed
from peru_media.parsing.further import further_elements
from peru_media.publishing.importing.conversion import Around, convert
from peru_media.publishing.importing.drafts import Draft
from peru_media.publishing.importing.episodes import guid_of
from peru_media.publishing.importing.losses import losses
from peru_media.publishing.importing.rehearsal import trial_feed
from tests.importing.test_published_sites import EMPTY, read_back
from tests.packages import unpacked

URL = "https://old.example.org/feed.xml"
Record = Callable[[str, object], None]

# What another reader calls what the report calls by its tag.
SAID_AS = {
    "itunes_keywords": "itunes:keywords",
    "itunes_author": "itunes:author",
    "itunes_owner": "itunes:owner:name",
    "itunes_categories": "itunes:category",
    "number": "itunes:episode",
    "type": "itunes:type itunes:episode_type",
    "published": "order published",
    "subtitle": "itunes:subtitle itunes:summary",
}
COMPARED_OF_SHOW = (
    "title", "itunes_author", "itunes_owner", "itunes_categories", "language",
    "type", "explicit",
)  # fmt: skip
COMPARED_OF_EPISODE = (
    "title", "published", "number", "season", "type", "explicit", "subtitle",
)  # fmt: skip


@pytest.fixture(scope="module")
def podcastparsers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = unpacked("podcastparser", tmp_path_factory.mktemp("podcastparser"))
    return sorted(folder.rglob("tests/data/*.rss"))


def test_another_reader_finds_the_same_apart_from_the_report(
    podcastparsers: list[Path], tmp_path: Path, record_property: Record
) -> None:
    compared = listed = 0
    for path in podcastparsers:
        data = path.read_bytes()
        feed, draft = _imported(data, tmp_path)
        rendered = trial_feed(draft, EMPTY)
        told = {note.tag for note in losses(feed, parse_feed(rendered))}
        told |= {note.tag for note in draft.notes}
        for name, then, now in _differing(data, rendered):
            tags = SAID_AS.get(name, name).split()
            assert told & {*tags}, (path.name, name, then, now)
            listed += 1
        compared += 1

    assert compared == 70
    words = f"{compared}, {listed} differences, all in the report"
    record_property("figure", f"podcastparser's feeds imported: {words}")


def test_none_of_feedparsers_feeds_is_too_much(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, record_property: Record
) -> None:
    folder = unpacked("feedparser", tmp_path_factory.mktemp("feedparser"))
    imported = refused = 0
    for path in sorted(folder.rglob("*.xml")):
        data = path.read_bytes()
        try:
            feed, draft = _imported(data, tmp_path)
        except FeedRefusedError:
            refused += 1
            continue
        skipped = [note for note in draft.notes if note.what.startswith("not imported")]
        assert len(draft.episodes) + len(skipped) == len(feed.episodes), path
        assert {one.value.guid for one in draft.episodes} <= {
            guid_of(one) for one in feed.episodes
        }, path
        imported += 1

    assert imported > 2_200
    words = f"{imported} imported, {refused} refused, 0 crashes"
    record_property("figure", f"feedparser's feeds: {words}")


def _imported(data: bytes, folder: Path) -> tuple[ParsedFeed, Draft]:
    """A feed with its files, written and read again, equal to what was meant."""
    feed = parse_feed(data, url=URL)
    draft = convert(feed, further_elements(data), Around(site=EMPTY))
    again = read_back(draft, folder)
    assert again.show == draft.show
    assert [(one.value, one.body) for one in again.episodes] == [
        (one.value, one.body) for one in draft.episodes
    ]
    return feed, draft


def _differing(before: bytes, after: bytes) -> Iterator[tuple[str, Any, Any]]:
    then, now = _parsed(before), _parsed(after)
    for name in COMPARED_OF_SHOW:
        if then.get(name) and _plain(then[name]) != _plain(now.get(name)):
            yield name, then[name], now.get(name)
    episodes = {one["guid"]: one for one in now["episodes"]}
    for one in then["episodes"]:
        # Without a guid, that reader goes by the link, and Apple by the file.
        names = [one["guid"].strip(), *(file["url"] for file in one["enclosures"])]
        same = [episodes[name] for name in names if name in episodes]
        same += [other for other in now["episodes"] if other["title"] == one["title"]]
        found = next(iter(same), None)
        if found is None:
            yield "guid", one["guid"], None
            continue
        for name in COMPARED_OF_EPISODE:
            if one.get(name) and _plain(one[name]) != _plain(found.get(name)):
                yield name, one[name], found.get(name)


def _parsed(data: bytes) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parsed: dict[str, Any] = podcastparser.parse(URL, BytesIO(data))
    return parsed


def _plain(value: object) -> object:
    if isinstance(value, str):
        return " ".join(value.split()).casefold()
    return sorted(map(str, value)) if isinstance(value, list) else value
