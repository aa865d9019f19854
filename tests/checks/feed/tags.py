"""The podcast namespace: each tag by an example without fault, and faults."""

from tests.checks.feed.samples import Sample, feed, in_channel, in_item

__all__ = ["BAD", "EXAMPLES", "GOOD"]

_GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
_REMOTE = f'<podcast:remoteItem feedGuid="{_GUID}"/>'
_PAID = (
    '<podcast:valueRecipient name="Ann" type="lnaddress" address="a@example.org" '
    'split="90"/>'
)
_SOURCE = '<podcast:source uri="https://example.org/a.opus" contentType="audio/opus"/>'
_INTEGRITY = '<podcast:integrity type="sri" value="sha384-abc"/>'
_ALTERNATE = (
    '<podcast:alternateEnclosure type="audio/opus" length="100" bitrate="32000" '
    'height="720" lang="en" title="Small" rel="a" codecs="opus" default="true">'
    "{inner}</podcast:alternateEnclosure>"
)
_LINK = '<podcast:contentLink href="https://example.org/l">Watch</podcast:contentLink>'
_STREAM = '<enclosure url="https://example.org/l.mp3" length="1" type="audio/mpeg"/>'
_LIVE = (
    '<podcast:liveItem status="live" start="2026-06-01T11:00:00Z" '
    'end="2026-06-01T13:00:00+01:00"><title>On air</title>'
    f'<guid isPermaLink="false">live-0001</guid>{_STREAM}{{more}}</podcast:liveItem>'
)
_VALUE = (
    '<podcast:value type="lightning" method="keysend" suggested="0.5">'
    "{inner}</podcast:value>"
)
_SPLIT = (
    '<podcast:valueTimeSplit startTime="60" duration="30.5" remoteStartTime="0" '
    'remotePercentage="95">{inner}</podcast:valueTimeSplit>'
)

_IMAGE = (
    '<podcast:image href="https://example.org/b.png" alt="Two people" '
    'aspect-ratio="1/1" width="300" purpose="{}"/>'
)

# The element in which each stands, and what stands there; {} where it is nested.
EXAMPLES = {
    "podcast:locked": (
        "channel",
        '<podcast:locked owner="a@example.org">yes</podcast:locked>',
    ),
    "podcast:transcript": (
        "item",
        (
            '<podcast:transcript url="https://example.org/a.vtt" type="text/vtt" '
            'language="en-GB" rel="captions"/>'
        ),
    ),
    "podcast:funding": (
        "channel",
        '<podcast:funding url="https://example.org/give">Give</podcast:funding>',
    ),
    "podcast:chapters": (
        "item",
        (
            '<podcast:chapters url="https://example.org/a.json" '
            'type="application/json+chapters"/>'
        ),
    ),
    "podcast:soundbite": (
        "item",
        '<podcast:soundbite startTime="1.5" duration="30">Hear</podcast:soundbite>',
    ),
    "podcast:person": (
        "item",
        (
            '<podcast:person role="Guest" group="cast" img="https://example.org/a.png" '
            'href="https://example.org/ann">Ann</podcast:person>'
        ),
    ),
    "podcast:location": (
        "item",
        (
            '<podcast:location rel="subject" geo="geo:53.48,-2.29" osm="R146656" '
            'country="GB">Salford</podcast:location>'
        ),
    ),
    "podcast:season": ("item", '<podcast:season name="Homes">2</podcast:season>'),
    "podcast:episode": (
        "item",
        '<podcast:episode display="Ch. 3">3.5</podcast:episode>',
    ),
    "podcast:trailer": (
        "channel",
        (
            '<podcast:trailer url="https://example.org/t.mp3" '
            'pubdate="Fri, 01 May 2026 09:00:00 +0000" length="100" type="audio/mpeg" '
            'season="2">To come</podcast:trailer>'
        ),
    ),
    "podcast:license": (
        "channel",
        (
            '<podcast:license url="https://creativecommons.org/licenses/by/4.0/">cc-by-4.0'
            "</podcast:license>"
        ),
    ),
    "podcast:alternateEnclosure": (
        "item",
        _ALTERNATE.format(inner=_SOURCE + _INTEGRITY),
    ),
    "podcast:source": ("podcast:alternateEnclosure", _SOURCE),
    "podcast:integrity": ("podcast:alternateEnclosure", _INTEGRITY),
    "podcast:guid": ("channel", f"<podcast:guid>{_GUID}</podcast:guid>"),
    "podcast:medium": ("channel", "<podcast:medium>audiobook</podcast:medium>"),
    "podcast:liveItem": ("channel", _LIVE.format(more=_LINK)),
    "podcast:contentLink": ("item", _LINK),
    "podcast:socialInteract": (
        "item",
        (
            '<podcast:socialInteract protocol="activitypub" '
            'uri="https://social.example.org/1" accountId="@a@social.example.org" '
            'accountUrl="https://social.example.org/@a" priority="1"/>'
        ),
    ),
    "podcast:block": ("channel", '<podcast:block id="spotify">no</podcast:block>'),
    "podcast:txt": ("channel", '<podcast:txt purpose="verify">S6lpp</podcast:txt>'),
    "podcast:remoteItem": (
        "channel",
        (
            f'<podcast:remoteItem feedGuid="{_GUID}" '
            'feedUrl="https://example.org/f.xml" '
            'itemGuid="a" medium="music" title="Songs"/>'
        ),
    ),
    "podcast:podroll": ("channel", f"<podcast:podroll>{_REMOTE}</podcast:podroll>"),
    "podcast:updateFrequency": (
        "channel",
        (
            '<podcast:updateFrequency rrule="FREQ=WEEKLY;COUNT=9" '
            'dtstart="2026-06-01T09:00:00Z" complete="false">Weekly'
            "</podcast:updateFrequency>"
        ),
    ),
    "podcast:podping": ("channel", '<podcast:podping usesPodping="true"/>'),
    "podcast:valueTimeSplit": ("podcast:value", _SPLIT.format(inner=_REMOTE)),
    "podcast:value": ("item", _VALUE.format(inner=_PAID)),
    "podcast:valueRecipient": (
        "podcast:value",
        (
            '<podcast:valueRecipient name="Ann" type="node" address="02d5" '
            'customKey="1" '
            'customValue="2" split="90" fee="false"/>'
        ),
    ),
    "podcast:publisher": (
        "channel",
        (
            f'<podcast:publisher><podcast:remoteItem feedGuid="{_GUID}" '
            'feedUrl="https://example.org/p.xml" medium="publisher"/>'
            "</podcast:publisher>"
        ),
    ),
    "podcast:chat": (
        "item",
        (
            '<podcast:chat server="irc.example.org" protocol="irc" accountId="@a" '
            'space="#feet"/>'
        ),
    ),
    "podcast:image": (
        "item",
        (
            '<podcast:image href="https://example.org/b.png" alt="Two people" '
            'aspect-ratio="16/9" width="1920" height="1080" type="image/png" '
            'purpose="banner"/>'
        ),
    ),
}


BAD = (
    in_channel(
        "E4001",
        "<podcast:season>2</podcast:season>",
        says="stands in <channel>",
        fix="Move it into <item>",
    ),
    in_item(
        "E4001", "<podcast:locked>no</podcast:locked>", fix="Move it into <channel>"
    ),
    in_item(
        "E4002",
        "<podcast:season>1</podcast:season>\n<podcast:season>2</podcast:season>",
        at="<podcast:season>2",
        says="a second time",
    ),
    in_item(
        "E4003",
        '<podcast:transcript url="https://example.org/b.vtt"/>',
        says="has no type",
        also="",
        fix="Write one of text/vtt",
    ),
    in_item(
        "E4003",
        "<podcast:contentLink>Watch</podcast:contentLink>",
        says="has no href",
        fix="Write it with https://",
    ),
    in_channel(
        "E4004",
        "<podcast:locked>true</podcast:locked>",
        over="locked",
        says='is "true"; it is not one of its words',
        fix="yes, no",
    ),
    in_channel(
        "E4004",
        "<podcast:guid>feet</podcast:guid>",
        over="guid",
        also="W4015",
        fix="917393e3",
    ),
    in_item("E4004", "<podcast:episode>three</podcast:episode>", fix="90 or 3.5"),
    in_item("E4004", "<podcast:person/>", says="<podcast:person> is empty"),
    in_channel(
        "E4004", "<podcast:medium>podcasts</podcast:medium>", fix="Write podcast."
    ),
    in_item(
        "E4005",
        '<podcast:soundbite startTime="1:10" duration="30"/>',
        says='startTime="1:10" of <podcast:soundbite> is not a number',
    ),
    in_channel(
        "E4005",
        '<podcast:updateFrequency rrule="weekly">Weekly</podcast:updateFrequency>',
        fix="FREQ=WEEKLY",
    ),
    in_channel(
        "E4005",
        '<podcast:trailer url="https://example.org/t.mp3" '
        'pubdate="2026-05-01T09:00:00Z" length="1" type="audio/mpeg">T'
        "</podcast:trailer>",
        fix="Write Fri, 01 May 2026 09:00:00 +0000.",
    ),
    in_channel(
        "E4005",
        _LIVE.format(more=_LINK).replace("11:00:00Z", "11:00:00"),
        name="no zone",
        fix="with its zone: 2026-06-01T11:00:00+00:00",
    ),
    in_channel(
        "E4005", '<podcast:block id="spotfy">no</podcast:block>', fix="Write spotify."
    ),
    in_channel(
        "W4006",
        f'<podcast:funding url="https://example.org/">{"x" * 129}</podcast:funding>',
        name="129 characters",
        says="129 characters",
        fix="Shorten it to 128.",
    ),
    in_item(
        "W4006",
        f'<podcast:episode display="{"x" * 33}">3</podcast:episode>',
        says="The display of",
    ),
    in_item(
        "W4007",
        '<podcast:images srcset="https://example.org/a.png 300w"/>',
        fix="<podcast:image>",
    ),
    in_item(
        "I4008",
        "<podcast:location>Salford</podcast:location>",
        says="rel, geo, osm, country",
    ),
    in_item(
        "E4009",
        '<podcast:alternateEnclosure type="audio/opus" length="9"/>',
        says="holds no <podcast:source>",
        fix="Add a <podcast:source>.",
    ),
    in_channel(
        "E4009",
        f"<podcast:publisher>{_REMOTE}{_REMOTE}</podcast:publisher>",
        says="holds 2 <podcast:remoteItem>",
        fix="exactly one",
        also="E4017 I4020",
    ),
    in_item(
        "E4009",
        _VALUE.format(inner=_PAID + _SPLIT.format(inner=_REMOTE + _REMOTE)),
        name="two remote items",
        fix="at most one",
    ),
    in_channel(
        "E4009",
        _LIVE.format(more=""),
        name="no content link",
        says="no <podcast:contentLink>",
    ),
    in_channel(
        "W4010",
        '<podcast:funding url="http://example.org/">Give</podcast:funding>',
        fix="https://",
    ),
    in_item(
        "W4011", "<podcast:Person>Ann</podcast:Person>", fix="Write <podcast:person>."
    ),
    in_item("W4011", "<podcast:gateway>Glad</podcast:gateway>", fix="the formal list"),
    in_item(
        "I4012", '<podcast:person Role="guest">Ann</podcast:person>', fix="Write role."
    ),
    in_item(
        "I4012",
        '<podcast:chapters url="https://example.org/a.json" '
        'type="application/json+chapters">Chapters</podcast:chapters>',
        says="has words",
    ),
    in_item(
        "I4013", '<podcast:soundbite startTime="0" duration="5"/>', says="5 seconds"
    ),
    in_item(
        "I4014",
        '<podcast:person role="friend">Ann</podcast:person>',
        says='The role "friend"',
    ),
    in_item(
        "I4014",
        '<podcast:person group="friends">Ann</podcast:person>',
        says='The group "friends"',
    ),
    in_channel(
        "W4015",
        f"<podcast:guid>{_GUID.upper()}</podcast:guid>",
        over="guid",
        says="has capitals",
        fix=f"Write {_GUID}.",
    ),
    in_channel(
        "W4015",
        "<podcast:guid>917393e31b1e5cefaceedaa54e1f810</podcast:guid>",
        over="guid",
        says="is no UUID",
        also="E4004",
    ),
    in_channel(
        "W4015",
        f"<podcast:guid>{_GUID.replace('5cef', '4cef')}</podcast:guid>",
        over="guid",
        says="is a UUID of version 4, not 5",
        fix="podcastindex.org",
    ),
    in_channel(
        "W4016",
        "<podcast:block>yes</podcast:block>\n<podcast:block>no</podcast:block>",
        at="<podcast:block>no",
        says="All services are",
    ),
    in_channel(
        "W4016",
        '<podcast:block id="rss">yes</podcast:block>\n<podcast:block '
        'id="rss">no</podcast:block>',
        at='id="rss">no',
        says='"rss" is spoken',
    ),
    in_item("E4017", "<podcast:license>Ours</podcast:license>", says="has no url"),
    in_item(
        "E4017",
        '<podcast:socialInteract protocol="matrix" accountId="@a"/>',
        says="has no uri",
    ),
    in_item(
        "E4017",
        '<podcast:socialInteract protocol="disabled" uri="https://example.org/1"/>',
        fix="Leave the uri out.",
    ),
    in_channel(
        "E4017",
        '<podcast:updateFrequency rrule="FREQ=DAILY;COUNT=3">Daily'
        "</podcast:updateFrequency>",
        fix="Add dtstart=",
    ),
    in_item(
        "E4017",
        '<podcast:txt purpose="ai-content">some</podcast:txt>',
        fix="true or false",
    ),
    in_item(
        "E4017",
        _VALUE.format(inner=_PAID + _SPLIT.format(inner=_REMOTE + _PAID)),
        name="both",
        says="both a remote item and",
    ),
    in_item(
        "E4017",
        _VALUE.format(inner=_PAID + _SPLIT.format(inner="")),
        name="nobody",
        says="nobody to pay",
    ),
    in_channel(
        "E4017",
        f"<podcast:publisher>{_REMOTE}</podcast:publisher>",
        fix='Write medium="publisher".',
        also="I4020",
    ),
    in_channel(
        "W4018",
        "<podcast:medium>publisher</podcast:medium>",
        says="no <podcast:remoteItem>",
    ),
    in_item("I4019", _IMAGE.format("artwork cover"), says='The purpose "cover"'),
    in_item(
        "I4020",
        '<podcast:socialInteract protocol="nostr" uri="nostr:note1abc"/>',
        fix="Add accountId=.",
    ),
    in_channel(
        "I4020",
        "<podcast:publisher>"
        + _REMOTE.replace("/>", ' medium="publisher"/>')
        + "</podcast:publisher>",
        fix="Add feedUrl=.",
    ),
)

GOOD = (
    *(
        Sample(code=code, name="the feed", text=feed())
        for code in (
            "E4001",
            "E4002",
            "E4003",
            "E4004",
            "E4005",
            "W4006",
            "W4007",
            "I4008",
            "E4009",
            "W4010",
            "W4011",
            "I4012",
            "I4013",
            "I4014",
            "W4015",
            "W4016",
            "E4017",
            "W4018",
            "I4019",
            "I4020",
        )
    ),
    in_item("I4014", '<podcast:person role="Co-Host">Ann</podcast:person>'),
    in_item("E4017", "<podcast:license>CC-BY-4.0</podcast:license>"),
    in_item("E4017", '<podcast:socialInteract protocol="disabled"/>'),
    in_item("I4019", _IMAGE.format("poster vendor/wall")),
    in_item("I4020", '<podcast:socialInteract protocol="disabled"/>'),
    in_item("E4017", '<podcast:txt purpose="ai-content">false</podcast:txt>'),
    in_channel(
        "W4016",
        '<podcast:block>yes</podcast:block><podcast:block id="rss">no</podcast:block>',
    ),
    in_channel("W4018", f"<podcast:medium>publisher</podcast:medium>{_REMOTE}"),
    in_item("E4005", '<podcast:socialInteract protocol="nostr" uri="nostr:note1abc"/>'),
    in_item(
        "E4005",
        '<podcast:chapters url="https://example.org/c.json" type="application/json"/>',
        name="as Buzzsprout has it",
    ),
)
