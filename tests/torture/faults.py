"""Publishes while one call in twenty meets each fault there is."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from peru_media.errors import StoreError
from peru_media.model.release import CURRENT_KEY, Ledger
from peru_media.ports import Store
from peru_media.publishing.live import read_live
from peru_media.storage.folder import FolderStore
from peru_media.storage.memory import MemoryStore
from peru_media.storage.s3 import S3Settings, S3Store
from tests.faults import FaultyStore, patient
from tests.faulty_proxy import spoiling
from tests.newsroom import Newsroom
from tests.onlooker import broken, guids
from tests.projects import episode_files
from tests.seaweed import Seaweed, seaweed

__all__ = ["ROUNDS", "Tally", "play", "run"]

ROUNDS = 200
RATE = 0.05
_LATER = "2026-12-03 09:00"
_SOON = "2026-11-04 09:00"
_MOST_STORIES = 8


@dataclass(slots=True)
class Tally:
    """What came of the publishes.

    Attributes:
        right: publishes after which the store held what it would without faults.
        again: how often a person had to publish again. met: the faults.
        left: objects that a store without faults would not hold.
    """

    right: int = 0
    again: int = 0
    left: int = 0
    guids: int = 0
    met: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        met = ", ".join(f"{kind} {self.met[kind]}" for kind in sorted(self.met))
        return (
            f"right end states {self.right}, published again by hand {self.again}, "
            f"objects too many {self.left}, guids {self.guids}, faults met "
            f"{self.met.total()} ({met})"
        )


def play(room: Newsroom, behind: Store, *, rounds: int, seed: int) -> Tally:
    """Publish so many times to a store that fails, and to one that does not."""
    chance = random.Random(seed)  # noqa: S311  (to be repeated)
    plain = MemoryStore(clock=room.clock)
    caches: tuple[dict[str, bytes], dict[str, bytes]] = ({}, {})
    faulty = FaultyStore(behind, seed=seed, rate=RATE)
    store, tally = patient(faulty, seed=seed), Tally()
    for turn in range(rounds):
        room.clock.advance(timedelta(hours=6))
        _edit(room, turn, chance)
        if turn % 4 == 3:
            caches[1].clear()  # a colleague's machine, which knows nothing yet
        room.publish(plain, cache=caches[0])
        tally.again += _insisting(room, store, caches[1])
        tally.right += _holds(behind) == _holds(plain)
    tally.left = len(set(_holds(behind)).difference(_holds(plain)))
    ledger: Ledger = read_live(behind, {}).ledger()
    guids = [entry.guid for entry in ledger.episodes.values()]
    assert len(set(guids)) == len(guids)
    tally.guids, tally.met = len(guids), faulty.met
    return tally


def _insisting(room: Newsroom, store: Store, cache: dict[str, bytes]) -> int:
    """Publish until it is done, as a person would who is told to try again."""
    for failed in range(5):
        try:
            room.publish(store, cache=cache)
        except StoreError:
            continue
        return failed
    msg = "five publishes in a row failed"
    raise AssertionError(msg)


def _edit(room: Newsroom, turn: int, chance: random.Random) -> None:
    """A change of some kind: a title, a new story, one that comes out."""
    number = 3 + turn // 3 % _MOST_STORIES
    page = f"episodes/story-{number}/episode.md"
    if turn % 3 == 0 and not (room.root / page).exists():
        room.write(**episode_files(number, publish=_LATER))  # type: ignore[arg-type]  # bytes are written as they are
    elif turn % 3 == 1 and _LATER in (room.root / page).read_text():
        room.edit(page, _LATER, _SOON)
    else:
        text = (room.root / page).read_text()
        title = next(line for line in text.splitlines() if line.startswith("title: "))
        room.edit(page, title, f"title: Story {number} of {chance.random()}")


def _holds(store: Store) -> dict[str, str | None]:
    """Everything that lies in a store, by the hash of its bytes."""
    return {one.key: store.head(one.key).sha256 for one in store.list("")}


def play_bucket(room: Newsroom, server: Seaweed, *, rounds: int) -> tuple[int, int]:
    """Publish to a real bucket through a proxy that spoils real HTTP.

    Returns how many publishes ended right, and how many faults were made.
    """
    chance, right, failed = random.Random(6), 0, 0  # noqa: S311  (to be repeated)
    settings = S3Settings(
        bucket=server.make_bucket(versioned=True),
        endpoint=server.endpoint,
        region="us-east-1",
        addressing="path",
        attempts=1,
    )
    truth = S3Store(settings)
    with spoiling(server.endpoint) as proxy:
        proxy.hang = 0.1
        store = patient(S3Store(replace(settings, endpoint=proxy.endpoint)), seed=6)
        proxy.at_rate(RATE)
        for turn in range(rounds):
            _edit(room, turn, chance)
            failed += _insisting(room, store, {})
            now = truth.get(CURRENT_KEY).date
            found = guids(truth, now)
            whole = not broken(truth, now) and len(set(found)) == len(found)
            right += whole and read_live(truth, {}).number == turn + 1
    assert not failed
    return right, proxy.met.total()


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Most rounds over memory, some over a folder, and a few over real HTTP."""
    for kind, share in (("memory", rounds - rounds // 4), ("folder", rounds // 4)):
        with tempfile.TemporaryDirectory(prefix="peru-media-") as name:
            folder = Path(name)
            with Newsroom.opened(folder) as room:
                behind: Store = (
                    MemoryStore(clock=room.clock)
                    if kind == "memory"
                    else FolderStore(folder / "store", clock=room.clock)
                )
                tally = play(room, behind, rounds=share, seed=6)
        say(f"{kind}: publishes at {RATE:.0%} of every fault {share}, {tally}")
        assert tally.right == share
        assert tally.left == 0
    share = rounds // 10
    with tempfile.TemporaryDirectory(prefix="peru-media-") as name:
        folder = Path(name)
        with (
            seaweed(folder / "weed") as server,
            pytest.MonkeyPatch.context() as patch,
            Newsroom.opened(folder) as room,
        ):
            for variable, value in server.environment().items():
                patch.setenv(variable, value)
            right, met = play_bucket(room, server, rounds=share)
    say(
        f"SeaweedFS: publishes at {RATE:.0%} of every fault of HTTP {share}, "
        f"right end states {right}, faults met {met}"
    )
    assert right == share
