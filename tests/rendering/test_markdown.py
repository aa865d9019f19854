"""The HTML of feeds becomes Markdown that is rendered to the same HTML."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peru_media.rendering.markdown import from_html, from_words
from peru_media.rendering.notes import notes_html, plain_text
from tests.served import PROJECT

PAGE = "https://example.org/"

WRITTEN = [
    "Words alone.", "Two\nlines of one paragraph.", "One.\n\nTwo.",
    "*em* **strong** ***both*** **_nested_ out** _**in**_", "foo*bar*baz", "`code`",
    "`` a`b `` and ` b `", "[link](https://e.org/a?b=1&c=2)", "<https://e.org/x_y>",
    "<a@e.org>", "[up](../a) [here](#part)", "![words of a picture](https://e.org/a)",
    "# One\n\n## Two\n\n### Three\n\n#### Four\n\nText",
    "Two\nlines\n===\n\nMore\nlines\n---", "# ends in a sign \\#",
    "- a\n- b", "- a\n\n- b", "1. a\n2. b", "- a\n  - b\n    - c\n- d",
    "1. a\n   - b\n\n     c\n2. d", "- a\n- b\n\n* c\n* d", "1. a\n\n1) b",
    "- > q\n- # h", "-\n- x", "> quoted\n>\n> - list\n\n> again", "a\\\nb  \nc",
    "***", "a\n\n---\n\nb", "    four\n      spaces", "```\na ``` b\n```",
    "````\n```\n````", "- a\n\n      code", "\\# \\- \\> \\* \\_ \\` \\[ \\] \\< \\\\",
    "1\\. 2\\) +1 -1 = = ~~~", "a_b_c _ __ *a", "&nbsp;x&nbsp; &copy; &amp;copy;",
    "a\tb", "a  b", "x < y > z & <b>", "]]> <![CDATA[", "100 % of 5\\*5",
    "\\- not\n\\- a list", "\\=== \n\nx", "עברית *היא* מימין", "🎙 *on* air",
    '**a**(b) **"q"**', "[a\\]b](<https://e.org/(x)>)", "[a *b* c](https://e.org/)",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_what_staff_write_comes_back_byte_for_byte(written: str) -> None:
    html = notes_html(written, page=PAGE)
    found = from_html(html)

    assert notes_html(found.text, page=PAGE) == html
    assert found.exact
    assert found.removed == ()


@pytest.mark.parametrize(
    "path",
    sorted((PROJECT / "episodes").glob("*/episode.md")),
    ids=lambda path: path.parent.name,
)
def test_the_first_content_comes_back(path: Path) -> None:
    body = path.read_text().split("---\n", 2)[2]
    html = notes_html(body, page=PAGE)

    assert notes_html(from_html(html).text, page=PAGE) == html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("  \n ", ""),
        ("words", "words\n"),
        ("5 < 6 & 7", "5 < 6 & 7\n"),
        ("two\nlines\n\npara", "two\\\nlines\n\npara\n"),
        ("<p>a <b>b</b> <i>c</i></p>", "a **b** *c*\n"),
        ("<p>a<b> b </b>c</p>", "a **b** c\n"),
        ("<b>a</b><b>b</b>", "**ab**\n"),
        ("<b> </b>x", "x\n"),
        ("a<br>b<br/><br>", "a\\\nb\n"),
        ("<div>a</div><div>b</div>", "a\n\nb\n"),
        ("<table><tr><td>a<td>b</table>", "a\n\nb\n"),
        ("<div><ul><li>a</ul>b</div>", "- a\n\nb\n"),
        ("<li>stray", "- stray\n"),
        ("<h1>T</h1><h2>U</h2>", "# T\n\n# U\n"),
        ("<h3></h3>x", "x\n"),
        ("<h5>a\nb</h5>", "### a b\n"),
        ("<ul><li><p>a</p></li><li>b</li></ul>", "- a\n\n- b\n"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```\n"),
        ("<code></code>x", "x\n"),
        ("<p><code>a\nb</code></p>", "`a b`\n"),
        ("<time>noon</time> <cite>x</cite>", "noon *x*\n"),
        ('<a href="/b">c</a>', "[c](https://old.example.org/b)\n"),
        ('<a href="javascript:x">c</a>', "c\n"),
        ('<a href="http://[">c</a>', "c\n"),
        ("<a>c</a>", "c\n"),
        ("<p>&nbsp;a</p>", "&nbsp;a\n"),
        ("<p>a\u3000b</p>", "a&#12288;b\n"),
        ("a\x00b\x1b", "ab\n"),
    ],
)
def test_html_of_others_reads_as_somebody_would_write_it(
    html: str, markdown: str
) -> None:
    assert from_html(html, base="https://old.example.org/a").text == markdown


@pytest.mark.parametrize(
    ("html", "removed"),
    [
        ("a<script>b</script>", "scripts"),
        ("a<IMG src=x onerror=y>", "pictures from elsewhere"),
        ("a<iframe src=x></iframe>", "embedded pages"),
        ("a<style>b</style>", "style sheets"),
        ("a<form><input></form>", "forms"),
    ],
)
def test_what_no_app_shows_is_taken_out_and_told(html: str, removed: str) -> None:
    found = from_html(html)

    assert (found.text, found.removed) == ("a\n", (removed,))


def test_emphasis_that_markdown_cannot_say_is_told_and_its_words_stay() -> None:
    found = from_html('<p>a<em>"b"</em>c</p>')

    assert (found.text, found.exact) == ('a"b"c\n', False)


def test_what_is_nested_too_deep_keeps_its_words() -> None:
    found = from_html("<blockquote>" * 500 + "deep" + "</blockquote>" * 500)

    assert found.text == "deep\n"


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("written", [*WRITTEN, "- a\n- b\n\nc", "a\n- b"])
def test_plain_words_stay_the_same_words(written: str, *, wrapped: bool) -> None:
    words = plain_text(notes_html(written, page=PAGE))
    found = from_words(words, wrapped=wrapped)

    again = plain_text(notes_html(found.text, page=PAGE))
    lines = words.split("\n")
    assert found.exact
    assert again.split("\n") == (lines if wrapped else [one.strip() for one in lines])


def test_lines_that_were_a_list_are_one_again() -> None:
    assert from_words("Two:\n\n- a\n- b", wrapped=True).text == "Two:\n\n- a\n- b\n"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text("<>/abp *_`[]()\\&;#-\n", max_size=60))
def test_any_text_becomes_markdown_without_tags_of_its_own(text: str) -> None:
    found = from_html(text)

    again = from_html(notes_html(found.text, page=PAGE))
    assert notes_html(again.text, page=PAGE) == notes_html(found.text, page=PAGE)
    assert "<script" not in notes_html(found.text, page=PAGE)


def test_a_page_without_an_address_gives_no_links() -> None:
    assert from_html('<a href="/b">c</a>', base="https://[").text == "c\n"
