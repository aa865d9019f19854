"""The one door to feedgen: the head of a channel."""

import re
from dataclasses import dataclass
from functools import partial

from feedgen.feed import FeedGenerator

from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import Element
from peru_media.rendering.ext.further import FurtherChannel
from peru_media.rendering.ext.item import Channel
from peru_media.rendering.ext.itunes import ItunesChannel
from peru_media.rendering.ext.podcast import PodcastChannel
from peru_media.rendering.ext.rss import RssChannel
from peru_media.rendering.notes import notes_html, plain_text, shortened

__all__ = ["TAIL", "channel_head", "feed_generator"]

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
        rss.text = rss[0].text = rss[0].tail = "\n"
        for child in rss[0]:
            child.tail = "\n"
