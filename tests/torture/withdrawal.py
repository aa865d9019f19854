"""Withdrawals that are cut off everywhere, and publishes that run into one."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from peru_media.errors import ConflictError
from peru_media.model.receipt import Receipt
from peru_media.ports import Clock, Store
from peru_media.publishing.publishing import publish
from peru_media.publishing.withdrawing.foreseeing import foresee
from peru_media.publishing.withdrawing.story import Withdrawn, withdraw
from tests.leaving import (
    FOLDER,
    SLUG,
    Leaving,
    Template,
    found_in,
    objects_in,
    template,
)
from tests.onlooker import broken
from tests.projects import tone
from tests.stores import Stopped, Wrapped

__all__ = ["ROUNDS", "Cuts", "Meetings", "calls", "cut_off", "meet", "run"]

ROUNDS = 1_000  # points at most; there are fewer
When = Literal["before", "after"]


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Cut off everywhere, and meet everywhere."""
    with tempfile.TemporaryDirectory(prefix="peru-media-torture-") as name:
        folder = Path(name)
        with template(folder / "made") as made:
            whens: tuple[When, ...] = ("before", "after")
            last = calls(made, folder)
            points = [(at, when) for at in range(1, last + 1) for when in whens]
            cuts = cut_off(made, folder, points[:rounds])
            say(str(cuts))
            meetings = [(at, killed) for at in range(1, 61) for killed in (False, True)]
            met = meet(made, folder, meetings[:rounds])
            say(str(met))
    assert (cuts.faults, met.left) == (0, 0)
    assert cuts.points >= min(rounds, 100)
    assert met.points >= min(rounds, 20)


@dataclass(slots=True)
class Cuts:
    """What came of withdrawals that were cut off.

    Attributes:
        points: where they were. back: cuts after which a publish of the old files was
        not refused. left: words of theirs after the second run. other: receipts that
        say something else than one of a run that was not cut off. broken: public
        paths that led nowhere after a cut, or at any time of a run without one.
    """

    points: int = 0
    back: int = 0
    left: int = 0
    other: int = 0
    broken: int = 0

    def __str__(self) -> str:
        return (
            f"withdrawals cut off {self.points}, brought back afterwards {self.back}, "
            f"words left after the next run {self.left}, other receipts {self.other}, "
            f"paths that led nowhere at any time {self.broken}"
        )

    @property
    def faults(self) -> int:
        return self.back + self.left + self.other + self.broken


@dataclass(slots=True)
class Meetings:
    """What came of publishes during which their episode was withdrawn.

    Attributes:
        points: where. left: runs after which words of theirs were in the store.
        killed: publishes that were killed right then, too.
    """

    points: int = 0
    left: int = 0
    killed: int = 0

    def __str__(self) -> str:
        return (
            f"publishes that met a withdrawal {self.points}, of them killed "
            f"{self.killed}, after which anything of it was left {self.left}"
        )


def cut_off(made: Template, folder: Path, points: list[tuple[int, When]]) -> Cuts:
    """Cut a withdrawal off before or after these calls, and let the next one go on."""
    cuts = Cuts(broken=_seen_broken(made.copied(folder / "watched")))
    whole = _withdrawn(made.copied(folder / "whole"))
    for at, when in points:
        leaving = made.copied(folder / f"cut-{at}-{when}")
        store = leaving.room.store
        try:
            _withdraw(leaving, _Plug(at, when))
        except Stopped:
            cuts.points += 1
        written = (leaving.room.root / "feeds/withdrawn.yaml").exists()
        touched = objects_in(store).keys() != objects_in(made.room.store).keys()
        cuts.broken += len(broken(store, leaving.room.clock.now()))
        cuts.back += touched and not written
        again = _receipt_of(leaving)
        cuts.left += len(found_in(objects_in(store)))
        cuts.other += _plain(again) != _plain(whole)
        shutil.rmtree(leaving.room.root)
    return cuts


def calls(made: Template, folder: Path) -> int:
    """How many calls of the store and of the project's books a withdrawal makes."""
    plug = _Plug(1_000_000, "before")
    _withdraw(made.copied(folder / "counted"), plug)
    return plug.made


def meet(made: Template, folder: Path, points: list[tuple[int, bool]]) -> Meetings:
    """Withdraw an episode at these calls of a publish of it; some are killed then."""
    met = Meetings()
    for at, killed in points:
        leaving = made.copied(folder / f"met-{at}-{killed}")
        colleague = made.copied(folder / f"colleague-{at}-{killed}").room
        (colleague.root / FOLDER / "audio.mp3").write_bytes(tone(1500))
        store = leaving.room.store
        prepared = colleague.prepare(store)
        busy = Meanwhile(store, at, leaving.withdraw, killed=killed)
        try:
            publish(prepared, colleague.desk(busy), look=False)
        except ConflictError:
            pass
        except Stopped:
            met.killed += 1
            shutil.rmtree(colleague.root / FOLDER)
            colleague.edit("episodes/story-1/episode.md", f"related: {SLUG}\n", "")
            colleague.publish(store)
        met.points += busy.met
        met.left += busy.met and bool(found_in(objects_in(store)))
        shutil.rmtree(leaving.room.root)
        shutil.rmtree(colleague.root)
    return met


class Meanwhile(Wrapped):
    """A store in which something happens before one call of somebody else."""

    def __init__(
        self, store: Store, at: int, act: Callable[[], object], *, killed: bool
    ) -> None:
        super().__init__(store)
        self._at, self._act, self._killed, self._made = at, act, killed, 0
        self.met = False

    def _before(self, verb: str, key: str) -> None:
        self._made += 1
        if self._made == self._at:
            self.met = True
            self._act()
        if self._made == self._at + 1 and self._killed:
            raise Stopped(verb, key)


@dataclass(slots=True)
class _Plug:
    """Pulled before or after one call, of whatever kind; then nothing works."""

    at: int
    when: When
    made: int = 0

    def before(self, *what: str) -> None:
        self.made += 1
        if self.made > self.at or (self.made == self.at and self.when == "before"):
            raise Stopped(*what)

    def after(self, *what: str) -> None:
        if self.made >= self.at:
            raise Stopped(*what)


class _PluggedStore(Wrapped):
    def __init__(self, store: Store, plug: _Plug) -> None:
        super().__init__(store)
        self._plug = plug

    def _before(self, verb: str, key: str) -> None:
        self._plug.before(verb, key)

    def _after(self, verb: str, key: str) -> None:
        self._plug.after(verb, key)


class _Watched(Wrapped):
    """A store that a subscriber looks at after every change."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store)
        self._inside, self._clock, self.seen = store, clock, 0

    def _after(self, verb: str, key: str) -> None:
        del key
        if verb in {"put", "delete"}:
            self.seen += len(broken(self._inside, self._clock.now()))


def _seen_broken(leaving: Leaving) -> int:
    """How many paths led nowhere at any time of a withdrawal."""
    watched = _Watched(leaving.room.store, leaving.room.clock)
    leaving.stores = {"local": watched}
    leaving.withdraw()
    return watched.seen


class _PluggedBooks:
    """The books of a project, each call of which may be the last."""

    def __init__(self, books: object, plug: _Plug) -> None:
        self._books, self._plug = books, plug

    def __getattr__(self, name: str) -> Any:
        def call(*given: object) -> object:
            self._plug.before(name)
            answer = getattr(self._books, name)(*given)
            self._plug.after(name)
            return answer

        return call


def _withdraw(leaving: Leaving, plug: _Plug) -> Withdrawn:
    leaving.stores = {"local": _PluggedStore(leaving.room.store, plug)}
    desk = leaving.desk()
    books: Any = _PluggedBooks(desk.books, plug)
    plugged = replace(desk, books=books)
    return withdraw(foresee(leaving.order(), plugged), plugged)


def _receipt_of(leaving: Leaving) -> Receipt:
    """The receipt that the next run gives; or that of this one, if it was through."""
    leaving.stores = {}
    if leaving.foresee().nothing:
        (path,) = (leaving.room.root / "build/withdrawals").glob("*.json")
        return Receipt.from_bytes(path.read_bytes())
    return _withdrawn(leaving)


def _withdrawn(leaving: Leaving) -> Receipt:
    leaving.stores = {}
    done = leaving.withdraw()
    assert done.proven
    assert done.receipt is not None
    return done.receipt


def _plain(receipt: Receipt) -> Receipt:
    """A receipt apart from when it was finished, and what that changes."""
    return receipt.model_copy(update={"finished": receipt.ordered, "signature": None})
