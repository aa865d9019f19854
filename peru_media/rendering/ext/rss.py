"""Dates and links that feedgen would write its own way."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from peru_media.rendering.addresses import feed_path
from peru_media.rendering.ext.element import ATOM, Element, add
from peru_media.rendering.ext.item import Channel, Item

__all__ = ["RssChannel", "RssItem", "feed_date"]


def feed_date(moment: datetime) -> str:
    """RFC 2822 in English, whatever the locale, which feedgen would switch."""
    if moment.tzinfo is None:
        msg = f"{moment} has no time zone, so nobody can tell when it is"
        raise ValueError(msg)
    return format_datetime(moment.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class RssChannel:
    """``atom:link`` to the feed itself (PSP-1), and ``lastBuildDate``."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        """No namespace of its own: feedgen always declares ``atom``."""
        return {}

    def extend_rss(self, rss: Element) -> None:
        """Write the tags into ``<channel>``."""
        channel, own = rss[0], self.channel
        address = own.address(feed_path(own.show.slug))
        kind = "application/rss+xml"
        add(channel, f"{ATOM}link", href=address, rel="self", type=kind)
        add(channel, "lastBuildDate", feed_date(own.built))


@dataclass(frozen=True, slots=True)
class RssItem:
    """``pubDate``."""

    item: Item

    def extend_rss(self, item: Element) -> None:
        """Write the tag into ``<item>``."""
        add(item, "pubDate", feed_date(self.item.episode.published))
