"""The items of a feed: each made once, in blocks that are compressed together."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from markupsafe import escape

from peru_media.model.source import Collection, Episode
from peru_media.model.value import canonical
from peru_media.rendering.addresses import page_path
from peru_media.rendering.cached import Cache, input_key, remembered
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.notes import notes_html
from peru_media.rendering.packing import Part, part
from peru_media.rendering.words import STAND_IN

__all__ = ["Block", "Composition", "Form", "noted"]

_USUAL, _LONGEST = 64, 256


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


@dataclass(frozen=True, slots=True)
class Block:
    """Episodes that follow each other, known by the inputs of their items.

    ``lead`` stands before the first of them, where others come before it.
    """

    key: str
    episodes: Sequence[Episode]
    lead: bytes


@dataclass(frozen=True, kw_only=True)
class Composition:
    """A feed in one form, and the cache that knows its items and blocks.

    An item is known by what it is made from: its episode, its collection, and
    the little that it takes from the show. Nothing of it is made to know it.
    """

    form: Form
    channel: Channel
    cache: Cache | None = None
    _prefixes: dict[str, str] = field(default_factory=dict)

    def blocks(self, episodes: Iterable[Episode]) -> Iterator[Block]:
        """Cut the items where their guids say, so that one more moves no other cut."""
        block: list[Episode] = []
        lead = b""
        for episode in episodes:
            block.append(episode)
            cut = zlib.crc32(episode.guid.encode()) % _USUAL == 0
            if cut or len(block) == _LONGEST:
                yield self._block(block, lead)
                block, lead = [], self.form.joint
        if block:
            yield self._block(block, lead)

    def text(self, block: Block) -> bytes:
        """The items of a block, as they stand in the feed."""
        return remembered(self.cache, f"text {block.key}", partial(self._text, block))

    def part(self, block: Block, text: bytes | None = None) -> Part:
        """The items of a block, compressed; their text may be at hand."""

        def make() -> bytes:
            return part(self.text(block) if text is None else text).to_bytes()

        return Part.from_bytes(remembered(self.cache, f"part {block.key}", make))

    def item(self, episode: Episode) -> bytes:
        """One item."""
        make = partial(self._item, episode)
        return remembered(self.cache, self._key(episode), make)

    def _block(self, episodes: Sequence[Episode], lead: bytes) -> Block:
        keys = "\n".join(map(self._key, episodes))
        return Block(input_key("block", keys.encode(), lead), episodes, lead)

    def _text(self, block: Block) -> bytes:
        return block.lead + self.form.joint.join(map(self.item, block.episodes))

    def _key(self, episode: Episode) -> str:
        collection = episode.collection or ""
        prefix = self._prefixes.get(collection)
        if prefix is None:
            prefix = self._prefixes[collection] = self._prefix(collection)
        return prefix + episode.fingerprint

    def _prefix(self, name: str) -> str:
        """What items share: their form, their collection, and what the show says."""
        collection, show = self._collections.get(name), self.channel.show
        inherited = collection.fingerprint if collection else ""
        shared = [self.channel.base_url, show.namespaces, show.simple_chapters]
        return input_key(self.form.name, canonical([inherited, *shared]))[:32]

    @cached_property
    def _collections(self) -> dict[str, Collection]:
        return {one.name: one for one in self.channel.show.collections}

    def _item(self, episode: Episode) -> bytes:
        url, show = self.channel.base_url, self.channel.show
        html = noted(episode, base_url=url, cache=self.cache)
        return self.form.item(
            Item(
                episode=episode,
                collection=self._collections.get(episode.collection or ""),
                base_url=url,
                html=_warnings(episode) + html,
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
