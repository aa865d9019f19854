import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as reader

from peru_media.rendering.notes import (
    brief_html,
    clean_html,
    notes_html,
    plain_text,
    shortened,
)

PAGE = "https://site.org/show/episode"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("# Top", "<h3>Top</h3>"),
        ("###### Deep", "<h6>Deep</h6>"),
        (
            "[a](https://e.org/?a=1&b=2)",
            '<p><a href="https://e.org/?a=1&amp;b=2">a</a></p>',
        ),
        ("[a](other)", '<p><a href="https://site.org/show/other">a</a></p>'),
        ("[a](//e.org/x)", '<p><a href="https://e.org/x">a</a></p>'),
        ("<mailto:a@b.org>", '<p><a href="mailto:a@b.org">mailto:a@b.org</a></p>'),
        ("![a cat](https://e.org/c.png)", "<p>a cat</p>"),
        ("[a](ftp://e.org)", "<p><a>a</a></p>"),
        ("[a](http://[)", "<p><a>a</a></p>"),
        ("[a](<http://[x:]>)", "<p><a>a</a></p>"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
        ("\x00bell\x07", "<p>bell</p>"),
        ("", ""),
    ],
)
def test_notes_become_safe_html(markdown: str, html: str) -> None:
    assert notes_html(markdown, page=PAGE) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "[x](javascript:alert(1))",
        "[x](JAVASCRIPT:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html;base64,xx)",
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '[x](https://e.org/"onmouseover="alert(1))',
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_hostile_notes_are_harmless(markdown: str) -> None:
    _assert_harmless(notes_html(markdown, page=PAGE))


@given(st.text(alphabet="<>&\"'[]()!*_#`:/=\\ \njavscriptonhef", max_size=80))
def test_no_notes_at_all_can_do_harm(markdown: str) -> None:
    _assert_harmless(notes_html(markdown, page=PAGE))


def _assert_harmless(html: str) -> None:
    for element in reader.fragment_fromstring(html, create_parent="div").iter():
        assert element.tag in {*_PAGE_TAGS, "div"}
        assert set(element.attrib) <= {"href"}
        href = element.get("href")
        assert href is None or href.startswith(("https://", "http://", "mailto:"))


_PAGE_TAGS = {
    "a", "b", "blockquote", "br", "cite", "code", "em", "h3", "h4", "h5", "h6", "hr",
    "i", "li", "ol", "p", "pre", "strong", "time", "ul",
}  # fmt: skip


def test_a_description_holds_only_the_tags_that_apps_show() -> None:
    html = notes_html("# Top\n\n> said\n\n`code`\n\n    block\n\n---", page=PAGE)

    assert brief_html(html) == (
        "<p><strong>Top</strong></p>\n\n<p>said</p>\n\n<p>code</p>\n<p>block\n</p>"
    )


def test_a_long_description_is_cut_after_a_whole_element() -> None:
    html = "<p>first</p>\n<ul>\n<li>one</li>\n<li>two é</li>\n<li>three</li>\n</ul>"

    both = "<p>first</p>\n<ul>\n<li>one</li>\n<li>two é</li></ul>"
    fits = len(both.encode())
    assert brief_html(html, limit=fits) == both
    assert brief_html(html, limit=fits - 1) == ("<p>first</p>\n<ul>\n<li>one</li></ul>")


def test_one_endless_paragraph_is_cut_after_a_word() -> None:
    assert brief_html("<p>many long words stand here</p>", limit=24) == (
        "<p>many long…</p>"
    )
    many = f"<p>{'&amp; ' * 50}</p>"
    assert brief_html(many, limit=60) == "<p>&amp; &amp; &amp;…</p>"


@example("00000\xa0\xa0\xa0\u0800\U00010000\U00010000", 40)
@given(st.text(max_size=400), st.integers(min_value=40, max_value=200))
def test_a_description_never_exceeds_its_bytes_and_stays_well_formed(
    text: str, limit: int
) -> None:
    html = brief_html(notes_html(text, page=PAGE), limit=limit)

    assert len(html.encode()) <= limit
    assert html.count("<p>") == html.count("</p>")
    assert clean_html(html, brief=True) == html


def test_plain_text_keeps_paragraphs_and_lists_apart() -> None:
    html = notes_html("One &amp; **two**\n\n- a\n- b\n\nEnd", page=PAGE)

    assert plain_text(html) == "One & two\n\n- a\n- b\n\nEnd"


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 5, "short"),
        ("two words", 8, "two…"),
        ("éééééé", 9, "ééé…"),
    ],
)
def test_a_text_is_shortened_by_bytes_after_a_word(
    text: str, limit: int, cut: str
) -> None:
    assert shortened(text, limit=limit) == cut
    assert len(cut.encode()) <= limit


def test_a_transcript_in_html_loses_its_scripts() -> None:
    html = (
        "<p onclick='x()'><cite>Ann</cite> hi<script>x()</script></p><iframe></iframe>"
    )

    assert clean_html(html) == "<p><cite>Ann</cite> hi</p>"
    assert not re.search("script|onclick|iframe", clean_html(html))


@pytest.mark.parametrize(
    ("html", "brief"),
    [
        ('<p>a <a href="https://e.org/?a&amp;b">b</a></p>\n', None),
        ("<h3>Title</h3>", "<p><strong>Title</strong></p>"),
        ("<p>a<br>b</p>", "<p>ab</p>"),
        ('<p onclick="x">a</p>', "<p>a</p>"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ("<script>x</script>y", "y"),
    ],
)
def test_notes_with_the_usual_tags_are_brief_already(
    html: str, brief: str | None
) -> None:
    assert brief_html(html) == (html.strip() if brief is None else brief)
