"""Whatever staff write, reading our own feed gives back."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from peru_media import parse_feed
from peru_media.model.parsed import ParsedEpisode, ParsedFeed
from peru_media.model.source import (
    Category,
    Chapter,
    Collection,
    Funding,
    Owner,
    Person,
    Soundbite,
)
from peru_media.rendering.characters import legal
from peru_media.rendering.feed import render_feed
from tests.rendering.samples import BASE, NOON, make_episode, make_show

WORDS = st.text(min_size=1, max_size=40) | st.sampled_from(
    ["]]>", "<![CDATA[", "&amp;", "<b>x</b>", "<!--", "\x00", "\ufeff", "a\r\nb", "🎙"]
)


def said(text: str) -> str | None:
    """A text as reading gives it: legal in XML, no white space at the ends."""
    return legal(text).strip() or None


@settings(
    max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    st.lists(WORDS, min_size=11, max_size=11), st.lists(WORDS, min_size=9, max_size=9)
)
def test_every_word_comes_back(show: list[str], episode: list[str]) -> None:
    data = render_feed(_show(show), [_episode(episode)], base_url=BASE, built=NOON)

    etree.fromstring(data)
    feed = parse_feed(data)

    assert feed.repairs == ()
    assert feed.unknown == ()
    assert feed.updated == NOON
    _assert_show(feed, show)
    [one] = feed.episodes
    _assert_episode(one, episode, show)


def _assert_show(feed: ParsedFeed, words: list[str]) -> None:
    assert feed.title == (said(words[0]) or "personalisation")
    assert feed.itunes.author == said(words[2])
    assert feed.itunes.owner is not None
    assert feed.itunes.owner.name == said(words[3])
    assert feed.itunes.owner.email == "a@b.org"
    _assert_names([one.name for one in feed.itunes.categories], words[4])
    _assert_names([sub for one in feed.itunes.categories for sub in one.subs], words[5])
    _assert_names([one.name for one in feed.podcast.people], words[7])
    assert [one.text for one in feed.podcast.funding] == [said(words[9]) or ""]
    assert feed.podcast.guid == "5cd87abd-e6cc-5f88-bdf7-7be85cce2993"


def _assert_episode(one: ParsedEpisode, words: list[str], show: list[str]) -> None:
    assert one.title == (said(words[0]) or "first")
    assert one.itunes.subtitle == said(words[1])
    assert one.guid == said(f"g{words[2]}")
    assert one.permalink is False
    assert one.published == make_episode().published
    assert [found.length for found in one.enclosures] == [17_345_678]
    assert one.itunes.duration == 312
    assert one.podcast.season is not None
    assert one.podcast.season.name == said(show[10])
    _assert_names([found.name for found in one.podcast.people], words[5])
    assert [found.title for found in one.podcast.soundbites] == [said(words[7]) or ""]


def _assert_names(found: list[str], text: str) -> None:
    assert [name for name in found if name] == ([said(text)] if said(text) else [])


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
    )


def _episode(words: list[str]) -> Any:
    return make_episode(
        title=words[0],
        subtitle=words[1],
        guid=f"g{words[2]}",
        notes=words[3],
        content_note=words[4],
        collection="c",
        people=(Person(name=words[5], role=words[6]),),
        soundbites=(Soundbite(start=1, duration=20, title=words[7]),),
        chapters=(Chapter(start=0, title=words[8]),),
    )
