"""A newsroom as it was at one moment, for as many tests as like to begin there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peru_media.ports import Fetched, Meta, Store
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock
from tests.newsroom import Newsroom

__all__ = ["copied", "kept"]


def copied(store: Store, clock: SetClock) -> Store:
    """Another store in memory that is the same, to the moment at which each came."""
    other, now = MemoryStore(clock=clock), clock.moment
    for one in store.list(""):
        fetched = store.get(one.key)
        assert isinstance(fetched, Fetched)
        clock.moment = fetched.stored.modified or now
        other.put(
            one.key, fetched.body, meta=Meta(media_type=fetched.stored.media_type)
        )
    clock.moment = now
    return other


@contextmanager
def kept(newsroom: Newsroom, aside: Path) -> Iterator[None]:
    """Whatever happens within, files, store, time and memory are as before after it."""
    shutil.copytree(newsroom.root, aside)
    store, cache, clock = newsroom.store, dict(newsroom.cache), newsroom.clock
    moment, seconds = clock.moment, clock.seconds
    newsroom.store = copied(store, clock)
    try:
        yield
    finally:
        shutil.rmtree(newsroom.root)
        shutil.move(aside, newsroom.root)
        newsroom.store, newsroom.cache = store, cache
        clock.moment, clock.seconds = moment, seconds
