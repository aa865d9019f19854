"""A show's feed: its head, and the bytes of each item, made once and joined."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from markupsafe import escape

from peru_media.model.source import Collection, Episode, Show
from peru_media.model.value import canonical
from peru_media.rendering.addresses import page_path
from peru_media.rendering.cached import Cache, input_key, remembered
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.ext.writer import TAIL, channel_head, item_bytes
from peru_media.rendering.notes import notes_html
from peru_media.rendering.packing import Packed, Part, part, spliced
from peru_media.rendering.words import STAND_IN

__all__ = ["feed_window", "noted", "packed_feed", "render_feed"]

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
    head = channel_head(Channel(show=show, base_url=base_url, built=built))
    rows = _rows(show, episodes, base_url)
    return b"".join(chain([head], (row.content(cache) for row in rows), [TAIL]))


def packed_feed(
    show: Show,
    episodes: Sequence[Episode],
    *,
    base_url: str,
    built: datetime,
    cache: Cache | None = None,
) -> Packed:
    """Write the same feed as it is stored, compressing only what changed."""
    head = channel_head(Channel(show=show, base_url=base_url, built=built))
    blocks = _blocks(_rows(show, episodes, base_url))
    parts = (_part(block, cache) for block in blocks)
    return spliced(chain([part(head)], parts, [part(TAIL)]))


def feed_window(show: Show, episodes: Iterable[Episode]) -> list[Episode]:
    """The episodes that a feed holds, newest first; of one moment, by guid."""
    ordered = sorted(episodes, key=lambda one: (-one.published.timestamp(), one.guid))
    return ordered[: show.feed_items]


@dataclass(frozen=True, slots=True)
class _Row:
    """One item, known by its inputs before it is rendered."""

    key: str
    episode: Episode
    collection: Collection | None
    base_url: str
    namespaces: Mapping[str, str]
    simple_chapters: bool

    def content(self, cache: Cache | None) -> bytes:
        return remembered(cache, self.key, partial(self._render, cache))

    def _render(self, cache: Cache | None) -> bytes:
        html = noted(self.episode, base_url=self.base_url, cache=cache)
        return item_bytes(
            Item(
                episode=self.episode,
                collection=self.collection,
                base_url=self.base_url,
                html=_warnings(self.episode) + html,
                namespaces=self.namespaces,
                simple_chapters=self.simple_chapters,
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


def _rows(show: Show, episodes: Iterable[Episode], base_url: str) -> Iterator[_Row]:
    collections = {one.name: one for one in show.collections}
    spaces, simple = show.namespaces, show.simple_chapters
    shared = canonical([base_url, spaces, simple])
    for episode in feed_window(show, episodes):
        collection = collections.get(episode.collection or "")
        inherited = collection.model_dump_json() if collection else ""
        inputs = (episode.model_dump_json().encode(), inherited.encode(), shared)
        key = input_key("item", *inputs)
        yield _Row(key, episode, collection, base_url, spaces, simple)


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


def _part(block: list[_Row], cache: Cache | None) -> Part:
    key = input_key("block", *(row.key.encode() for row in block))

    def make() -> bytes:
        return part(b"".join(row.content(cache) for row in block)).to_bytes()

    return Part.from_bytes(remembered(cache, key, make))
