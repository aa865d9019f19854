import pytest

from peru_media.publishing.enclosures import FeedEnclosure, enclosures

ITEM = '<item><enclosure url="{}" length="7" type="audio/mpeg"/></item>'


def _feed(items: str) -> bytes:
    return f'<?xml version="1.0"?><rss><channel>{items}</channel></rss>'.encode()


def test_every_medium_is_listed_in_feed_order() -> None:
    found = enclosures(_feed("".join(map(ITEM.format, "cab"))))

    assert [one.url for one in found] == ["c", "a", "b"]
    assert found[0] == FeedEnclosure(url="c", length="7", type="audio/mpeg")


def test_a_feed_of_many_megabytes_with_words_of_any_script_is_read() -> None:
    words = "<description>" + "éж☃🎙" * 100_000 + "</description>"

    assert len(enclosures(_feed(words + ITEM.format("x")))) == 1


def test_what_is_missing_reads_as_empty() -> None:
    found = enclosures(_feed("<item><enclosure/></item>"))

    assert found == (FeedEnclosure(url="", length="", type=""),)


def test_only_an_enclosure_of_an_item_counts() -> None:
    other = '<image><enclosure url="x"/></image><enclosure url="y"/>'

    assert enclosures(_feed(other)) == ()


def test_words_about_a_document_type_are_words() -> None:
    words = "<description><![CDATA[<!DOCTYPE html><!ENTITY a>]]></description>"

    assert enclosures(_feed(words)) == ()


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
        enclosures(feed)


def test_depth_costs_no_more_than_length() -> None:
    deep = "<a>" * 200_000 + "</a>" * 200_000

    assert enclosures(_feed(deep)) == ()
