"""What a feed says, and what staff would have written."""

import json
from typing import Any

import pytest

from peru_media.parsing import parse_feed
from peru_media.parsing.further import further_elements
from peru_media.parsing.json_chapters import read_chapters
from peru_media.publishing.importing.conversion import Around, convert
from peru_media.publishing.importing.drafts import Draft, EpisodeDraft
from peru_media.publishing.importing.losses import losses
from peru_media.publishing.importing.rehearsal import rehearsed
from tests.importing.test_published_sites import EMPTY
from tests.parsing.feeds import rss

URL = "https://old.example.org/feed.xml"
FILE = '<enclosure url="https://old.example.org/1.mp3" length="9" type="audio/mpeg"/>'
DATE = "<pubDate>Tue, 03 Mar 2026 09:00:00 +0000</pubDate>"
LATER = "<pubDate>Wed, 04 Mar 2026 09:00:00 +0000</pubDate>"
REPLIES = '<atom:link rel="replies" href="https://e.org/"/>'


def _draft(channel: str, *, url: str | None = URL) -> Draft:
    data = rss(channel)
    feed = parse_feed(data, url=url)
    return convert(feed, further_elements(data), Around(site=EMPTY))


def _lost(channel: str) -> set[str]:
    data = rss(channel)
    feed = parse_feed(data, url=URL)
    return {note.tag for note in losses(feed, rehearsed(_draft(channel), EMPTY))}


def _show(channel: str) -> dict[str, Any]:
    return _draft(
        f"<title>T</title><language>en</language>{channel}"
    ).show.value.sparse()


def _episode(item: str) -> EpisodeDraft:
    usual = f"<title>One</title><guid>g</guid>{DATE}{FILE}"
    [episode] = _draft(f"<title>T</title><item>{usual}{item}</item>").episodes
    return episode


@pytest.mark.parametrize(
    ("channel", "field", "value"),
    [
        ("<itunes:author> A\n B </itunes:author>", "author", "A B"),
        ("<dc:creator>C</dc:creator>", "author", "C"),
        ("<googleplay:author>G</googleplay:author>", "author", "G"),
        ("<itunes:owner><itunes:email>a@e.org</itunes:email></itunes:owner>",
         "owner", {"name": "T", "email": "a@e.org"}),
        ("<itunes:owner><itunes:name>N</itunes:name></itunes:owner>", "owner", None),
        (('<itunes:category text="science"><itunes:category text="social sciences"/>'
         '</itunes:category><itunes:category text="Jazz"/>'),
         "categories", ["Science > Social Sciences"]),
        ("<itunes:explicit>yes</itunes:explicit>", "explicit", True),
        ("<itunes:type>Serial</itunes:type>", "type", "serial"),
        ("<podcast:license>cc-by-4.0</podcast:license>", "licence",
         {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}),
        ("<podcast:license>mine</podcast:license>", "licence", None),
        ("<link>https://e.org/</link>", "links", {"website": "https://e.org/"}),
        ("<link>nowhere at all</link>", "links", None),
        ("<podcast:locked>no</podcast:locked>", "locked", False),
        ("<itunes:block>Yes</itunes:block>", "visibility", "unlisted"),
        ("<itunes:complete>Yes</itunes:complete>", "complete", True),
        ("<podcast:guid>917393E3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>", "guid",
         "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("<podcast:guid>odd</podcast:guid>", "guid",
         "6f428077-3d96-54d2-ac8f-daff427d7676"),
        ("", "previous_url", URL),
        ("<itunes:new-feed-url>https://e.org/</itunes:new-feed-url>", "new_url", None),
        ("<spotify:countryOfOrigin>gb ie</spotify:countryOfOrigin>", "spotify",
         {"countries": ["GB", "IE"]}),
        ('<odd:a b="1"/>', "extra", '<odd:a b="1"/>'),
        ('<odd:a b="1"/>', "namespaces", {"odd": "https://example.org/odd"}),
        ('<itunes:odd xmlns:x="https://x.org/"/>', "extra", None),
        ('<a xmlns="https://x.org/"/>', "namespaces", {"ns1": "https://x.org/"}),
        ("<googleplay:new-feed-url>https://e.org/</googleplay:new-feed-url>",
         "extra", None),
        ('<media:thumbnail url="https://old.example.org/a.png"/>', "extra", None),
        ("<media:rating>adult</media:rating>", "extra",
         "<media:rating>adult</media:rating>"),
        (('<podcast:person role="Wizard" group="Cast" href="https://e.org/">A'
         "</podcast:person>"), "people",
         [{"name": "A", "role": "guest", "group": "Cast", "url": "https://e.org/"}]),
        (('<podcast:person href="https://orcid.org/0000-0002-1825-0097">A'
         "</podcast:person><podcast:person> </podcast:person>"), "people",
         [{"name": "A", "orcid": "0000-0002-1825-0097"}]),
    ],
)  # fmt: skip
def test_a_show_says_what_its_feed_said(
    channel: str, field: str, value: object
) -> None:
    assert _show(channel).get(field) == value


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        ("<itunes:episode>4</itunes:episode><podcast:episode>4</podcast:episode>",
         "number", 4),
        ("<podcast:episode>4.5</podcast:episode>", "podcast",
         {"episode": {"number": 4.5}}),
        ("<itunes:episode>0</itunes:episode>", "number", None),
        ("<itunes:season>2</itunes:season>", "season", 2),
        ('<podcast:season name="Winter">2</podcast:season>', "collection", "winter"),
        ('<podcast:season name="Winter">2</podcast:season>', "season", None),
        ('<podcast:season name="Winter">0</podcast:season>', "collection", None),
        ("<itunes:episodeType>Bonus</itunes:episodeType>", "type", "bonus"),
        ("<itunes:explicit>true</itunes:explicit>", "explicit", True),
        ('<podcast:soundbite startTime="1.23456" duration="30"/>', "soundbites",
         [{"start": 1.235, "duration": 30.0}]),
        ('<podcast:soundbite startTime="-1" duration="30"/>', "soundbites", None),
        (('<psc:chapters><psc:chapter start="9:00" title="B"/>'
         '<psc:chapter start="0" title=""/><psc:chapter title="C"/></psc:chapters>'),
         "chapters", [{"start": 0.0, "title": "Chapter 2"},
                      {"start": 540.0, "title": "B"}]),
    ],
)  # fmt: skip
def test_an_episode_says_what_its_item_said(
    item: str, field: str, value: object
) -> None:
    assert _episode(item).value.sparse().get(field) == value


@pytest.mark.parametrize(
    ("date", "publish"),
    [
        ("Tue, 03 Mar 2026 09:00:00 +0000", "2026-03-03 09:00"),
        ("Tue, 03 Mar 2026 09:00:07 +0000", "2026-03-03 09:00:07"),
        ("Sun, 05 Jul 2026 09:00:00 +0000", "2026-07-05 10:00"),
        ("Sun, 25 Oct 2026 00:30:00 +0000", "2026-10-25T00:30:00Z"),
        ("Sun, 25 Oct 2026 01:30:00 +0000", "2026-10-25T01:30:00Z"),
        ("some day", "draft"),
    ],
)
def test_a_date_is_kept_by_the_clocks_of_the_show(date: str, publish: str) -> None:
    item = f"<guid>g</guid>{FILE}<pubDate>{date}</pubDate>"
    [episode] = _draft(f"<title>T</title><item>{item}</item>").episodes

    assert episode.value.publish == publish


@pytest.mark.parametrize(
    ("items", "guids"),
    [
        ([FILE], ["https://old.example.org/1.mp3"]),
        (["<guid>a</guid>", "<guid> a </guid>", "<guid>b</guid>"], ["a", "b"]),
        (["<title>nothing</title>"], []),
        ([f"<guid>{'x' * 256}</guid>", f"<guid>{'x' * 255}</guid>"], ["x" * 255]),
        (['<media:content url="https://e.org/1.mp3" type="audio/mpeg"/>'],
         ["https://e.org/1.mp3"]),
    ],
)  # fmt: skip
def test_identity_is_what_apps_know(items: list[str], guids: list[str]) -> None:
    draft = _draft("".join(f"<item>{item}</item>" for item in items))
    skipped = [note for note in draft.notes if note.what.startswith("not imported")]

    assert [one.value.guid for one in draft.episodes] == guids
    assert len(skipped) == len(items) - len(guids)


def test_the_mark_of_a_stand_in_comes_back_as_the_field_that_it_was() -> None:
    episode = _episode(
        '<podcast:txt purpose="stand-in">Not the real one.</podcast:txt>'
        '<podcast:txt purpose="verify">abc</podcast:txt>'
    )

    assert episode.value.media.stand_in
    assert [one.text for one in episode.value.podcast.txt] == ["abc"]


def test_a_feed_from_a_file_is_known_by_its_own_address() -> None:
    link = f'<atom:link rel="self" href="{URL}"/>'

    assert _draft(link, url=None).show.value.guid == _draft("").show.value.guid
    assert _draft(link, url=None).url == URL
    assert _draft("<title>A</title>", url=None).show.value.previous_url is None


def test_transcripts_that_are_not_fetched_stay_where_they_are() -> None:
    episode = _episode(
        '<podcast:transcript url="https://e.org/a.srt" type="application/x-subrip"/>'
        '<podcast:transcript url="https://e.org/a.vtt" type="text/vtt"/>'
        '<podcast:transcript url="https://e.org/a.doc" type="application/msword"/>'
    )

    wanted = [one.url for one in episode.wanted if one.role == "transcript"]
    kept = [one.url for one in episode.value.podcast.transcript]
    assert (wanted, kept) == (["https://e.org/a.vtt"], ["https://e.org/a.srt"])


@pytest.mark.parametrize(
    ("inner", "tag"),
    [
        ("<itunes:keywords>a,b</itunes:keywords>", "itunes:keywords"),
        ("<category>a</category>", "category"),
        ("<ttl>60</ttl>", "ttl"),
        ("<managingEditor>a@e.org</managingEditor>", "managing_editor"),
        ("<itunes:summary>other words</itunes:summary>", "itunes:summary"),
        ("<podcast:block id='nobody'>yes</podcast:block>", "podcast:blocks"),
        ("<odd>x</odd>", "unknown"),
        ((f"<item><guid>1</guid>{DATE}{FILE}</item>"
         f"<item><guid>2</guid>{LATER}{FILE}</item>"), "order"),
        ((f"<item><guid>1</guid>{DATE}{FILE}"
         '<enclosure url="https://e.org/2.mp3" length="1" type="audio/mpeg"/></item>'),
         "enclosure"),
        (f"<item><guid>1</guid>{DATE}{FILE}{REPLIES}</item>", "atom:link"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_by_its_tag(inner: str, tag: str) -> None:
    assert tag in _lost(f"<title>T</title><description>x</description>{inner}")


@pytest.mark.parametrize(
    "inner",
    [
        "<generator>x</generator><docs>https://e.org/</docs>",
        "<itunes:summary>x</itunes:summary>",
        f"<item><title>A</title><itunes:title>A</itunes:title><guid>1</guid>{DATE}</item>",
        (
            "<itunes:author>A</itunes:author>"
            f"<item><guid>1</guid><itunes:author>A</itunes:author>{DATE}</item>"
        ),
        "<itunes:block>no</itunes:block>",
        f"<item><guid isPermaLink='true'>https://e.org/</guid>{DATE}{FILE}</item>",
    ],
)
def test_what_says_nothing_new_is_not_told(inner: str) -> None:
    assert not _lost(f"<title>T</title><description>x</description>{inner}")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"chapters": [{"startTime": 1, "title": " A ", "url": "/b", "img": "c.png"}]},
         [(1.0, "A", "https://e.org/b", "https://e.org/x/c.png")]),
        ({"chapters": [{"startTime": 0}, {"startTime": True}, {"startTime": "1"}, 7]},
         [(0.0, "", None, None)]),
        ({"chapters": [{"startTime": 1, "url": "http://[", "title": 3}]},
         [(1.0, "", None, None)]),
        ({"chapters": {}}, []),
        ([], []),
        ("x", []),
    ],
)  # fmt: skip
def test_a_file_of_chapters_is_read_as_far_as_it_goes(
    content: object, found: list[tuple[object, ...]]
) -> None:
    chapters = read_chapters(json.dumps(content).encode(), url="https://e.org/x/y.json")

    assert [(one.start, one.title, one.url, one.image) for one in chapters] == found


def test_bytes_that_are_no_chapters_give_none() -> None:
    assert read_chapters(b"\xff{", url="https://e.org/") == ()
    assert read_chapters(b'{"chapters": [{"startTime": 1e999}]}', url="x") == ()
