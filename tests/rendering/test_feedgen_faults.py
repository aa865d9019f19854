"""F1 to F18: what feedgen 1.0.0 does wrong, shown absent from our feeds."""

import locale
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

import peru_media
from peru_media.model.source import Category, Enclosure, Episode, Show
from peru_media.rendering.feed import render_feed
from tests.rendering.reading import read, text_of, texts_of
from tests.rendering.samples import (
    BASE,
    NOON,
    make_episode,
    make_picture,
    make_rich_episode,
    make_show,
)


def _channel(*episodes: Episode, show: Show | None = None) -> Any:
    built = render_feed(show or make_show(), episodes, base_url=BASE, built=NOON)
    return read(built)


def test_f1_explicit_is_true_or_false() -> None:
    explicit = make_episode("b", explicit=True, published=NOON)
    feed = _channel(make_episode(), explicit, show=make_show(explicit=True))

    assert texts_of(feed, "itunes:explicit") == ["true"]
    assert texts_of(feed, "item/itunes:explicit") == ["true", "false"]


def test_f2_link_is_the_shows_page_and_not_the_last_link() -> None:
    assert text_of(_channel(), "link") == f"{BASE}/personalisation"


def test_f3_atom_links_are_our_own() -> None:
    feed = _channel()

    (link,) = feed.findall("atom:link", feed.nsmap)
    assert dict(link.attrib) == {
        "href": f"{BASE}/personalisation/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }


def test_f4_every_enclosure_keeps_its_length_and_type() -> None:
    episode = make_episode()
    feed = _channel(episode)

    (enclosure,) = feed.findall("item/enclosure")
    assert dict(enclosure.attrib) == {
        "url": f"{BASE}{episode.enclosure.address}",
        "length": "17345678",
        "type": "audio/mpeg",
    }


def test_f5_items_are_not_turned_round() -> None:
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    feed = _channel(*(make_episode(f"e-{d.day}", published=d) for d in days))

    assert texts_of(feed, "item/guid") == ["guid-e-3", "guid-e-2", "guid-e-1"]


def test_f6_no_picture_is_silently_left_out() -> None:
    picture = make_picture("x", address="https://cdn.example.org/x.jpeg?v=2")
    feed = _channel(make_episode(picture=picture), show=make_show(picture=picture))

    images = feed.xpath("//itunes:image/@href", namespaces=feed.nsmap)
    assert images == [picture.address, picture.address]


def test_f7_the_clock_is_nowhere_in_a_feed() -> None:
    episodes, show = [make_rich_episode()], make_show()
    feeds = {render_feed(show, episodes, base_url=BASE, built=NOON) for _ in range(3)}

    assert len(feeds) == 1
    assert text_of(read(feeds.pop()), "lastBuildDate") == (
        "Mon, 01 Jun 2026 12:00:00 +0000"
    )


def test_f8_the_locale_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> NoReturn:
        pytest.fail("the process's locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)

    assert text_of(_channel(make_episode()), "item/pubDate") == (
        "Tue, 03 Mar 2026 09:00:00 +0000"
    )


def test_f9_no_length_is_none() -> None:
    fields = make_episode().enclosure.model_dump() | {"size": 0}
    feed = _channel(make_episode(enclosure=Enclosure(**fields)))

    assert feed.find("item/enclosure").get("length") == "0"
    assert b"None" not in render_feed(
        make_show(), [make_rich_episode()], base_url=BASE, built=NOON
    )


def test_f10_a_guid_is_written_as_it_is_and_is_no_link() -> None:
    guid = "https://old.example.org/?p=12&x"
    feed = _channel(make_episode(guid=guid))

    element = feed.find("item/guid")
    assert (element.text, element.get("isPermaLink")) == (guid, "false")


def test_f11_a_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        render_feed(make_show(), [], base_url=BASE, built=datetime(2026, 1, 2))  # noqa: DTZ001  # that is the point


@pytest.mark.parametrize(("seconds", "written"), [(312.5, "312"), (0.2, "1")])
def test_f12_durations_are_whole_seconds(seconds: float, written: str) -> None:
    fields = make_episode().enclosure.model_dump() | {"duration": seconds}
    feed = _channel(make_episode(enclosure=Enclosure(**fields)))

    assert texts_of(feed, "item/itunes:duration") == [written]


def test_f12_apple_hears_of_no_season_or_episode_zero() -> None:
    feed = _channel(make_episode(season=0, number=0))

    assert texts_of(feed, "item/itunes:season") == []
    assert texts_of(feed, "item/itunes:episode") == []


def test_f13_a_control_character_does_not_stop_a_feed() -> None:
    bad = "a\x00\x08\x1b\ufffeb"
    feed = _channel(
        make_episode(title=bad, subtitle=bad, guid=bad, notes=bad),
        show=make_show(title=bad, description=bad, author=bad, copyright=bad),
    )

    assert text_of(feed, "title") == "ab"
    assert text_of(feed, "item/itunes:subtitle") == "ab"


def test_f14_a_quotation_mark_in_a_category_is_a_character() -> None:
    name = "Fish \"and\" 'chips' & more"
    feed = _channel(show=make_show(categories=(Category(name=name, sub=name),)))

    found = feed.xpath("//itunes:category/@text", namespaces=feed.nsmap)
    assert found == [name, name]


def test_f15_nothing_is_blocked_or_complete_by_saying_no() -> None:
    feed = _channel(make_episode())

    for tag in ("itunes:block", "itunes:complete"):
        assert feed.xpath(f"//{tag}", namespaces=feed.nsmap) == []


def test_f16_there_is_no_text_input() -> None:
    feed = _channel(make_rich_episode())

    for tag in ("textInput", "docs", "cloud"):
        assert feed.find(f".//{tag}") is None
    assert text_of(feed, "generator") == "peru_media"


def test_f17_notes_with_a_cdata_end_in_them_are_safe() -> None:
    notes = "see `a[b[0]]>c` and ]]> too"
    feed = _channel(make_episode(notes=notes))

    encoded = text_of(feed, "item/content:encoded")
    assert encoded == "<p>see <code>a[b[0]]&gt;c</code> and ]]&gt; too</p>"


def test_f18_feedgen_only_writes_and_has_one_door() -> None:
    package = Path(peru_media.__file__).parent
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "\nfrom feedgen" in (text := path.read_text()) or "\nimport feedgen" in text
    }

    assert users == {"rendering/ext/writer.py"}
