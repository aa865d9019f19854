"""Each tag, and the value that it becomes."""
# ruff: noqa: E501  # a tag and its attributes read better on one line

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.parsing.feeds import read_atom, read_item, read_show

MOMENT = datetime(2026, 3, 3, 9, tzinfo=UTC)
RFC = "Tue, 03 Mar 2026 09:00:00 +0000"
RECIPIENT = '<podcast:valueRecipient type="node" address="ab" split="95" name="Ann"/>'

ITEM = [
    ("title", "<title> A story </title>", "A story"),
    ("link", "<link>https://e.org/1</link>", "https://e.org/1"),
    ("description", "<description><![CDATA[<p>x</p>]]></description>", "<p>x</p>"),
    ("content", "<content:encoded>&lt;p&gt;x</content:encoded>", "<p>x"),
    ("guid", '<guid isPermaLink="false">g</guid>', "g"),
    ("permalink", '<guid isPermaLink="false">g</guid>', False),
    ("permalink", "<guid>g</guid>", None),
    ("published", f"<pubDate>{RFC}</pubDate>", MOMENT),
    ("authors.0.email", "<author>a@e.org (Ann)</author>", "a@e.org"),
    ("authors.0.name", "<author>a@e.org (Ann)</author>", "Ann"),
    ("authors.0.name", "<author>Ann &lt;a@e.org></author>", "Ann"),
    ("authors.0.email", "<author>a@e.org</author>", "a@e.org"),
    ("authors.0.name", "<author>Ann</author>", "Ann"),
    ("categories.0.name", '<category domain="d">c</category>', "c"),
    ("categories.0.domain", '<category domain="d">c</category>', "d"),
    ("comments", "<comments>https://e.org/c</comments>", "https://e.org/c"),
    ("source.url", '<source url="https://e.org/f">F</source>', "https://e.org/f"),
    ("source.title", '<source url="https://e.org/f">F</source>', "F"),
    (
        "enclosures.0.length",
        '<enclosure url="https://e.org/a" length="7" type="audio/mpeg"/>',
        7,
    ),
    (
        "links.0.rel",
        '<atom:link rel="payment" href="https://e.org/p"/>',
        "payment",
    ),
    (
        "enclosures.0.url",
        '<atom:link rel="enclosure" href="https://e.org/a" length="1"/>',
        "https://e.org/a",
    ),
    ("itunes.title", "<itunes:title>t</itunes:title>", "t"),
    ("itunes.subtitle", "<itunes:subtitle>t</itunes:subtitle>", "t"),
    ("itunes.summary", "<itunes:summary>t</itunes:summary>", "t"),
    ("itunes.author", "<itunes:author>t</itunes:author>", "t"),
    ("itunes.duration", "<itunes:duration>1:02:03</itunes:duration>", 3723.0),
    ("itunes.explicit", "<itunes:explicit>true</itunes:explicit>", True),
    ("itunes.image", '<itunes:image href="https://e.org/i"/>', "https://e.org/i"),
    ("itunes.image", "<itunes:image>https://e.org/i</itunes:image>", "https://e.org/i"),
    ("itunes.keywords", "<itunes:keywords>a, b,</itunes:keywords>", ("a", "b")),
    ("itunes.episode", "<itunes:episode>3</itunes:episode>", 3),
    ("itunes.season", "<itunes:season>2</itunes:season>", 2),
    ("itunes.episode_type", "<itunes:episodeType>bonus</itunes:episodeType>", "bonus"),
    ("itunes.block", "<itunes:block>Yes</itunes:block>", True),
    ("itunes.order", "<itunes:order>1</itunes:order>", 1),
    (
        "itunes.closed_captioned",
        "<itunes:isClosedCaptioned>Yes</itunes:isClosedCaptioned>",
        True,
    ),
    (
        "podcast.transcripts.0",
        (
            '<podcast:transcript url="https://e.org/t" type="text/vtt" '
            'language="cy" rel="captions"/>'
        ),
        {
            "url": "https://e.org/t",
            "media_type": "text/vtt",
            "language": "cy",
            "rel": "captions",
        },
    ),
    (
        "podcast.chapters",
        '<podcast:chapters url="https://e.org/c" type="application/json+chapters"/>',
        {"url": "https://e.org/c", "media_type": "application/json+chapters"},
    ),
    (
        "podcast.soundbites.0",
        '<podcast:soundbite startTime="1.5" duration="20">Here</podcast:soundbite>',
        {"start": 1.5, "duration": 20.0, "title": "Here"},
    ),
    (
        "podcast.people.0",
        (
            '<podcast:person role="guest" group="cast" img="https://e.org/i" '
            'href="https://e.org/h">Ann</podcast:person>'
        ),
        {
            "name": "Ann",
            "role": "guest",
            "group": "cast",
            "image": "https://e.org/i",
            "url": "https://e.org/h",
        },
    ),
    (
        "podcast.locations.0",
        (
            '<podcast:location rel="creator" geo="geo:1,2" osm="R1" country="GB">Here'
            "</podcast:location>"
        ),
        {
            "name": "Here",
            "rel": "creator",
            "geo": "geo:1,2",
            "osm": "R1",
            "country": "GB",
        },
    ),
    (
        "podcast.season",
        '<podcast:season name="Two">2</podcast:season>',
        {"number": 2, "name": "Two"},
    ),
    (
        "podcast.episode",
        '<podcast:episode display="Ch.3">315.5</podcast:episode>',
        {"number": 315.5, "display": "Ch.3"},
    ),
    (
        "podcast.license",
        '<podcast:license url="https://e.org/l">mine</podcast:license>',
        {"name": "mine", "url": "https://e.org/l"},
    ),
    (
        "podcast.alternate_enclosures.0",
        (
            '<podcast:alternateEnclosure type="video/mp4" length="9" bitrate="128000" '
            'height="720" lang="en" title="HD" rel="r" codecs="c" default="true">'
            '<podcast:source uri="https://e.org/v" contentType="video/mp4"/>'
            '<podcast:integrity type="sri" value="sha384-x"/></podcast:alternateEnclosure>'
        ),
        {
            "media_type": "video/mp4",
            "length": 9,
            "bitrate": 128000.0,
            "height": 720,
            "language": "en",
            "title": "HD",
            "rel": "r",
            "codecs": "c",
            "default": True,
            "sources": [{"uri": "https://e.org/v", "media_type": "video/mp4"}],
            "integrity": {"type": "sri", "value": "sha384-x"},
        },
    ),
    (
        "podcast.funding.0",
        '<podcast:funding url="https://e.org/f">Help</podcast:funding>',
        {"url": "https://e.org/f", "text": "Help"},
    ),
    (
        "podcast.content_links.0",
        '<podcast:contentLink href="https://e.org/l">Watch</podcast:contentLink>',
        {"url": "https://e.org/l", "text": "Watch"},
    ),
    (
        "podcast.social_interacts.0",
        (
            '<podcast:socialInteract protocol="activitypub" uri="https://e.org/s" '
            'accountId="@a" accountUrl="https://e.org/a" priority="1"/>'
        ),
        {
            "protocol": "activitypub",
            "uri": "https://e.org/s",
            "account_id": "@a",
            "account_url": "https://e.org/a",
            "priority": 1,
        },
    ),
    (
        "podcast.txts.0",
        '<podcast:txt purpose="verify">abc</podcast:txt>',
        {"text": "abc", "purpose": "verify"},
    ),
    (
        "podcast.values.0.recipients.0",
        (
            '<podcast:value type="lightning" method="keysend">'
            '<podcast:valueRecipient type="node" address="ab" split="5" name="n" '
            'customKey="k" customValue="v" fee="true"/></podcast:value>'
        ),
        {
            "type": "node",
            "address": "ab",
            "split": 5.0,
            "name": "n",
            "custom_key": "k",
            "custom_value": "v",
            "fee": True,
        },
    ),
    (
        "podcast.values.0.time_splits.0",
        (
            '<podcast:value type="lightning" method="keysend" suggested="0.00000005000">'
            '<podcast:valueTimeSplit startTime="60" duration="237" remoteStartTime="3" '
            f'remotePercentage="95"><podcast:remoteItem feedGuid="g" itemGuid="i"/>'
            f"{RECIPIENT}</podcast:valueTimeSplit></podcast:value>"
        ),
        {
            "start": 60.0,
            "duration": 237.0,
            "remote_start": 3.0,
            "remote_percentage": 95.0,
            "remote_item": {"feed_guid": "g", "item_guid": "i"},
            "recipients": [
                {"type": "node", "address": "ab", "split": 95.0, "name": "Ann"}
            ],
        },
    ),
    (
        "podcast.chat",
        '<podcast:chat server="s" protocol="irc" accountId="@a" space="#c"/>',
        {"server": "s", "protocol": "irc", "account_id": "@a", "space": "#c"},
    ),
    (
        "podcast.images.0",
        (
            '<podcast:image href="https://e.org/i" alt="A" aspect-ratio="1/1" width="3" '
            'height="4" type="image/png" purpose="artwork"/>'
        ),
        {
            "url": "https://e.org/i",
            "alt": "A",
            "aspect_ratio": "1/1",
            "width": 3,
            "height": 4,
            "media_type": "image/png",
            "purpose": "artwork",
        },
    ),
    (
        "chapters.0",
        (
            '<psc:chapters version="1.2"><psc:chapter start="00:01:02.5" title="T" '
            'href="https://e.org/h" image="https://e.org/i"/></psc:chapters>'
        ),
        {
            "start": 62.5,
            "title": "T",
            "url": "https://e.org/h",
            "image": "https://e.org/i",
        },
    ),
    ("googleplay.explicit", "<googleplay:explicit>yes</googleplay:explicit>", True),
    (
        "media.contents.0",
        (
            '<media:group><media:content url="https://e.org/v" fileSize="5" type="t/t" '
            'medium="video" isDefault="true" expression="full" bitrate="128" framerate="25" '
            'samplingrate="44.1" channels="2" duration="60" width="1" height="2" lang="en">'
            "<media:title>In it</media:title></media:content></media:group>"
        ),
        {
            "url": "https://e.org/v",
            "length": 5,
            "media_type": "t/t",
            "medium": "video",
            "default": True,
            "expression": "full",
            "bitrate": 128.0,
            "frame_rate": 25.0,
            "sampling_rate": 44.1,
            "channels": 2,
            "duration": 60.0,
            "width": 1,
            "height": 2,
            "language": "en",
        },
    ),
    (
        "media.title",
        "<media:content><media:title>In it</media:title></media:content>",
        "In it",
    ),
    (
        "media.thumbnails.0",
        '<media:thumbnail url="https://e.org/t" width="1" height="2" time="1.5"/>',
        {"url": "https://e.org/t", "width": 1, "height": 2, "time": "1.5"},
    ),
    (
        "media.credits.0",
        '<media:credit role="r" scheme="s">Ann</media:credit>',
        {"name": "Ann", "role": "r", "scheme": "s"},
    ),
    (
        "media.ratings.0",
        '<media:rating scheme="urn:simple">adult</media:rating>',
        {"name": "adult", "scheme": "urn:simple"},
    ),
    ("media.rating", "<media:rating>a</media:rating><media:rating/>", "a"),
    ("media.rating", "", None),
    ("media.keywords", "<media:keywords>a,b</media:keywords>", ("a", "b")),
    ("dc.creators", "<dc:creator>A</dc:creator><dc:creator>B</dc:creator>", ("A", "B")),
    ("dc.date", "<dc:date>2026-03-03T09:00:00Z</dc:date>", MOMENT),
    ("dc.rights", "<dc:rights>r</dc:rights>", "r"),
]
SHOW = [
    ("title", "<title>T</title>", "T"),
    ("link", "<link>https://e.org/</link>", "https://e.org/"),
    ("description", "<description>D</description>", "D"),
    ("language", "<language>en-GB</language>", "en-GB"),
    ("copyright", "<copyright>C</copyright>", "C"),
    ("managing_editor", "<managingEditor>a@b.c</managingEditor>", "a@b.c"),
    ("web_master", "<webMaster>a@b.c</webMaster>", "a@b.c"),
    ("published", f"<pubDate>{RFC}</pubDate>", MOMENT),
    ("updated", f"<lastBuildDate>{RFC}</lastBuildDate>", MOMENT),
    ("generator", "<generator>G</generator>", "G"),
    ("docs", "<docs>https://e.org/d</docs>", "https://e.org/d"),
    ("ttl", "<ttl>60</ttl>", 60),
    ("rating", "<rating>R</rating>", "R"),
    ("skip_hours", "<skipHours><hour>1</hour><hour>2</hour></skipHours>", ("1", "2")),
    ("skip_days", "<skipDays><day>Monday</day></skipDays>", ("Monday",)),
    (
        "image",
        (
            "<image><url>https://e.org/i</url><title>T</title><link>https://e.org/</link>"
            "<width>1</width><height>2</height><description>d</description></image>"
        ),
        {
            "url": "https://e.org/i",
            "title": "T",
            "link": "https://e.org/",
            "width": 1,
            "height": 2,
            "description": "d",
        },
    ),
    ("itunes.type", "<itunes:type>serial</itunes:type>", "serial"),
    (
        "itunes.owner",
        (
            "<itunes:owner><itunes:name>N</itunes:name><itunes:email>e@f.g</itunes:email>"
            "</itunes:owner>"
        ),
        {"name": "N", "email": "e@f.g"},
    ),
    (
        "itunes.categories.0",
        (
            '<itunes:category text="Science"><itunes:category text="Physics"/>'
            "</itunes:category>"
        ),
        {"name": "Science", "subs": ["Physics"]},
    ),
    (
        "itunes.new_feed_url",
        "<itunes:new-feed-url>https://e.org/n</itunes:new-feed-url>",
        "https://e.org/n",
    ),
    ("itunes.complete", "<itunes:complete>Yes</itunes:complete>", True),
    (
        "itunes.verify",
        "<itunes:applepodcastsverify>v</itunes:applepodcastsverify>",
        "v",
    ),
    ("podcast.guid", "<podcast:guid>g</podcast:guid>", "g"),
    (
        "podcast.locked",
        '<podcast:locked owner="a@b.c">yes</podcast:locked>',
        {"locked": True, "owner": "a@b.c"},
    ),
    ("podcast.medium", "<podcast:medium>music</podcast:medium>", "music"),
    (
        "podcast.trailers.0",
        (
            f'<podcast:trailer url="https://e.org/t" pubdate="{RFC}" length="3" '
            'type="audio/mpeg" season="2">T</podcast:trailer>'
        ),
        {
            "title": "T",
            "url": "https://e.org/t",
            "published": "2026-03-03T09:00:00Z",
            "length": 3,
            "media_type": "audio/mpeg",
            "season": 2,
        },
    ),
    (
        "podcast.blocks.0",
        '<podcast:block id="google">yes</podcast:block>',
        {"blocked": True, "id": "google"},
    ),
    (
        "podcast.remote_items.0",
        (
            '<podcast:remoteItem feedGuid="g" feedUrl="https://e.org/f" itemGuid="i" '
            'medium="music" title="t"/>'
        ),
        {
            "feed_guid": "g",
            "feed_url": "https://e.org/f",
            "item_guid": "i",
            "medium": "music",
            "title": "t",
        },
    ),
    (
        "podcast.podroll.0",
        '<podcast:podroll><podcast:remoteItem feedGuid="g"/></podcast:podroll>',
        {"feed_guid": "g"},
    ),
    (
        "podcast.publisher",
        '<podcast:publisher><podcast:remoteItem feedGuid="g"/></podcast:publisher>',
        {"feed_guid": "g"},
    ),
    (
        "podcast.update_frequency",
        (
            '<podcast:updateFrequency rrule="FREQ=WEEKLY" dtstart="2026-03-03T09:00:00Z" '
            'complete="true">Weekly</podcast:updateFrequency>'
        ),
        {
            "text": "Weekly",
            "rrule": "FREQ=WEEKLY",
            "start": "2026-03-03T09:00:00Z",
            "complete": True,
        },
    ),
    ("podcast.podping", '<podcast:podping usesPodping="true"/>', True),
    (
        "live_items.0.status",
        '<podcast:liveItem status="live" start="2026-03-03T09:00:00Z"/>',
        "live",
    ),
    (
        "live_items.0.start",
        '<podcast:liveItem status="live" start="2026-03-03T09:00:00Z"/>',
        MOMENT,
    ),
    (
        "live_items.0.episode.podcast.content_links.0.text",
        (
            '<podcast:liveItem status="live"><podcast:contentLink href="https://e.org/">x'
            "</podcast:contentLink></podcast:liveItem>"
        ),
        "x",
    ),
    ("spotify.limit", '<spotify:limit recentCount="10"/>', 10),
    (
        "spotify.countries",
        "<spotify:countryOfOrigin>gb ie</spotify:countryOfOrigin>",
        ("gb", "ie"),
    ),
    ("googleplay.author", "<googleplay:author>A</googleplay:author>", "A"),
    ("googleplay.categories", '<googleplay:category text="Arts"/>', ("Arts",)),
    (
        "googleplay.image",
        '<googleplay:image href="https://e.org/i"/>',
        "https://e.org/i",
    ),
]
ATOM = [
    ("title", "<title type='html'>&lt;b>T</title>", "<b>T"),
    ("guid", "<id>urn:1</id>", "urn:1"),
    ("updated", "<updated>2026-03-03T10:00:00+01:00</updated>", MOMENT),
    ("description", "<subtitle>S</subtitle>", "S"),
    ("link", "<link href='https://e.org/'/>", "https://e.org/"),
    ("icon", "<icon>https://e.org/i</icon>", "https://e.org/i"),
    ("copyright", "<rights>R</rights>", "R"),
    (
        "authors.0",
        "<author><name>N</name><email>e@f.g</email><uri>https://e.org/</uri></author>",
        {"name": "N", "email": "e@f.g", "uri": "https://e.org/"},
    ),
    ("episodes.0.guid", "<entry><id>urn:2</id></entry>", "urn:2"),
    (
        "episodes.0.published",
        "<entry><published>2026-03-03T09:00:00Z</published></entry>",
        MOMENT,
    ),
    ("episodes.0.description", "<entry><summary>S</summary></entry>", "S"),
    (
        "episodes.0.content",
        (
            "<entry><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
            "<p>a &lt; b</p> c</div></content></entry>"
        ),
        "<p>a &lt; b</p> c",
    ),
    ("episodes.0.content_type", "<entry><content type='html'/></entry>", "html"),
    (
        "episodes.0.enclosures.0.url",
        "<entry><content src='https://e.org/a' type='audio/mpeg'/></entry>",
        "https://e.org/a",
    ),
    (
        "episodes.0.categories.0",
        "<entry><category term='t' scheme='s' label='l'/></entry>",
        {"name": "t", "domain": "s", "label": "l"},
    ),
    (
        "episodes.0.source.title",
        "<entry><source><title>T</title></source></entry>",
        "T",
    ),
]


def found(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value.sparse() if hasattr(value, "sparse") else value


@pytest.mark.parametrize(("path", "xml", "value"), ITEM)
def test_an_item_says(path: str, xml: str, value: Any) -> None:
    episode = read_item(xml)

    assert found(episode, path) == value
    assert episode.unknown == ()


@pytest.mark.parametrize(("path", "xml", "value"), SHOW)
def test_a_channel_says(path: str, xml: str, value: Any) -> None:
    feed = read_show(xml)

    assert found(feed, path) == value
    assert feed.unknown == ()


@pytest.mark.parametrize(("path", "xml", "value"), ATOM)
def test_a_feed_of_atom_says(path: str, xml: str, value: Any) -> None:
    assert found(read_atom(xml), path) == value


@pytest.mark.parametrize("xml", ["<odd:b c='1'>d<odd:e/></odd:b>", "<b c='1'>d</b>"])
def test_what_no_field_knows_is_kept(xml: str) -> None:
    [unknown] = read_item(xml).unknown

    assert unknown.name == "b"
    assert unknown.namespace == ("https://example.org/odd" if "odd" in xml else "")
    assert 'c="1"' in unknown.xml
    assert ">d<" in unknown.xml
