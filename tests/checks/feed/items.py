"""Items: identity, dates, files, texts, numbers."""

from tests.checks.feed.samples import (
    Sample,
    another,
    feed,
    in_item,
    without,
)

__all__ = ["BAD", "GOOD"]

_SERIAL = {"type": "<itunes:type>serial</itunes:type>"}
_LONG = "x" * 4001
_NUMBER = "<itunes:episode>1</itunes:episode>"


def _enclosure(url: str = "a.mp3", length: str = "9", kind: str = "audio/mpeg") -> str:
    return (
        f'<enclosure url="https://example.org/{url}" length="{length}" type="{kind}"/>'
    )


def _file(code: str, xml: str, **said: str) -> Sample:
    return in_item(code, xml, over="enclosure", **said)


def _notes(code: str, html: str, **said: str) -> Sample:
    xml = f"<description><![CDATA[{html}]]></description>"
    return in_item(code, xml, over="description", name=html[:50], **said)


def _two(code: str, name: str, at: str, says: str = "", **pieces: str | None) -> Sample:
    """The feed with a second item, which has other pieces."""
    text = feed(more=another(1, **pieces))
    return Sample(code=code, name=name, text=text, at=at, says=says)


BAD = (
    _file("W3046", _enclosure(length="0"), says='"0"', fix="if it can be known"),
    _file("W3046", _enclosure(length="000")),
    _file(
        "I3048",
        '<enclosure url="http://example.org/a.mp3" length="9" type="audio/mpeg"/>',
        says="is not of https",
    ),
    in_item("W3047", "<itunes:duration>0</itunes:duration>", over="duration"),
    in_item(
        "W3047",
        "<itunes:duration>00:00:00</itunes:duration>",
        over="duration",
        also="I3039",
    ),
    in_item(
        "W1020",
        "<title>Moving &lt;b&gt;in&lt;/b&gt;</title>",
        over="title",
        says='holds the markup "<b>"',
    ),
    in_item("W1020", "<itunes:title><![CDATA[In<br/>]]></itunes:title>"),
    in_item(
        "I1021",
        "<title>You &amp;amp; me</title>",
        over="title",
        says='holds "&amp;": "You &amp; me"',
    ),
    in_item("I1021", "<title>The cafÃ© â€“ later</title>", over="title", says='"Ã©"'),
    in_item("I1021", "<title>Later â€“ in</title>", over="title"),
    in_item(
        "W1019",
        '<content:encoded>&lt;a href="https://a:b@example.org/"&gt;</content:encoded>',
        says='a password for "example.org"',
    ),
    without("E3001", "item.title"),
    in_item(
        "E3001",
        "<itunes:title>Moving in</itunes:title>",
        over="title",
        at="<item>",
        fix='Write <title> with "Moving in"',
    ),
    in_item("E3002", "<title>Moving on</title>", says='"Moving in" has <title> more'),
    in_item(
        "E3002",
        "<pubDate>Fri, 01 May 2026 09:00:00 +0000</pubDate>",
        at="<pubDate>Fri, 01 May 2026 09:00:00 +0000</pubDate>\n</item>",
    ),
    without("W3003", "item.link"),
    without("W3004", "item.description"),
    without("W3005", "item.duration"),
    without("I3006", "item.explicit"),
    without("W3007", "item.transcript"),
    in_item(
        "I3008",
        '<podcast:transcript url="https://example.org/a.srt" '
        'type="application/x-subrip"/>',
        over="transcript",
    ),
    without("I3009", "item.image"),
    in_item(
        "W3010",
        f"<description>{_LONG}</description>",
        over="description",
        name="4001 bytes",
        says="4,001 bytes",
        fix="Shorten it by 1 bytes",
    ),
    in_item(
        "W3011",
        "<title>Episode 12: Moving in</title>",
        over="title",
        says='"Episode 12"',
    ),
    in_item("W3011", "<title>S1E2 Moving in</title>", over="title"),
    in_item("W3012", "<title>Finding our feet: Moving in</title>", over="title"),
    in_item("W3012", "<title>Moving in | Finding our feet</title>", over="title"),
    in_item(
        "W3013",
        "<description>It <b>was</b></description>",
        over="description",
        says="<b> stands in <description>",
    ),
    in_item("W3013", "<content:encoded><p>It was</p></content:encoded>"),
    _notes(
        "W3014",
        "<h1>It</h1><table><tr><td>was</td></tr></table>",
        says="<h1>, <table>, <td>, <tr>",
    ),
    _notes("W3014", "One<br>two", says="<br>"),
    _notes(
        "W3015", "<p>It</p><script>alert(1)</script>", says='"script"', also="W3014"
    ),
    _notes("W3015", '<p onclick="x()">It</p>', says='"onclick"'),
    _notes("W3015", '<p style="color:red">It</p>', says='"style"'),
    _notes("W3015", '<a href="javascript:x()">It</a>', says='"javascript"'),
    in_item(
        "W3015",
        "<content:encoded><![CDATA[<iframe src='https://a.org'></iframe>]]>"
        "</content:encoded>",
    ),
    _notes("W3016", '<a href="/more">More</a>', says='leads to "/more"'),
    _notes("W3016", "<a href='//example.org/'>More</a>"),
    in_item("W3016", '<content:encoded>&lt;img src="a.png"&gt;</content:encoded>'),
    in_item(
        "W3017",
        "<content:encoded>It was so.</content:encoded>\n<description>It</description>",
        over="description",
    ),
    in_item(
        "E3018",
        "<itunes:explicit>no</itunes:explicit>",
        over="explicit",
        fix="Write false.",
    ),
    in_item("E3019", '<itunes:image href="a.jpg"/>', over="image"),
    in_item(
        "E3019",
        '<itunes:image href="https://example.org/a.gif"/>',
        over="image",
        says="ends in .gif",
    ),
    in_item("W3020", "<link>/moving-in</link>", over="link"),
    without("E3021", "item.pubDate"),
    in_item(
        "E3022",
        "<pubDate>2026-05-01T10:00:00+01:00</pubDate>",
        over="pubDate",
        fix="Write Fri, 01 May 2026 09:00:00 +0000.",
    ),
    in_item(
        "E3022",
        "<pubDate>Fri, 01 May 26 09:00:00 +0000</pubDate>",
        over="pubDate",
        fix="Write Fri, 01 May 2026 09:00:00 +0000.",
    ),
    in_item(
        "E3022",
        "<pubDate>Fr, 01 Mai 2026 09:00:00</pubDate>",
        over="pubDate",
        fix="in English",
    ),
    in_item(
        "E3022",
        "<pubDate>Fri, 01 May 2026 09:00:00</pubDate>",
        over="pubDate",
        fix="+0000, in English",
    ),
    in_item(
        "E3022", "<pubDate>Fri, 31 Feb 2026 09:00:00 +0000</pubDate>", over="pubDate"
    ),
    in_item(
        "W3023",
        "<pubDate>Sun, 01 May 2026 09:00:00 +0000</pubDate>",
        over="pubDate",
        says='not a "Sun"',
        fix="Write Fri, 01 May 2026",
    ),
    in_item(
        "E3024", "<pubDate>Mon, 01 Jun 2026 12:00:01 +0000</pubDate>", over="pubDate"
    ),
    in_item(
        "E3024", "<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>", over="pubDate"
    ),
    _two(
        "I3025",
        "a newer one later",
        "<item>\n<title>Another",
        '"Another, 1" is newer',
        pubDate="<pubDate>Sat, 02 May 2026 09:00:00 +0000</pubDate>",
    ),
    without("E3026", "item.enclosure"),
    in_item("E3027", _enclosure("b.mp3")),
    _file(
        "E3028",
        '<enclosure url="https://example.org/a.mp3" length="9"/>',
        says="no type",
        fix='Write type="audio/mpeg".',
    ),
    _file(
        "E3028",
        '<enclosure url="https://example.org/a.mp3" type="audio/mpeg"/>',
        says="no length",
        fix="bytes",
    ),
    _file("E3028", '<enclosure length="9" type="audio/mpeg"/>', says="no url"),
    _file("E3029", _enclosure("a.ogg"), says="ends in .ogg"),
    _file("E3029", _enclosure("play?file=a.mp3"), says="has no ending"),
    _file(
        "E3029",
        '<enclosure url="a.mp3" length="9" type="audio/mpeg"/>',
        says="is not a whole address",
        fix="Write it with https:// and the name of the server",
    ),
    _file(
        "E3029",
        '<enclosure url="https://[x/a.mp3" length="9" type="audio/mpeg"/>',
        says="has no ending",
    ),
    _file(
        "E3030",
        _enclosure(kind="audio/mp3"),
        says='"audio/mp3"',
        fix='Write type="audio/mpeg".',
    ),
    _file("E3030", _enclosure("a.mp4"), fix='Write type="video/mp4".'),
    _file(
        "I3031", _enclosure("a.m4a", kind="audio/m4a"), fix='Write type="audio/x-m4a".'
    ),
    _file("I3031", _enclosure(kind="Audio/MPEG"), fix='Write type="audio/mpeg".'),
    _file("E3032", _enclosure(length="1,234"), fix='Write length="1234"'),
    _file("E3032", _enclosure(length="48000000.0"), fix='Write length="48000000"'),
    _file("E3032", _enclosure(length="1.5"), fix="digits alone"),
    _file("E3032", _enclosure(length="big"), fix="digits alone"),
    _two(
        "E3033",
        "one file",
        '<enclosure url="https://example.org/a.mp3" length="8"',
        "in line",
        enclosure=_enclosure(length="8"),
    ),
    without("E3034", "item.guid"),
    in_item("E3034", '<guid isPermaLink="false"/>', over="guid"),
    _two(
        "E3035",
        "one guid",
        '<guid isPermaLink="false">episode-moving-in</guid>\n'
        '<enclosure url="https://example.org/1.mp3"',
        "in line 20 too",
        guid='<guid isPermaLink="false">episode-moving-in</guid>',
    ),
    in_item(
        "E3036",
        "<guid>episode-1</guid>",
        over="guid",
        says="taken for one",
        fix='Write <guid isPermaLink="false">.',
    ),
    in_item(
        "E3036",
        '<guid ispermalink="false">episode-1</guid>',
        over="guid",
        fix="ispermalink is another attribute.",
    ),
    in_item(
        "E3036",
        '<guid isPermaLink="no">https://example.org/1</guid>',
        over="guid",
        fix='Write isPermaLink="true".',
    ),
    in_item("W3037", '<guid isPermaLink="false">1</guid>', over="guid", says='"1"'),
    in_item("W3038", "<itunes:duration>5 minutes</itunes:duration>", over="duration"),
    in_item(
        "W3038",
        "<itunes:duration>312.4</itunes:duration>",
        over="duration",
        fix="Write 312.",
    ),
    in_item(
        "I3039",
        "<itunes:duration>1:02:03</itunes:duration>",
        over="duration",
        fix="Write 3723.",
    ),
    in_item("E3040", "<itunes:episode>0</itunes:episode>"),
    in_item("E3040", "<itunes:episode>3.5</itunes:episode>", fix="<podcast:episode>"),
    in_item("E3041", "<itunes:season>one</itunes:season>"),
    in_item(
        "E3042",
        "<itunes:episodeType>Trailers</itunes:episodeType>",
        fix="Write trailer.",
    ),
    in_item("E3042", "<itunes:episodeType>special</itunes:episodeType>", fix="full, "),
    Sample(code="E3043", name="no number", text=feed(channel=_SERIAL), at="<item>"),
    in_item("I3044", f"{_NUMBER}<podcast:episode>2</podcast:episode>", fix='Write "2"'),
    in_item(
        "I3044",
        f"{_NUMBER}<podcast:episode>1.5</podcast:episode>",
        fix="Leave <itunes:episode> out.",
    ),
    Sample(
        code="W3045",
        name="one number",
        at="<itunes:episode>1</itunes:episode><link",
        says='"Another, 1" has the number',
        text=feed(
            item={"number": _NUMBER},
            more=another(1, link=f"{_NUMBER}<link>https://example.org/2</link>"),
        ),
    ),
)

GOOD = (
    in_item("W1019", "<link>https://example.org/@me:you</link>", over="link"),
    in_item("W1019", "<comments>https://example.org/?a=b:c@d</comments>"),
    in_item("W1020", "<title>1 &lt; 2, and 3 &gt; 2</title>", over="title"),
    in_item("I1021", "<title>SÃO, cafés &amp; AT&amp;T - l'été</title>", over="title"),
    *(
        Sample(code=code, name="the feed", text=feed())
        for code in (
            "E3001",
            "E3002",
            "W3003",
            "W3004",
            "W3005",
            "I3006",
            "W3007",
            "I3008",
            "I3009",
            "E3018",
            "E3019",
            "W3020",
            "E3021",
            "E3022",
            "W3023",
            "E3024",
            "E3026",
            "E3027",
            "E3028",
            "E3029",
            "E3030",
            "E3032",
            "W3046",
            "W3047",
            "I3048",
            "E3034",
            "E3036",
            "W3037",
        )
    ),
    in_item(
        "I3008",
        '<podcast:transcript url="https://example.org/a.srt" '
        'type="application/x-subrip"/>',
    ),
    in_item(
        "W3010",
        f"<description>{_LONG[1:]}</description>",
        over="description",
        name="4000 bytes",
    ),
    in_item("W3011", "<title>1984 and other years</title>", over="title"),
    in_item("W3011", "<title>Series of small steps</title>", over="title"),
    in_item("W3012", "<title>Of finding our feet again</title>", over="title"),
    Sample(
        code="W3012",
        name="a trailer",
        text=feed(
            item={
                "title": "<title>Finding our feet</title>",
                "type": "<itunes:episodeType>trailer</itunes:episodeType>",
            }
        ),
    ),
    in_item(
        "W3013", "<description>&lt;b&gt;It&lt;/b&gt;</description>", over="description"
    ),
    _notes("W3014", "<p>It <b>was</b> 1 < 2 and <a href='https://a.org'>so</a></p>"),
    _notes("W3015", "<p>How we scripted it: onclick = a word</p>"),
    _notes("W3015", '<p>Told as text: &lt;a href="javascript:x()"&gt;</p>'),
    _file("W3005", _enclosure("a.pdf", kind="application/pdf")),
    Sample(
        code="W3007",
        name="a document",
        text=feed(
            item={
                "enclosure": _enclosure("a.pdf", kind="application/pdf"),
                "transcript": None,
            }
        ),
    ),
    _notes(
        "W3016", '<a href="mailto:a@b.org">Write</a> <a href="https://a.org/">b</a>'
    ),
    in_item("W3017", "<content:encoded>It was so.</content:encoded>"),
    in_item("E3022", "<pubDate>1 May 2026 09:00 EST</pubDate>", over="pubDate"),
    in_item(
        "E3024", "<pubDate>Mon, 01 Jun 2026 13:00:00 +0100</pubDate>", over="pubDate"
    ),
    _two(
        "I3025",
        "an older one later",
        "",
        pubDate="<pubDate>Thu, 30 Apr 2026 09:00:00 +0000</pubDate>",
    ),
    _file("E3029", _enclosure("a.M4A?b=c", kind="audio/x-m4a")),
    _file("E3029", _enclosure("a.pdf", kind="application/pdf")),
    _file("E3030", _enclosure("a.m4a", kind="audio/mp4")),
    _file("I3031", _enclosure("a.m4a", kind="audio/x-m4a")),
    _two("E3033", "two files", ""),
    _two(
        "E3035",
        "two guids, apart by a capital",
        "",
        guid='<guid isPermaLink="false">Episode-moving-in</guid>',
    ),
    in_item("E3036", "<guid>https://example.org/1</guid>", over="guid"),
    in_item("W3038", "<itunes:duration>62:03</itunes:duration>", over="duration"),
    in_item("I3039", "<itunes:duration>3723</itunes:duration>", over="duration"),
    in_item("E3040", "<itunes:episode>12</itunes:episode>"),
    in_item("E3041", "<itunes:season>2</itunes:season>"),
    in_item("E3042", "<itunes:episodeType>bonus</itunes:episodeType>"),
    Sample(
        code="E3043",
        name="a number",
        text=feed(channel=_SERIAL, item={"number": _NUMBER}),
    ),
    Sample(
        code="E3043",
        name="a trailer",
        text=feed(
            channel=_SERIAL,
            item={"type": "<itunes:episodeType>trailer</itunes:episodeType>"},
        ),
    ),
    in_item("I3044", f"{_NUMBER}<podcast:episode>1.0</podcast:episode>"),
    Sample(
        code="W3045",
        name="another season",
        text=feed(
            item={"number": _NUMBER},
            more=another(1, n=f"{_NUMBER}<itunes:season>2</itunes:season>"),
        ),
    ),
    Sample(
        code="W3045",
        name="its trailer",
        text=feed(
            item={"number": _NUMBER},
            more=another(
                1, n=f"{_NUMBER}<itunes:episodeType>trailer</itunes:episodeType>"
            ),
        ),
    ),
)
