import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from feedgen.entry import FeedEntry
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from peru_media.model.licence import Licence
from peru_media.model.source import Episode, Funding, Person, Show
from peru_media.model.window import feed_window
from peru_media.rendering.blocks import noted
from peru_media.rendering.ext.further import FurtherItem
from peru_media.rendering.ext.item import Item
from peru_media.rendering.ext.itunes import ItunesItem
from peru_media.rendering.ext.podcast import PodcastItem
from peru_media.rendering.ext.rss import RssItem, feed_date
from peru_media.rendering.ext.writer import feed_generator
from peru_media.rendering.feed import (
    channel_of,
    packed_feed,
    render_feed,
)
from peru_media.rendering.notes import brief_html
from tests.rendering.reading import read, text_of, texts_of
from tests.rendering.samples import (
    BASE,
    NOON,
    make_episode,
    make_picture,
    make_rich_episode,
    make_show,
)

GOLDEN = Path(__file__).parent / "golden" / "feed.xml"


def _feed(*episodes: Episode, show: Show | None = None) -> bytes:
    return render_feed(show or make_show(), episodes, base_url=BASE, built=NOON)


def _catalogue(number: int) -> list[Episode]:
    return [
        make_rich_episode(f"e-{n}", published=NOON - timedelta(hours=n))
        for n in range(number)
    ]


def test_a_feed_is_what_the_golden_file_shows() -> None:
    assert _feed(make_rich_episode(), make_episode()) == GOLDEN.read_bytes()


def test_the_joined_feed_is_what_feedgen_alone_would_write() -> None:
    show, episodes = make_show(), _catalogue(3)
    collection = show.collections[0]
    whole = feed_generator(channel_of(show, base_url=BASE, built=NOON))
    for one in episodes:
        item = Item(
            episode=one,
            collection=collection,
            base_url=BASE,
            html="<p><strong>Talks about losing a home.</strong></p>\n"
            + noted(one, base_url=BASE, cache=None),
        )
        whole.add_entry(_feedgen_entry(item), order="append")

    written = _feed(*episodes)

    assert _canonical(written) == _canonical(whole.rss_str())
    assert written == whole.rss_str()


def _feedgen_entry(item: Item) -> FeedEntry:
    """Feedgen's own entry of an episode, with our tags put in as its extensions."""
    episode, entry = item.episode, FeedEntry()
    medium = episode.enclosure
    entry.title(episode.title)
    entry.link(href=item.link, rel="alternate")
    entry.guid(episode.guid, permalink=False)
    url = item.address(medium.address)
    entry.enclosure(url=url, length=str(medium.size), type=medium.media_type)
    entry.description(brief_html(item.html))
    entry.content(item.html, type="CDATA")
    parts = (RssItem, ItunesItem, PodcastItem, FurtherItem)
    for part in parts:
        entry.register_extension(part.__name__.lower(), partial(part, item), atom=False)
    entry.register_extension("lines", _Lines, atom=False)
    return entry


class _Lines:
    def extend_rss(self, item: Any) -> None:
        item.text = item.tail = "\n"
        for child in item:
            child.tail = "\n"


def _canonical(xml: bytes) -> bytes:
    canonical: bytes = etree.tostring(etree.fromstring(xml), method="c14n")
    return canonical


def test_an_item_declares_no_namespaces_of_its_own() -> None:
    assert _feed(*_catalogue(2)).count(b"xmlns") == 4


def test_a_feed_is_utf_8_with_its_declaration_first() -> None:
    feed = _feed(make_episode(title="Café 🎙"))

    assert feed.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<rss ")
    assert "Café 🎙".encode() in feed


def test_the_newest_episode_comes_first_and_guids_break_ties() -> None:
    noon = [make_episode(slug, published=NOON) for slug in ("c", "a", "b")]
    older = make_episode("older", published=NOON - timedelta(days=1))

    feed = read(_feed(older, *noon))

    assert texts_of(feed, "item/guid") == ["guid-a", "guid-b", "guid-c", "guid-older"]


def test_a_feed_may_hold_fewer_episodes_than_the_show_has() -> None:
    feed = read(_feed(*_catalogue(5), show=make_show(feed_items=2)))

    assert texts_of(feed, "item/guid") == ["guid-e-0", "guid-e-1"]


def test_only_what_is_no_public_show_is_blocked() -> None:
    unlisted = read(_feed(show=make_show(visibility="unlisted")))

    assert texts_of(unlisted, "itunes:block") == ["Yes"]
    assert texts_of(read(_feed()), "itunes:block") == []


def test_subcategories_of_one_category_stand_together() -> None:
    feed = read(_feed())

    names = feed.xpath("itunes:category/@text", namespaces=feed.nsmap)
    subs = feed.xpath("itunes:category[@text='Science']/*/@text", namespaces=feed.nsmap)
    assert names == ["Science", "Society & Culture"]
    assert subs == ["Social Sciences", "Natural Sciences"]


@pytest.mark.parametrize(
    ("notice", "holder"),
    [
        ("Copyright © 2026 PERU", "PERU"),
        ("(c) 2019-2026, PERU", "PERU"),
        ("2026 Copyright PERU 2020", "PERU 2020"),
        ("PERU", "PERU"),
    ],
)
def test_copyright_names_the_holder_alone(notice: str, holder: str) -> None:
    assert text_of(read(_feed(show=make_show(copyright=notice))), "copyright") == holder


def test_a_show_without_anything_optional_says_nothing_of_it() -> None:
    bare = make_show(
        author=None,
        owner=None,
        categories=(),
        copyright=None,
        licence=None,
        picture=None,
        collections=(),
        description="",
        locked=False,
    )
    feed = read(_feed(make_episode(notes=""), show=bare))

    tags = {etree.QName(child).localname for child in feed if child.tag != "item"}
    assert tags == {
        "title", "link", "description", "generator", "language", "lastBuildDate",
        "explicit", "type", "guid", "locked",
    }  # fmt: skip
    assert text_of(feed, "description") == "Personalisation"
    assert text_of(feed, "podcast:locked") == "no"
    assert feed.find("podcast:locked", feed.nsmap).attrib == {}
    assert texts_of(feed, "item/description") == []


def test_a_show_with_everything_says_it() -> None:
    show = make_show(
        funding=(
            Funding(url="https://e.org/give", text="Help"),
            Funding(url="javascript:alert(1)", text="Bad"),
        ),
        people=(
            Person(name="Ann", orcid="0000-0002-1825-0097", image="/assets/a.png"),
            Person(name="Dan", url="https://e.org/dan", orcid="0000-0002-1825-0097"),
            Person(name=" \x07 "),
        ),
        new_url="https://new.example.org/feed.xml",
        licence=Licence(name="Our own", url="https://e.org/licence"),
    )
    feed = read(_feed(show=show))

    people = [dict(p.attrib) for p in feed.findall("podcast:person", feed.nsmap)]
    assert people == [
        {
            "role": "host",
            "img": f"{BASE}/assets/a.png",
            "href": "https://orcid.org/0000-0002-1825-0097",
        },
        {"role": "host", "href": "https://e.org/dan"},
    ]
    assert texts_of(feed, "podcast:funding") == ["Help"]
    assert text_of(feed, "podcast:license") == "Our own"
    assert text_of(feed, "itunes:new-feed-url") == "https://new.example.org/feed.xml"


@pytest.mark.parametrize(
    ("fields", "seasons"),
    [
        ({}, [None, None, None]),
        ({"collection": "stories"}, ["2", "2", "Stories"]),
        ({"collection": "unknown"}, [None, None, None]),
        ({"season": 4}, ["4", "4", None]),
        ({"collection": "stories", "season": 4}, ["4", "4", None]),
        ({"collection": "stories", "season": 2}, ["2", "2", "Stories"]),
    ],
)
def test_a_collection_names_its_season(
    fields: dict[str, Any], seasons: list[str | None]
) -> None:
    feed = read(_feed(make_episode(**fields)))

    tag = feed.find("item/podcast:season", feed.nsmap)
    assert seasons == [
        feed.findtext("item/itunes:season", None, feed.nsmap),
        None if tag is None else tag.text,
        None if tag is None else tag.get("name"),
    ]


def test_listeners_are_warned_first_and_told_of_a_stand_in_once() -> None:
    episodes = [
        make_episode("a", stand_in=True, content_note="Loss & <grief>"),
        make_episode("b", stand_in=True, notes="This is a stand-in."),
    ]

    first, second = texts_of(read(_feed(*episodes)), "item/description")

    assert first.startswith("<p><strong>This is a stand-in: it holds the place")
    assert "<p><strong>Loss &amp; &lt;grief&gt;</strong></p>" in first
    assert second == "<p>This is a stand-in.</p>"


def test_a_stand_in_says_so_to_programs_too() -> None:
    episodes = [make_episode("a", stand_in=True), make_episode("b")]

    feed = read(_feed(*episodes))

    [tag] = feed.findall("item/podcast:txt", feed.nsmap)
    assert tag.get("purpose") == "stand-in"
    assert tag.text is not None
    assert tag.text.startswith("This is a stand-in")


def test_every_address_comes_from_the_base_alone() -> None:
    show, episode = make_show(picture=make_picture("x")), make_rich_episode()
    feed = render_feed(show, [episode], base_url="https://a.org", built=NOON)
    other = render_feed(show, [episode], base_url="https://b.net", built=NOON)

    assert feed.replace(b"https://a.org", b"https://b.net") == other
    assert b"https://a.org/personalisation/rich/transcript.vtt" in feed


def test_a_cached_feed_is_the_same_feed_and_renders_nothing() -> None:
    cache: dict[str, bytes] = {}
    show, episodes = make_show(), _catalogue(120)
    first = render_feed(show, episodes, base_url=BASE, built=NOON, cache=cache)
    kept = dict(cache)

    again = render_feed(show, episodes, base_url=BASE, built=NOON, cache=cache)

    assert again == first == _feed(*episodes)
    assert cache == kept


def test_a_changed_episode_renders_one_item() -> None:
    cache: dict[str, bytes] = {}
    show, episodes = make_show(), _catalogue(120)
    render_feed(show, episodes, base_url=BASE, built=NOON, cache=cache)
    kept = set(cache)
    episodes[60] = make_rich_episode(
        "e-60", published=episodes[60].published, title="Changed"
    )

    feed = render_feed(show, episodes, base_url=BASE, built=NOON, cache=cache)

    new = [cache[key] for key in set(cache) - kept]
    assert feed == _feed(*episodes)
    item, block = sorted(new, key=len)
    assert b"<title>Changed</title>" in item
    assert item in block


def test_the_stored_feed_holds_the_same_bytes_however_it_was_made() -> None:
    show, episodes = make_show(), _catalogue(450)
    channel = channel_of(show, base_url=BASE, built=NOON)
    cache: dict[str, bytes] = {}

    def packing(chosen: list[Episode]) -> bytes:
        made = packed_feed(channel, feed_window(show, chosen), cache=cache)
        assert gzip.decompress(made.body) == _feed(*chosen)
        return made.body

    packing(episodes[1:])
    kept = len(cache)
    grown = packing(episodes)
    assert len(cache) - kept == 5, "its notes, its item, its block twice, the feed"
    cold = packed_feed(channel, feed_window(show, episodes))
    assert grown == cold.body


def test_a_description_holds_at_most_4000_bytes_and_comes_first() -> None:
    notes = "\n\n".join(["Wörds " * 50] * 40)
    feed = read(_feed(make_episode(notes=notes)))

    item = feed.find("item")
    order = [etree.QName(child).localname for child in item]
    assert order.index("description") < order.index("encoded")
    assert len(item.findtext("description").encode()) <= 4000
    assert len(item[order.index("encoded")].text.encode()) > 4000


def test_notes_that_say_nothing_are_left_out() -> None:
    item = read(_feed(make_episode(notes="---"))).find("item")

    assert item.find("description") is None
    assert item.find("content:encoded", item.nsmap) is None


@given(st.datetimes(timezones=st.timezones()))
def test_dates_are_what_mail_would_write(moment: datetime) -> None:
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        return  # before the first year, or after the last
    assert feed_date(moment) == format_datetime(utc)


def test_dates_are_in_universal_time() -> None:
    moment = datetime(2026, 7, 1, 9, tzinfo=UTC)

    feed = read(_feed(make_episode(published=moment)))

    assert text_of(feed, "item/pubDate") == "Wed, 01 Jul 2026 09:00:00 +0000"


def test_notes_that_no_app_shows_are_no_description() -> None:
    feed = read(_feed(make_episode(notes="***")))

    assert texts_of(feed, "item/description") == []
