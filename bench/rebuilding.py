"""A feed after one change: by feedgen, by the limit of what splicing can do, by us."""

import atexit
import gc
import gzip
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

from bench.builders import Ready, by_feedgen
from bench.catalogue import BASE, BUILT, SHOW
from peru_media.caching.sqlite import SqliteCache
from peru_media.model.source import Episode
from peru_media.rendering.blocks import Composition
from peru_media.rendering.cached import Cache
from peru_media.rendering.feed import RSS, channel_of, feed_window, packed_feed
from peru_media.rendering.packing import Packed, Part, part, spliced

__all__ = ["CHANGES", "CHANNEL", "Change", "Race", "Rebuilt", "everything", "stored"]

CHANNEL = channel_of(SHOW, base_url=BASE, built=BUILT)
MEMORY = Path("/dev/shm")  # noqa: S108  # files that no disk slows down
FOLDER = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
FEED, PACKED = FOLDER / "feed.xml", FOLDER / "feed.xml.gz"
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
PLACE = 5
EACH = 50


def everything(found: list[Episode], cache: Cache) -> str:
    """Write our feed and its gzip as files; its hash."""
    feed = Composition(form=RSS, channel=CHANNEL, cache=cache)
    head, hashed = RSS.head(CHANNEL), hashlib.sha256()
    parts = [part(head)]
    with FEED.open("wb", buffering=0) as file:

        def write(text: bytes) -> None:
            hashed.update(text)
            file.write(text)

        write(head)
        for block in feed.blocks(feed_window(SHOW, found)):
            text = feed.text(block)
            write(text)
            parts.append(feed.part(block, text))
        write(RSS.tail)
    PACKED.write_bytes(spliced([*parts, part(RSS.tail)]))
    return hashed.hexdigest()


def stored(found: list[Episode], cache: Cache) -> Packed:
    """What a release keeps of our feed: its gzip, and the hash of its bytes."""
    return packed_feed(CHANNEL, feed_window(SHOW, found), cache=cache)


def packed_alone(found: list[Episode], cache: Cache) -> str:
    """Write the gzip of our feed alone; a hash of its blocks' own."""
    feed = Composition(form=RSS, channel=CHANNEL, cache=cache)
    head, blocks = RSS.head(CHANNEL), list(feed.blocks(feed_window(SHOW, found)))
    parts = [part(head), *map(feed.part, blocks), part(RSS.tail)]
    keys = b"".join(block.key.encode() for block in blocks)
    PACKED.write_bytes(spliced(parts))
    return _hash(head + keys)


def feedgen(ready: Ready, number: int) -> str:
    """Write all of feedgen's feed again and its gzip; its hash."""
    changed = {**ready[PLACE], "title": f"Anew {number}"}
    whole = by_feedgen([*ready[:PLACE], changed, *ready[PLACE + 1 :]])
    FEED.write_bytes(whole)
    PACKED.write_bytes(gzip.compress(whole, 6))
    return _hash(whole)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Limit:
    """The items' bytes in memory, and the blocks; nobody asks what changed."""

    def __init__(self, found: list[Episode], cache: Cache) -> None:
        feed = Composition(form=RSS, channel=CHANNEL, cache=cache)
        self._pieces = [RSS.head(CHANNEL), *map(feed.item, found), RSS.tail]
        size, self._item = len(self._pieces), self._pieces[PLACE]
        self._parts = [self._part(at) for at in range(0, size, EACH)]

    def everything(self, number: int) -> str:
        """Change an item; join, hash, splice, write."""
        self.packed_alone(number)
        whole = b"".join(self._pieces)
        FEED.write_bytes(whole)
        return _hash(whole)

    def packed_alone(self, number: int) -> None:
        """Change an item; splice, write."""
        self._pieces[PLACE] = b"<!-- %d -->" % number + self._item
        self._parts[0] = self._part(0)
        PACKED.write_bytes(spliced(self._parts))

    def _part(self, at: int) -> Part:
        return part(b"".join(self._pieces[at : at + EACH]))


@dataclass
class Change:
    """The same change again and again, each time to something else."""

    found: list[Episode]
    number: "count[int]" = field(default_factory=count)

    def edit(self) -> list[Episode]:
        """The sixth episode has another title."""
        return self._with(title=f"Anew {next(self.number)}")

    def insert(self) -> list[Episode]:
        """A new episode comes first."""
        name = f"new-{next(self.number)}"
        date = self.found[0].published + timedelta(days=1)
        update = {"guid": name, "slug": name, "published": date}
        return [self.found[0].model_copy(update=update), *self.found]

    def remove(self) -> list[Episode]:
        """One of the middle goes, each time another."""
        place = len(self.found) // 2 + 7 * next(self.number)
        return [*self.found[:place], *self.found[place + 1 :]]

    def date_back(self) -> list[Episode]:
        """The sixth episode goes to the middle."""
        middle = self.found[len(self.found) // 2].published
        return self._with(published=middle + timedelta(hours=next(self.number) + 1))

    def _with(self, **update: object) -> list[Episode]:
        one = self.found[PLACE].model_copy(update=update)
        return [*self.found[:PLACE], one, *self.found[PLACE + 1 :]]


CHANGES: dict[str, Callable[[Change], list[Episode]]] = {
    "edited": Change.edit,
    "put in": Change.insert,
    "taken out": Change.remove,
    "dated back": Change.date_back,
}


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of some work; what others left behind is cleared before."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


@dataclass(frozen=True)
class Rebuilt:
    """Processor seconds of every way in one round; of ours, by kind of change."""

    theirs: dict[str, float]
    ours: dict[str, dict[str, float]]


class Race:
    """All ways side by side over one catalogue."""

    def __init__(self, found: list[Episode], ready: Ready, notes: Path) -> None:
        """``notes`` is a cache on disk that knows their HTML; it is filled."""
        self._ready, self._disk, self._turn = ready, notes, count()
        with SqliteCache(notes) as cache:
            self._memory = dict(cache)
        everything(found, self._memory)
        with SqliteCache(notes) as cache:
            cache.update(self._memory)
        self._limit, self._change = Limit(found, self._memory), Change(found)
        gc.collect()
        gc.freeze()  # nobody's time is spent on looking through what all share

    def round(self) -> Rebuilt:
        """One turn of each."""
        turn = next(self._turn)
        theirs = {
            "feedgen and gzip -6": seconds(lambda: feedgen(self._ready, turn)),
            "the splice limit": seconds(lambda: self._limit.everything(turn)),
            "the splice limit, gzip alone": seconds(
                lambda: self._limit.packed_alone(turn)
            ),
        }
        return Rebuilt(theirs, {kind: self._ours(kind) for kind in CHANGES})

    def _ours(self, kind: str) -> dict[str, float]:
        """Each way with a change of its own, so that none finds another's blocks."""

        def now() -> list[Episode]:
            return CHANGES[kind](self._change)

        memory, disk = self._memory, self._disk
        first, second, third = now(), now(), now()
        strange = [one.model_copy() for one in now()]
        return {
            "bytes, hash and gzip": seconds(lambda: everything(first, memory)),
            "gzip alone, from disk": seconds(lambda: _from(disk, packed_alone, second)),
            "hash and gzip, from disk": seconds(lambda: _from(disk, stored, third)),
            "the same, new to this process": seconds(
                lambda: _from(disk, stored, strange)
            ),
        }


def _from(
    path: Path,
    work: Callable[[list[Episode], Cache], object],
    found: list[Episode],
) -> None:
    with SqliteCache(path) as cache:
        work(found, cache)
