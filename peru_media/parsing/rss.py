"""The elements of RSS, 0.90 to 2.0, and how each is read."""

import re
from typing import NamedTuple

from peru_media.model import parsed
from peru_media.parsing import atom, namespaces, podcast, words
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.shapes import Rule, Shape, made, said, told

__all__ = ["CHANNEL", "ITEM", "Guid"]

_AUTHOR = re.compile(r"([^\s()<>]+@[^\s()<>]+)\s*\((.*)\)", re.DOTALL)
_NAMED = re.compile(r"(.*?)\s*<\s*([^\s()<>]+@[^\s()<>]+)\s*>", re.DOTALL)
_LINK_TEXT = said(words.address)


def _author(raw: str, _element: Element, _notes: Notes) -> parsed.ParsedAuthor:
    """Read ``a@b.org (Name)``, or what stands instead."""
    match = _AUTHOR.fullmatch(raw)
    if match:
        return parsed.ParsedAuthor(email=match[1], name=match[2].strip() or None)
    match = _NAMED.fullmatch(raw)
    if match:
        return parsed.ParsedAuthor(email=match[2], name=match[1].strip() or None)
    if "@" in raw and not any(map(str.isspace, raw)):
        return parsed.ParsedAuthor(email=raw)
    return parsed.ParsedAuthor(name=raw)


def _enclosure(element: Element, notes: Notes) -> parsed.ParsedEnclosure:
    """Read ``<enclosure>``; RSS 1.0 names its attributes another way."""
    raws = dict(element.items())
    if "url" not in raws:
        raws = {name.rpartition("}")[2]: raw for name, raw in raws.items()}
    url, length = raws.get("url") or raws.get("resource"), raws.get("length")
    if not url:
        notes.on(element, "missing-url", "has no url.")
    if length is None:
        notes.on(element, "missing-length", "has no length.")
    fields = {
        "url": words.address(url or "", element, notes) or "",
        "length": None if length is None else words.length(length, element, notes),
        "media_type": raws.get("type", "").strip() or None,
    }
    return made(parsed.ParsedEnclosure, fields)


class Guid(NamedTuple):
    """A guid, and what it says of itself."""

    text: str
    permalink: bool | None


def _guid(element: Element, notes: Notes) -> Guid | None:
    text = words.text_of(element, notes)
    permalink = told("isPermaLink", words.flag)(element, notes)
    return None if text is None else Guid(text, permalink)


_CATEGORY = Shape(
    parsed.ParsedCategory, {"domain": ("domain", words.line)}, words="name"
)
_SOURCE = Shape(parsed.ParsedSource, {"url": ("url", words.address)}, words="title")
_IMAGE = Shape(
    parsed.ParsedImage,
    children={
        "url": Rule("", "url", _LINK_TEXT),
        "title": Rule("", "title", words.text_of),
        "link": Rule("", "link", _LINK_TEXT),
        "width": Rule("", "width", said(words.whole)),
        "height": Rule("", "height", said(words.whole)),
        "description": Rule("", "description", words.text_of),
    },
)


def _listed(element: Element, notes: Notes) -> list[str] | None:
    return [text for child in element if (text := words.text_of(child, notes))] or None


_BOTH = {
    "title": Rule("", "title", words.text_of),
    "link": Rule("", "link", _LINK_TEXT),
    "description": Rule("", "description", words.text_of),
    "category": Rule("", "categories", _CATEGORY, many=True),
    "pubDate": Rule("", "published", said(words.rfc_date)),
    "author": Rule("", "authors", said(_author), many=True),
}
CHANNEL = (
    atom.LINKS
    | podcast.SHOW
    | namespaces.SHOW
    | _BOTH
    | {
        "language": Rule("", "language", words.text_of),
        "copyright": Rule("", "copyright", words.text_of),
        "managingEditor": Rule("", "managing_editor", words.text_of),
        "webMaster": Rule("", "web_master", words.text_of),
        "lastBuildDate": Rule("", "updated", said(words.rfc_date)),
        "generator": Rule("", "generator", words.text_of),
        "docs": Rule("", "docs", _LINK_TEXT),
        "ttl": Rule("", "ttl", said(words.whole)),
        "rating": Rule("", "rating", words.text_of),
        "skipHours": Rule("", "skip_hours", _listed),
        "skipDays": Rule("", "skip_days", _listed),
        "image": Rule("", "image", _IMAGE),
    }
)
ITEM = (
    atom.LINKS
    | podcast.EPISODE
    | namespaces.EPISODE
    | _BOTH
    | {
        "content:encoded": Rule("", "content", words.text_of),
        "guid": Rule("", "guid", _guid),
        "comments": Rule("", "comments", _LINK_TEXT),
        "source": Rule("", "source", _SOURCE),
        "enclosure": Rule("", "enclosures", _enclosure, many=True),
    }
)
