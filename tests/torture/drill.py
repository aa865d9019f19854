"""The whole drill: somebody leaves a site of many episodes and releases."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from peru_media.media.maker import Maker
from peru_media.publishing.publishing import prepare, publish
from peru_media.reading import read_site
from peru_media.storage.folder import FolderStore
from tests.clocks import SetClock
from tests.leaving import Leaving, asking, files_below, found_in
from tests.newsroom import NOWHERE, Newsroom
from tests.seeded import edit_seeded, write_seeded

__all__ = ["ROUNDS", "Drilled", "drill", "run"]

ROUNDS = 50  # episodes
RELEASES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """What came of a drill.

    Attributes:
        named: files of the store that named them before. left: that do afterwards.
        asked: addresses. answering: of them, that were neither 410 nor 404.
        seconds: from the order to the receipt.
    """

    episodes: int
    releases: int
    named: int
    left: int
    asked: int
    answering: int
    proven: bool
    seconds: float

    def __str__(self) -> str:
        return (
            f"drill of {self.episodes} episodes over {self.releases} releases: "
            f"{self.named} files named them, {self.left} do; {self.asked} addresses, "
            f"{self.answering} still answer; {self.seconds:.1f} s"
        )


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Do the drill over a folder, looked at from outside by the real app."""
    with tempfile.TemporaryDirectory(prefix="peru-media-torture-") as name:
        drilled = drill(Path(name), episodes=rounds, releases=RELEASES)
    say(str(drilled))
    assert drilled.named > rounds
    assert (drilled.left, drilled.answering, drilled.proven) == (0, 0, True)
    assert drilled.seconds < 60


def drill(folder: Path, *, episodes: int, releases: int) -> Drilled:
    """Publish a seeded site again and again, then withdraw who leaves."""
    site = write_seeded(folder / "project", base_url=NOWHERE, episodes=episodes)
    clock = SetClock(datetime.now(UTC) + timedelta(hours=1))
    place = folder / "store"
    with Maker(cache={}, copies=folder / "copies", workers=2) as maker:
        room = Newsroom(site.root, maker, clock)
        room.store = FolderStore(place, clock=clock)
        for number in range(1, releases + 1):
            if number > 1:
                edit_seeded(site, number)
            _publish(room)
            clock.advance(timedelta(minutes=1))
        named = len(found_in(files_below(place)))
        began = time.monotonic()
        with asking(room.store, clock) as fetcher:
            leaving = Leaving(room, fetchers={"local": fetcher})
            done = leaving.withdraw()
    (gone,) = done.gone
    return Drilled(
        episodes=episodes,
        releases=releases,
        named=named,
        left=len(found_in(files_below(place))),
        asked=len(gone.asked),
        answering=sum(one.status not in {404, 410} for one in gone.asked),
        proven=done.proven,
        seconds=time.monotonic() - began,
    )


def _publish(room: Newsroom) -> None:
    site, problems = read_site(room.root)
    assert site is not None
    publish(prepare(site, room.desk(), read=problems), room.desk(), look=False)
