"""A show's feed: its head, and the items of its episodes, newest first."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import datetime
from itertools import chain

from peru_media.model.address import feed_path, show_path
from peru_media.model.source import Episode, Show
from peru_media.model.window import feed_window
from peru_media.rendering.ahead import make_ahead
from peru_media.rendering.blocks import Composition, Form
from peru_media.rendering.cached import Cache, input_key, remembered
from peru_media.rendering.ext.entry import item_bytes
from peru_media.rendering.ext.item import Channel
from peru_media.rendering.ext.writer import TAIL, channel_head
from peru_media.rendering.packing import Packed, Part, part, spliced

__all__ = [
    "RSS",
    "Form",
    "channel_of",
    "feed_window",
    "packed_feed",
    "render_feed",
]

RSS = Form(name="item", kind="feed", head=channel_head, item=item_bytes, tail=TAIL)


def render_feed(
    show: Show,
    episodes: Sequence[Episode],
    *,
    base_url: str,
    built: datetime,
    cache: Cache | None = None,
) -> bytes:
    """Write the feed of a show, newest episode first.

    Every episode given stands in it, or as many of the newest as the show says
    (``feed_items``). The same values give the same bytes.

    Args:
        show: the channel.
        episodes: in any order.
        base_url: the only origin of addresses, without a trailing slash.
        built: when the feed last changed (``<lastBuildDate>``), aware.
        cache: items rendered before; those that did not change come from here.

    Returns:
        RSS 2.0 in UTF-8, with its XML declaration.
    """
    channel = channel_of(show, base_url=base_url, built=built)
    feed = Composition(form=RSS, channel=channel, cache=cache)
    blocks = feed.blocks(feed_window(show, episodes))
    return b"".join(chain([RSS.head(channel)], map(feed.text, blocks), [RSS.tail]))


def channel_of(show: Show, *, base_url: str, built: datetime) -> Channel:
    """A show as the one feed that apps subscribe to."""
    path, page = feed_path(show.slug), show_path(show.slug)
    return Channel(show=show, base_url=base_url, built=built, path=path, page=page)


def packed_feed(
    channel: Channel,
    episodes: Sequence[Episode],
    *,
    form: Form = RSS,
    cache: Cache | None = None,
    executor: Executor | None = None,
) -> Packed:
    """Write a feed as it is stored, compressing only what changed.

    Of the text itself only one block is held at a time.

    Args:
        channel: the show, and where this feed is found.
        episodes: all that stand in it, in their order.
        form: how it is written.
        cache: items and blocks rendered before.
        executor: makes what a cache lacks, where that is much.
    """
    feed = Composition(form=form, channel=channel, cache=cache)
    head, blocks = form.head(channel), list(feed.blocks(episodes))
    key = input_key("feed", head, *(block.key.encode() for block in blocks))
    parts: list[Part] = []

    def measured() -> bytes:
        if cache is not None and executor is not None:
            make_ahead(feed, blocks, cache=cache, executor=executor)
        found = hashlib.sha256(head)
        for block in blocks:
            text = feed.text(block)
            found.update(text)
            parts.append(feed.part(block, text))
        found.update(form.tail)
        return found.hexdigest().encode()

    sha256 = remembered(cache, key, measured).decode()
    inner = parts or map(feed.part, blocks)
    parts = [part(head), *inner, part(form.tail)]
    size = sum(piece.size for piece in parts)
    return Packed(sha256, size, spliced(parts))
