"""What is not read at all, and how soon that is clear."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peru_media import FeedRefusedError, check_feed, parse_feed
from peru_media.parsing.mending import MOST_FAULTS
from peru_media.parsing.outline import read_outline
from tests.parsing.feeds import rss

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMBS = {
    "a billion laughs": f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]><rss>&a11;</rss>',
    "a quadratic entity": (
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]><rss>{"&a;" * 100_000}</rss>'
    ),
    "a million levels": "<rss><channel>" + "<a>" * 1_000_000,
    "a million attributes": (
        "<rss><channel><item " + " ".join(f'a{n}="x"' for n in range(1_000_000)) + "/>"
    ),
}
REFUSED = {
    "a plain DOCTYPE": b"<!DOCTYPE rss><rss/>",
    "a DOCTYPE in UTF-16": "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>".encode("utf-16"),
    "a DOCTYPE behind a comment": b"<?xml version='1.0'?><!-- <x> --><!doctype r><r/>",
    "gzip": b"\x1f\x8b\x08\x00",
    "nothing": b"",
    "words": b"Not found",
    "a web page": b"<html><body>Not found</body></html>",
    "a text of eleven megabytes": rss("x" * 11_000_000),
    "nothing but faults": rss("&" * (MOST_FAULTS + 1)),
    "episodes without end": rss("<item/>" * 250_001),
    "sixteen mebibytes": b" " * (15 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once(name: str) -> None:
    data = BOMBS[name].encode()
    began = time.process_time()

    with pytest.raises(FeedRefusedError):
        parse_feed(data)

    assert time.process_time() - began < 0.1


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_feed_is_refused(name: str) -> None:
    with pytest.raises(FeedRefusedError, match=r"\.$"):
        parse_feed(REFUSED[name])


def test_no_file_is_read(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("canary")
    doctype = f'<!DOCTYPE r [<!ENTITY a SYSTEM "{canary.as_uri()}">]>'

    with pytest.raises(FeedRefusedError):
        parse_feed(
            f"{doctype}<rss><channel><title>&a;</title></channel></rss>".encode()
        )

    broken = f"<rss>&b;<channel><title>x</title>{doctype}&a;</channel></rss>"
    assert "canary</" not in parse_feed(broken.encode()).model_dump_json()


def test_the_limit_is_the_callers() -> None:
    data = rss("<title>T</title>")

    assert parse_feed(data, limit=len(data)).title == "T"
    with pytest.raises(FeedRefusedError, match="at most"):
        parse_feed(data, limit=len(data) - 1)


def test_a_doctype_in_the_notes_does_no_harm() -> None:
    feed = parse_feed(rss("<description><![CDATA[<!DOCTYPE html>]]></description>"))
    assert feed.description == "<!DOCTYPE html>"


def test_a_long_text_without_tags_is_no_long_tag() -> None:
    words = "word " * 60_000
    feed = parse_feed(rss(f"<description><![CDATA[{words}]]></description>"))
    assert feed.description == words.strip()


@pytest.mark.parametrize(
    "piece",
    ["<![CDATA[", "<!--", "<?", "<item><b>", "<x:y/>", "\"'", "<a b='", "</c>", "\0"],
)
def test_pieces_over_and_over_take_no_longer_than_their_length(piece: str) -> None:
    began = time.process_time()
    with contextlib.suppress(FeedRefusedError):
        parse_feed(rss(piece * (1_000_000 // len(piece))))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("given", ["<rss/>", bytearray(b"<rss/>"), Path("feed.xml")])
@pytest.mark.parametrize("read", [parse_feed, check_feed, read_outline])
def test_what_are_no_bytes_is_refused_in_words(
    read: Callable[[Any], object], given: object
) -> None:
    with pytest.raises(TypeError, match="Give the feed as bytes"):
        read(given)
