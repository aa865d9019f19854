"""An outline shows a feed as it stands, and nothing put right."""

import codecs

import pytest

from peru_media import parse_feed
from peru_media.errors import FeedRefusedError
from peru_media.model.outline import Element
from peru_media.parsing.outline import read_outline

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_FEED = f"""\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:it="{_ITUNES.upper()}">
<channel xmlns:m="urn:m">
<title> Twice </title><title>Twice</title>
<it:image
  href="a.jpg"/>
<m:mood lang="en">Glad<!-- or not --> enough</m:mood>
<description><![CDATA[<p>Words</p>]]></description>
</channel>
</rss>
"""


def _channel(data: str | bytes) -> Element:
    root = read_outline(data if isinstance(data, bytes) else data.encode()).root
    channel = root.first("channel") if root else None
    assert channel is not None
    return channel


def test_elements_keep_their_order_their_number_and_their_spelling() -> None:
    channel = _channel(_FEED)

    assert [child.name for child in channel.children] == [
        "title", "title", "itunes:image", "{urn:m}mood", "description",
    ]  # fmt: skip
    assert [child.text for child in channel.all("title")] == [" Twice ", "Twice"]


def test_a_namespace_is_known_by_any_prefix_and_told_as_it_is_spelled() -> None:
    image = _channel(_FEED).first("itunes:image")

    assert image is not None
    assert (image.prefix, image.namespace) == ("it", _ITUNES.upper())
    assert image.attributes == {"href": "a.jpg"}


def test_an_element_begins_where_its_tag_begins() -> None:
    assert [child.line for child in _channel(_FEED).children] == [4, 4, 5, 7, 8]


def test_words_around_a_comment_are_all_there() -> None:
    mood = _channel(_FEED).first("{urn:m}mood")

    assert mood is not None
    assert mood.text == "Glad enough"


def test_a_section_of_cdata_is_told_apart() -> None:
    assert [child.cdata for child in _channel(_FEED).children] == [
        False, False, False, False, True,
    ]  # fmt: skip


def test_what_stands_around_the_feed_is_kept() -> None:
    data = codecs.BOM_UTF8 + _FEED.encode() + b"\n<!-- Cached </div> -->\n"

    outline = read_outline(data)

    assert outline.format == "rss"
    assert outline.declaration == '<?xml version="1.0" encoding="utf-8"?>'
    assert outline.encoding == "utf-8"
    assert outline.bom
    assert outline.after == "<!-- Cached </div> -->"
    assert outline.namespaces == {"it": _ITUNES.upper(), "m": "urn:m"}


def test_what_stands_before_the_feed_is_kept_and_counted() -> None:
    outline = read_outline(b"Warning: x\n\n" + _FEED.encode())

    assert outline.before == "Warning: x\n\n"
    assert outline.root is not None
    assert outline.root.line == 4
    assert [repair.code for repair in outline.repairs] == ["text-before-declaration"]


def test_lines_are_right_beyond_those_that_the_parser_counts() -> None:
    item = "<item>\n<title>A</title>\n</item>\n" * 30_000
    channel = _channel(_FEED.replace("</channel>", f"{item}</channel>"))

    items = list(channel.all("item"))

    assert [one.line for one in items[::9_999]] == [9, 30_006, 60_003, 90_000]


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    outline = read_outline(_FEED.replace("Glad", "Glad & <b").encode())

    assert outline.root is not None
    assert {repair.code for repair in outline.repairs} == {"loose-markup"}
    assert {repair.line for repair in outline.repairs} == {7}


def test_elements_that_a_parser_leaves_out_do_not_move_the_others() -> None:
    data = (
        '<rss version="2.0">\n<channel>\n<a b="1" b="2">x</a>\n<c/>\n</channel></rss>'
    )

    last = _channel(data).children[-1]

    assert (last.name, last.line) == ("c", 4)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "atom"),
        (b"<channel/>", "rss"),
        (b' {"version": "https://jsonfeed.org/version/1.1"}', "json"),
        (b"<html/>", ""),
        (b"Hello", ""),
        (b"", ""),
    ],
)
def test_the_first_element_tells_the_form(data: bytes, form: str) -> None:
    assert read_outline(data).format == form


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE rss><rss/>",
        b"\x1f\x8b\x08",
        b"<a>" * 300,
        b"<rss " + b"a" * 70_000,
        b"<a/>" * 2_000_001,
    ],
    ids=["DOCTYPE", "gzip", "deep", "long tag", "elements without end"],
)
def test_what_could_do_harm_is_refused(data: bytes) -> None:
    with pytest.raises(FeedRefusedError):
        read_outline(data)


def test_a_word_is_not_taken_for_a_tag_without_end() -> None:
    with pytest.raises(FeedRefusedError, match="This is not a feed"):
        parse_feed(b"Hello")
