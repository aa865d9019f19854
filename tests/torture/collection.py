"""Collections that are cut off, and that meet a publish at every step of both."""

import contextlib
import random
import tempfile
import threading
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal

from peru_media.errors import ConflictError, StoreError
from peru_media.ports import Fetched, Meta, Store
from peru_media.publishing.collecting import collect, gather
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import read_live
from peru_media.publishing.reach import reach
from peru_media.storage.folder import FolderStore
from peru_media.storage.memory import MemoryStore
from tests.newsroom import Newsroom
from tests.stores import CountingStore, Stopped

__all__ = ["ROUNDS", "Past", "met", "missing", "points", "run", "stopped", "together"]

ROUNDS = 20
STORY = "episodes/story-1/episode.md"
RELEASES = 13
When = Literal["before", "after"]
Action = Callable[[], object]


def missing(store: Store) -> frozenset[str]:
    """What the live release reaches, and the store does not have."""
    return reach(read_live(store, {})) - {one.key for one in store.list("")}


class Interrupted(CountingStore):
    """A store at whose call number ``at`` something else happens, counted from 1."""

    def __init__(
        self, store: Store, *, at: int, when: When, action: Action | None = None
    ) -> None:
        super().__init__(store)
        self.inside = store
        self.holes: frozenset[str] = frozenset()
        self._at, self._when, self._action = at, when, action
        self._over = False

    def _before(self, verb: str, key: str) -> None:
        super()._before(verb, key)
        self._happen("before")

    def _after(self, verb: str, key: str) -> None:
        super()._after(verb, key)
        self._happen("after")
        if verb in {"put", "delete"}:
            self.holes |= missing(self.inside)

    def _happen(self, when: When) -> None:
        if self._over:
            raise Stopped
        if (len(self.calls), when) == (self._at, self._when):
            if self._action is None:
                self._over = True
                raise Stopped
            self._action()
            self.holes |= missing(self.inside)


@dataclass(slots=True)
class Past:
    """A site with more releases than are kept, and what a collection meets there.

    What is published next says again what the first release said, which nobody
    needs any more: so a collection takes what the publish is about to rely on.
    """

    room: Newsroom
    make: Callable[[], Store]
    store: Store = field(init=False)
    orphans: tuple[str, ...] = tuple(f"state/shared/{n:020x}" for n in range(3))

    def __post_init__(self) -> None:
        self.store = self.make()
        for number in range(1, RELEASES + 1):
            self._say(f"Take {number}")
            self.room.publish(self.store)
            self.room.clock.advance(timedelta(days=3))
        for key in self.orphans:
            self.store.put(key, b"x", meta=Meta(media_type="text/plain"))
        self.room.clock.advance(timedelta(days=3))
        self._say("Take 1")

    def _say(self, title: str) -> None:
        page = self.room.root / STORY
        lines = page.read_text().splitlines(keepends=True)
        named = [f"title: {title}\n" if "title:" in one else one for one in lines]
        page.write_text("".join(named))

    def again(self) -> Store:
        """Another store that is the same, to the moment at which each came."""
        store, clock = self.make(), self.room.clock
        now = clock.moment
        for one in self.store.list(""):
            fetched = self.store.get(one.key)
            assert isinstance(fetched, Fetched)
            clock.moment = fetched.stored.modified or now
            meta = Meta(media_type=fetched.stored.media_type)
            store.put(one.key, fetched.body, meta=meta)
        clock.moment = now
        return store

    def desk(self, store: Store, **change: object) -> Desk:
        """A colleague's desk, with what their computer remembers."""
        cache: MutableMapping[str, bytes] = dict(self.room.cache)
        return self.room.desk(store, cache=cache, **change)

    def collect(self, store: Store) -> None:
        """Collect, as somebody else than who publishes."""
        desk = self.desk(store)
        gathered = gather(desk)
        assert gathered is not None
        collect(desk, gathered)

    def publish(self, store: Store) -> None:
        """Publish, as somebody else than who collects."""
        self.room.publish(store, cache=dict(self.room.cache))

    def calls(self, action: Callable[[Store], None]) -> int:
        """How many calls of the store something takes."""
        counted = CountingStore(self.again())
        action(counted)
        return len(counted.calls)


def points(calls: int) -> Iterator[tuple[int, When]]:
    """Before and after each call."""
    for at in range(1, calls + 1):
        yield at, "before"
        yield at, "after"


def check(past: Past, store: Store, *, said: str) -> None:
    """The live release is whole, and after one more of each nothing is left over."""
    assert not missing(store), said
    past.publish(store)
    past.collect(store)
    assert not missing(store), said
    current = read_live(store, {}).current
    assert current is not None
    assert current.erasing == (), said
    left = {one.key for one in store.list("")}
    assert left.isdisjoint(past.orphans), said


def stopped(past: Past, at: int, when: When) -> int:
    """Cut a collection off; everything is whole, and the next verbs go on."""
    store = past.again()
    cut = Interrupted(store, at=at, when=when)
    with contextlib.suppress(Stopped):
        past.collect(cut)
    assert not cut.holes, (at, when)
    check(past, store, said=f"stopped {when} call {at}")
    return 1


def met(past: Past, at: int, when: When, *, by: Literal["publish", "collect"]) -> int:
    """Let a publish happen within a collection, or the other way round."""
    store = past.again()
    inner, outer = (
        (past.publish, past.collect)
        if by == "publish"
        else (past.collect, past.publish)
    )
    paused = Interrupted(store, at=at, when=when, action=partial(inner, store))
    outer(paused)
    assert not paused.holes, (by, at, when)
    check(past, store, said=f"{by} {when} call {at}")
    return 1


def together(past: Past, seed: int) -> int:
    """Let two collections and two publishers run at once, as threads will have it."""
    store, chance = past.again(), random.Random(seed)  # noqa: S311  # no secret
    faults: list[BaseException] = []

    def tried(action: Callable[[Store], None]) -> None:
        try:
            action(_Yielding(store, chance))
        except (ConflictError, StoreError):
            return
        except BaseException as error:  # noqa: BLE001  # told by the main thread
            faults.append(error)

    actions = [past.collect, past.publish, past.collect, past.publish]
    threads = [threading.Thread(target=tried, args=(one,)) for one in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults, faults
    check(past, store, said=f"together, seed {seed}")
    return 1


class _Yielding(CountingStore):
    """A store that lets others go first, now and then."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        super().__init__(store)
        self._chance = chance

    def _before(self, verb: str, key: str) -> None:
        super()._before(verb, key)
        if self._chance.random() < 0.3:
            threading.Event().wait(self._chance.random() / 200)


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Every point of a collection and of a publish, in memory and in a folder."""
    with (
        tempfile.TemporaryDirectory(prefix="peru-media-torture-") as folder,
        Newsroom.opened(Path(folder)) as room,
    ):
        for name, make in _stores(room, Path(folder)).items():
            less = (
                1 if name == "memory" else 5
            )  # a disk that is asked to be sure is slow
            _tried(Past(room, make), name, say, rounds=rounds // less, every=less)


def _stores(room: Newsroom, folder: Path) -> dict[str, Callable[[], Store]]:
    def in_folder() -> Store:
        place = tempfile.mkdtemp(dir=folder, prefix="store-")
        return FolderStore(Path(place), clock=room.clock)

    return {"memory": lambda: MemoryStore(clock=room.clock), "folder": in_folder}


def _tried(
    past: Past, name: str, say: Callable[[str], None], *, rounds: int, every: int
) -> None:
    collecting, publishing = past.calls(past.collect), past.calls(past.publish)
    tries: dict[str, list[Callable[[], int]]] = {
        "collections cut off": [
            partial(stopped, past, *point) for point in points(collecting)
        ],
        "publishes within a collection": [
            partial(met, past, *point, by="publish") for point in points(collecting)
        ],
        "collections within a publish": [
            partial(met, past, *point, by="collect") for point in points(publishing)
        ],
    }
    for what, each in tries.items():
        done = sum(one() for one in each[::every])
        say(f"{name}: {what} {done}, missing objects 0")
    done = sum(together(past, seed) for seed in range(rounds))
    say(f"{name}: two collections and two publishers at once {done} times, missing 0")
