"""Atom 1.0 (RFC 4287), with RFC 5005 where it is paged."""

from datetime import datetime

from tests.judges import values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning
from tests.judges.links import feed_links, judge_link
from tests.judges.markup import safe_html

__all__ = ["judge_atom"]

_FEED = {
    "author", "category", "contributor", "entry", "generator", "icon", "id", "link",
    "logo", "rights", "subtitle", "title", "updated",
}  # fmt: skip
_ENTRY = {
    "author", "category", "content", "contributor", "id", "link", "published",
    "rights", "source", "summary", "title", "updated",
}  # fmt: skip
_MANY = {"author", "category", "contributor", "entry", "link"}
_DATES = {"atom:updated", "atom:published"}
_TEXTS = {"atom:title", "atom:subtitle", "atom:rights", "atom:summary"}
_ADDRESSES = {"atom:id", "atom:icon", "atom:logo"}


def judge_atom(feed: Element, *, now: datetime, url: str | None) -> Findings:
    """Judge an Atom feed."""
    yield from _needed(feed, "id", "title", "updated")
    yield from _children(feed, _FEED, now=now)
    yield from feed_links(feed, url=url)
    entries = feed.all("atom:entry")
    written = feed.first("atom:author") is not None
    for entry in entries:
        yield from _entry(entry, written=written, now=now)
    yield from _unique(feed, entries)


def _needed(parent: Element, *names: str) -> Findings:
    for name in names:
        if parent.first(f"atom:{name}") is None:
            yield error("MissingElement", parent.line, f"no {name} in {parent.name}")


def _children(parent: Element, known: set[str], *, now: datetime) -> Findings:
    for name, count in parent.count().items():
        if count > 1 and name.removeprefix("atom:") not in _MANY:
            yield error("DuplicateElement", parent.line, f"{count} times {name}")
    for child in parent.children:
        if child.name.removeprefix("atom:") not in known:
            what = f"{child.name} in {parent.name}"
            yield error("UndefinedElement", child.line, what)
        yield from _value(child, now=now)


def _value(child: Element, *, now: datetime) -> Findings:
    if child.name in _DATES:
        yield from values.rfc3339_date(child, child.text, now=now)
    elif child.name in _ADDRESSES:
        yield from values.full_link(child, child.text)
    elif child.name in _TEXTS:
        yield from _text(child)
    elif child.name in {"atom:author", "atom:contributor"}:
        yield from _person(child)
    elif child.name == "atom:content":
        yield from _content(child)
    elif child.name == "atom:generator":
        yield from values.not_blank(child)


def _text(element: Element) -> Findings:
    kind = element.attributes.get("type", "text")
    allowed = {"text", "html", "xhtml"}
    yield from values.one_of(element, kind, allowed, code="InvalidTextType")
    if kind == "text":
        yield from values.plain_words(element, element.text)
    elif kind == "html":
        yield from safe_html(element, element.text)
    if element.name == "atom:title":
        yield from values.not_blank(element)


def _person(person: Element) -> Findings:
    name = person.first("atom:name")
    if name is None:
        yield error("MissingElement", person.line, f"no name in {person.name}")
    elif not name.text.strip():
        yield error("NotBlank", name.line, f"an empty name in {person.name}")
    for mail in person.all("atom:email"):
        yield from values.mail_address(mail, mail.text)
    for uri in person.all("atom:uri"):
        yield from values.full_link(uri, uri.text)


def _content(content: Element) -> Findings:
    if "src" in content.attributes:
        yield from values.full_link(content, content.attributes["src"])
        if content.text.strip():
            yield error("UnexpectedText", content.line, "both src and text")
    elif content.attributes.get("type", "text") == "html":
        yield from safe_html(content, content.text)


def _entry(entry: Element, *, written: bool, now: datetime) -> Findings:
    yield from _needed(entry, "id", "title", "updated")
    yield from _children(entry, _ENTRY, now=now)
    for link in entry.all("atom:link"):
        yield from judge_link(link)
    if not written and entry.first("atom:author") is None:
        yield error("MissingElement", entry.line, "nobody wrote it")
    rels = [one.attributes.get("rel", "alternate") for one in entry.all("atom:link")]
    content = entry.first("atom:content")
    if content is None and "alternate" not in rels:
        what = "neither content nor a link to it"
        yield error("MissingContentOrAlternate", entry.line, what)
    elsewhere = content is not None and "src" in content.attributes
    if elsewhere and entry.first("atom:summary") is None:
        yield error("MissingSummary", entry.line, "content lies elsewhere")
    if len(rels) > len(set(rels)) and "alternate" in {
        rel for rel in rels if rels.count(rel) > 1
    }:
        yield error("DuplicateAtomLink", entry.line, "two links to read it at")


def _unique(feed: Element, entries: list[Element]) -> Findings:
    seen: set[str] = set()
    for one in (feed, *entries):
        for name in one.all("atom:id"):
            if name.text in seen:
                yield error("DuplicateIds", name.line, name.text)
            seen.add(name.text)
    if not entries:
        yield from ()
    moments = [
        (entry.first("atom:updated"), entry.first("atom:title")) for entry in entries
    ]
    told = [(at.text, title.text) for at, title in moments if at and title]
    if len(told) > len(set(told)):
        yield warning("DuplicateEntries", feed.line, "two of one title and moment")
