"""The elements of Atom, in its own feeds and in those of RSS, and how each is read."""

from typing import NamedTuple

from lxml import etree

from peru_media.model import parsed
from peru_media.parsing import words
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.shapes import Rule, Shape, said, told

__all__ = ["ENTRY", "FEED", "LINKS", "Content", "linked"]

_LINK = Shape(
    parsed.ParsedLink,
    {
        "href": ("url", words.address),
        "rel": ("rel", words.line),
        "type": ("media_type", words.line),
        "hreflang": ("language", words.line),
        "title": ("title", words.line),
        "length": ("length", words.length),
    },
    needs=("href",),
)
_PERSON_TEXTS = {
    "atom:name": Rule("", "name", words.text_of),
    "atom:email": Rule("", "email", words.text_of),
    "atom:uri": Rule("", "uri", said(words.address)),
    "atom:url": Rule("", "uri", said(words.address)),
}
_PERSON = Shape(parsed.ParsedAuthor, children=_PERSON_TEXTS)
_CATEGORY = Shape(
    parsed.ParsedCategory,
    {
        "term": ("name", words.line),
        "scheme": ("domain", words.line),
        "label": ("label", words.line),
    },
    needs=("term",),
)
_SOURCE_TEXTS = {
    "atom:title": Rule("", "title", words.text_of),
    "atom:id": Rule("", "url", words.text_of),
}
_SOURCE = Shape(parsed.ParsedSource, children=_SOURCE_TEXTS)
_XHTML = {"xhtml", "application/xhtml+xml"}


def _construct(element: Element, notes: Notes) -> str | None:
    """Read a text of any type; of XHTML, what is in its ``div``."""
    inner = list(element)
    if element.get("type") in _XHTML and len(inner) == 1:
        [div] = inner
        if isinstance(div.tag, str) and etree.QName(div).localname == "div":
            return words.markup(div).strip() or None
    return words.text_of(element, notes)


class Content(NamedTuple):
    """An entry's text with its type, or the address where it lies."""

    text: str | None
    media_type: str | None
    url: str | None


def _content(element: Element, notes: Notes) -> Content:
    kind, url = told("type", words.line), told("src", words.address)
    text = _construct(element, notes)
    return Content(text, kind(element, notes), url(element, notes))


_BOTH = {
    "atom:title": Rule("", "title", _construct),
    "atom:id": Rule("", "guid", words.text_of),
    "atom:updated": Rule("", "updated", said(words.iso_date)),
    "atom:modified": Rule("", "updated", said(words.iso_date)),
    "atom:rights": Rule("", "copyright", _construct),
    "atom:copyright": Rule("", "copyright", _construct),
    "atom:category": Rule("", "categories", _CATEGORY, many=True),
}
LINKS = {
    "atom:link": Rule("", "links", _LINK, many=True),
    "atom:author": Rule("", "authors", _PERSON, many=True),
    "atom:contributor": Rule("", "contributors", _PERSON, many=True),
}
FEED = (
    _BOTH
    | LINKS
    | {
        "atom:subtitle": Rule("", "description", _construct),
        "atom:tagline": Rule("", "description", _construct),
        "atom:generator": Rule("", "generator", words.text_of),
        "atom:icon": Rule("", "icon", said(words.address)),
        "atom:logo": Rule("", "logo", said(words.address)),
    }
)
ENTRY = (
    _BOTH
    | LINKS
    | {
        "atom:published": Rule("", "published", said(words.iso_date)),
        "atom:issued": Rule("", "published", said(words.iso_date)),
        "atom:summary": Rule("", "description", _construct),
        "atom:content": Rule("", "content", _content),
        "atom:source": Rule("", "source", _SOURCE),
    }
)


def linked(links: list[parsed.ParsedLink]) -> str | None:
    """Pick the page that a feed or an entry of Atom leads to."""
    pages = [link for link in links if link.rel == "alternate" and link.url]
    html = [link for link in pages if link.media_type in {None, "text/html"}]
    return next((link.url for link in html or pages), None)
