"""Feeds as documents: bytes, declaration, namespaces, frame."""

from tests.checks.feed.samples import (
    DECLARATION,
    ROOT,
    Sample,
    feed,
    in_channel,
    in_item,
)

__all__ = ["BAD", "GOOD"]

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_OTHER_PODCAST = (
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
)
_ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
_PLAIN = f'{DECLARATION}\n<rss version="2.0">'
_BARE = (
    f'{DECLARATION}\n<rss version="2.0" xmlns:itunes="{_ITUNES}" '
    f'xmlns:atom="{_ATOM_NAMESPACE}">'
)
_EMPTY = "E2001 E2002 E2003 E2004 E2006 W2007 W2008 W2009 E2015 E2017 E2021 W2026 I2032"
_ATOM = f'{DECLARATION}\n<feed xmlns="{_ATOM_NAMESPACE}"/>'


def _one(code: str, name: str, text: str | bytes, **said: str) -> Sample:
    also = said.pop("also", "").split()
    return Sample(code=code, name=name, text=text, also=also, **said)


BAD = (
    _one(
        "E1018",
        "podcast",
        feed(root=ROOT.replace("xmlns:podcast", "xmlns:pod")),
        at="<podcast:locked>",
        says="The prefix podcast is used",
        fix='Write xmlns:podcast="https://podcastindex.org/namespace/1.0" into <rss>.',
    ),
    _one(
        "E1018",
        "an attribute",
        feed(item={"link": '<link x:a="">https://example.org/</link>'}),
        at="<link x:a",
        fix="Declare the prefix",
    ),
    _one(
        "E1001",
        "a web page",
        f"{DECLARATION}\n<html><body/></html>",
        at="<html>",
        says="It is a web page",
    ),
    _one("E1001", "nothing", "Hello", says="It has no element", also="E1007"),
    _one("I1002", "Atom", _ATOM, at="<feed", says="This is an Atom feed"),
    _one(
        "I1002",
        "JSON",
        '{"version": "https://jsonfeed.org/version/1.1"}',
        says="This is a JSON Feed",
    ),
    _one(
        "E1003",
        "Latin 1",
        feed(declaration=DECLARATION.replace("UTF-8", "ISO-8859-1")),
        at="<?xml",
        says='the encoding "ISO-8859-1"',
    ),
    _one(
        "E1003",
        "bytes that are not UTF-8",
        feed().encode().replace(b"Team", b"Te\xe9m"),
        at="Te\xe9m",
        says="not UTF-8",
    ),
    _one(
        "E1004",
        "no declaration",
        feed(declaration=""),
        at="<rss",
        says="does not begin with",
    ),
    _one("E1005", "a blank line", f"\n{feed()}", at="\n", says="Blank lines"),
    _one(
        "E1005",
        "a warning",
        f"Warning: x\n{feed()}",
        at="Warning",
        says='"Warning: x" stands before',
    ),
    _one(
        "W1006",
        "a mark",
        b"\xef\xbb\xbf" + feed().encode(),
        at="<?xml",
        says="byte order mark",
    ),
    _one(
        "E1007",
        "a loose &",
        feed(channel={"title": "<title>A & B</title>"}),
        at="<title>A &",
        says="'&' stands here as a word",
        fix="Write &amp; for &",
    ),
    _one(
        "E1007",
        "a tag that closes nothing",
        feed(channel={"link": "<link>https://a.org/</link></b>"}),
        at="<link>https://a",
        says="</b> closes nothing",
        fix="Delete the closing tag",
    ),
    _one(
        "E1008",
        "a bell",
        feed(channel={"title": "<title>A\x07 B</title>"}),
        at="<title>A",
        says="character",
    ),
    _one(
        "W1009",
        "a comment of a cache",
        feed(end="<!-- Cached -->"),
        says='"<!-- Cached -->" follows',
    ),
    _one(
        "E1010",
        "https",
        feed(root=ROOT.replace("http://www.itunes", "https://www.itunes")),
        at="<rss",
        says="The namespace itunes",
        fix=f'Write xmlns:itunes="{_ITUNES}"',
    ),
    _one(
        "E1010",
        "capitals",
        feed(root=ROOT.replace("/dtds/podcast", "/DTDs/Podcast")),
        at="<rss",
        fix=f'Write xmlns:itunes="{_ITUNES}"',
    ),
    _one(
        "E1010",
        "another prefix",
        f'{DECLARATION}\n<rss version="2.0" xmlns:x="{_ITUNES}/">\n'
        "<channel><x:author>Us</x:author>"
        "</channel></rss>",
        at="<rss",
        fix=f'Write xmlns:x="{_ITUNES}"',
        also=f"{_EMPTY} W1012".replace("W2007 ", ""),
    ),
    _one(
        "E1011",
        "no itunes",
        f"{_PLAIN}\n<channel/></rss>",
        at="<rss",
        fix=f'Write xmlns:itunes="{_ITUNES}"',
        also=f"{_EMPTY} W1012",
    ),
    _one(
        "W1012",
        "no podcast",
        f"{_BARE}\n<channel/></rss>",
        at="<rss",
        says="podcast",
        also=_EMPTY,
    ),
    _one(
        "E1013",
        "version",
        feed(root=ROOT.replace("2.0", "0.91", 1)),
        at="<rss",
        says='version "0.91"',
    ),
    _one(
        "E1013",
        "RSS 1.0",
        f'{DECLARATION}\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"/>',
        at="<rdf",
        says="no version",
    ),
    _one("E1014", "no channel", f'{DECLARATION}\n<rss version="2.0"/>', at="<rss"),
    _one(
        "E1014",
        "two channels",
        feed(channel={"x": "</channel>\n<channel>"}),
        at="<channel>\n<item>",
        says="more than one",
        also="E2006",
    ),
    in_channel(
        "W1015",
        "<pubdate>Fri, 01 May 2026 09:00:00 +0000</pubdate>",
        says="<pubdate> is not an element of a channel",
        fix="Write <pubDate>.",
    ),
    in_channel(
        "W1015",
        "<itunes:duration>300</itunes:duration>",
        says="means nothing in a channel",
        fix="Move it",
    ),
    in_item(
        "W1015",
        '<itunes:Image href="https://example.org/b.jpg"/>',
        fix="Write <itunes:image>.",
    ),
    in_item("W1015", "<sponsor>Us</sponsor>", fix="a namespace of its own"),
)

GOOD = (
    *(
        _one(code, "the feed", feed())
        for code in (
            "E1001",
            "I1002",
            "E1003",
            "E1004",
            "E1005",
            "W1006",
            "E1007",
            "E1008",
            "W1009",
            "E1010",
            "E1011",
            "W1012",
            "E1013",
            "E1014",
            "W1015",
            "E1018",
        )
    ),
    _one("E1003", "another case", feed(declaration=DECLARATION.replace("UTF", "utf"))),
    _one("E1007", "an entity", feed(channel={"title": "<title>A &amp; B</title>"})),
    _one("E1007", "Welsh", feed(channel={"title": "<title>Tŷ</title>"})),
    _one("W1009", "a line end", feed(end="\n\n")),
    _one(
        "E1010",
        "the other address of podcast",
        feed(root=ROOT.replace(_PODCAST, _OTHER_PODCAST)),
    ),
    _one(
        "W1012", "the other address", feed(root=ROOT.replace(_PODCAST, _OTHER_PODCAST))
    ),
    _one(
        "W1015",
        "another namespace",
        feed(item={"x": '<m:b xmlns:m="http://search.yahoo.com/mrss/"/>'}),
    ),
)
