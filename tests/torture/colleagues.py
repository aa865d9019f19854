"""Twelve colleagues who publish at the same moment, again and again."""

import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from peru_media.errors import ConflictError
from peru_media.ports import Store
from peru_media.publishing.publishing import Prepared, publish
from peru_media.storage.folder import FolderStore
from tests import served
from tests.killing import Ended, commands
from tests.newsroom import Newsroom
from tests.onlooker import broken, guids
from tests.projects import episode_files, write, write_project
from tests.seaweed import Seaweed, seaweed

__all__ = ["COLLEAGUES", "ROUNDS", "Tally", "play", "run"]

ROUNDS = 40
COLLEAGUES = 12
_TOLD = (
    r"{who} published release {number} \(\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)\. "
    r"This one was made against {before}, so nothing was changed\. "
    r"Run make plan to see it against {number}\."
)


@dataclass(slots=True)
class Tally:
    """What came of the rounds.

    Attributes:
        count: of publishers. winners: how many there were, a round. untold: what
        losers heard who did not hear who was first, when, and what to do.
        lost: stories that are not in the feed, or more than once.
    """

    count: int = COLLEAGUES
    winners: list[int] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    stories: int = 0
    lost: int = 0

    def __str__(self) -> str:
        return (
            f"publishers {self.count}, rounds {len(self.winners)}, winners a round "
            f"{sorted(set(self.winners))}, losers who were not told by whom "
            f"{len(self.untold)}, stories {self.stories}, lost {self.lost}"
        )


@dataclass(slots=True)
class _Colleague:
    """One person with a copy of the project, who has a story to bring out."""

    room: Newsroom
    name: str
    story: int
    prepared: Prepared | None = None

    def prepare(self, store: Store) -> None:
        """Write the story, look at what is live, and be about to publish."""
        write(self.room.root, episode_files(self.story))
        self.prepared = self.room.prepare(store, by=self.name)

    def publish(self, store: Store, together: threading.Barrier) -> str:
        """Publish at the same moment as all others; nothing, or what was said."""
        assert self.prepared is not None
        desk = self.room.desk(store, by=self.name)
        together.wait()
        try:
            publish(self.prepared, desk)
        except ConflictError as conflict:
            return str(conflict)
        return ""


def play(
    room: Newsroom, stores: Callable[[], Store], *, rounds: int, count: int = COLLEAGUES
) -> Tally:
    """Let everybody publish at once, round after round; losers pull and try again."""
    tally, first = Tally(count), stores()
    room.publish(first)
    people = [_joined(room, number) for number in range(count)]
    with ThreadPoolExecutor(count) as pool:
        for number in range(rounds):
            said = _race(pool, people, stores)
            winners = [one for one in people if not said[one.name]]
            tally.winners.append(len(winners))
            tally.untold += _untold(said, winners[0].name, number + 2)
            for winner in winners:
                _pull(people, winner.story)
                winner.story += count
        tally.stories = 2 + rounds + count
    _publish_all(people, first)
    now = room.clock.now()
    assert not broken(first, now)
    found = guids(first, now)
    tally.lost = tally.stories - len(set(found)) + len(found) - len(set(found))
    return tally


def _joined(room: Newsroom, number: int) -> _Colleague:
    root = room.root.with_name(f"colleague-{number}")
    shutil.copytree(room.root, root)
    desk = Newsroom(root, room.maker, clock=room.clock)
    return _Colleague(desk, f"colleague {number}", story=100 + number)


def _race(
    pool: ThreadPoolExecutor,
    people: Sequence[_Colleague],
    stores: Callable[[], Store],
) -> dict[str, str]:
    """One round: everybody is about to publish, and then does; what each heard."""
    opened = [stores() for _ in people]
    for one, store in zip(people, opened, strict=True):
        one.prepare(store)
    together = threading.Barrier(len(people), timeout=60)
    said = pool.map(
        lambda pair: pair[0].publish(pair[1], together),
        zip(people, opened, strict=True),
    )
    return dict(zip((one.name for one in people), said, strict=True))


def _untold(said: dict[str, str], winner: str, number: int) -> list[str]:
    """What losers heard that is not the sentence they should hear."""
    told = _TOLD.format(who=winner, number=number, before=number - 1)
    return [
        text
        for name, text in said.items()
        if name != winner and not re.fullmatch(told, text)
    ]


def _pull(people: Sequence[_Colleague], story: int) -> None:
    """Have everybody's project hold a story that is out, as git would."""
    for one in people:
        write(one.room.root, episode_files(story))


def _publish_all(people: Sequence[_Colleague], store: Store) -> None:
    """At last everybody publishes, one after the other, and pulls before."""
    for one in people:
        _pull(people, one.story)
        one.room.publish(store, by=one.name)


def play_processes(
    folder: Path, server: Seaweed, *, count: int = COLLEAGUES
) -> list[int]:
    """Plan in as many projects, publish all plans at once to a bucket: the exits."""
    project = folder / "project"
    write_project(project)
    site = project / "feeds/site.yaml"
    bucket = f"s3://{server.make_bucket()}/site\n    endpoint: {server.endpoint}"
    site.write_text(site.read_text().replace(".peru-media/store", bucket))
    env = server.environment()
    roots = [folder / f"colleague-{number}" for number in range(count)]
    with commands(folder / "commands", env) as driver:
        for root in (project, *roots):
            if root != project:
                shutil.copytree(project, root)
                write(root, episode_files(100 + roots.index(root)))
                _done(
                    driver.run(
                        "plan", "--out", f"{root}/plan.json", "--project", f"{root}"
                    )
                )
            else:
                _done(driver.run("publish", "--yes", "--project", f"{root}"))
    with ThreadPoolExecutor(count) as pool:
        done = pool.map(
            lambda root: served.run(
                "publish", "plan.json", "--yes", cwd=root, env=env, check=False
            ),
            roots,
        )
        return [one.returncode for one in done]


def _done(ended: Ended) -> None:
    assert not ended.code, ended.said


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Most rounds over memory, some over a folder, one by processes over a bucket."""
    for kind, share in (("memory", rounds - rounds // 4), ("folder", rounds // 4)):
        with tempfile.TemporaryDirectory(prefix="peru-media-") as name:
            folder = Path(name)
            with Newsroom.opened(folder) as room:
                tally = play(room, _stores(kind, room, folder), rounds=share)
        say(f"{kind}: {tally}")
        assert tally.winners == [1] * share
        assert not tally.untold
        assert not tally.lost
    with (
        tempfile.TemporaryDirectory(prefix="peru-media-") as name,
        seaweed(Path(name) / "weed") as server,
    ):
        exits = play_processes(Path(name) / "projects", server)
    say(
        f"SeaweedFS: processes {len(exits)} with a plan each, "
        f"exit codes {sorted(exits)}"
    )
    assert sorted(exits) == [0] + [6] * (COLLEAGUES - 1)


def _stores(kind: str, room: Newsroom, folder: Path) -> Callable[[], Store]:
    """How each of them opens the store that they share."""
    if kind == "memory":
        return lambda: room.store
    return lambda: FolderStore(folder / "store", clock=room.clock)
