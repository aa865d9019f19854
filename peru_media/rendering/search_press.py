"""Search files made of their pages, by several processes where there are many."""

import gzip
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass

from peru_media.model.value import digest
from peru_media.rendering.cached import Cache
from peru_media.rendering.findable import Findable
from peru_media.rendering.packing import Packed
from peru_media.rendering.search_file import SearchBlock, search_file
from peru_media.rendering.search_lines import lines_key, search_lines

__all__ = ["SearchPress"]

_FEW = 3  # files that are made in less time than a process takes to begin
_AHEAD = 3
_MANY = 40
_LEVEL = 4  # the 6 of other texts takes three times as long, for a tenth less

_Made = tuple[Packed, dict[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPress:
    """Make search files, as they are stored.

    Attributes:
        texts: gives the bytes of a transcript by its SHA-256.
        cache: the lines of pages that were read before; it is filled.
        executor: helps where there is much to make.
    """

    texts: Callable[[str], bytes]
    cache: Cache
    executor: Executor | None = None

    def files(self, blocks: Sequence[SearchBlock]) -> Iterator[Packed]:
        """Give the file of each block, in their order.

        A preview asks for them after every change, and whoever looks at a plan asks
        twice; so they are remembered, where they are not so many that the cache
        would hold little else.
        """
        if len(blocks) > _MANY:
            yield from self._made(blocks)
            return
        known = {b.made_from: self.cache.get(_name(b)) for b in blocks}
        made = self._made([block for block in blocks if known[block.made_from] is None])
        for block in blocks:
            found = known[block.made_from]
            if found is None:
                file = next(made)
                self.cache[_name(block)] = file.to_bytes()
                yield file
            else:
                yield Packed.from_bytes(found)

    def _made(self, blocks: Sequence[SearchBlock]) -> Iterator[Packed]:
        left = deque(blocks)
        if self.executor is not None and len(blocks) > _FEW:
            yield from self._side_by_side(self.executor, left)
        for block in left:
            yield self._kept(_file(block.pages, *self._given(block)))

    def _side_by_side(
        self, executor: Executor, left: deque[SearchBlock]
    ) -> Iterator[Packed]:
        """Make files until none is left, or the processes come to an end."""
        coming = deque(left)
        waiting = deque[Future[_Made]]()
        while left:
            try:
                while coming and len(waiting) < _AHEAD:
                    block = coming.popleft()
                    given = self._given(block)
                    waiting.append(executor.submit(_file, block.pages, *given))
                made = waiting.popleft().result()
            except BrokenExecutor:
                return
            left.popleft()
            yield self._kept(made)

    def _given(self, block: SearchBlock) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """What a block is made of: lines that are known, transcripts of others."""
        keys = {lines_key(page): page for page in block.pages}
        known = {key: found for key in keys if (found := self.cache.get(key))}
        unread = (page for key, page in keys.items() if key not in known)
        words = (page.transcript.sha256 for page in unread if page.transcript)
        return known, {sha256: self.texts(sha256) for sha256 in words}

    def _kept(self, made: _Made) -> Packed:
        file, lines = made
        self.cache.update(lines)
        return file


def _name(block: SearchBlock) -> str:
    """What the cache knows a file by: what is in it, and who writes it."""
    writer = f"{_LEVEL} {sqlite3.sqlite_version}"
    return digest(f"search file {writer} {block.made_from}".encode())


def _file(
    pages: Sequence[Findable], known: dict[str, bytes], texts: dict[str, bytes]
) -> _Made:
    """Make a file, also in a process of its own; give what was not known."""
    cache = dict(known)
    content = search_file(
        pages, lambda page: search_lines(page, texts=texts.__getitem__, cache=cache)
    )
    body = gzip.compress(content, _LEVEL, mtime=0)
    packed = Packed(digest(content), len(content), body)
    return packed, {key: cache[key] for key in cache.keys() - known.keys()}
