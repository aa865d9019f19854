"""A show's feed: its head, and the bytes of each item, made once and joined."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from markupsafe import escape

from peru_media.model.address import show_path
from peru_media.model.source import Collection, Episode, Show
from peru_media.model.value import canonical
from peru_media.model.window import feed_window
from peru_media.rendering.addresses import feed_path, page_path
from peru_media.rendering.cached import Cache, input_key, remembered
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.ext.writer import TAIL, channel_head, item_bytes
from peru_media.rendering.notes import notes_html
from peru_media.rendering.packing import Packed, Part, part, spliced
from peru_media.rendering.words import STAND_IN

__all__ = [
    "RSS",
    "Form",
    "channel_of",
    "noted",
    "packed_feed",
    "render_feed",
]

_USUAL_BLOCK, _LONGEST_BLOCK = 50, 200


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
    rows = _rows(RSS, feed_window(show, episodes), channel)
    items = (row.content(cache) for row in rows)
    return b"".join(chain([RSS.head(channel)], items, [RSS.tail]))


def channel_of(show: Show, *, base_url: str, built: datetime) -> Channel:
    """A show as the one feed that apps subscribe to."""
    path, page = feed_path(show.slug), show_path(show.slug)
    return Channel(show=show, base_url=base_url, built=built, path=path, page=page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write a feed: what stands before, between and after its items.

    Attributes:
        name: tells its items from those of other forms in the cache.
        kind: what it is served as (``CONTENT_TYPES``).
        head: writes what comes before the first item. item: writes one.
    """

    name: str
    kind: str
    head: Callable[[Channel], bytes]
    item: Callable[[Item], bytes]
    tail: bytes
    joint: bytes = b""


RSS = Form(name="item", kind="feed", head=channel_head, item=item_bytes, tail=TAIL)


def packed_feed(
    channel: Channel,
    episodes: Iterable[Episode],
    *,
    form: Form = RSS,
    cache: Cache | None = None,
) -> Packed:
    """Write a feed as it is stored, compressing only what changed.

    Args:
        channel: the show, and where this feed is found.
        episodes: all that stand in it, in their order.
        form: how it is written.
        cache: items and blocks rendered before.
    """
    rows = _rows(form, episodes, channel)
    parts = [_part(block, form, cache) for block in _blocks(rows)]
    if form.joint:
        parts = [piece for one in parts for piece in (part(form.joint), one)][1:]
    return spliced([part(form.head(channel)), *parts, part(form.tail)])


@dataclass(frozen=True, slots=True)
class _Row:
    """One item, known by its inputs before it is rendered."""

    key: str
    form: Form
    episode: Episode
    collection: Collection | None
    channel: Channel

    def content(self, cache: Cache | None) -> bytes:
        return remembered(cache, self.key, partial(self._render, cache))

    def _render(self, cache: Cache | None) -> bytes:
        url, show = self.channel.base_url, self.channel.show
        html = noted(self.episode, base_url=url, cache=cache)
        return self.form.item(
            Item(
                episode=self.episode,
                collection=self.collection,
                base_url=url,
                html=_warnings(self.episode) + html,
                namespaces=show.namespaces,
                simple_chapters=show.simple_chapters,
            )
        )


def noted(episode: Episode, *, base_url: str, cache: Cache | None) -> str:
    """An episode's notes as HTML, which its item and its page share."""
    page = base_url + page_path(episode)
    key = input_key("notes", episode.notes.encode(), page.encode())
    make = partial(notes_html, episode.notes, page=page)
    return remembered(cache, key, lambda: make().encode()).decode()


def _warnings(episode: Episode) -> str:
    """What a listener should know first."""
    said = "stand-in" in episode.notes.lower()
    lines = [STAND_IN] if episode.stand_in and not said else []
    lines += [episode.content_note] if episode.content_note else []
    return "".join(f"<p><strong>{escape(line)}</strong></p>\n" for line in lines)


def _rows(form: Form, episodes: Iterable[Episode], channel: Channel) -> Iterator[_Row]:
    show = channel.show
    named = {one.name: one for one in show.collections}
    shared = canonical([channel.base_url, show.namespaces, show.simple_chapters])
    for episode in episodes:
        collection = named.get(episode.collection or "")
        inherited = collection.model_dump_json() if collection else ""
        inputs = (episode.model_dump_json().encode(), inherited.encode(), shared)
        yield _Row(
            key=input_key(form.name, *inputs),
            form=form,
            episode=episode,
            collection=collection,
            channel=channel,
        )


def _blocks(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Cut the items where their guids say, so that one more moves no other cut."""
    block: list[_Row] = []
    for row in rows:
        block.append(row)
        cut = zlib.crc32(row.episode.guid.encode()) % _USUAL_BLOCK == 0
        if cut or len(block) == _LONGEST_BLOCK:
            yield block
            block = []
    if block:
        yield block


def _part(block: list[_Row], form: Form, cache: Cache | None) -> Part:
    key = input_key("block", *(row.key.encode() for row in block))

    def make() -> bytes:
        return part(form.joint.join(row.content(cache) for row in block)).to_bytes()

    return Part.from_bytes(remembered(cache, key, make))
