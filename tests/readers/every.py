"""Each reader on the feed with every tag: what it says, and how that compares."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import feedparser
import podcastparser

from peru_media import parse_feed
from tests.generated_sites import BASE, NOON, feeds_of, site_with_everything
from tests.readers.comparing import Verdict, compared
from tests.readers.feedsmith import said_by_feedsmith
from tests.readers.lacks import LACKS
from tests.readers.model import said_by_model
from tests.readers.npm import read_by, release_of
from tests.readers.ours import said_by_ours
from tests.readers.partytime import said_by_partytime
from tests.readers.pythons import said_by_feedparser, said_by_podcastparser
from tests.readers.said import Said

__all__ = ["READERS", "Reader", "every_feed", "model", "verdicts"]

_PATH = "/show-1/feed.xml"


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: its name, its release, how it reads, and how it names things."""

    name: str
    release: str
    read: Callable[[bytes], Any]
    said: Callable[[Any], Said]


def _feedparser(feed: bytes) -> Any:
    return feedparser.parse(feed, sanitize_html=False, resolve_relative_uris=False)


def _podcastparser(feed: bytes) -> Any:
    return podcastparser.parse(BASE + _PATH, io.BytesIO(feed))


READERS = (
    Reader("peru_media", "this release", parse_feed, said_by_ours),
    Reader("feedparser", version("feedparser"), _feedparser, said_by_feedparser),
    Reader(
        "podcastparser", version("podcastparser"), _podcastparser, said_by_podcastparser
    ),
    Reader(
        "podcast-partytime",
        release_of("podcast-partytime"),
        lambda feed: read_by("partytime", feed),
        said_by_partytime,
    ),
    Reader(
        "feedsmith",
        release_of("feedsmith"),
        lambda feed: read_by("feedsmith", feed),
        said_by_feedsmith,
    ),
)


@cache
def every_feed() -> bytes:
    """The feed with every tag."""
    return feeds_of(site_with_everything())[_PATH]


@cache
def model() -> Said:
    """What it should say."""
    site = site_with_everything()
    show, *_ = site.shows
    episodes = [one for one in site.episodes if show.slug in one.shows]
    ordered = sorted(episodes, key=lambda one: one.published, reverse=True)
    return said_by_model(show, ordered, base_url=BASE, built=NOON)


@cache
def verdicts(reader: Reader) -> list[Verdict]:
    """How a reader did, tag by tag."""
    said = reader.said(reader.read(every_feed()))
    return compared(model(), said, LACKS[reader.name])
