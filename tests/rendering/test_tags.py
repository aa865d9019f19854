"""Each tag of the podcast namespace stands in the feed with the values it was given."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from peru_media.model.further import OWN_NAMESPACES
from peru_media.model.location import LocationField
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.source import Chapter, Episode, Person, Show, Spotify
from peru_media.rendering.characters import legal
from peru_media.rendering.feed import render_feed
from tests.rendering.reading import read
from tests.rendering.samples import BASE, NOON, make_episode, make_show

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
MEDIA = {"media": "http://search.yahoo.com/mrss/"}
PAID: dict[str, Any] = {"name": "Unit", "type": "node", "address": "02d5", "split": 90}
LIVE: dict[str, Any] = {
    "status": "live",
    "start": "2026-07-01 18:00",
    "end": "2026-07-01 19:00 +02:00",
    "title": "Ask us",
    "guid": "live-1",
    "description": "Ask & hear",
    "link": "https://example.org/live",
    "enclosure": {"url": "https://example.org/a.mp3", "type": "audio/mpeg"},
    "content_link": {"href": "https://example.org/watch", "text": "Watch"},
    "alternate_enclosure": {
        "type": "application/x-mpegURL",
        "source": {"uri": "https://example.org/a.m3u8"},
    },
    "location": {"name": "Salford"},
    "funding": {"url": "https://example.org/give"},
    "image": {"href": "https://example.org/a.png"},
    "social_interact": {"protocol": "disabled"},
    "chat": {"server": "irc.example.org", "protocol": "irc"},
    "value": {"type": "lightning", "method": "keysend", "recipient": PAID},
}

Shown = tuple[str, dict[str, str], str | None, list[Any]]


def _feed(show: Show, *episodes: Episode) -> bytes:
    return render_feed(show, episodes, base_url=BASE, built=NOON)


def _of_show(**changes: Any) -> Any:
    return read(_feed(make_show(**changes)))


def _of_episode(show: Show | None = None, **changes: Any) -> Any:
    return read(_feed(show or make_show(), make_episode(**changes))).find("item")


def _said(parent: Any, tag: str) -> list[Shown]:
    prefix, _, name = tag.partition(":")
    space = {**OWN_NAMESPACES, **MEDIA}[prefix]
    return [_shown(one) for one in parent.findall(f"{{{space}}}{name}")]


def _shown(element: Any) -> Shown:
    name = etree.QName(element).localname
    return name, dict(element.attrib), element.text, [_shown(one) for one in element]


def _one(tag: str, attributes: dict[str, str], text: str | None = None) -> list[Shown]:
    return [(tag, attributes, text, [])]


@pytest.mark.parametrize(
    ("fields", "tag", "attributes", "text"),
    [
        ({"medium": "audiobook"}, "medium", {}, "audiobook"),
        (
            {
                "location": {
                    "name": "Salford",
                    "geo": "geo:53.48,-2.29",
                    "osm": "R146656",
                    "country": "GB",
                    "rel": "creator",
                }
            },
            "location",
            {
                "geo": "geo:53.48,-2.29",
                "osm": "R146656",
                "country": "GB",
                "rel": "creator",
            },
            "Salford",
        ),
        (
            {
                "trailer": {
                    "title": "Soon",
                    "url": "https://example.org/t.mp3",
                    "published": "2026-07-01 09:00",
                    "length": 12,
                    "type": "audio/mpeg",
                    "season": 2,
                }
            },
            "trailer",
            {
                "url": "https://example.org/t.mp3",
                "pubdate": "Wed, 01 Jul 2026 08:00:00 +0000",
                "length": "12",
                "type": "audio/mpeg",
                "season": "2",
            },
            "Soon",
        ),
        (
            {
                "update_frequency": {
                    "text": "Weekly",
                    "rrule": "FREQ=WEEKLY;COUNT=3",
                    "dtstart": "2026-07-01",
                    "complete": False,
                }
            },
            "updateFrequency",
            {
                "rrule": "FREQ=WEEKLY;COUNT=3",
                "dtstart": "2026-06-30T23:00:00Z",
                "complete": "false",
            },
            "Weekly",
        ),
        ({"podping": True}, "podping", {"usesPodping": "true"}, None),
        (
            {
                "image": {
                    "href": "https://example.org/a.png",
                    "alt": "Two talk",
                    "aspect_ratio": "16/9",
                    "width": 1920,
                    "height": 1080,
                    "type": "image/png",
                    "purpose": "banner",
                }
            },
            "image",
            {
                "href": "https://example.org/a.png",
                "alt": "Two talk",
                "aspect-ratio": "16/9",
                "width": "1920",
                "height": "1080",
                "type": "image/png",
                "purpose": "banner",
            },
            None,
        ),
        (
            {
                "social_interact": {
                    "protocol": "activitypub",
                    "uri": "https://example.org/1",
                    "account_id": "@a@example.org",
                    "account_url": "https://example.org/a",
                    "priority": 2,
                }
            },
            "socialInteract",
            {
                "protocol": "activitypub",
                "uri": "https://example.org/1",
                "accountId": "@a@example.org",
                "accountUrl": "https://example.org/a",
                "priority": "2",
            },
            None,
        ),
        (
            {
                "chat": {
                    "server": "example.org",
                    "protocol": "xmpp",
                    "account_id": "a",
                    "space": "#b",
                }
            },
            "chat",
            {
                "server": "example.org",
                "protocol": "xmpp",
                "accountId": "a",
                "space": "#b",
            },
            None,
        ),
        ({"block": {"value": True}}, "block", {}, "yes"),
        ({"block": {"value": "no", "id": "acast"}}, "block", {"id": "acast"}, "no"),
        (
            {"txt": {"text": "a<b", "purpose": "verify"}},
            "txt",
            {"purpose": "verify"},
            "a<b",
        ),
        (
            {
                "remote_item": {
                    "feed_guid": GUID,
                    "feed_url": "https://example.org/feed",
                    "item_guid": "7",
                    "medium": "music",
                    "title": "Song",
                }
            },
            "remoteItem",
            {
                "feedGuid": GUID,
                "feedUrl": "https://example.org/feed",
                "itemGuid": "7",
                "medium": "music",
                "title": "Song",
            },
            None,
        ),
    ],
    ids=str,
)
def test_a_tag_of_a_show_has_its_values(
    fields: dict[str, Any], tag: str, attributes: dict[str, str], text: str | None
) -> None:
    podcast = PodcastShow.model_validate(fields)

    found = _of_show(podcast=podcast)

    assert _said(found, f"podcast:{tag}") == _one(tag, attributes, text)


def test_a_publisher_and_a_podroll_hold_other_shows() -> None:
    shows = [{"feed_guid": GUID}, {"feed_guid": GUID, "title": "B"}]
    podcast = PodcastShow.model_validate(
        {"publisher": {"feed_guid": GUID}, "podroll": {"remote_item": shows}}
    )

    found = _of_show(podcast=podcast)

    publisher = _one("remoteItem", {"feedGuid": GUID, "medium": "publisher"})
    assert _said(found, "podcast:publisher") == [("publisher", {}, None, publisher)]
    ((_, _, _, rolled),) = _said(found, "podcast:podroll")
    assert [one[1] for one in rolled] == [
        {"feedGuid": GUID},
        {"feedGuid": GUID, "title": "B"},
    ]


def test_payments_name_who_gets_what_and_for_which_stretch_others() -> None:
    fee = PAID | {"custom_key": "1", "custom_value": "b", "fee": True, "split": 0}
    splits = [
        {"start": "1:00", "duration": 30.5, "recipient": PAID},
        {
            "start": 90,
            "duration": 30,
            "remote_start": 0.5,
            "remote_percentage": 0,
            "remote_item": {"feed_guid": GUID},
        },
    ]
    value = {
        "type": "lightning",
        "method": "keysend",
        "suggested": "0.00000005",
        "recipient": [PAID, fee],
        "time_split": splits,
    }

    found = _of_episode(podcast=PodcastEpisode.model_validate({"value": value}))

    paid: Shown = ("valueRecipient", PAID | {"split": "90"}, None, [])
    more = {"split": "0", "customKey": "1", "customValue": "b", "fee": "true"}
    other: Shown = ("remoteItem", {"feedGuid": GUID}, None, [])
    assert _said(found, "podcast:value") == [
        (
            "value",
            {"type": "lightning", "method": "keysend", "suggested": "0.00000005"},
            None,
            [
                paid,
                ("valueRecipient", PAID | more, None, []),
                (
                    "valueTimeSplit",
                    {"startTime": "60", "duration": "30.5"},
                    None,
                    [paid],
                ),
                (
                    "valueTimeSplit",
                    {
                        "startTime": "90",
                        "duration": "30",
                        "remoteStartTime": "0.5",
                        "remotePercentage": "0",
                    },
                    None,
                    [other],
                ),
            ],
        )
    ]


def test_a_broadcast_has_what_an_episode_has() -> None:
    found = _of_show(podcast=PodcastShow.model_validate({"live_item": LIVE}))

    ((_, times, _, inner),) = _said(found, "podcast:liveItem")
    assert times == {
        "status": "live",
        "start": "2026-07-01T17:00:00Z",
        "end": "2026-07-01T17:00:00Z",
    }
    assert [(name, attributes, text) for name, attributes, text, _ in inner] == [
        ("title", {}, "Ask us"),
        ("description", {}, "Ask & hear"),
        ("link", {}, "https://example.org/live"),
        ("guid", {"isPermaLink": "false"}, "live-1"),
        (
            "enclosure",
            {"url": "https://example.org/a.mp3", "length": "0", "type": "audio/mpeg"},
            None,
        ),
        ("alternateEnclosure", {"type": "application/x-mpegURL"}, None),
        ("contentLink", {"href": "https://example.org/watch"}, "Watch"),
        ("location", {}, "Salford"),
        ("funding", {"url": "https://example.org/give"}, None),
        ("image", {"href": "https://example.org/a.png"}, None),
        ("socialInteract", {"protocol": "disabled"}, None),
        ("chat", {"server": "irc.example.org", "protocol": "irc"}, None),
        ("value", {"type": "lightning", "method": "keysend"}, None),
    ]


def test_a_broadcast_needs_no_end() -> None:
    live = {name: value for name, value in LIVE.items() if name != "end"}

    found = _of_show(podcast=PodcastShow.model_validate({"live_item": live}))

    assert "end" not in _said(found, "podcast:liveItem")[0][1]


def test_an_episode_offers_other_forms_of_its_recording() -> None:
    fields = {
        "type": "video/mp4",
        "length": 7924786,
        "bitrate": 511276.52,
        "height": 720,
        "lang": "en-GB",
        "title": "Film",
        "rel": "film",
        "codecs": "avc1.64001f",
        "default": False,
        "source": [{"uri": "https://example.org/a.mp4"}, {"uri": "ipfs://a"}],
        "integrity": {"type": "sri", "value": "sha384-a"},
    }
    said = PodcastEpisode.model_validate({"alternate_enclosure": fields})

    found = _of_episode(podcast=said)

    assert _said(found, "podcast:alternateEnclosure") == [
        (
            "alternateEnclosure",
            {
                "type": "video/mp4",
                "length": "7924786",
                "bitrate": "511276.52",
                "height": "720",
                "lang": "en-GB",
                "title": "Film",
                "rel": "film",
                "codecs": "avc1.64001f",
                "default": "false",
            },
            None,
            [
                ("source", {"uri": "https://example.org/a.mp4"}, None, []),
                ("source", {"uri": "ipfs://a"}, None, []),
                ("integrity", {"type": "sri", "value": "sha384-a"}, None, []),
            ],
        )
    ]


@pytest.mark.parametrize(
    ("fields", "tag", "attributes", "text"),
    [
        (
            {"episode": {"number": 315.5, "display": "Ch. 3"}},
            "episode",
            {"display": "Ch. 3"},
            "315.5",
        ),
        ({"episode": {"number": 0}}, "episode", {}, "0"),
        ({}, "episode", {}, "3"),
        (
            {
                "transcript": {
                    "url": "https://example.org/cy.vtt",
                    "type": "text/vtt",
                    "language": "cy",
                    "rel": "captions",
                }
            },
            "transcript",
            {
                "url": "https://example.org/cy.vtt",
                "type": "text/vtt",
                "language": "cy",
                "rel": "captions",
            },
            None,
        ),
        (
            {"content_link": {"href": "https://example.org/w", "text": "Watch"}},
            "contentLink",
            {"href": "https://example.org/w"},
            "Watch",
        ),
        (
            {"funding": {"url": "https://example.org/give", "text": "Give"}},
            "funding",
            {"url": "https://example.org/give"},
            "Give",
        ),
        ({"txt": {"text": "true", "purpose": "ai-content"}}, "txt", None, "true"),
    ],
    ids=str,
)
def test_a_tag_of_an_episode_has_its_values(
    fields: dict[str, Any], tag: str, attributes: dict[str, str] | None, text: str
) -> None:
    said = PodcastEpisode.model_validate(fields)

    found = _of_episode(number=3, podcast=said)

    expected = {"purpose": "ai-content"} if attributes is None else attributes
    assert _said(found, f"podcast:{tag}") == _one(tag, expected, text)


def test_an_episode_is_about_its_places() -> None:
    places = (LocationField(name="A"), LocationField(name="B", country="GB"))

    found = _of_episode(location=places)

    assert [one[1:3] for one in _said(found, "podcast:location")] == [
        ({}, "A"),
        ({"country": "GB"}, "B"),
    ]


@pytest.mark.parametrize(
    ("person", "group"),
    [
        (Person(name="A", role="host"), None),
        (Person(name="A", role="sound designer"), "audio post-production"),
        (Person(name="A", role="sound designer", group="visuals"), "visuals"),
    ],
)
def test_a_role_outside_the_cast_names_its_group(
    person: Person, group: str | None
) -> None:
    ((_, attributes, _, _),) = _said(_of_episode(people=(person,)), "podcast:person")

    assert attributes.get("group") == group


def test_chapters_stand_in_the_feed_where_the_show_says_so() -> None:
    chapters = (
        Chapter(start=3723.5, title="Later", url="https://example.org", image="/a.png"),
        Chapter(start=0, title="Beginning"),
    )
    show = make_show(simple_chapters=True)

    found = _of_episode(show, chapters=chapters)

    ((_, version, _, inner),) = _said(found, "psc:chapters")
    assert version == {"version": "1.2"}
    assert [attributes for _, attributes, _, _ in inner] == [
        {"start": "00:00:00.000", "title": "Beginning"},
        {
            "start": "01:02:03.500",
            "title": "Later",
            "href": "https://example.org",
            "image": f"{BASE}/a.png",
        },
    ]
    assert _said(_of_episode(show), "psc:chapters") == []
    assert _said(_of_episode(chapters=chapters), "psc:chapters") == []


def test_spotify_is_told_what_it_asks() -> None:
    found = _of_show(spotify=Spotify(recent_count=20, countries=("GB", "IE")))

    assert _said(found, "spotify:limit") == _one("limit", {"recentCount": "20"})
    assert _said(found, "spotify:countryOfOrigin") == _one(
        "countryOfOrigin", {}, "gb ie"
    )
    assert _said(_of_show(spotify=Spotify()), "spotify:limit") == []


@pytest.mark.parametrize(("complete", "words"), [(True, ["Yes"]), (False, [])])
def test_only_what_is_complete_says_so(complete: object, words: list[str]) -> None:
    found = _said(_of_show(complete=complete), "itunes:complete")

    assert [text for _, _, text, _ in found] == words


def test_further_elements_stand_as_they_were_given() -> None:
    xml = "<media:group a='1'>\n <media:title xml:lang='cy'>A &amp; B</media:title>\n"
    xml += "</media:group><media:rating><![CDATA[<all>]]></media:rating>"
    show = make_show(namespaces=MEDIA, extra=xml)

    feed = _feed(show, make_episode(extra=xml), make_episode("second", extra=xml))

    assert feed.count(b'<media:group a="1">\n <media:title xml:lang="cy">') == 3
    assert feed.count(b"A &amp; B") == feed.count(b">&lt;all&gt;<") == 3
    assert feed.count(b"xmlns") == 5


def test_namespaces_are_declared_once_where_they_are_used() -> None:
    chapters = (Chapter(start=0, title="Beginning"),)
    show = make_show(simple_chapters=True, spotify=Spotify(recent_count=1))

    feed = _feed(show, make_episode(chapters=chapters))

    assert feed.count(b"xmlns") == 6
    assert b"<psc:chapters version" in feed
    assert feed.index(b"xmlns:psc") < feed.index(b"<channel>")


def test_a_number_cannot_bring_in_what_no_feed_can_carry() -> None:
    xml = "<media:a b='x&#x85;&#x7f;y'>&#x7f;c<media:d/>&#x80;</media:a>"

    found = _of_show(namespaces=MEDIA, extra=xml)

    assert _said(found, "media:a") == [("a", {"b": "x\ny"}, "c", [("d", {}, None, [])])]


def test_the_show_s_namespaces_are_an_input_of_its_items() -> None:
    cache: dict[str, bytes] = {}
    xml = "<media:a/>"
    feeds = {
        render_feed(
            make_show(namespaces={"media": address}),
            [make_episode(extra=xml)],
            base_url=BASE,
            built=NOON,
            cache=cache,
        )
        for address in ("urn:a", "urn:b")
    }

    assert len(cache) == 5  # the notes, which are the same, two items, two blocks
    assert len(feeds) == 2


TEXT = st.text(min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXT, min_size=6, max_size=6))
def test_any_text_is_read_back_from_any_tag(texts: list[str]) -> None:
    one, two, three, four, five, six = texts
    podcast = PodcastShow.model_validate({"txt": {"text": one, "purpose": two}})
    said = PodcastEpisode.model_validate(
        {
            "social_interact": {"protocol": "disabled", "account_id": f"a{three}"},
            "txt": {"text": four},
            "value": {
                "type": f"a{five}",
                "method": "b",
                "recipient": PAID | {"name": f"c{six}"},
            },
        }
    )
    chapters = (Chapter(start=0, title=f"t{one}"),)
    show = make_show(podcast=podcast, simple_chapters=True)

    channel = read(_feed(show, make_episode(podcast=said, chapters=chapters)))

    item = channel.find("item")
    (txt,) = _said(channel, "podcast:txt") or [("txt", {}, None, [])]
    assert (txt[2] or "") == legal(one)
    assert txt[1].get("purpose", "") == legal(two)
    assert _said(item, "podcast:socialInteract")[0][1]["accountId"] == _kept(
        f"a{three}"
    )
    assert "".join(t[2] or "" for t in _said(item, "podcast:txt")) == legal(four)
    (value,) = _said(item, "podcast:value")
    assert value[1]["type"] == _kept(f"a{five}")
    assert value[3][0][1]["name"] == _kept(f"c{six}")
    assert _said(item, "psc:chapters")[0][3][0][1]["title"] == legal(f"t{one}")


def _kept(text: str) -> str:
    """A line loses the space around it, then what no feed can carry."""
    return legal(text.strip())


@settings(max_examples=60, deadline=None)
@given(words=TEXT, value=TEXT)
def test_any_words_in_further_elements_are_read_back(words: str, value: str) -> None:
    element = etree.Element(f"{{{MEDIA['media']}}}a", nsmap=MEDIA)
    element.text, given_value = legal(words), legal(value)
    element.set("b", given_value)
    xml = etree.tostring(element, encoding="unicode")
    bare = xml.replace(f' xmlns:media="{MEDIA["media"]}"', "")

    found = _of_show(namespaces=MEDIA, extra=bare)

    (read_back,) = _said(found, "media:a")
    assert (read_back[2] or "") == legal(words)
    assert read_back[1]["b"] == given_value
