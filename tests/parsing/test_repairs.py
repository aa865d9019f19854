"""What is wrong with feeds out there, and how it is read."""

from datetime import UTC, datetime

import pytest

from peru_media import parse_feed
from tests.parsing.feeds import ATOM, codes, read_item, read_show, rss

TITLE = "<title>Café</title>"


def item(inner: str) -> str:
    return f"<item><guid>g</guid>{inner}</item>"


BROKEN = [
    ("undeclared-prefix", "<foo:bar>x</foo:bar>"),
    ("html-entity", "<description>a&nbsp;b</description>"),
    ("unknown-entity", "<description>a&nope;b</description>"),
    ("loose-markup", "<description>a & b</description>"),
    ("loose-markup", "<description>a < b</description>"),
    ("control-character", "<description>a\x01b</description>"),
    ("control-character", "<description>a&#1;b</description>"),
    ("control-character", "<description>a&#x110000;b</description>"),
    ("control-character", "<description><![CDATA[a\x01b]]></description>"),
    ("control-character", "<link a='\x01'/>"),
    ("html-entity", "<link a='&nbsp;'/>"),
    ("unknown-entity", "<link a='a&b'/>"),
    ("unclosed-tag", "<description>a<br>b</description>"),
    ("unopened-tag", "</b>"),
    ("cut-off", "<!-- "),
    ("wrong-weekday", item("<pubDate>Mon, 03 Mar 2026 09:00:00 GMT</pubDate>")),
    ("two-digit-year", item("<pubDate>03 Mar 26 09:00:00 GMT</pubDate>")),
    ("zone-name", item("<pubDate>03 Mar 2026 10:00:00 CET</pubDate>")),
    ("unknown-zone", item("<pubDate>03 Mar 2026 09:00:00 XYZ</pubDate>")),
    ("no-zone", item("<pubDate>03 Mar 2026 09:00:00</pubDate>")),
    ("iso-date", item("<pubDate>2026-03-03T09:00:00Z</pubDate>")),
    ("odd-date", item("<pubDate>Mar 3, 2026 09:00:00 GMT</pubDate>")),
    ("unreadable-date", item("<pubDate>soon</pubDate>")),
    ("odd-duration", item("<itunes:duration>1h 2m</itunes:duration>")),
    ("unreadable-duration", item("<itunes:duration>long</itunes:duration>")),
    ("old-explicit", item("<itunes:explicit>clean</itunes:explicit>")),
    ("unreadable-flag", item("<itunes:explicit>maybe</itunes:explicit>")),
    ("odd-number", item("<itunes:episode>1,234</itunes:episode>")),
    ("unreadable-number", item("<itunes:episode>one</itunes:episode>")),
    ("unreadable-number", item("<itunes:episode>1.5</itunes:episode>")),
    ("missing-length", item("<enclosure url='https://e.org/'/>")),
    ("missing-length", item("<enclosure url='https://e.org/' length='x'/>")),
    ("missing-url", item("<enclosure length='1'/>")),
    ("missing-url", item("<podcast:transcript type='text/vtt'/>")),
    ("missing-href", item("<itunes:image>https://e.org/i</itunes:image>")),
    ("missing-text", "<itunes:category/>"),
    ("relative-address", item("<link>/1</link>")),
    ("relative-address", item("<link>//[</link>")),
    ("repeated-guid", item("") + item("")),
    ("missing-guid", "<item/>"),
    ("repeated-element", "<ttl>1</ttl><ttl>2</ttl>"),
]


@pytest.mark.parametrize(("code", "xml"), BROKEN)
def test_each_repair_is_told_and_the_rest_is_read(code: str, xml: str) -> None:
    feed = read_show(TITLE + xml)

    assert code in codes(feed)
    assert feed.title == "Café"
    assert all(
        repair.what.endswith((".", ";")) or repair.what for repair in feed.repairs
    )


def test_a_sign_that_nobody_sees_is_told_by_its_number() -> None:
    feed = read_show(TITLE + "<description>a&nbsp;b&eacute;</description>")

    told = [repair.what for repair in feed.repairs]
    assert "&nbsp; is HTML, read as U+00A0." in told
    assert "&eacute; is HTML, read as é." in told


def test_a_good_feed_has_no_repairs() -> None:
    whole = item('<enclosure url="https://e.org/" length="1" type="audio/mpeg"/>')
    assert read_show(TITLE + whole).repairs == ()


@pytest.mark.parametrize(
    ("codec", "declared", "told"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("latin-1", "iso-8859-1", False),
        ("cp1252", "windows-1252", False),
        ("utf-16", "utf-16", False),
        ("utf-16-le", "utf-16", False),
        ("utf-16-be", "utf-16", False),
        ("utf-32", "utf-32", False),
        ("cp037", "cp037", False),
        ("utf-8", "iso-8859-1", True),
        ("latin-1", "utf-8", True),
        ("utf-8", "utf-16", True),
        ("utf-8", "no-such-code", True),
        ("utf-8", "punycode", True),
        ("cp1252", "shift_jis", True),
    ],
)
def test_bytes_are_read_whatever_they_say(
    codec: str, declared: str, *, told: bool
) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>{rss(TITLE).decode()}'

    feed = parse_feed(text.encode(codec))

    assert ("wrong-encoding" in codes(feed)) == told
    assert (feed.title or "").startswith("Caf")
    assert declared == "shift_jis" or feed.title == "Café"


@pytest.mark.parametrize(
    "before", ["\n\n", "Warning: x in y.php\n", "<br />\n<b>W</b>"]
)
def test_what_stands_before_the_feed_is_left_out(before: str) -> None:
    data = before.encode() + b'<?xml version="1.0"?>\n' + rss("\n" + TITLE + "&nbsp;")

    feed = parse_feed(data)

    assert feed.title == "Café"
    first, entity = feed.repairs
    assert (first.line, first.code) == (1, "text-before-declaration")
    lines = data[: data.index(b"&nbsp;")].split(b"\n")
    column = len(lines[-1].decode()) + 1
    assert (entity.line, entity.column) == (len(lines), column)
    assert str(entity).startswith(f"{len(lines)}:{column}: ")


def test_an_undeclared_prefix_means_what_it_says() -> None:
    feed = parse_feed(rss("<itunes:author>Ann</itunes:author>", namespaces=""))
    assert feed.itunes.author == "Ann"
    assert codes(feed) == ["undeclared-prefix"]


def test_a_feed_that_was_cut_off_keeps_what_came() -> None:
    whole = rss(item("<title>1</title>") + item("<title>2</title>"))

    feed = parse_feed(whole[: whole.rindex(b"2</title>") + 1])

    assert [one.title for one in feed.episodes] == ["1", "2"]
    assert "cut-off" in codes(feed)


def test_items_that_were_not_closed_are_apart() -> None:
    feed = read_show("<item><title>1<item><title>2</title></item>")
    assert [one.title for one in feed.episodes] == ["1", "2"]


def test_three_hundred_open_tags_do_not_hide_the_next_episode() -> None:
    many = item("<description>a<br>b</description>") * 300
    assert len(read_show(many).episodes) == 300


@pytest.mark.parametrize(
    ("url", "base", "whole"),
    [
        ("https://e.org/feed", "", "https://e.org/1"),
        (None, "https://e.org/x/", "https://e.org/1"),
        ("https://e.org/", "https://f.org/", "https://f.org/1"),
        (None, "", "/1"),
    ],
)
def test_relative_addresses_find_their_base(
    url: str | None, base: str, whole: str
) -> None:
    data = rss(item("<link>/1</link>"), namespaces=f' xml:base="{base}"')
    assert parse_feed(data, url=url).episodes[0].link == whole


@pytest.mark.parametrize(
    "space",
    [
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
        "https://podcastindex.org/namespace/1.0/",
        "http://podcastindex.org/namespace/1.0",
    ],
)
def test_every_address_of_the_podcast_namespace_is_known(space: str) -> None:
    data = rss("<p:guid>g</p:guid>", namespaces=f' xmlns:p="{space}"')
    assert parse_feed(data).podcast.guid == "g"


def test_more_repairs_than_anybody_reads_are_counted() -> None:
    feed = read_show("<item/>" * 10_005)
    assert len(feed.repairs) == 10_001
    assert feed.repairs[0].what == "5 more repairs are not listed."


def test_of_rss_1_the_items_beside_the_channel_are_read() -> None:
    data = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>
      <image><url>https://e.org/i</url></image>
      <item rdf:about="https://e.org/1"><title>1</title></item></rdf:RDF>"""

    feed = parse_feed(data)

    assert (feed.format, feed.title) == ("rdf", "T")
    assert feed.image is not None
    assert [(one.title, one.guid) for one in feed.episodes] == [
        ("1", "https://e.org/1")
    ]


def test_formats_are_told_apart() -> None:
    assert parse_feed(ATOM.format("").encode()).format == "atom"
    assert (read_show("").format, read_show("").version) == ("rss", "2.0")
    assert parse_feed(b"<rss><item/></rss>").episodes != ()
    assert parse_feed(b"<channel/>").format == "rss"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 03 Mar 2026 09:00:00 EST", datetime(2026, 3, 3, 14, tzinfo=UTC)),
        ("3 March 2026 09:00", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ("03 Mar 2026 24:00:00 GMT", datetime(2026, 3, 4, tzinfo=UTC)),
        ("03 Mar 2026 23:59:60 GMT", datetime(2026, 3, 3, 23, 59, 59, tzinfo=UTC)),
        ("03 Mar 99 09:00 -0130", datetime(1999, 3, 3, 10, 30, tzinfo=UTC)),
        ("2026-03-03", datetime(2026, 3, 3, tzinfo=UTC)),
        ("2026-03-03 09:00:00.25+01:00", datetime(2026, 3, 3, 8, 0, 0, 250_000, UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("Tue Mar  3 09:00:00 2026", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ("Tue Mar  3 09:00:00 GMT 2026", datetime(2026, 3, 3, 9, tzinfo=UTC)),
        ("31 Feb 2026 09:00:00 GMT", None),
        ("2026-13-01", None),
        ("0001-01-01T00:00:00+05:00", None),
    ],
)
def test_dates_are_read_as_people_write_them(
    text: str, moment: datetime | None
) -> None:
    assert read_item(f"<pubDate>{text}</pubDate>").published == moment


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("3723", 3723),
        ("3723.5", 3723.5),
        ("00:00:10,5", 10.5),
        ("PT1H2M3S", 3723),
        ("62 min 3 sec", 3723),
        ("²", None),
        (":", None),
    ],
)
def test_durations_are_read_as_people_write_them(
    text: str, seconds: float | None
) -> None:
    xml = f"<itunes:duration>{text}</itunes:duration>"
    assert read_item(xml).itunes.duration == seconds


@pytest.mark.parametrize(
    ("word", "explicit"),
    [
        *(("yes", True), ("true", True), ("Explicit", True)),
        *(("no", False), ("false", False), ("clean", False)),
    ],
)
def test_explicit_is_read_in_old_words_and_new(word: str, *, explicit: bool) -> None:
    xml = f"<itunes:explicit>{word}</itunes:explicit>"
    assert read_item(xml).itunes.explicit is explicit
