"""Withdrawals that are killed by SIGKILL, by the real command line, over a folder."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock
from tests.killing import Commands, When, commands
from tests.leaving import files_below, found_in, write_leaver
from tests.onlooker import broken
from tests.projects import write_project

__all__ = ["ROUNDS", "Kills", "kill", "run"]

ROUNDS = 20  # kills, spread over all calls of the store
WITHDRAW = ("withdraw", "--contributor", "c-017", "--confirm", "c-017", "--project")
_STORE = ".peru-media/store"


@dataclass(slots=True)
class Kills:
    """What came of the kills.

    Attributes:
        points: kills. broken: kills after which an address led nowhere. wrong: next
        runs that did not end well. left: files of the store, and of what this machine
        made, that still hold a word of theirs afterwards.
    """

    points: int = 0
    broken: int = 0
    wrong: int = 0
    left: int = 0

    def __str__(self) -> str:
        return (
            f"SIGKILLs of a withdrawal {self.points}, addresses broken {self.broken}, "
            f"next runs that ended wrong {self.wrong}, files with a word of theirs "
            f"left {self.left}"
        )

    @property
    def faults(self) -> int:
        return self.broken + self.wrong + self.left


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Kill a withdrawal at points spread over all its calls."""
    with tempfile.TemporaryDirectory(prefix="peru-media-torture-") as name:
        folder = Path(name)
        kept = folder / "kept"
        write_project(kept, episodes=1)
        write_leaver(kept)
        with commands(folder / "commands") as driver:
            done = driver.run("publish", "--yes", "--project", str(kept))
            assert not done.code, done.said
            kills = kill(
                driver, kept, folder / "project", _points(driver, kept, rounds)
            )
    say(str(kills))
    assert kills.faults == 0
    assert kills.points >= min(rounds, 15)


def _points(driver: Commands, kept: Path, rounds: int) -> list[tuple[int, When]]:
    """Before and after calls, evenly spread over a withdrawal."""
    counted = kept.with_name("counted")
    shutil.copytree(kept, counted)
    done = driver.run(*WITHDRAW, str(counted), swift=True)
    assert not done.code, done.said
    last = len(done.calls)
    whens: tuple[When, ...] = ("before", "after")
    every = [(at, when) for at in range(1, last + 1) for when in whens]
    return every[:: max(1, len(every) // rounds)]


def kill(
    driver: Commands, kept: Path, project: Path, points: Sequence[tuple[int, When]]
) -> Kills:
    """Kill a withdrawal at these points, and let the next one go on."""
    kills = Kills()
    for at, when in points:
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(kept, project)
        store = FolderStore(project / _STORE, clock=SystemClock())
        first = driver.run(*WITHDRAW, str(project), at=at, when=when, swift=True)
        kills.points += first.killed
        kills.broken += bool(broken(store, datetime.now(UTC)))
        again = driver.run(*WITHDRAW, str(project), swift=True)
        papers = [*(project / "build/withdrawals").glob("*.json")]
        kills.wrong += bool(again.code) or len(papers) != 1
        kills.left += len(found_in(files_below(project / ".peru-media")))
    return kills
