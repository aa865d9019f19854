"""A show's feed as JSON, for readers that know no XML (JSON Feed 1.1)."""

import json
from typing import Any

from peru_media.model.moment import utc_text
from peru_media.model.source import Enclosure, Person
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.feed import Form
from peru_media.rendering.notes import notes_html, plain_text

__all__ = ["JSON_FEED"]

_VERSION = "https://jsonfeed.org/version/1.1"


def _head(channel: Channel) -> bytes:
    show, page = channel.show, channel.address(channel.page)
    words = plain_text(notes_html(legal(show.description), page=page or ""))
    fields = {
        "version": _VERSION,
        "title": legal(show.title).strip() or show.slug,
        "home_page_url": page,
        "feed_url": channel.address(channel.path),
        "description": words,
        "icon": channel.address(show.picture.address if show.picture else None),
        "authors": [{"name": legal(show.author)}] if show.author else None,
        "language": show.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in channel.told],
    }
    return _written(fields)[:-1] + b',"items":[\n'


def _item(item: Item) -> bytes:
    episode = item.episode
    title, html = legal(episode.title).strip() or episode.slug, legal(item.html)
    picture = episode.picture.address if episode.picture else None
    people = [_author(person, item) for person in episode.people]
    fields = {
        "id": legal(episode.guid),
        "url": item.link,
        "title": title,
        "summary": legal(episode.subtitle or ""),
        "content_html": html,
        "content_text": None if html else title,
        "image": item.address(picture),
        "date_published": utc_text(episode.published),
        "authors": people,
        "language": episode.language,
        "attachments": [_attachment(episode.enclosure, item)],
    }
    return _written(fields)


def _author(person: Person, item: Item) -> dict[str, Any]:
    fields = {
        "name": legal(person.name),
        "url": item.address(person.url),
        "avatar": item.address(person.image),
    }
    return {name: value for name, value in fields.items() if value}


def _attachment(medium: Enclosure, item: Item) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "url": item.address(medium.address),
        "mime_type": medium.media_type,
        "size_in_bytes": medium.size,
    }
    length = None if medium.duration is None else round(medium.duration)
    return fields | ({"duration_in_seconds": length} if length else {})


def _written(fields: dict[str, Any]) -> bytes:
    """One object on one line, without what is empty."""
    there = {name: value for name, value in fields.items() if value}
    return json.dumps(there, ensure_ascii=False, separators=(",", ":")).encode()


JSON_FEED = Form(
    name="json item",
    kind="feed.json",
    head=_head,
    item=_item,
    tail=b"\n]}\n",
    joint=b",\n",
)
