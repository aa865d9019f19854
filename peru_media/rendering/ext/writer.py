"""The one door to feedgen: the head of a channel, and the bytes of an item."""

import re
from dataclasses import dataclass
from functools import partial

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from peru_media.model.further import OWN_NAMESPACES
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import Element, bare_bytes
from peru_media.rendering.ext.further import FurtherChannel, FurtherItem
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.ext.itunes import ItunesChannel, ItunesItem
from peru_media.rendering.ext.podcast import PodcastChannel, PodcastItem
from peru_media.rendering.ext.rss import RssChannel, RssItem
from peru_media.rendering.notes import brief_html, notes_html, plain_text, shortened

__all__ = ["TAIL", "channel_head", "feed_entry", "feed_generator", "item_bytes"]

TAIL = b"</channel>\n</rss>"
_GENERATOR = "peru_media"
_LIMIT = 4000
_NOTICE = re.compile(
    r"(?:copyright|©|\(c\)|\d{4}(?:\s*[-\u2013]\s*\d{4})?|[\s,.])+", re.IGNORECASE
)


def channel_head(channel: Channel) -> bytes:
    """Write a feed up to its first item; ``TAIL`` follows its last."""
    written: bytes = feed_generator(channel).rss_str()
    return written.removesuffix(TAIL)


def item_bytes(item: Item) -> bytes:
    """Write one ``<item>``, to be joined with others behind a head."""
    own = {"psc": OWN_NAMESPACES["psc"]} if item.simple_chapters else {}
    return bare_bytes(feed_entry(item).rss_entry(), own | dict(item.namespaces))


def feed_generator(channel: Channel) -> FeedGenerator:
    """Make feedgen's own feed of a show, still without items."""
    show, feed = channel.show, FeedGenerator()
    page = channel.address(channel.page)
    title = legal(show.title).strip() or show.slug
    feed.title(title)
    feed.link(href=page, rel="alternate")
    feed.description(_description(show.description, page=page or "") or title)
    feed.language(legal(show.language))
    feed.copyright(_holder(legal(show.copyright or "")))
    feed.generator(_GENERATOR)
    feed.docs("")
    feed._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001  # written by RssChannel: feedgen would switch the locale, and has no way to say "none"
    feed.register_extension("rss", partial(RssChannel, channel), atom=False)
    feed.register_extension("itunes", partial(ItunesChannel, channel), atom=False)
    feed.register_extension("podcast", partial(PodcastChannel, channel), atom=False)
    feed.register_extension("further", partial(FurtherChannel, channel), atom=False)
    feed.register_extension("lines", ChannelLines, atom=False)
    return feed


def feed_entry(item: Item) -> FeedEntry:
    """Make feedgen's own entry of an episode."""
    episode, entry = item.episode, FeedEntry()
    enclosure = episode.enclosure
    entry.title(legal(episode.title).strip() or episode.slug)
    if item.link:
        entry.link(href=item.link, rel="alternate")
    entry.guid(legal(episode.guid), permalink=False)
    url = item.address(enclosure.address)
    entry.enclosure(url=url, length=str(enclosure.size), type=enclosure.media_type)
    html = legal(item.html)
    if html:
        entry.description(brief_html(html, limit=_LIMIT))
        entry.content(html.replace("]]>", "]]&gt;"), type="CDATA")
    entry.register_extension("rss", partial(RssItem, item), atom=False)
    entry.register_extension("itunes", partial(ItunesItem, item), atom=False)
    entry.register_extension("podcast", partial(PodcastItem, item), atom=False)
    entry.register_extension("further", partial(FurtherItem, item), atom=False)
    entry.register_extension("lines", ItemLines, atom=False)
    return entry


def _description(markdown: str, *, page: str) -> str:
    """Plain words: many apps show the tags of a channel's description."""
    return shortened(plain_text(notes_html(markdown, page=page)), limit=_LIMIT)


def _holder(copyright_: str) -> str:
    """Who holds the rights, without ``Copyright``, ``©`` or a year (PSP-1)."""
    notice = _NOTICE.match(copyright_)
    return copyright_[notice.end() if notice else 0 :].strip()


@dataclass(frozen=True, slots=True)
class ChannelLines:
    """One tag a line, so that people can read a feed and compare two."""

    def extend_ns(self) -> dict[str, str]:
        """None: only line ends."""
        return {}

    def extend_rss(self, rss: Element) -> None:
        """End every line of the head."""
        rss.text = rss[0].tail = "\n"
        _one_a_line(rss[0])


@dataclass(frozen=True, slots=True)
class ItemLines:
    """The same for an item."""

    def extend_rss(self, item: Element) -> None:
        """End every line of the item."""
        item.tail = "\n"
        _one_a_line(item)


def _one_a_line(parent: Element) -> None:
    parent.text = "\n"
    for child in parent:
        child.tail = "\n"
