"""The server's own pages: whole, plain, and safe."""

import json

import pytest
from lxml import html

from peru_media.server.pages import OwnPages, plain_page

NAMES = ("unknown", "late", "withdrawn", "ended", "removed")
PAGES = {name: plain_page(name, "/") for name in NAMES}
GIVEN = OwnPages.from_bytes(
    json.dumps({"": {"unknown": "here"}, "/cy": {"unknown": "yma"}}).encode()
)


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
    assert plain_page("of another version", "/") == PAGES["removed"]


def test_a_path_that_a_page_stands_below_cannot_break_out() -> None:
    page = plain_page("unknown", '/"><script>alert(1)</script>/')

    assert b"<script>" not in page


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", b"here"),
        ("/cynon", b"here"),
        ("/show/cy", b"here"),
        ("/cy", b"yma"),
        ("/cy/show/lost", b"yma"),
    ],
)
def test_a_page_speaks_the_language_of_the_address(path: str, said: bytes) -> None:
    assert GIVEN.page("unknown", path=path, home="/") == said


def test_a_page_that_a_release_lacks_is_plain() -> None:
    for pages in (GIVEN, OwnPages()):
        page = pages.page("late", path="/cy/show", home="/media/")
        assert page == plain_page("late", "/media/")
