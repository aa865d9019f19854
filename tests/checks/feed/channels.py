"""Channels: what they must say, how directories file them, where they lead."""

from tests.checks.feed.samples import (
    URL,
    Sample,
    another,
    feed,
    in_channel,
    in_item,
    without,
)

__all__ = ["BAD", "GOOD"]

_LONG = "x" * 4001
_EMPTY = feed().partition("<item>")[0] + "</channel></rss>"
_IMAGE = (
    "<image><url>https://example.org/a.png</url><title>{title}</title>"
    "<link>{link}</link>{more}</image>"
)


def _image(title: str = "Finding our feet", more: str = "", link: str = "") -> str:
    return _IMAGE.format(title=title, more=more, link=link or "https://example.org/")


def _category(text: str, *inner: str) -> str:
    nested = "".join(f'<itunes:category text="{one}"/>' for one in inner)
    return f'<itunes:category text="{text}">{nested}</itunes:category>'


BAD = (
    in_channel(
        "W2043",
        '<atom:link href="https://example.org/feed.xml" rel="self" '
        'type="application/rss+xml"/>',
        at='type="application/rss+xml"/>\n<item>',
        says='"https://example.org/feed.xml" too',
    ),
    in_channel(
        "W2044",
        _category("Science", "Physics", "Physics"),
        over="category",
        says='"Science > Physics" comes twice',
    ),
    in_channel("W2044", '<itunes:category text="Science"/>', at='Science"/>\n<item>'),
    without("E2001", "channel.title", fix="Write <title> with the name"),
    in_channel("E2001", "<title> </title>", over="title", says="an empty <title>"),
    without("E2002", "channel.link"),
    without("E2003", "channel.description"),
    without("E2004", "channel.language", fix="en-GB"),
    in_channel(
        "E2005",
        "<title>Another name</title>",
        says="<title> more than once",
        fix="Keep the first, in line 4.",
    ),
    in_channel(
        "E2005",
        "<itunes:explicit>false</itunes:explicit><itunes:author>Two</itunes:author>",
        over="explicit",
        says="<itunes:author>",
    ),
    Sample(code="E2006", name="no items", text=_EMPTY, at="<channel>"),
    without("W2007", "channel.author"),
    without("W2008", "channel.locked"),
    without("W2009", "channel.guid"),
    in_channel(
        "E2010",
        f"<description>{_LONG}</description>",
        over="description",
        name="4001 bytes",
        says="4,001 bytes",
        fix="Shorten it by 1 bytes",
    ),
    in_channel(
        "E2010",
        f"<description>{'é' * 2001}</description>",
        over="description",
        name="2001 accents",
        says="4,002 bytes",
    ),
    in_channel(
        "W2011",
        "<title>Feet | Stories | Homes</title>",
        over="title",
        says="holds more than a name",
        fix='such as "Feet"',
    ),
    in_channel(
        "W2011", "<title>Feet, stories, homes, people, help</title>", over="title"
    ),
    in_channel(
        "W2012",
        "<copyright>Copyright 2026 The unit</copyright>",
        says='"Copyright 2026 The unit"',
        fix='Write "The unit".',
    ),
    in_channel("W2012", "<copyright>© The unit</copyright>", fix='Write "The unit".'),
    in_channel("W2012", "<copyright>(c) 2026</copyright>", fix="the holder alone"),
    in_channel(
        "E2013",
        "<description><p>Stories</p></description>",
        over="description",
        says="<p> stands in <description>",
        fix="CDATA",
        also="E2003",
    ),
    in_channel(
        "E2014",
        "<language>English</language>",
        over="language",
        says='"English" is not',
        fix="Write en.",
    ),
    in_channel(
        "E2014", "<language>en_GB</language>", over="language", fix="Write en-GB."
    ),
    in_channel(
        "E2014", "<language>en-UK</language>", over="language", fix="Write en-GB."
    ),
    in_channel("E2014", "<language>xx</language>", over="language", fix="ISO 639"),
    without("E2015", "channel.category"),
    in_channel(
        "E2016",
        _category("Jazz"),
        over="category",
        says='"Jazz" is not',
        fix="Write <itunes:category text=",
    ),
    in_channel(
        "E2016",
        _category("Social Sciences"),
        over="category",
        fix='<itunes:category text="Science"><itunes:category text="Social Sc',
    ),
    in_channel(
        "E2016",
        _category("Science", "Socail Sciences"),
        over="category",
        says='"Science > Socail Sciences"',
        fix='text="Social Sciences"/>',
    ),
    in_channel(
        "E2016",
        _category("Games &amp; Hobbies"),
        over="category",
        fix='<itunes:category text="Leisure"/>',
    ),
    in_channel(
        "E2016",
        _category("Society and Culture"),
        over="category",
        fix='<itunes:category text="Society &amp; Culture"/>',
    ),
    in_channel(
        "E2016",
        "<itunes:category>Science</itunes:category>",
        over="category",
        says="A category has no text",
        also="",
    ),
    without("E2017", "channel.explicit"),
    in_channel(
        "E2018",
        "<itunes:explicit>clean</itunes:explicit>",
        over="explicit",
        says='is "clean"',
        fix="Write false.",
    ),
    in_channel(
        "E2018",
        "<itunes:explicit>Yes</itunes:explicit>",
        over="explicit",
        fix="Write true.",
    ),
    in_channel(
        "E2018",
        "<itunes:explicit>maybe</itunes:explicit>",
        over="explicit",
        fix="Write true or false.",
    ),
    in_channel("E2019", "<itunes:type>Episodes</itunes:type>", fix="Write episodic."),
    in_channel("E2019", "<itunes:type>weekly</itunes:type>", fix="episodic or serial"),
    in_channel(
        "W2020",
        "<itunes:block>no</itunes:block>",
        says='is "no" in the channel',
        fix="Leave <itunes:block> out.",
    ),
    in_channel("W2020", "<itunes:complete>yes</itunes:complete>", fix="Write Yes."),
    in_item(
        "W2020",
        "<itunes:block>true</itunes:block>",
        says='the item "Moving in"',
        fix="Write Yes.",
    ),
    without("E2021", "channel.image"),
    in_channel("E2022", "<itunes:image/>", over="image", says="has no href"),
    in_channel(
        "E2022",
        "<itunes:image>https://example.org/a.jpg</itunes:image>",
        over="image",
        fix='Write href="https://example.org/a.jpg".',
    ),
    in_channel(
        "E2022",
        '<itunes:image href="/cover.jpg"/>',
        over="image",
        says="is not a whole address",
    ),
    in_channel(
        "E2022",
        '<itunes:image href="https://example.org/a.webp"/>',
        over="image",
        says="ends in .webp",
    ),
    in_channel(
        "E2022",
        '<itunes:image href="https://example.org/cover"/>',
        over="image",
        says="does not end in",
    ),
    in_channel(
        "W2023",
        "<image><url>https://example.org/a.png</url></image>",
        says="has no <",
        fix="as in the channel",
        name="no title",
    ),
    in_channel(
        "W2024",
        _image(title="Another name"),
        says='is "Another name"',
        fix='"Finding our feet"',
        name="another title",
    ),
    in_channel("W2024", _image(link="https://example.com/"), name="another link"),
    in_channel(
        "W2025",
        _image(more="<width>600</width>"),
        says="width",
        name="too wide",
        fix="from 1 to 144",
    ),
    in_channel(
        "W2025",
        _image(more="<height>tall</height>"),
        name="no number",
        fix="from 1 to 400",
    ),
    without(
        "W2026", "channel.self", fix='href="https://example.org/feed.xml" rel="self"'
    ),
    in_channel(
        "W2027",
        '<atom:link href="https://example.org/feed.xml" rel="self"/>',
        over="self",
    ),
    in_channel(
        "W2028",
        '<atom:link href="https://example.org/old.xml" rel="self" '
        'type="application/rss+xml"/>',
        over="self",
        says='says "https://example',
    ),
    in_channel(
        "W2028",
        '<atom:link href="/feed.xml" rel="self" type="application/rss+xml"/>',
        over="self",
        says='is "/feed.xml"',
    ),
    in_channel(
        "E2029",
        "<link>example.org</link>",
        over="link",
        fix="Write https://example.org.",
    ),
    in_channel(
        "E2029", "<link>/feet</link>", over="link", fix="the name of the server"
    ),
    in_channel(
        "I2030",
        "<itunes:new-feed-url>https://example.com/f.xml</itunes:new-feed-url>",
        fix="Keep the old feed",
    ),
    in_channel(
        "W1019",
        "<link>https://team:pa55word@example.org/</link>",
        over="link",
        says='a password for "example.org"',
    ),
    in_channel("W2031", "<itunes:new-feed-url>f.xml</itunes:new-feed-url>"),
    without("I2032", "channel.owner"),
    in_channel(
        "I2032",
        "<itunes:owner><itunes:name>Team</itunes:name></itunes:owner>",
        over="owner",
        says="no <itunes:email>",
    ),
    in_channel(
        "W2033",
        "<itunes:owner><itunes:name>T</itunes:name><itunes:email>team at "
        "example</itunes:email></itunes:owner>",
        over="owner",
    ),
    in_channel(
        "W2034",
        "<managingEditor>Ann Example</managingEditor>",
        says='is "Ann Example"',
        fix="media@example.org (Media team).",
    ),
    in_channel(
        "W2034",
        "<webMaster>a@example.org</webMaster>",
        fix="Write a@example.org (their name).",
    ),
    in_item(
        "W2034",
        "<author>Ann &lt;a@example.org&gt;</author>",
        fix="Write a@example.org (Ann).",
    ),
    in_item("W2034", "<author>Ann</author>", fix="or use <itunes:author>"),
    in_channel(
        "W2035",
        "<lastBuildDate>2026-05-01T09:00:00Z</lastBuildDate>",
        fix="Write Fri, 01 May 2026 09:00:00 +0000.",
    ),
    in_channel("W2035", "<pubDate>yesterday</pubDate>", fix="Write it like Mon"),
    in_channel(
        "W2036",
        "<pubDate>Mon, 01 May 2026 09:00:00 +0000</pubDate>",
        says='not a "Mon"',
        fix="Write Fri, 01 May 2026 09:00:00 +0000.",
    ),
    in_channel(
        "W2037", "<lastBuildDate>Fri, 01 May 2099 09:00:00 +0000</lastBuildDate>"
    ),
    in_channel("W2037", "<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>"),
    in_channel("W2038", "<ttl>hourly</ttl>", says='"hourly"'),
    in_channel("W2038", "<ttl>0</ttl>"),
    in_channel("W2039", "<skipHours><hour>24</hour></skipHours>", says='"24"'),
    in_channel(
        "W2039",
        "<skipHours><hour>1</hour><hour>1</hour></skipHours>",
        says="names something twice",
    ),
    in_channel("W2040", "<skipDays><day>Montag</day></skipDays>", says='"Montag"'),
    in_channel("W2040", "<skipDays><day>Monday</day><day>Monday</day></skipDays>"),
    in_channel("W2041", '<spotify:limit recentCount="all"/>', says='"all"'),
    in_channel("W2042", "<spotify:countryOfOrigin>Britain</spotify:countryOfOrigin>"),
    in_channel(
        "I1016",
        f"<itunes:author>{'x' * 256}</itunes:author>",
        over="author",
        name="author",
        says="256 characters",
    ),
    in_channel(
        "I1016",
        f"<itunes:owner><itunes:name>{'x' * 256}</itunes:name>"
        "<itunes:email>a@example.org</itunes:email></itunes:owner>",
        over="owner",
        name="owner",
    ),
    in_channel(
        "I1017",
        "<language> en-GB</language>",
        over="language",
        says='spaces around "en-GB"',
    ),
    in_item(
        "I1017",
        '<guid isPermaLink="false">\n  episode-1\n</guid>',
        over="guid",
        at='<guid isPermaLink="false">\n',
    ),
)

GOOD = (
    in_channel("I2030", f"<itunes:new-feed-url>{URL}</itunes:new-feed-url>"),
    in_channel("W2044", _category("Arts", "Books", "Food"), over="category"),
    in_channel("W2044", _category("Society &amp; Culture")),
    *(
        Sample(code=code, name="the feed", text=feed())
        for code in (
            "E2001",
            "E2002",
            "E2003",
            "E2004",
            "E2005",
            "E2006",
            "W2007",
            "W2008",
            "W2009",
            "E2013",
            "E2015",
            "E2017",
            "E2021",
            "W2023",
            "W2026",
            "W2027",
            "I2030",
            "I2032",
            "I1016",
            "I1017",
            "W2043",
        )
    ),
    Sample(
        code="E2005",
        name="two categories and links",
        text=feed(
            channel={
                "more": "<category>A</category><category>B</category>"
                '<atom:link rel="hub" '
                'href="https://hub.example.org/"/>'
            }
        ),
    ),
    Sample(code="E2006", name="two items", text=feed(more=another(1))),
    Sample(
        code="E2006",
        name="a list of songs",
        text=_EMPTY.replace(
            "</channel>",
            "<podcast:medium>musicL</podcast:medium><podcast:remoteItem "
            'feedGuid="917393e3-1b1e-5cef-ace4-edaa54e1f810"/></channel>',
        ),
    ),
    in_channel(
        "E2010",
        f"<description>{_LONG[1:]}</description>",
        over="description",
        name="4000 bytes",
    ),
    in_channel("W2011", "<title>Feet, homes and stories: a life</title>", over="title"),
    in_channel("W2012", "<copyright>The unit</copyright>"),
    in_channel(
        "E2013",
        "<description><![CDATA[<p>Stories</p>]]></description>",
        over="description",
    ),
    in_channel(
        "E2013",
        "<description>&lt;p&gt;Stories&lt;/p&gt;</description>",
        over="description",
    ),
    in_channel("E2014", "<language>en-us</language>", over="language"),
    in_channel("E2014", "<language>cy</language>", over="language"),
    in_channel("E2014", "<language>zh-Hant-TW</language>", over="language"),
    in_channel(
        "E2016", _category("Society &amp; Culture", "Documentary"), over="category"
    ),
    in_channel(
        "E2016", _category("Religion &amp; Spirituality", "Religion"), over="category"
    ),
    in_channel("E2018", "<itunes:explicit>true</itunes:explicit>", over="explicit"),
    in_channel("E2019", "<itunes:type>episodic</itunes:type>"),
    in_channel("W2020", "<itunes:block>Yes</itunes:block>"),
    in_channel(
        "E2022", '<itunes:image href="https://example.org/a.PNG?v=2"/>', over="image"
    ),
    in_channel(
        "E2022",
        '<itunes:image href="https://storage.example.org/k3x?.jpg"/>',
        over="image",
        name="as Buzzsprout has it",
    ),
    in_channel("W2023", _image()),
    in_channel("W2024", _image()),
    in_channel("W2025", _image(more="<width>144</width><height>400</height>")),
    in_channel("W2027", '<atom:link href="https://hub.example.org/" rel="hub"/>'),
    in_channel("W2028", '<atom:link href="https://hub.example.org/" rel="hub"/>'),
    Sample(code="W2028", name="a file", text=feed(), url=None),
    in_channel("E2029", "<link>http://example.org/?a=b</link>", over="link"),
    in_channel(
        "W2031", "<itunes:new-feed-url>https://example.com/f.xml</itunes:new-feed-url>"
    ),
    in_channel("W2033", "<generator>x</generator>"),
    in_channel("W2034", "<managingEditor>a@example.org (Ann Example)</managingEditor>"),
    in_channel("W2034", "<author>Ann</author>", name="not for a channel"),
    in_channel("W2035", "<pubDate>1 May 2026 09:00 GMT</pubDate>"),
    in_channel("W2036", "<pubDate>Fri, 01 May 2026 09:00:00 +0000</pubDate>"),
    in_channel("W2036", "<pubDate>1 May 2026 09:00 EST</pubDate>"),
    in_channel(
        "W2037", "<lastBuildDate>Mon, 01 Jun 2026 13:00:00 +0100</lastBuildDate>"
    ),
    in_channel("W2038", "<ttl>60</ttl>"),
    in_channel("W2039", "<skipHours><hour>0</hour><hour>23</hour></skipHours>"),
    in_channel("W2040", "<skipDays><day>Monday</day><day>Sunday</day></skipDays>"),
    in_channel("W2041", '<spotify:limit recentCount="20"/>'),
    in_channel("W2042", "<spotify:countryOfOrigin>gb IE</spotify:countryOfOrigin>"),
)
