"""Feed readers read the served feed, and find what the files say."""

import re
import urllib.request
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from io import BytesIO

import feedparser
import podcastparser

from peru_media import parse_feed
from tests.served import Served

Record = Callable[[str, object], None]
TITLES = 6


def test_feedparser_reads_every_episode(site: Served, record_property: Record) -> None:
    record_property("part", f"feedparser {version('feedparser')}: reads the feed")

    feed = feedparser.parse(BytesIO(site.get("/personalisation/feed.xml")))

    assert not feed.bozo
    assert feed.feed.title == "Personalisation"
    assert feed.feed.language == "en-GB"
    assert len(feed.entries) == TITLES
    moments = [parsedate_to_datetime(entry.published) for entry in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert all(entry.enclosures[0].href.startswith(site.url) for entry in feed.entries)


def test_podcastparser_reads_every_episode(
    site: Served, record_property: Record
) -> None:
    record_property("part", f"podcastparser {version('podcastparser')}: reads the feed")
    body = BytesIO(site.get("/personalisation/feed.xml"))

    feed = podcastparser.parse(site.feed_url, body)

    assert feed["explicit"] is False
    assert feed["itunes_categories"][0] == ["Science", "Social Sciences"]
    assert len(feed["episodes"]) == TITLES
    podcast = next(e for e in feed["episodes"] if "fellowship" in e["link"])
    assert podcast["total_time"] in range(250, 257)


def test_the_publishers_feed_and_its_show_name_each_other(site: Served) -> None:
    publisher = parse_feed(site.get("/publisher.xml"))
    show = parse_feed(site.get("/personalisation/feed.xml"))

    assert publisher.podcast.medium == "publisher"
    (item,) = publisher.podcast.remote_items
    assert (item.feed_guid, item.feed_url) == (show.podcast.guid, site.feed_url)
    named = show.podcast.publisher
    assert named is not None
    assert named.feed_guid == publisher.podcast.guid
    assert named.feed_url == f"{site.url}/publisher.xml"


def test_a_page_leads_to_each_form_of_its_feed(site: Served) -> None:
    page = site.get("/personalisation").decode()

    found = re.findall(r'<link rel="alternate" type="([^"]+)".*? href="([^"]+)">', page)

    assert len(found) == 3
    for kind, address in found:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  # our own loopback address
            assert answer.headers.get_content_type() == kind
