"""Every form of a feed holds the same episodes, where apps look for them."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from peru_media.model.source import Episode, Show
from peru_media.rendering.atom import ATOM_FEED
from peru_media.rendering.characters import legal
from peru_media.rendering.feed import Form, channel_of, packed_feed
from peru_media.rendering.json_feed import JSON_FEED
from peru_media.rendering.release import Rendering, render
from tests.rendering.reading import read
from tests.rendering.samples import (
    BASE,
    NOON,
    TEXTS,
    make_episode,
    make_rich_episode,
    make_show,
    make_source,
)

DAY = timedelta(days=1)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _written(form: Form, *episodes: Episode, show: Show | None = None) -> bytes:
    channel = channel_of(show or make_show(), base_url=BASE, built=NOON)
    return gzip.decompress(packed_feed(channel, episodes, form=form).body)


def _render(*episodes: Episode, shows: tuple[Show, ...] = ()) -> Rendering:
    return render(
        make_source(*episodes, shows=shows or (make_show(),)),
        at=NOON,
        until=NOON + 90 * DAY,
        texts=TEXTS.__getitem__,
        changed={},
        cache={},
    )


def _bytes(made: Rendering, path: str, *, table: str, version: int = 0) -> bytes:
    key = made.tables[table][path][version].key
    assert key is not None
    return gzip.decompress(made.objects[key])


def _page(made: Rendering, path: str, *, version: int = 0) -> Any:
    return read(_bytes(made, path, table="personalisation", version=version))


def _links(channel: Any) -> dict[str, str]:
    return {
        link.get("rel"): link.get("href").removeprefix(f"{BASE}/personalisation")
        for link in channel.findall("a:link", ATOM)
    }


def _catalogue(number: int) -> list[Episode]:
    return [
        make_episode(f"e-{n:03d}", published=NOON - timedelta(hours=1000 - n))
        for n in range(number)
    ]


def test_json_feed_says_what_the_episode_is() -> None:
    feed = json.loads(_written(JSON_FEED, make_rich_episode(), make_episode()))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Personalisation"
    assert feed["home_page_url"] == f"{BASE}/personalisation"
    assert feed["authors"] == [{"name": "PERU"}]
    rich, plain = feed["items"]
    assert rich["id"] == "guid-rich"
    assert rich["url"] == f"{BASE}/personalisation/rich"
    assert rich["summary"] == "In five minutes"
    assert rich["authors"] == [{"name": "Dan"}]
    assert rich["date_published"] == "2026-03-03T09:00:00Z"
    assert rich["content_html"].startswith("<p><strong>Talks about losing a home.")
    assert plain["attachments"] == [
        {
            "url": BASE + make_episode().enclosure.address,
            "mime_type": "audio/mpeg",
            "size_in_bytes": 17_345_678,
            "duration_in_seconds": 312,
        }
    ]
    assert "summary" not in plain


def test_json_feed_of_a_document_without_notes_has_its_title_as_text() -> None:
    medium = make_episode().enclosure.model_copy(update={"duration": None})
    episode = make_episode(notes="", enclosure=medium)

    (item,) = json.loads(_written(JSON_FEED, episode))["items"]

    assert item["content_text"] == item["title"]
    assert "duration_in_seconds" not in item["attachments"][0]


@pytest.mark.parametrize("form", [JSON_FEED, ATOM_FEED], ids=lambda form: form.name)
def test_a_feed_may_be_empty_and_a_show_bare(form: Form) -> None:
    bare = make_show(author=None, picture=None, copyright=None, description="")

    written = _written(form, show=bare)

    if form is JSON_FEED:
        assert json.loads(written)["items"] == []
    else:
        (name,) = etree.fromstring(written).findall("a:author/a:name", ATOM)
        assert name.text == "Personalisation"


def test_atom_says_what_the_episode_is() -> None:
    feed = etree.fromstring(_written(ATOM_FEED, make_rich_episode(), make_episode()))

    def said(path: str, within: Any = feed) -> list[str]:
        return [one.text for one in within.findall(path, ATOM)]

    assert said("a:id") == ["urn:uuid:5cd87abd-e6cc-5f88-bdf7-7be85cce2993"]
    assert said("a:updated") == ["2026-06-01T12:00:00Z"]
    rich, _ = feed.findall("a:entry", ATOM)
    assert said("a:title", rich) == ["The story rich"]
    assert said("a:author/a:name", rich) == ["Dan"]
    assert said("a:published", rich) == ["2026-03-03T09:00:00Z"]
    (enclosure,) = (e for e in rich.findall("a:link", ATOM) if e.get("length"))
    assert dict(enclosure.attrib) == {
        "rel": "enclosure",
        "type": "audio/mpeg",
        "length": "17345678",
        "href": BASE + make_rich_episode().enclosure.address,
    }
    assert len(set(said("a:entry/a:id"))) == 2


@settings(max_examples=60, deadline=None)
@given(title=st.text(), notes=st.text(), name=st.text())
def test_any_text_is_read_back_from_any_form(title: str, notes: str, name: str) -> None:
    person = make_rich_episode().people[0].model_copy(update={"name": name})
    episode = make_rich_episode(title=title, notes=notes, people=(person,))
    kept = legal(title).strip() or "rich"

    (item,) = json.loads(_written(JSON_FEED, episode))["items"]
    entry = etree.fromstring(_written(ATOM_FEED, episode)).find("a:entry", ATOM)

    assert item["title"] == kept
    assert entry.find("a:title", ATOM).text == kept
    assert entry.find("a:content", ATOM).text == item["content_html"]


def test_a_feed_that_is_cut_has_an_archive_from_the_oldest_on() -> None:
    made = _render(*_catalogue(250), shows=(make_show(feed_items=20),))

    pages = [_page(made, f"/personalisation/feed/{n}.xml") for n in (1, 2, 3)]
    found = [[g.text for g in page.findall("item/guid")] for page in pages]
    assert [len(guids) for guids in found] == [100, 100, 50]
    assert found[0][0] == "guid-e-099"
    assert found[0][-1] == "guid-e-000"
    assert _links(pages[1]) == {
        "self": "/feed/2.xml",
        "current": "/feed.xml",
        "prev-archive": "/feed/1.xml",
        "next-archive": "/feed/3.xml",
    }
    finals = [page.find("{*}archive") is not None for page in pages]
    assert finals == [True, True, False]
    newest = _page(made, "/personalisation/feed.xml")
    assert _links(newest) == {"self": "/feed.xml", "prev-archive": "/feed/3.xml"}
    assert len(newest.findall("item")) == 20
    assert "/personalisation/feed/4.xml" not in made.tables["personalisation"]


def test_a_page_of_the_archive_never_changes_once_another_follows() -> None:
    shows = (make_show(feed_items=20),)
    before = _render(*_catalogue(130), shows=shows)
    after = _render(*_catalogue(250), shows=shows)

    first = "/personalisation/feed/1.xml"
    assert _bytes(before, first, table="personalisation") == _bytes(
        after, first, table="personalisation"
    )


def test_a_page_ends_when_nothing_is_left_for_it() -> None:
    episodes = [
        *_catalogue(100),
        make_episode("brief", published=NOON - DAY, until=NOON + DAY),
    ]
    made = _render(*episodes, shows=(make_show(feed_items=100),))

    told = made.tables["personalisation"]["/personalisation/feed/2.xml"]
    assert [version.gone for version in told] == [None, "ended"]


def test_a_complete_feed_needs_no_archive() -> None:
    made = _render(*_catalogue(130))

    assert "/personalisation/feed/1.xml" not in made.tables["personalisation"]
    assert _links(_page(made, "/personalisation/feed.xml")) == {"self": "/feed.xml"}


def test_everything_public_is_in_one_feed_and_one_list() -> None:
    shows = (
        make_show(),
        make_show("stories", title="Stories", guid="a" * 8),
        make_show("hidden", visibility="unlisted"),
        make_show("closed", visibility="private"),
        make_show("empty"),
    )
    xml = "<media:a/>"
    episodes = (
        make_episode(shows=("personalisation", "stories"), extra=xml),
        make_episode("second", shows=("stories",), published=NOON - DAY),
        make_episode("third", shows=("hidden",)),
        make_episode("fourth", shows=("closed",)),
    )
    media = {"namespaces": {"media": "urn:media"}}
    made = _render(*episodes, shows=tuple(s.model_copy(update=media) for s in shows))

    everything = read(_bytes(made, "/feed.xml", table="site"))
    assert [g.text for g in everything.findall("item/guid")] == [
        "guid-second",
        "guid-first",
    ]
    assert everything.find("{*}block").text == "Yes"
    outlines = etree.fromstring(_bytes(made, "/opml.xml", table="site")).findall(
        "body/outline"
    )
    assert [dict(one.attrib) for one in outlines] == [
        {
            "type": "rss",
            "text": title,
            "title": title,
            "xmlUrl": f"{BASE}/{slug}/feed.xml",
            "htmlUrl": f"{BASE}/{slug}",
            "language": "en-GB",
        }
        for slug, title in (
            ("personalisation", "Personalisation"),
            ("stories", "Stories"),
        )
    ]


def test_there_is_no_feed_of_everything_before_the_first_episode() -> None:
    made = _render(make_episode(published=NOON + DAY))

    told = made.tables["site"]["/feed.xml"]
    assert [version.since for version in told] == [NOON + DAY]
    assert "/feed.xml" not in _render().tables["site"]
    assert "/opml.xml" not in _render().tables["site"]


def test_nothing_is_listed_that_comes_out_after_the_horizon() -> None:
    made = _render(make_episode(published=NOON + 100 * DAY))

    assert "/feed.xml" not in made.tables["site"]


HUB = "https://hub.example.org/"


@pytest.mark.parametrize("visibility", ["public", "unlisted"])
def test_every_form_that_hubs_are_told_of_names_them(visibility: str) -> None:
    episodes = [make_episode(f"e{n}", published=NOON - n * DAY) for n in range(3)]
    show = make_show(feed_items=2, visibility=visibility)
    source = make_source(*episodes, shows=(show,), hubs=(HUB,))
    made = render(
        source,
        at=NOON,
        until=NOON + DAY,
        texts=TEXTS.__getitem__,
        changed={},
        cache={},
    )
    told = visibility == "public"

    for path in ("feed.xml", "feed.atom"):
        body = _bytes(made, f"/personalisation/{path}", table="personalisation")
        links = etree.fromstring(body).findall(".//{*}link[@rel='hub']")
        assert [link.get("href") for link in links] == ([HUB] if told else [])
    page = _page(made, "/personalisation/feed/1.xml")
    assert page.findall("{*}link[@rel='hub']") == []
    form = json.loads(
        _bytes(made, "/personalisation/feed.json", table="personalisation")
    )
    assert form.get("hubs") == ([{"type": "WebSub", "url": HUB}] if told else None)
    assert ("/feed.xml" in made.tables["site"]) is told
