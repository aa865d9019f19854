"""Collections that are killed by SIGKILL, and that stop anywhere in a real bucket."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from peru_media.ports import Fetched, Meta, Store
from peru_media.publishing import collecting
from peru_media.publishing.collecting import collect, gather
from peru_media.publishing.live import read_live
from peru_media.publishing.reach import reach
from peru_media.storage.folder import FolderStore
from peru_media.storage.s3 import S3Settings, S3Store
from peru_media.wiring import SystemClock
from tests.clocks import SetClock
from tests.killing import Commands, When, commands
from tests.newsroom import Newsroom
from tests.onlooker import broken
from tests.seaweed import Seaweed, seaweed
from tests.stores import Stopped
from tests.torture.collection import Interrupted, missing, points

__all__ = ["ROUNDS", "Killed", "aged", "play", "run"]

ROUNDS = 24
STORY = "episodes/story-1/episode.md"
STORE = ".peru-media/store"
RELEASES = 12
LONG = timedelta(days=90)
GRACE = timedelta(seconds=2)  # the dates of a bucket are whole seconds


@dataclass(slots=True)
class Killed:
    """What came of the kills.

    Attributes:
        kills: how many. left: after which a feed or page was broken. wrong: whose next
        collection did not end right.
    """

    kills: int = 0
    left: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        return (
            f"SIGKILLs of a collection {self.kills}, broken sites left {self.left}, "
            f"next runs that ended wrong {self.wrong}"
        )


@contextmanager
def aged(folder: Path) -> Iterator[Path]:
    """A project with more releases in its folder than are kept, all of them old."""
    with Newsroom.opened(folder) as room:
        room.clock = SetClock(datetime.now(UTC) - LONG)
        room.store = FolderStore(room.root / STORE, clock=room.clock)
        for number in range(1, RELEASES + 1):
            _say(room, f"Take {number}")
            room.publish()
            room.clock.advance(timedelta(days=3))
        yield room.root


def _say(room: Newsroom, title: str) -> None:
    page = room.root / STORY
    lines = page.read_text().splitlines(keepends=True)
    named = [f"title: {title}\n" if "title:" in one else one for one in lines]
    page.write_text("".join(named))


def play(project: Path, driver: Commands, at: Sequence[tuple[int, When]]) -> Killed:
    """Kill a collection at these points, each time from the same beginning."""
    result, kept = Killed(), project.with_name("kept")
    shutil.copytree(project / STORE, kept)
    store = FolderStore(project / STORE, clock=SystemClock())
    words = ("collect", "--yes", "--project", str(project))
    for number, when in at:
        shutil.rmtree(project / STORE)
        shutil.copytree(kept, project / STORE)
        ended = driver.run(*words, at=number, when=when)
        assert ended.killed, ended.said
        result.kills += 1
        result.left += bool(missing(store) or broken(store, datetime.now(UTC)))
        again = driver.run(*words)
        assert not again.code, again.said
        result.wrong += not _is_right(store)
    return result


def _is_right(store: Store) -> bool:
    """Whether ten releases are left, whole, and no list."""
    live = read_live(store, {})
    assert live.current is not None
    roots = [*store.list("releases/")]
    return not (live.current.erasing or missing(store)) and len(roots) == 10


def _calls(project: Path, driver: Commands) -> int:
    """How many calls a collection takes where the computer remembers what is live."""
    return [_counted(project, driver) for _ in range(2)][-1]


def _counted(project: Path, driver: Commands) -> int:
    aside = project.with_name("aside")
    shutil.copytree(project / STORE, aside)
    ended = driver.run("collect", "--yes", "--project", str(project))
    assert not ended.code, ended.said
    shutil.rmtree(project / STORE)
    shutil.move(aside, project / STORE)
    return len(ended.calls)


def _buckets(server: Seaweed, source: Store, count: int) -> list[Store]:
    """As many places in a bucket with versions, each with the same site in it."""
    bucket = server.make_bucket(versioned=True)
    found: list[Store] = []
    for number in range(count):
        store = S3Store(
            S3Settings(
                bucket=bucket,
                prefix=f"site-{number}",
                endpoint=server.endpoint,
                region="us-east-1",
                addressing="path",
            )
        )
        for one in source.list(""):
            fetched = source.get(one.key)
            assert isinstance(fetched, Fetched)
            store.put(one.key, fetched.body, meta=Meta(media_type="text/plain"))
        found.append(store)
    time.sleep(GRACE.total_seconds() + 1.1)
    return found


def _stopped(room: Newsroom, store: Store, number: int, when: When) -> int:
    """Stop a collection in a bucket; whole then, and done by the next."""
    cut = Interrupted(store, at=number, when=when)
    with contextlib.suppress(Stopped):
        _collect(room, cut)
    assert not cut.holes, (number, when)
    assert not missing(store), (number, when)
    _collect(room, store)
    assert not missing(store), (number, when)
    live = read_live(store, {})
    left = {one.key for one in store.list("", former=True)}
    assert len([key for key in left if key.startswith("releases/")]) == 10
    assert left >= reach(live)
    return 1


def _collect(room: Newsroom, store: Store) -> None:
    desk = room.desk(store, cache={}, workers=4)
    found = gather(desk)
    assert found is not None
    collect(desk, found)


def _at_bucket(
    folder: Path, project: Path, say: Callable[[str], None], *, rounds: int
) -> None:
    source = FolderStore(project / STORE, clock=SystemClock())
    with (
        seaweed(folder / "weed") as server,
        pytest.MonkeyPatch.context() as patch,
        Newsroom.opened(folder / "room") as room,
    ):
        for name, value in server.environment().items():
            patch.setenv(name, value)
        patch.setattr(collecting, "GRACE", GRACE)
        first, *stores = _buckets(server, source, rounds + 1)
        counted = Interrupted(first, at=0, when="before")
        _collect(room, counted)
        every = list(points(len(counted.calls)))
        some = every[:: max(1, len(every) // rounds)][:rounds]
        done = sum(
            _stopped(room, store, *point)
            for store, point in zip(stores, some, strict=True)
        )
    say(f"SeaweedFS with versions: collections cut off {done}, missing objects 0")


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Some points of the real command over a folder, then some over a bucket."""
    with tempfile.TemporaryDirectory(prefix="peru-media-torture-") as name:
        folder = Path(name)
        with (
            aged(folder / "aged") as project,
            commands(folder / "commands") as driver,
        ):
            every = list(points(_calls(project, driver)))
            killed = play(project, driver, every[:: max(1, len(every) // rounds)])
            say(f"folder: {killed}")
            assert not killed.left + killed.wrong
            _at_bucket(folder, project, say, rounds=rounds // 2)
