"""The bytes of an item, with all of its tags."""

from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import add
from peru_media.rendering.ext.further import FurtherItem
from peru_media.rendering.ext.item import Item
from peru_media.rendering.ext.itunes import ItunesItem
from peru_media.rendering.ext.lines import Lines
from peru_media.rendering.ext.podcast import PodcastItem
from peru_media.rendering.ext.rss import RssItem
from peru_media.rendering.notes import brief_html

__all__ = ["item_bytes"]

_LIMIT = 4000


def item_bytes(item: Item) -> bytes:
    """Write one ``<item>``, to be joined with others behind a head.

    One tag a line, so that people can read a feed and compare two.
    """
    lines = Lines("item", end="\n")
    _plain(lines, item)
    RssItem(item).extend_rss(lines)
    ItunesItem(item).extend_rss(lines)
    PodcastItem(item).extend_rss(lines)
    FurtherItem(item).extend_rss(lines)
    return f"{lines}\n".encode()


def _plain(lines: Lines, item: Item) -> None:
    """The tags of RSS 2.0 itself, in the order in which feedgen writes them."""
    episode, medium = item.episode, item.episode.enclosure
    add(lines, "title", legal(episode.title).strip() or episode.slug)
    add(lines, "link", item.link)
    html = legal(item.html)
    brief = brief_html(html, limit=_LIMIT) if html else ""
    if brief:  # notes of nothing but rules say nothing
        lines.add("description", brief, {})
        whole = html.replace("]]>", "]]&gt;")
        lines.raw(f"<content:encoded><![CDATA[{whole}]]></content:encoded>")
    guid = legal(episode.guid)
    add(lines, "guid", guid, isPermaLink="false" if guid else None)
    url = item.address(medium.address)
    if url:
        size = str(medium.size)
        add(lines, "enclosure", url=url, length=size, type=medium.media_type)
