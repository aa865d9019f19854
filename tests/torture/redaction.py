"""Redactions that are cut off at any call of the store, and words in odd spellings."""

import contextlib
import random
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from peru_media.model.wording import Wording, stands_in, taken_out
from peru_media.ports import Fetched, Meta, Store
from peru_media.publishing.live import read_live
from peru_media.publishing.reach import reach
from peru_media.publishing.redacting import redact
from peru_media.storage.memory import MemoryStore
from tests.newsroom import Newsroom
from tests.redacting import canary_project, edited, holding
from tests.stores import CountingStore, Stopped, StoppingStore

__all__ = ["ROUNDS", "Told", "run", "spelt", "stopped"]

ROUNDS = 20_000
_LETTERS = "abcdefghijklmnoprstuvwyzáéîöüßçñłøŵŷ"
_BETWEEN = (
    " ",
    "  ",
    "\n",
    "-",
    "_",
    "\u00a0",
    "\u200b ",
    " **",
    "\u00ad",
    ". ",
    " \u2013 ",
)
_WITHIN = ("", "", "", "\u00ad", "\u200b", "\u0301", "*")
_HALF = 0.5
When = Literal["before", "after"]


@dataclass(slots=True)
class Told:
    """A site that said something which is to be forgotten."""

    room: Newsroom
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        canary_project(self.room)
        self.room.publish()
        self.store = self.room.store

    def again(self) -> Store:
        """Another store that holds the same."""
        store = MemoryStore(clock=self.room.clock)
        for one in self.store.list(""):
            fetched = self.store.get(one.key)
            assert isinstance(fetched, Fetched)
            meta = Meta(media_type=fetched.stored.media_type)
            store.put(one.key, fetched.body, meta=meta)
        return store

    def redact(self, store: Store) -> None:
        """Redact it, on a computer that remembers nothing."""
        desk = self.room.desk(store, cache={})
        redact(edited(self.room, desk), desk, wait=lambda: None)


def stopped(told: Told, at: int, when: When) -> int:
    """Cut a redaction off; the same command ends with nothing left of the words."""
    store = told.again()
    with contextlib.suppress(Stopped):
        told.redact(StoppingStore(store, at, when))
    live = read_live(store, {})
    assert reach(live) <= {one.key for one in store.list("")}, (at, when)
    told.redact(store)
    assert holding(store) == set(), (at, when)
    return 1


def spelt(chance: random.Random) -> None:
    """Hide a name in a text in some spelling; it is found, taken out, and gone."""
    names = [_word(chance, 4), _word(chance, 3)]
    wording = Wording(" ".join(names), "[...]")
    name = chance.choice(_BETWEEN).join(_odd(chance, one) for one in names)
    text = f"{_word(chance, 6)} {name}, {_word(chance, 5)}"
    assert stands_in(text, [wording]), (wording, text)
    left = taken_out(text, [wording])
    assert not stands_in(left, [wording]), (wording, text, left)


def run(say: Callable[[str], None], *, rounds: int = ROUNDS) -> None:
    """Try every spelling, then every third call of the store, before and after it.

    Raises:
        AssertionError: something was found, or broken.
    """
    chance = random.Random(6)  # noqa: S311  # no secret
    for _ in range(rounds):
        spelt(chance)
    say(f"names hidden in odd spellings: {rounds}, left standing: 0")
    with tempfile.TemporaryDirectory() as folder, Newsroom.opened(Path(folder)) as room:
        told = Told(room)
        counted = CountingStore(told.again())
        told.redact(counted)
        calls = len(counted.calls)
        done = sum(stopped(told, at, when) for at, when in _points(calls))
    say(f"redactions of {calls} calls cut off: {done}, words left in a store: 0")


def _points(calls: int) -> Iterator[tuple[int, When]]:
    for at in range(1, calls + 1, 3):
        yield at, "before"
        yield at, "after"


def _word(chance: random.Random, least: int) -> str:
    return "".join(chance.choices(_LETTERS, k=chance.randint(least, least + 4)))


def _odd(chance: random.Random, word: str) -> str:
    """The word in another spelling that people read as the same."""
    cased = chance.choice((word, word.upper(), word.title()))
    signs = cased if chance.random() < _HALF else unicodedata.normalize("NFD", cased)
    letters = [sign + chance.choice(_WITHIN) for sign in signs[:-1]]
    return "".join([*letters, signs[-1]])
