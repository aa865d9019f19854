"""Dates and links that feedgen would write its own way."""

from dataclasses import dataclass
from datetime import UTC, datetime

from peru_media.model.further import OWN_NAMESPACES
from peru_media.rendering.ext.element import ATOM, HISTORY, Element, add, nest
from peru_media.rendering.ext.item import Channel, Item

__all__ = ["RssChannel", "RssItem", "feed_date"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def feed_date(moment: datetime) -> str:
    """RFC 2822 in English, whatever the locale, which feedgen would switch."""
    if moment.tzinfo is None:
        msg = f"{moment} has no time zone, so nobody can tell when it is"
        raise ValueError(msg)
    utc = moment.astimezone(UTC)
    day = f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04}"
    return f"{day} {utc.hour:02}:{utc.minute:02}:{utc.second:02} +0000"


@dataclass(frozen=True, slots=True)
class RssChannel:
    """``atom:link`` to the feed itself (PSP-1) and its hubs, and ``lastBuildDate``."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        """That of archives, where there is one; feedgen always declares ``atom``."""
        return {"fh": OWN_NAMESPACES["fh"]} if self.channel.archive else {}

    def extend_rss(self, rss: Element) -> None:
        """Write the tags into ``<channel>``."""
        channel, own = rss[0], self.channel
        address = own.address(own.path)
        kind = "application/rss+xml"
        add(channel, f"{ATOM}link", href=address, rel="self", type=kind)
        for hub in own.told:
            add(channel, f"{ATOM}link", href=hub, rel="hub")
        self._archive(channel)
        add(channel, "lastBuildDate", feed_date(own.built))

    def _archive(self, channel: Element) -> None:
        """The pages beside this one (RFC 5005)."""
        own, archive = self.channel, self.channel.archive
        if archive is None:
            return
        pages = {
            "current": archive.current,
            "prev-archive": archive.older,
            "next-archive": archive.newer,
        }
        for rel, path in pages.items():
            if path is not None:
                add(channel, f"{ATOM}link", href=own.address(path), rel=rel)
        if archive.final:
            nest(channel, f"{HISTORY}archive")


@dataclass(frozen=True, slots=True)
class RssItem:
    """``pubDate``."""

    item: Item

    def extend_rss(self, item: Element) -> None:
        """Write the tag into ``<item>``."""
        add(item, "pubDate", feed_date(self.item.episode.published))
