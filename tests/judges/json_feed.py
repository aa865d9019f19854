"""JSON Feed 1.1, by the text of its makers: jsonfeed.org/version/1.1."""

import json
from datetime import datetime
from typing import Any

from tests.judges import values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning
from tests.judges.markup import safe_html

__all__ = ["judge_json"]

_VERSIONS = {"https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"}
_FEED = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str,
    "description": str, "user_comment": str, "next_url": str, "icon": str,
    "favicon": str, "authors": list, "language": str, "expired": bool, "hubs": list,
    "items": list,
}  # fmt: skip
_ITEM = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str,
    "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "language": str, "attachments": list,
}  # fmt: skip
_ATTACHMENT = {
    "url": str, "mime_type": str, "title": str, "size_in_bytes": int,
    "duration_in_seconds": (int, float),
}  # fmt: skip
_AUTHOR = {"name": str, "url": str, "avatar": str}


def judge_json(data: bytes, *, now: datetime, url: str | None) -> Findings:
    """Judge a JSON Feed."""
    try:
        feed = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except (UnicodeDecodeError, ValueError) as fault:
        yield error("InvalidJSON", 1, str(fault))
        return
    if not isinstance(feed, dict):
        yield error("InvalidJSON", 1, "no object")
        return
    yield from _fields("feed", feed, _FEED)
    if feed.get("version") not in _VERSIONS:
        yield error("InvalidJSONFeedVersion", 1, str(feed.get("version")))
    for name in ("title", "items"):
        if name not in feed:
            yield error("MissingElement", 1, f"no {name} in the feed")
    yield from _addresses("feed", feed, "home_page_url", "feed_url", "icon", "favicon")
    if url is not None and feed.get("feed_url", url) != url:
        yield warning("SelfDoesntMatchLocation", 1, str(feed["feed_url"]))
    yield from _people("feed", feed)
    yield from _items(feed.get("items", []), now=now)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = f"a name stands twice: {[name for name, _ in pairs]}"
        raise ValueError(msg)
    return found


def _fields(where: str, given: dict[str, Any], known: dict[str, Any]) -> Findings:
    for name, value in given.items():
        if name.startswith("_"):
            continue
        if name not in known:
            yield error("UndefinedElement", 1, f"{name} in {where}")
        elif not isinstance(value, known[name]):
            yield error("InvalidValue", 1, f"{name} in {where}: {value!r}")
        elif value == "":
            yield warning("NotBlank", 1, f"{name} in {where}")


def _items(items: Any, *, now: datetime) -> Findings:
    seen = set()
    for number, item in enumerate(items if isinstance(items, list) else []):
        where = f"item {number}"
        yield from _fields(where, item, _ITEM)
        if "id" not in item:
            yield error("MissingElement", 1, f"no id in {where}")
        elif item["id"] in seen:
            yield error("DuplicateValue", 1, f"{where}: {item['id']!r}")
        seen.add(item.get("id"))
        if not {"content_html", "content_text"} & item.keys():
            yield error("MissingTextualContent", 1, where)
        yield from _addresses(where, item, "url", "external_url", "image")
        yield from _content(where, item, now=now)


def _content(where: str, item: dict[str, Any], *, now: datetime) -> Findings:
    if isinstance(item.get("content_html"), str):
        yield from safe_html(_named(where), item["content_html"])
    for name in item.keys() & {"date_published", "date_modified"}:
        yield from values.rfc3339_date(_named(where), str(item[name]), now=now)
    if "language" in item:
        yield from values.language(_named(where), str(item["language"]))
    yield from _people(where, item)
    for attachment in item.get("attachments", []):
        yield from _attachment(where, attachment)


def _attachment(where: str, given: dict[str, Any]) -> Findings:
    yield from _fields(where, given, _ATTACHMENT)
    for name in ("url", "mime_type"):
        if name not in given:
            yield error("MissingElement", 1, f"no {name} in an attachment of {where}")
    yield from _addresses(where, given, "url")
    yield from values.media_type(_named(where), str(given.get("mime_type", "a/b")))


def _people(where: str, given: dict[str, Any]) -> Findings:
    for person in given.get("authors", []):
        yield from _fields(f"author of {where}", person, _AUTHOR)
        if not person:
            yield error("MissingElement", 1, f"an author of {where} is nobody")
        yield from _addresses(where, person, "url", "avatar")


def _addresses(where: str, given: dict[str, Any], *names: str) -> Findings:
    for name in names:
        if name in given:
            yield from values.full_link(_named(f"{name} of {where}"), str(given[name]))


def _named(where: str) -> Element:
    return Element(where, {}, 1)
