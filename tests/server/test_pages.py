"""The server's own pages: whole, plain, and safe."""

import pytest
from lxml import html

from peru_media.server.pages import gone_page, late_page, unknown_page

PAGES = {
    "unknown": unknown_page("/"),
    "late": late_page("/"),
    **{reason: gone_page(reason, "/") for reason in ("withdrawn", "ended", "removed")},
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_is_plain_semantic_html(page: bytes) -> None:
    tree = html.document_fromstring(page)

    assert page.startswith(b"<!doctype html>\n")
    assert tree.get("lang") == "en-GB"
    assert tree.findtext(".//title") == tree.findtext(".//h1")
    assert len(tree.findall(".//main")) == 1
    assert [link.get("href") for link in tree.findall(".//a")] == ["/"]
    assert not tree.xpath("//script | //style | //@style | //@onclick | //img")


def test_each_reason_has_words_of_its_own() -> None:
    assert len(set(PAGES.values())) == len(PAGES)


def test_a_path_that_a_page_stands_below_cannot_break_out() -> None:
    page = unknown_page('/"><script>alert(1)</script>/')

    assert b"<script>" not in page


def test_a_page_wears_the_style_of_its_release() -> None:
    page = unknown_page("/media/", "/assets/site.css")

    assert b'<link rel="stylesheet" href="/media/assets/site.css">' in page
    assert b"stylesheet" not in unknown_page("/media/")
