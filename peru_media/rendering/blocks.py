"""The items of a feed: each made once, in blocks that are compressed together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from markupsafe import escape

from peru_media.model.source import Collection, Episode
from peru_media.model.value import canonical
from peru_media.rendering.addresses import page_path
from peru_media.rendering.cached import Cache, input_key, remembered
from peru_media.rendering.cuts import cuts
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.notes import notes_html
from peru_media.rendering.packing import Part, part
from peru_media.rendering.words import STAND_IN

__all__ = ["Block", "Composition", "Form", "noted", "notes_key"]

_SHORTEST, _LONGEST = 40, 256


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

    def blocks(self, episodes: Sequence[Episode]) -> Iterator[Block]:
        """Cut the items where their guids say, so that one more moves no other cut.

        A block is never short, so nearly always a change touches one alone.
        """
        lead = b""
        guids = [one.guid for one in episodes]
        for start, end in cuts(guids, shortest=_SHORTEST, longest=_LONGEST):
            yield self._block(episodes[start:end], lead)
            lead = self.form.joint

    def text(self, block: Block) -> bytes:
        """The items of a block, as they stand in the feed."""
        return remembered(self.cache, f"text {block.key}", partial(self._text, block))

    def part(self, block: Block, text: bytes | None = None) -> Part:
        """The items of a block, compressed; their text may be at hand."""

        def make() -> bytes:
            return part(self.text(block) if text is None else text).to_bytes()

        return Part.from_bytes(remembered(self.cache, self.part_key(block), make))

    def part_key(self, block: Block) -> str:
        """What the cache knows the compressed block by."""
        return f"part {block.key}"

    def item(self, episode: Episode) -> bytes:
        """One item."""
        make = partial(self._item, episode)
        return remembered(self.cache, self._key(episode), make)

    def _block(self, episodes: Sequence[Episode], lead: bytes) -> Block:
        prints = "".join([one.fingerprint for one in episodes])
        key = input_key(self.form.name, self._shared, prints.encode(), lead)
        return Block(key, episodes, lead)

    def _text(self, block: Block) -> bytes:
        return block.lead + self.form.joint.join(map(self.item, block.episodes))

    def _key(self, episode: Episode) -> str:
        collection = self._collections.get(episode.collection or "")
        inherited = collection.fingerprint if collection else ""
        prints = (inherited + episode.fingerprint).encode()
        return input_key(f"one {self.form.name}", self._inherited, prints)

    @cached_property
    def _inherited(self) -> bytes:
        """What every item takes from its show."""
        show, url = self.channel.show, self.channel.base_url
        inherited = [url, show.namespaces, show.simple_chapters]
        return canonical(inherited if self.channel.paged else [*inherited, False])

    @cached_property
    def _shared(self) -> bytes:
        """The same, and what only some take: every collection."""
        prints = [one.fingerprint for one in self._collections.values()]
        return canonical(prints) + self._inherited

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
                page=None if self.channel.paged else "",
            )
        )


def noted(episode: Episode, *, base_url: str, cache: Cache | None) -> str:
    """An episode's notes as HTML, which its item and its page share."""
    key, page = notes_key(episode, base_url=base_url), base_url + page_path(episode)
    make = partial(notes_html, episode.notes, page=page)
    return remembered(cache, key, lambda: make().encode()).decode()


def notes_key(episode: Episode, *, base_url: str) -> str:
    """What the cache knows an episode's notes by."""
    page = base_url + page_path(episode)
    return input_key("notes", episode.notes.encode(), page.encode())


def _warnings(episode: Episode) -> str:
    """What a listener should know first."""
    told = episode.stand_in and "stand-in" not in episode.notes.lower()
    lines = [STAND_IN] if told else []
    lines += [episode.content_note] if episode.content_note else []
    return "".join(f"<p><strong>{escape(line)}</strong></p>\n" for line in lines)
