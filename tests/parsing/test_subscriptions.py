"""Lists of feeds are read, and none that could do harm."""

import pytest

from peru_media.errors import FeedRefusedError
from peru_media.parsing.subscriptions import is_opml, parse_opml

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Group">
 <outline type="rss" text="A" xmlUrl="https://a.example.org/feed.xml"/>
 <outline type="rss" text="B" xmlurl=" https://b.example.org/feed.xml?x=1&amp;y=2 "/>
</outline>
<outline type="rss" text="A again" xmlUrl="https://a.example.org/feed.xml"/>
<outline text="a page" url="https://c.example.org/"/>
<!-- a comment -->
</body></opml>
"""


def test_each_feed_of_a_list_is_named_once_in_its_order() -> None:
    assert parse_opml(LIST.encode()) == (
        "https://a.example.org/feed.xml",
        "https://b.example.org/feed.xml?x=1&y=2",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_known_whatever_its_encoding(encoding: str) -> None:
    text = LIST.replace("UTF-8", encoding)
    assert is_opml(text.encode(encoding))
    assert len(parse_opml(text.encode(encoding))) == 2


def test_a_feed_is_no_list() -> None:
    assert not is_opml(b"<rss><channel><title>opml</title></channel></rss>")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cannot be read"),
        (b"<opml/>", "names no feed"),
        (b"<opml><body><outline text='x'/></body></opml>", "names no feed"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>", "DOCTYPE"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<opml>" + b" " * 6_000_000, "at most"),
        (
            b"<opml>"
            + b"".join(b"<outline xmlUrl='https://e.org/%d'/>" % n for n in range(1001))
            + b"</opml>",
            "1,001 feeds",
        ),
    ],
)
def test_what_is_no_list_or_too_much_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(FeedRefusedError, match=why):
        parse_opml(data)
