"""Whatever staff write, podcast apps read the same words back."""

import io
from typing import Any

import feedparser
import podcastparser
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from peru_media.model.source import (
    Category,
    Chapter,
    Collection,
    Funding,
    Owner,
    Person,
    Soundbite,
    Transcript,
)
from peru_media.rendering.characters import legal
from peru_media.rendering.feed import render_feed
from tests.rendering.samples import BASE, NOON, make_episode, make_picture, make_show

WORDS = st.text(min_size=1, max_size=40) | st.sampled_from(
    ["]]>", "<![CDATA[", "&amp;", "<b>x</b>", "<!--", "\x00", "\ufeff", "a\r\nb", "🎙"]
)


def _said(text: str | None) -> str:
    """A text as a reader may give it: without what XML forbids, spaces joined."""
    return " ".join(legal(text or "").split())


def _repaired(text: str) -> str:
    """The same, where feedparser takes it for UTF-8 that was misread once."""
    try:
        return _said(legal(text).strip().encode("latin-1").decode())
    except UnicodeError:
        return _said(text)


def _show(words: list[str]) -> Any:
    return make_show(
        title=words[0],
        description=words[1],
        author=words[2],
        owner=Owner(name=words[3], email="a@b.org"),
        categories=(Category(name=words[4], sub=words[5]),),
        copyright=words[6],
        people=(Person(name=words[7], role=words[8]),),
        funding=(Funding(url="https://e.org/", text=words[9]),),
        collections=(Collection(name="c", title=words[10], season=1),),
        picture=make_picture("p", alt=words[11]),
    )


def _episode(words: list[str]) -> Any:
    return make_episode(
        title=words[0],
        subtitle=words[1],
        guid=words[2],
        notes=words[3],
        content_note=words[4],
        collection="c",
        people=(Person(name=words[5], role=words[6], group=words[7]),),
        soundbites=(Soundbite(start=1, duration=20, title=words[8]),),
        chapters=(Chapter(start=0, title=words[9]),),
        transcript=Transcript(sha256="a" * 64, media_type="text/vtt", language="en"),
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(WORDS, min_size=12, max_size=12), st.lists(WORDS, min_size=10, max_size=10)
)
def test_readers_get_every_word_back(show: list[str], episode: list[str]) -> None:
    feed = render_feed(_show(show), [_episode(episode)], base_url=BASE, built=NOON)

    _assert_feedparser_reads(feed, show, episode)
    _assert_podcastparser_reads(feed, show, episode)
    _assert_elements_hold(feed, show, episode)


def _assert_feedparser_reads(feed: bytes, show: list[str], episode: list[str]) -> None:
    found = feedparser.parse(feed, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo
    assert _said(found.feed.title) == (_repaired(show[0]) or "personalisation")
    (entry,) = found.entries
    assert _said(entry.title) == (_repaired(episode[0]) or "first")
    assert _said(entry.get("subtitle")) == _repaired(episode[1])
    assert _said(entry.get("id")) == _repaired(episode[2])
    assert entry.enclosures[0].length == "17345678"


def _assert_podcastparser_reads(
    feed: bytes, show: list[str], episode: list[str]
) -> None:
    found = podcastparser.parse(f"{BASE}/feed.xml", io.BytesIO(feed))
    assert _said(found["title"]) == (_said(show[0]) or "personalisation")
    assert _said(found.get("itunes_author")) == _said(show[2])
    (entry,) = found["episodes"]
    assert _said(entry["title"]) == (_said(episode[0]) or "first")
    assert entry["total_time"] == 312


def _assert_elements_hold(feed: bytes, show: list[str], episode: list[str]) -> None:
    channel = etree.fromstring(feed)[0]

    def held(path: str) -> list[str]:
        found = channel.xpath(path, namespaces=channel.nsmap)
        return [said for text in found if (said := _said(str(text)))]

    def given_as(*texts: str) -> list[str]:
        return [said for text in texts if (said := _said(text))]

    assert held("itunes:owner/itunes:name/text()") == given_as(show[3])
    assert held("itunes:category/@text") == given_as(show[4])
    assert held("itunes:category/*/@text") == given_as(show[5])
    assert held("podcast:person/text()") == given_as(show[7])
    assert held("podcast:funding/text()") == given_as(show[9])
    assert held("item/podcast:season/@name") == given_as(show[10])
    assert held("item/podcast:person/text()") == given_as(episode[5])
    assert held("item/podcast:soundbite/text()") == given_as(episode[8])
