"""RSS 2.0: one item, with its one enclosure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from tests.judges import itunes, podcast, values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning
from tests.judges.markup import safe_html

__all__ = ["judge_item"]

_TYPES = {
    "mp3": {"audio/mpeg"},
    "m4a": {"audio/x-m4a"},
    "mp4": {"video/mp4"},
    "m4v": {"video/x-m4v"},
    "mov": {"video/quicktime"},
    "pdf": {"application/pdf"},
    "epub": {"application/epub+zip", "document/x-epub"},
}
_MANY = {
    "category", "atom:link", "podcast:transcript", "podcast:soundbite",
    "podcast:person", "podcast:location", "podcast:alternateEnclosure",
    "podcast:funding", "podcast:contentLink", "podcast:socialInteract",
    "podcast:txt", "podcast:value", "podcast:image", "enclosure",
}  # fmt: skip
_SHORT = 9


def judge_item(item: Element, *, now: datetime) -> Findings:
    """Judge an ``<item>``."""
    if item.first("title") is None and item.first("description") is None:
        what = "neither title nor description"
        yield error("ItemMustContainTitleOrDescription", item.line, what)
    elif item.first("title") is None:
        yield error("MissingTitle", item.line, "an item without a title")
    if item.first("guid") is None:
        yield warning("MissingGuid", item.line, "nobody knows it again")
    yield from _once(item)
    yield from _order(item)
    for child in item.children:
        judge = _CHILDREN.get(child.name)
        if judge is not None:
            yield from judge(child, now)
        elif ":" not in child.name:
            yield error("UndefinedElement", child.line, f"{child.name} in item")
    yield from _enclosures(item)
    yield from itunes.judge_item(item)
    yield from podcast.judge_all(item, now=now)
    yield from _chapters(item)


def _once(item: Element) -> Findings:
    for name, count in item.count().items():
        known = not name.startswith(("media:", "{", "dc:"))
        if count > 1 and name not in _MANY and known:
            yield error("DuplicateElement", item.line, f"{count} times {name}")


def _order(item: Element) -> Findings:
    names = [child.name for child in item.children]
    if "content:encoded" in names:
        before = names[: names.index("content:encoded")]
        if "description" not in before:
            what = "the description stands after it, or not at all"
            yield warning("NeedDescriptionBeforeContent", item.line, what)


def _enclosures(item: Element) -> Findings:
    enclosures = item.all("enclosure")
    if len(enclosures) > 1:
        yield warning("DuplicateEnclosure", item.line, f"{len(enclosures)} of them")
    if not enclosures:
        yield error("MissingElement", item.line, "an episode without its enclosure")
    for enclosure in enclosures:
        yield from enclosure_of(enclosure)


def enclosure_of(enclosure: Element) -> Findings:
    """Judge an ``<enclosure>``: a file of a kind that apps play."""
    given = enclosure.attributes
    for name in ("url", "length", "type"):
        if name not in given:
            what = f"no {name} of the enclosure"
            yield error("MissingAttribute", enclosure.line, what)
    for name in given.keys() - {"url", "length", "type"}:
        yield error("UnexpectedAttribute", enclosure.line, name)
    yield from _file(enclosure, given)


def _file(enclosure: Element, given: dict[str, str]) -> Findings:
    if "url" in given:
        yield from values.web_link(enclosure, given["url"])
        yield from _format(enclosure, given["url"], given.get("type"))
    kind = given.get("type", "audio/mpeg")
    if list(values.media_type(enclosure, kind)):
        yield error("InvalidMIMEAttribute", enclosure.line, kind)
    if given.get("length") == "-1":
        yield error("UseZeroForUnknown", enclosure.line, "a length of -1")
    elif "length" in given:
        code = "InvalidIntegerAttribute"
        yield from values.integer(enclosure, given["length"], code=code)


def _format(enclosure: Element, url: str, kind: str | None) -> Findings:
    if enclosure.parent is not None and enclosure.parent.name == "podcast:liveItem":
        return
    try:
        extension = urlsplit(url).path.rpartition(".")[2].lower()
    except ValueError:
        return
    if extension not in _TYPES:
        yield warning("UnsupportedItunesFormat", enclosure.line, url)
    elif kind not in _TYPES[extension]:
        what = f"{kind} for a file .{extension}"
        yield warning("UnexpectedContentType", enclosure.line, what)


def _guid(guid: Element, now: datetime) -> Findings:
    del now
    permanent = guid.attributes.get("isPermaLink", "true")
    yield from values.not_blank(guid)
    if permanent not in {"true", "false"}:
        yield error("InvalidBooleanAttribute", guid.line, permanent)
    elif permanent == "true":
        if guid.text.lower().startswith(("tag:", "urn:")):
            yield error("InvalidPermalink", guid.line, guid.text)
        elif list(values.full_link(guid, guid.text)):
            yield error("InvalidHttpGUID", guid.line, guid.text)
    elif guid.text.isdigit() and len(guid.text) < _SHORT:
        yield warning("NotSufficientlyUnique", guid.line, guid.text)


def _title(element: Element, now: datetime) -> Findings:
    del now
    yield from values.not_blank(element)
    yield from values.plain_words(element, element.text)


def _html(element: Element, now: datetime) -> Findings:
    del now
    yield from safe_html(element, element.text)


def _description(element: Element, now: datetime) -> Findings:
    yield from _html(element, now)
    if len(element.text.encode()) > itunes.LONGEST:
        yield error("TooLong", element.line, f"over {itunes.LONGEST} bytes")


def _link(element: Element, now: datetime) -> Findings:
    del now
    yield from values.full_link(element, element.text)


def _date(element: Element, now: datetime) -> Findings:
    yield from values.rfc822_date(element, element.text, now=now)


def _author(element: Element, now: datetime) -> Findings:
    del now
    yield from values.mail_with_name(element)


def _source(element: Element, now: datetime) -> Findings:
    del now
    if "url" not in element.attributes:
        yield error("MissingAttribute", element.line, "no url of the source")
    else:
        yield from values.full_link(element, element.attributes["url"])


def _nothing(element: Element, now: datetime) -> Findings:
    del element, now
    yield from ()


def _chapters(item: Element) -> Findings:
    """Chapters in the feed itself: earliest first, each with a start and a title."""
    for outer in item.all("psc:chapters"):
        starts = [one.attributes.get("start", "") for one in outer.all("psc:chapter")]
        for chapter in outer.all("psc:chapter"):
            if not {"start", "title"} <= chapter.attributes.keys():
                yield error(
                    "MissingAttribute", chapter.line, "a chapter says too little"
                )
        if starts != sorted(starts):
            yield error("InvalidNPTTime", outer.line, "chapters are not in order")


_CHILDREN: Mapping[str, Callable[[Element, datetime], Findings]] = {
    "title": _title,
    "link": _link,
    "description": _description,
    "content:encoded": _html,
    "author": _author,
    "category": _title,
    "comments": _link,
    "enclosure": _nothing,
    "guid": _guid,
    "pubDate": _date,
    "source": _source,
}
