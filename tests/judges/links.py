"""``atom:link``: where a feed itself is, its pages, and what belongs to it."""

from tests.judges import values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning

__all__ = ["feed_links", "judge_link"]

_RELATIONS = {
    "alternate", "current", "describedby", "edit", "enclosure", "first", "hub",
    "last", "license", "next", "next-archive", "payment", "prev-archive", "previous",
    "related", "replies", "search", "self", "service", "up", "via",
}  # fmt: skip
_PAGES = {
    "current",
    "first",
    "last",
    "next",
    "next-archive",
    "prev-archive",
    "previous",
}
_FEEDS = {"application/atom+xml", "application/rss+xml", "application/rdf+xml"}
_NAMES = {"href", "rel", "type", "title", "hreflang", "length", "xml:lang"}


def feed_links(feed: Element, *, url: str | None) -> Findings:
    """Judge all links of a feed; ``url`` is where it was fetched from."""
    links = feed.all("atom:link")
    for link in links:
        yield from judge_link(link)
    own = [link for link in links if link.attributes.get("rel") == "self"]
    if not own:
        code = "MissingAtomSelfLink" if feed.name == "channel" else "MissingSelf"
        yield warning(code, feed.line, "no link to itself")
    for link in own:
        address = link.attributes.get("href", "")
        if not address.startswith(("http://", "https://")):
            yield warning("RelativeSelf", link.line, address)
        elif url is not None and address != url:
            yield warning("SelfDoesntMatchLocation", link.line, address)
    yield from _repeated(feed, links)
    yield from _history(feed, links)


def judge_link(link: Element) -> Findings:
    """Judge one link."""
    given = link.attributes
    rel = given.get("rel", "alternate")
    if link.text.strip():
        yield warning("AtomLinkNotEmpty", link.line, link.text)
    for name in given.keys() - _NAMES:
        yield error("UnexpectedAttribute", link.line, name)
    if "href" not in given:
        yield error("MissingHref", link.line, rel)
    elif rel != "self" or ":" in given["href"]:
        yield from values.full_link(link, given["href"])
    if rel not in _RELATIONS and ":" not in rel:
        yield warning("UnregisteredAtomLinkRel", link.line, rel)
    if rel in _PAGES and link.parent is not None and link.parent.name == "atom:entry":
        yield warning("FeedHistoryRelInEntry", link.line, rel)
    yield from _attributes(link, rel)


def _attributes(link: Element, rel: str) -> Findings:
    given = link.attributes
    if "type" in given:
        yield from values.media_type(link, given["type"])
        if rel == "self" and given["type"].partition(";")[0] not in _FEEDS:
            yield warning("SelfNotAtom", link.line, given["type"])
    if "hreflang" in given:
        yield from values.language(link, given["hreflang"])
    if "length" in given:
        yield from values.integer(link, given["length"])
    if "title" in given and not given["title"].strip():
        yield warning("AttrNotBlank", link.line, "an empty title")


def _repeated(feed: Element, links: list[Element]) -> Findings:
    seen = set()
    for link in links:
        given = link.attributes
        rel = given.get("rel", "alternate")
        same = (rel, given.get("type"), given.get("hreflang"))
        if rel in {"self", "alternate"} and same in seen:
            yield error("DuplicateAtomLink", link.line, f"{same} in {feed.name}")
        seen.add(same)


def _history(feed: Element, links: list[Element]) -> Findings:
    """A page of an archive says which feed it belongs to (RFC 5005)."""
    rels = {link.attributes.get("rel") for link in links}
    if feed.first("fh:archive") is not None and "current" not in rels:
        yield warning("MissingCurrentInArchive", feed.line, "no link to the feed")
    if feed.first("fh:complete") is not None and rels & (_PAGES - {"current"}):
        yield error("FeedRelInCompleteFeed", feed.line, "complete, yet with pages")
