"""Blocks of a feed made by several processes at once, for a first build."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace

from peru_media.rendering.blocks import Block, Composition, notes_key
from peru_media.rendering.cached import Cache

__all__ = ["make_ahead"]

_FEW = 24  # blocks that are made in less time than a process takes to begin
_AHEAD = 8


def make_ahead(
    feed: Composition, blocks: Sequence[Block], *, cache: Cache, executor: Executor
) -> None:
    """Make the blocks that the cache lacks, and put them there with their items.

    Where there are few nothing is done: they are soon made by whoever asks for
    them. The same goes for what is left when the processes come to an end.
    """
    missing = [block for block in blocks if feed.part_key(block) not in cache]
    if len(missing) < _FEW:
        return
    try:
        for made in _in_turn(feed, missing, cache=cache, executor=executor):
            cache.update(made)
    except BrokenExecutor:
        return


def _in_turn(
    feed: Composition, blocks: Iterable[Block], *, cache: Cache, executor: Executor
) -> Iterator[dict[str, bytes]]:
    """What belongs to each block, with only a few of them on their way at a time."""
    bare, waiting = replace(feed, cache=None), deque[Future[dict[str, bytes]]]()
    for block in blocks:
        known = _known_notes(feed, block, cache)
        waiting.append(executor.submit(_made, bare, block, known))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _known_notes(feed: Composition, block: Block, cache: Cache) -> dict[str, bytes]:
    """Notes take longest, and another form of the feed may have made them."""
    url = feed.channel.base_url
    keys = (notes_key(episode, base_url=url) for episode in block.episodes)
    return {key: found for key in keys if (found := cache.get(key)) is not None}


def _made(feed: Composition, block: Block, known: dict[str, bytes]) -> dict[str, bytes]:
    """Make a block in a process of its own; give what was not known."""
    cache = dict(known)
    feed = replace(feed, cache=cache)
    feed.part(block, feed.text(block))
    return {key: cache[key] for key in cache.keys() - known.keys()}
