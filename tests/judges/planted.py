# ruff: noqa: E501  # one fault a line, so that what is planted stands beside its name
"""Faultless documents, and faults to plant in them: what to put where, and its name.

``judge`` must find nothing in the documents, and each fault by the W3C's name.
"""

from dataclasses import dataclass

__all__ = ["ATOM", "FAULTS", "JSON", "OPML", "RSS", "Fault"]

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>Stories</title>
<link>https://example.org/stories</link>
<description>What people tell.</description>
<language>en-GB</language>
<copyright>The unit</copyright>
<managingEditor>a@example.org (Ann)</managingEditor>
<lastBuildDate>Mon, 02 Nov 2026 12:00:00 +0000</lastBuildDate>
<ttl>60</ttl>
<skipHours><hour>3</hour></skipHours>
<skipDays><day>Sunday</day></skipDays>
<image><url>https://example.org/a.png</url><title>Stories</title>\
<link>https://example.org/stories</link><width>144</width><height>400</height></image>
<atom:link rel="self" type="application/rss+xml" href="https://example.org/feed.xml"/>
<itunes:author>The unit</itunes:author>
<itunes:category text="Science"><itunes:category text="Physics"/></itunes:category>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="https://example.org/cover.png"/>
<itunes:type>episodic</itunes:type>
<itunes:owner><itunes:name>Ann</itunes:name><itunes:email>a@example.org</itunes:email>\
</itunes:owner>
<podcast:guid>5cd87abd-e6cc-5f88-bdf7-7be85cce2993</podcast:guid>
<podcast:locked owner="a@example.org">yes</podcast:locked>
<podcast:block id="spotify">no</podcast:block>
<item>
<title>First</title>
<link>https://example.org/stories/first</link>
<description>&lt;p&gt;A &lt;a href="https://example.org/"&gt;story&lt;/a&gt;.&lt;/p&gt;\
</description>
<content:encoded><![CDATA[<p>A <b>story</b>.</p>]]></content:encoded>
<guid isPermaLink="false">story-1-of-many</guid>
<enclosure url="https://example.org/1.mp3" length="1000" type="audio/mpeg"/>
<pubDate>Sun, 01 Nov 2026 12:00:00 +0000</pubDate>
<itunes:duration>61</itunes:duration>
<itunes:episode>1</itunes:episode>
<itunes:episodeType>full</itunes:episodeType>
<itunes:subtitle>Short</itunes:subtitle>
<podcast:person role="host" href="https://example.org/ann">Ann</podcast:person>
<podcast:location geo="geo:53.4,-2.2">Salford</podcast:location>
<podcast:transcript url="https://example.org/1.vtt" type="text/vtt"/>
<podcast:soundbite startTime="1.5" duration="20">Here</podcast:soundbite>
<podcast:value type="lightning" method="keysend"><podcast:valueRecipient type="node" \
address="02d5" split="100"/></podcast:value>
</item>
</channel>
</rss>
"""
ATOM = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:uuid:5cd87abd-e6cc-5f88-bdf7-7be85cce2993</id>
<title>Stories</title>
<updated>2026-11-02T12:00:00Z</updated>
<link rel="self" type="application/atom+xml" href="https://example.org/feed.xml"/>
<link rel="alternate" type="text/html" href="https://example.org/"/>
<author><name>Ann</name></author>
<entry>
<id>urn:uuid:5cd87abd-e6cc-5f88-bdf7-7be85cce2994</id>
<title>First</title>
<updated>2026-11-01T12:00:00Z</updated>
<link rel="alternate" type="text/html" href="https://example.org/1"/>
<link rel="enclosure" type="audio/mpeg" length="1000" href="https://example.org/1.mp3"/>
<content type="html">&lt;p&gt;A story.&lt;/p&gt;</content>
</entry>
</feed>
"""
OPML = """\
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>All</title></head>
<body>
<outline type="rss" text="Stories" title="Stories" language="en-GB" \
xmlUrl="https://example.org/feed.xml" htmlUrl="https://example.org/"/>
</body></opml>
"""
JSON = """\
{"version":"https://jsonfeed.org/version/1.1","title":"Stories",\
"home_page_url":"https://example.org/","feed_url":"https://example.org/feed.xml",\
"language":"en-GB","authors":[{"name":"Ann"}],"items":[\
{"id":"story-1","url":"https://example.org/1","title":"First",\
"content_html":"<p>A story.</p>","date_published":"2026-11-01T12:00:00Z",\
"attachments":[{"url":"https://example.org/1.mp3","mime_type":"audio/mpeg",\
"size_in_bytes":1000}]}]}
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: the name by which it must be found, and how it comes about."""

    code: str
    old: str
    new: str
    document: str = RSS

    def planted(self) -> bytes:
        """The document with the fault in it."""
        assert self.document.count(self.old) >= 1, self.old
        return self.document.replace(self.old, self.new, 1).encode()


_SERIAL = RSS.replace("episodic", "serial")
_DESCRIPTION = RSS[RSS.index("<description>&lt;") : RSS.index("<content:encoded>")]
_GUID = '<guid isPermaLink="false">story-1-of-many</guid>'
_ITEM = RSS[RSS.index("<item>") : RSS.index("</item>") + len("</item>")]
_BODY = "<p>A <b>story</b>.</p>"
_ENCLOSURE = (
    '<enclosure url="https://example.org/1.mp3" length="1000" type="audio/mpeg"/>'
)
_BUILT = "Mon, 02 Nov 2026 12:00:00 +0000"
_SELF = 'rel="self" type="application/rss+xml" href="https://example.org/feed.xml"'
_PERSON = (
    '<podcast:person role="host" href="https://example.org/ann">Ann</podcast:person>'
)
_ENTRY = ATOM[ATOM.index("<entry>") : ATOM.index("</entry>") + len("</entry>")]

_DOCUMENT = (
    Fault("WPBlankLine", "<?xml", "\n<?xml"),
    Fault("MissingEncoding", '<?xml version="1.0" encoding="UTF-8"?>\n', ""),
    Fault("EncodingMismatch", 'encoding="UTF-8"', 'encoding="ISO-8859-1"'),
    Fault("SAXError", "</rss>", ""),
    Fault("SAXError", "Stories", "Fish & chips"),
    Fault("SAXError", "Stories", "A\x0bB"),
    Fault("InvalidDoctype", "<rss ", "<!DOCTYPE rss><rss "),
    Fault("BadCharacters", "Stories", "Stor\x92ies"),
    Fault("BadCharacters", 'text="Science"', 'text="Sci\ufffdence"'),
    Fault("ContainsComment", "</rss>", "</rss><!-- made by -->"),
    Fault("UnknownNamespace", "podcastindex.org", "podcastindex.net"),
    Fault("ReservedPrefix", "http://www.itunes.com", "https://www.itunes.com"),
    Fault("NonstdPrefix", "xmlns:content", "xmlns:c='http://search.yahoo.com/mrss/'\n xmlns:content"),
    Fault("UndefinedElement", "<page", "<page", '<?xml version="1.0"?><page/>'),
)  # fmt: skip
_CHANNEL = (
    Fault("InvalidRSSVersion", '<rss version="2.0"', '<rss version="3.0"'),
    Fault("MissingElement", "<channel>", "<channel/><channel>"),
    Fault("MissingTitle", "<title>Stories</title>\n", ""),
    Fault("MissingLink", "<link>https://example.org/stories</link>\n", ""),
    Fault("MissingDescription", "<description>What people tell.</description>", ""),
    Fault("MissingDCLanguage", "<language>en-GB</language>", ""),
    Fault("InvalidLanguage", "en-GB", "English, mostly"),
    Fault("DuplicateElement", "<ttl>60</ttl>", "<ttl>60</ttl><ttl>61</ttl>"),
    Fault("UndefinedElement", "<ttl>60</ttl>", "<timeToLive>60</timeToLive>"),
    Fault("InvalidPositiveInteger", "<ttl>60</ttl>", "<ttl>an hour</ttl>"),
    Fault("MisplacedItem", "</item>", "</item><category>late</category>"),
    Fault("NotBlank", "<title>Stories</title>\n", "<title> </title>\n"),
    Fault("ContainsHTML", "Stories", "&lt;b&gt;Stories&lt;/b&gt;"),
    Fault("ContainsHTML", "Stories", "Salt &amp;amp; pepper"),
    Fault("TooLong", "What people tell.", "é" * 2001),
    Fault("InvalidFullLink", "<link>https://example.org/stories</link>\n", "<link>/stories</link>\n"),
    Fault("InvalidUriChar", "<link>https://example.org/stories</link>\n", "<link>https://example.org/the stories</link>\n"),
    Fault("UriNotIri", "<link>https://example.org/stories</link>\n", "<link>https://example.org/façade</link>\n"),
    Fault("InvalidFullLink", "<link>https://example.org/stories</link>\n", "<link>https://[::1/</link>\n"),
    Fault("InvalidRFC2822Date", _BUILT, "2026-11-02T12:00:00Z"),
    Fault("InvalidRFC2822Date", _BUILT, "Mon, 31 Feb 2026 12:00:00 +0000"),
    Fault("ProblematicalRFC822Date", _BUILT, "mon, 02 nov 26 12:00:00 gmt"),
    Fault("IncorrectDOW", _BUILT, "Tue, 02 Nov 2026 12:00:00 +0000"),
    Fault("ImplausibleDate", _BUILT, "Tue, 02 Nov 2027 12:00:00 +0000"),
    Fault("ImplausibleDate", _BUILT, "Thu, 01 Jan 1970 00:00:00 +0000"),
    Fault("EmailFormat", "a@example.org (Ann)", "a@example.org Ann"),
    Fault("MissingRealName", "a@example.org (Ann)", "a@example.org"),
    Fault("InvalidContact", "a@example.org (Ann)", "Ann (Ann)"),
    Fault("NotEnoughHoursInTheDay", "<hour>3</hour>", "<hour>3</hour>" * 25),
    Fault("InvalidHour", "<hour>3</hour>", "<hour>24</hour>"),
    Fault("EightDaysAWeek", "<day>Sunday</day>", "<day>Sunday</day>" * 8),
    Fault("InvalidDay", "<day>Sunday</day>", "<day>Sun</day>"),
    Fault("AvoidTextInput", "<ttl>", "<textInput/><ttl>"),
    Fault("MissingElement", "<url>https://example.org/a.png</url>", ""),
    Fault("UndefinedElement", "<width>144</width>", "<breadth>144</breadth>"),
    Fault("ImageTitleDoesntMatch", "<title>Stories</title><link>", "<title>Logo</title><link>"),
    Fault("ImageLinkDoesntMatch", "<link>https://example.org/stories</link><w", "<link>https://example.org/</link><w"),
    Fault("InvalidWidth", "<width>144</width>", "<width>145</width>"),
    Fault("InvalidHeight", "<height>400</height>", "<height>0</height>"),
    Fault("ImageUrlFormat", "https://example.org/a.png", "https://example.org/a.webp"),
)  # fmt: skip
_LINKS = (
    Fault("MissingAtomSelfLink", f"<atom:link {_SELF}/>", ""),
    Fault("SelfDoesntMatchLocation", "feed.xml", "other.xml"),
    Fault("RelativeSelf", "https://example.org/feed.xml", "/feed.xml"),
    Fault("SelfNotAtom", 'type="application/rss+xml"', 'type="text/html"'),
    Fault("MissingHref", ' href="https://example.org/feed.xml"', ""),
    Fault("AtomLinkNotEmpty", 'feed.xml"/>', 'feed.xml">here</atom:link>'),
    Fault("UnregisteredAtomLinkRel", "<atom:link", '<atom:link rel="friend" href="https://example.org/"/><atom:link'),
    Fault("DuplicateAtomLink", "<atom:link", f"<atom:link {_SELF}/><atom:link"),
    Fault("UnexpectedAttribute", "<atom:link ", '<atom:link url="a" '),
    Fault("InvalidMIMEType", 'type="application/rss+xml"', 'type="rss"'),
    Fault("InvalidLanguage", "<atom:link ", '<atom:link hreflang="!" '),
    Fault("InvalidNonNegativeInteger", "<atom:link ", '<atom:link length="-5" '),
    Fault("AttrNotBlank", "<atom:link ", '<atom:link title="" '),
    Fault("MissingCurrentInArchive", "<ttl>", '<archive xmlns="http://purl.org/syndication/history/1.0"/><ttl>'),
    Fault("FeedRelInCompleteFeed", "<ttl>", '<complete xmlns="http://purl.org/syndication/history/1.0"/><atom:link rel="next" href="https://example.org/2"/><ttl>'),
)  # fmt: skip
_ITUNES = (
    Fault("MissingItunesElement", "<itunes:explicit>false</itunes:explicit>", ""),
    Fault("MissingItunesElement", '<itunes:image href="https://example.org/cover.png"/>', ""),
    Fault("MissingItunesElement", "<itunes:episode>1</itunes:episode>", "", _SERIAL),
    Fault("MissingItunesEmail", RSS[RSS.index("<itunes:owner>") : RSS.index("<podcast:guid")], ""),
    Fault("MissingElement", "<itunes:email>a@example.org</itunes:email>", ""),
    Fault("InvalidContact", "<itunes:email>a@", "<itunes:email>a at "),
    Fault("InvalidItunesCategory", 'text="Science"', 'text="Sciences"'),
    Fault("InvalidItunesCategory", 'text="Physics"', 'text="Jazz"'),
    Fault("ObsoleteItunesCategory", 'text="Science"', 'text="Science &amp; Medicine"'),
    Fault("DuplicateItunesCategory", '<itunes:category text="Physics"/>', '<itunes:category text="Physics"/>' * 2),
    Fault("MissingAttribute", '<itunes:category text="Physics"/>', "<itunes:category/>"),
    Fault("InvalidTrueFalse", "<itunes:explicit>false", "<itunes:explicit>no"),
    Fault("InvalidYesNoClean", "<itunes:type>", "<itunes:block>perhaps</itunes:block><itunes:type>"),
    Fault("InvalidItunesChannelType", "episodic", "weekly"),
    Fault("InvalidItunesEpisodeType", "full", "whole"),
    Fault("MissingAttribute", '<itunes:image href="https://example.org/cover.png"/>', "<itunes:image/>"),
    Fault("InvalidURLAttribute", "https://example.org/cover.png", "cover.png"),
    Fault("ImageUrlFormat", "https://example.org/cover.png", "https://example.org/cover"),
    Fault("InvalidFullLink", "<itunes:type>", "<itunes:new-feed-url>feed</itunes:new-feed-url><itunes:type>"),
    Fault("UndefinedElement", "<itunes:type>", "<itunes:mood>good</itunes:mood><itunes:type>"),
    Fault("TooLong", "<itunes:subtitle>Short", f"<itunes:subtitle>{'long ' * 52}"),
    Fault("TooLong", "<itunes:author>The unit", f"<itunes:author>{'long ' * 52}"),
    Fault("InvalidKeywords", "<itunes:type>", "<itunes:keywords>one two</itunes:keywords><itunes:type>"),
    Fault("InvalidDuration", "<itunes:duration>61", "<itunes:duration>1:61"),
    Fault("InvalidPositiveInteger", "<itunes:episode>1", "<itunes:episode>0"),
)  # fmt: skip
_ITEMS = (
    Fault("ItemMustContainTitleOrDescription", _ITEM, "<item/>"),
    Fault("MissingTitle", "<title>First</title>", ""),
    Fault("MissingGuid", _GUID, ""),
    Fault("NotSufficientlyUnique", "story-1-of-many", "1"),
    Fault("InvalidHttpGUID", 'isPermaLink="false"', 'isPermaLink="true"'),
    Fault("InvalidPermalink", _GUID, "<guid>urn:uuid:5cd87abd</guid>"),
    Fault("InvalidBooleanAttribute", 'isPermaLink="false"', 'isPermaLink="no"'),
    Fault("DuplicateValue", "</item>", f"</item>{_ITEM.replace('1.mp3', '2.mp3')}"),
    Fault("DuplicateValue", "</item>", f"</item>{_ITEM.replace('story-1-', 'story-2-')}"),
    Fault("DuplicateEnclosure", _ENCLOSURE, _ENCLOSURE + _ENCLOSURE.replace("1.mp3", "2.mp3")),
    Fault("MissingElement", _ENCLOSURE, ""),
    Fault("MissingAttribute", ' length="1000"', ""),
    Fault("UnexpectedAttribute", ' length="1000"', ' length="1000" size="1"'),
    Fault("UseZeroForUnknown", 'length="1000"', 'length="-1"'),
    Fault("InvalidIntegerAttribute", 'length="1000"', 'length="1 kB"'),
    Fault("InvalidMIMEAttribute", 'type="audio/mpeg"', 'type="mp3"'),
    Fault("UnexpectedContentType", 'type="audio/mpeg"', 'type="audio/mp3"'),
    Fault("UnsupportedItunesFormat", "https://example.org/1.mp3", "https://example.org/1.ogg"),
    Fault("InvalidURLAttribute", "https://example.org/1.mp3", "ftp://example.org/1.mp3"),
    Fault("NonCanonicalURI", "https://example.org/1.mp3", "https://Example.org/1.mp3"),
    Fault("UndefinedElement", "<pubDate>", "<published/><pubDate>"),
    Fault("DuplicateElement", "<pubDate>", "<link>https://example.org/2</link><pubDate>"),
    Fault("NeedDescriptionBeforeContent", _DESCRIPTION, ""),
    Fault("MissingAttribute", "<pubDate>", "<source>Elsewhere</source><pubDate>"),
    Fault("EmailFormat", "<pubDate>", "<author>a@example.org Ann</author><pubDate>"),
    Fault("MissingAttribute", "<pubDate>", '<chapters xmlns="http://podlove.org/simple-chapters"><chapter start="1"/></chapters><pubDate>'),
    Fault("InvalidNPTTime", "<pubDate>", '<chapters xmlns="http://podlove.org/simple-chapters"><chapter start="00:02:00" title="b"/><chapter start="00:01:00" title="a"/></chapters><pubDate>'),
)  # fmt: skip
_HTML = tuple(
    Fault(code, _BODY, body)
    for code, body in (
        ("SecurityRisk", "<script>alert(1)</script>"),
        ("SecurityRisk", "<p>a<iframe></iframe></p>"),
        ("SecurityRiskAttr", '<p onclick="x()">a</p>'),
        ("SecurityRiskAttr", '<a href="java&#10;script:x()">a</a>'),
        ("DangerousStyleAttr", '<p style="position:fixed">a</p>'),
        ("ContainsRelRef", '<a href="../up">a</a>'),
        ("ContainsRelRef", '<img src="a.png" alt="a">'),
        ("InvalidUriChar", '<a href="http://[::1">a</a>'),
        ("NotHtml", "<p>never closed"),
        ("NotHtml", "<b><i>crossed</b></i>"),
        ("NotHtml", "a</p>"),
        ("NotHtml", "<podcast>a</podcast>"),
        ("NotHtml", "<li>alone</li>"),
        ("NotHtml", "<p>one<p>two</p></p>"),
        ("NotHtml", "<!-- hidden -->"),
        ("NotHtml", '<a href="https://a.org/"><a href="https://b.org/">x</a></a>'),
    )
)
_PODCAST = (
    Fault("UndefinedElement", _PERSON, "<podcast:persons/>"),
    Fault("Deprecated", _PERSON, '<podcast:images srcset="a"/>'),
    Fault("MisplacedMetadata", _PERSON, "<podcast:medium>music</podcast:medium>"),
    Fault("DuplicateElement", "</podcast:guid>", "</podcast:guid><podcast:guid>5cd87abd-e6cc-5f88-bdf7-7be85cce2994</podcast:guid>"),
    Fault("InvalidValue", "5cd87abd-", "5CD87ABD-"),
    Fault("InvalidValue", "yes</podcast:locked>", "true</podcast:locked>"),
    Fault("InvalidContact", 'owner="a@example.org"', 'owner="Ann"'),
    Fault("DuplicateValue", "<podcast:block", '<podcast:block id="spotify">yes</podcast:block><podcast:block'),
    Fault("MissingAttribute", ' url="https://example.org/1.vtt"', ""),
    Fault("InvalidValue", 'type="text/vtt"', 'type="text/webvtt"'),
    Fault("UnexpectedText", 'type="text/vtt"/>', 'type="text/vtt">Hello</podcast:transcript>'),
    Fault("UnexpectedAttribute", 'role="host"', 'job="host"'),
    Fault("AttrNotBlank", ">Ann</podcast:person>", "></podcast:person>"),
    Fault("UnexpectedWhitespace", ">Ann</podcast:person>", "> Ann </podcast:person>"),
    Fault("TooLong", ">Ann</podcast:person>", f">{'Ann' * 43}</podcast:person>"),
    Fault("InvalidURLAttribute", "https://example.org/ann", "ann.html"),
    Fault("InvalidValue", "geo:53.4,-2.2", "53.4,-2.2"),
    Fault("InvalidValue", 'startTime="1.5"', 'startTime="0:01"'),
    Fault("MissingElement", '<podcast:valueRecipient type="node" address="02d5" split="100"/>', ""),
    Fault("MissingAttribute", ' split="100"', ""),
    Fault("MissingElement", "</podcast:value>", '<podcast:valueTimeSplit startTime="1" duration="2"/></podcast:value>'),
    Fault("MissingAttribute", _PERSON, '<podcast:socialInteract protocol="twitter"/>'),
    Fault("InvalidValue", "<podcast:guid>", '<podcast:publisher><podcast:remoteItem feedGuid="5cd87abd-e6cc-5f88-bdf7-7be85cce2993"/></podcast:publisher><podcast:guid>'),
    Fault("InvalidValue", 'method="keysend"', 'method="keysend" suggested="much"'),
    Fault("MissingElement", "<podcast:guid>", "<podcast:podroll/><podcast:guid>"),
    Fault("InvalidRFC3339Date", "<podcast:guid>", '<podcast:updateFrequency dtstart="Monday">Weekly</podcast:updateFrequency><podcast:guid>'),
)  # fmt: skip
_ATOM = tuple(
    Fault(code, old, new, ATOM)
    for code, old, new in (
        ("MissingElement", "<id>urn:uuid:5cd87abd-e6cc-5f88-bdf7-7be85cce2993</id>", ""),
        ("MissingElement", "<updated>2026-11-01T12:00:00Z</updated>", ""),
        ("MissingElement", "<author><name>Ann</name></author>", ""),
        ("MissingElement", "<name>Ann</name>", ""),
        ("NotBlank", "<name>Ann</name>", "<name/>"),
        ("UndefinedElement", "<updated>", "<modified/><updated>"),
        ("DuplicateElement", "<updated>", "<title>Twice</title><updated>"),
        ("InvalidRFC3339Date", "2026-11-02T12:00:00Z", "2026-11-02 12:00"),
        ("InvalidFullLink", "urn:uuid:5cd87abd-e6cc-5f88-bdf7-7be85cce2993", "story"),
        ("InvalidTextType", "<title>First", '<title type="markdown">First'),
        ("SecurityRisk", "&lt;p&gt;", "&lt;script&gt;"),
        ("MissingSelf", 'rel="self"', 'rel="via"'),
        ("DuplicateIds", "</entry>", f"</entry>{_ENTRY}"),
        ("DuplicateEntries", "</entry>", f"</entry>{_ENTRY.replace('2994', '2995')}"),
        ("MissingSummary", '<content type="html">&lt;p&gt;A story.&lt;/p&gt;</content>', '<content src="https://example.org/a"/>'),
        ("MissingContentOrAlternate", _ENTRY[_ENTRY.index("<link") : -len("</entry>")], ""),
        ("FeedHistoryRelInEntry", "<content", '<link rel="next" href="https://example.org/"/><content'),
    )
)  # fmt: skip
_OPML = tuple(
    Fault(code, old, new, OPML)
    for code, old, new in (
        ("MissingAttribute", ' version="2.0"', ""),
        ("InvalidOPMLVersion", 'version="2.0"', 'version="3"'),
        ("MissingElement", "<head><title>All</title></head>", ""),
        ("MissingElement", OPML[OPML.index("<outline") : OPML.index("</body>")], ""),
        ("UndefinedElement", "<title>All</title>", "<name>All</name>"),
        ("MissingAttribute", ' text="Stories"', ""),
        ("MissingXmlURL", ' xmlUrl="https://example.org/feed.xml"', ""),
        ("MissingTitleAttr", ' title="Stories"', ""),
        ("MissingOutlineType", ' type="rss"', ""),
        ("UnexpectedAttribute", " title=", ' mood="good" title='),
        ("InvalidLanguage", "en-GB", "in English"),
    )
)
_JSON = tuple(
    Fault(code, old, new, JSON)
    for code, old, new in (
        ("InvalidJSON", "}]}", "}]"),
        ("InvalidJSON", '"title":"Stories"', '"title":"Stories","title":"Again"'),
        ("InvalidJSONFeedVersion", "version/1.1", "version/9"),
        ("MissingElement", '"title":"Stories",', ""),
        ("MissingElement", '"id":"story-1",', ""),
        (
            "DuplicateValue",
            '"items":[',
            '"items":[{"id":"story-1","content_text":"a"},',
        ),
        ("MissingTextualContent", '"content_html":"<p>A story.</p>",', ""),
        ("InvalidRFC3339Date", "2026-11-01T12:00:00Z", "1 November"),
        ("InvalidValue", '"size_in_bytes":1000', '"size_in_bytes":"1000"'),
        ("UndefinedElement", '"language"', '"tongue"'),
        ("MissingElement", '"mime_type":"audio/mpeg",', ""),
        ("SelfDoesntMatchLocation", "org/feed.xml", "org/feed.json"),
        ("InvalidFullLink", '"url":"https://example.org/1"', '"url":"/1"'),
        ("SecurityRisk", "<p>A story.</p>", "<script>x</script>"),
        ("NotBlank", '"title":"First"', '"title":""'),
        ("MissingElement", '{"name":"Ann"}', "{}"),
    )
)
FAULTS = (
    *_DOCUMENT, *_CHANNEL, *_LINKS, *_ITUNES, *_ITEMS, *_HTML, *_PODCAST, *_ATOM,
    *_OPML, *_JSON,
)  # fmt: skip
