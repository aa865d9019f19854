import pytest

from peru_media.publishing.seen import FeedEnclosure, seen

ITEM = '<item><enclosure url="{}" length="7" type="audio/mpeg"/></item>'


def _feed(items: str) -> bytes:
    return f'<?xml version="1.0"?><rss><channel>{items}</channel></rss>'.encode()


def test_every_medium_is_listed_in_feed_order() -> None:
    found = seen(_feed("".join(map(ITEM.format, "cab")))).enclosures

    assert [one.url for one in found] == ["c", "a", "b"]
    assert found[0] == FeedEnclosure(url="c", length="7", type="audio/mpeg")


def test_a_feed_of_many_megabytes_with_words_of_any_script_is_read() -> None:
    words = "<description>" + "éж☃🎙" * 100_000 + "</description>"

    assert len(seen(_feed(words + ITEM.format("x"))).enclosures) == 1


def test_what_is_missing_reads_as_empty() -> None:
    found = seen(_feed("<item><enclosure/></item>")).enclosures

    assert found == [FeedEnclosure(url="", length="", type="")]


def test_only_an_enclosure_of_an_item_counts() -> None:
    other = '<image><enclosure url="x"/></image><enclosure url="y"/>'

    assert seen(_feed(other)).enclosures == []


def test_words_about_a_document_type_are_words() -> None:
    words = "<description><![CDATA[<!DOCTYPE html><!ENTITY a>]]></description>"

    assert seen(_feed(words)).enclosures == []


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        (b"", "well-formed"),
        (b"<rss><channel>", "well-formed"),
        (b"<rss><channel></rss>", "well-formed"),
        (b"<rss>\x01</rss>", "well-formed"),
        (b"<rss>&nbsp;</rss>", "well-formed"),
        (b"\xff\xfe<\x00r\x00", "not UTF-8"),
        (b"<rss>\xc3", "not UTF-8"),
        (b"<feed/>", "not RSS but <feed>"),
        (b"{", "no JSON Feed"),
        (b"{}", "no JSON Feed"),
        (b'{"items":[{"id":"a"}]}', "no JSON Feed"),
        (b'{"items":5}', "no JSON Feed"),
        (b"<!DOCTYPE rss><rss/>", "document type"),
        (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>', "document type"),
        (
            b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
            "document type",
        ),
    ],
)
def test_what_no_app_should_read_is_refused(feed: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        seen(feed)


def test_depth_costs_no_more_than_length() -> None:
    deep = "<a>" * 200_000 + "</a>" * 200_000

    assert seen(_feed(deep)).enclosures == []


def test_each_form_names_its_episodes_and_their_media() -> None:
    medium = FeedEnclosure(url="u", length="7", type="audio/mpeg")
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><id>not this</id><entry>'
        b'<id>e</id><link rel="alternate" href="x"/>'
        b'<link rel="enclosure" href="u" length="7" type="audio/mpeg"/></entry></feed>'
    )
    json = (
        b'{"items":[{"id":"e","attachments":'
        b'[{"url":"u","size_in_bytes":7,"mime_type":"audio/mpeg"}]}]}'
    )
    rss = _feed(ITEM.format("u").replace("<item>", "<item><guid>e</guid>"))

    for form in (atom, json, rss):
        found = seen(form)
        assert (found.guids, found.enclosures) == (["e"], [medium])


def test_what_a_feed_says_of_other_feeds_is_heard() -> None:
    ns = "https://podcastindex.org/namespace/1.0"
    head = (
        f'<podcast:guid xmlns:podcast="{ns}">own</podcast:guid>'
        '<link xmlns="http://www.w3.org/2005/Atom" rel="next-archive" href="n"/>'
        '<link xmlns="http://www.w3.org/2005/Atom" href="alternate"/>'
        f'<remoteItem xmlns="{ns}" feedUrl="other"/>'
        f'<publisher xmlns="{ns}"><remoteItem feedGuid="theirs"/></publisher>'
        f'<podroll xmlns="{ns}"><remoteItem feedUrl="not this"/></podroll>'
    )

    found = seen(_feed(head))

    assert (found.guid, found.publisher, found.shows) == ("own", "theirs", ["other"])
    assert found.links["next-archive"] == "n"
    opml = b'<opml><body><outline xmlUrl="a"/><outline text="b"/></body></opml>'
    assert seen(opml).shows == ["a", ""]
