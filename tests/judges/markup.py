"""HTML in a feed: whole, harmless, and without links that lead nowhere."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.judges.document import Element
from tests.judges.finding import Finding, Findings, warning

__all__ = ["safe_html"]

_VOID = {"br", "hr", "img", "wbr", "col", "area", "input", "source", "track"}
_SAFE = {
    "a", "abbr", "address", "article", "b", "bdi", "big", "blockquote", "br",
    "caption", "cite", "code", "col", "dd", "del", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section",
    "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
_DANGEROUS = {
    "applet", "base", "embed", "form", "frame", "frameset", "iframe", "link", "meta",
    "object", "script", "style", "svg", "math", "button", "input",
}  # fmt: skip
_PLAIN_ATTRIBUTES = {
    "alt", "cite", "class", "colspan", "datetime", "dir", "height", "href",
    "hreflang", "id", "lang", "rel", "reversed", "rowspan", "span", "src", "start",
    "target", "title", "type", "value", "width",
}  # fmt: skip
_LINKS = {"href", "src", "cite"}
_HARMLESS = {"http", "https", "mailto", "tel", "ftp"}
_IN_LISTS = {"ol", "ul"}
_CLOSES_PARAGRAPH = {
    "address", "blockquote", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "ol", "p", "pre", "table", "ul",
}  # fmt: skip


def safe_html(element: Element, text: str) -> Findings:
    """Judge a passage of HTML that stands in an element."""
    reading = _Reading(element)
    reading.feed(text)
    reading.close()
    yield from reading.findings
    if reading.open:
        yield warning("NotHtml", element.line, f"{reading.open[-1]} is never closed")


class _Reading(HTMLParser):
    def __init__(self, element: Element) -> None:
        super().__init__(convert_charrefs=True)
        self.element = element
        self.open: list[str] = []
        self.findings: list[Finding] = []

    def _note(self, code: str, what: str) -> None:
        line = self.element.line + self.getpos()[0] - 1
        self.findings.append(warning(code, line, f"{self.element.name}: {what}"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._judge_tag(tag)
        for name, value in attrs:
            self._judge_attribute(name, value or "")
        if tag not in _VOID:
            self.open.append(tag)

    def _judge_tag(self, tag: str) -> None:
        if tag in _DANGEROUS:
            self._note("SecurityRisk", f"<{tag}>")
        elif tag not in _SAFE:
            self._note("NotHtml", f"<{tag}> is no tag of HTML")
        if tag == "li" and not _IN_LISTS & set(self.open):
            self._note("NotHtml", "<li> outside of a list")
        if tag in _CLOSES_PARAGRAPH and "p" in self.open:
            self._note("NotHtml", f"<{tag}> inside of <p>")
        if tag == "a" and "a" in self.open:
            self._note("NotHtml", "a link inside of a link")

    def _judge_attribute(self, name: str, value: str) -> None:
        if name == "style":
            self._note("DangerousStyleAttr", value)
        elif name not in _PLAIN_ATTRIBUTES and not name.startswith("data-"):
            self._note("SecurityRiskAttr", name)
        if name in _LINKS:
            self._judge_link(value.strip())

    def _judge_link(self, link: str) -> None:
        try:
            scheme = urlsplit(re.sub(r"[\x00-\x20]", "", link)).scheme.lower()
        except ValueError:
            self._note("InvalidUriChar", link)
            return
        if not scheme:
            self._note("ContainsRelRef", link)
        elif scheme not in _HARMLESS:
            self._note("SecurityRiskAttr", link)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open[-1] != tag:
            self._note("NotHtml", f"</{tag}> closes nothing")
        else:
            self.open.pop()

    def handle_comment(self, data: str) -> None:
        self._note("NotHtml", f"a comment {data[:30]}")

    def handle_pi(self, data: str) -> None:
        self._note("SecurityRisk", f"<?{data[:30]}")

    def unknown_decl(self, data: str) -> None:
        self._note("NotHtml", f"<![{data[:30]}")

    def handle_decl(self, decl: str) -> None:
        self._note("NotHtml", f"<!{decl[:30]}")
