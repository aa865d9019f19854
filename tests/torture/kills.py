"""Publishes that are killed before and after every call of the store."""

import random
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peru_media.ports import Store
from peru_media.publishing.live import read_live
from peru_media.storage.folder import FolderStore
from peru_media.storage.s3 import S3Settings, S3Store
from peru_media.wiring import SystemClock
from tests.killing import Commands, When, commands
from tests.onlooker import Onlooker, broken, guids
from tests.projects import episode_files, write, write_project
from tests.seaweed import Seaweed, seaweed

__all__ = ["ROUNDS", "Place", "Tally", "all_points", "at_folder", "play", "run"]

ROUNDS = 24  # points over the bucket, which is slower; over the folder it is all
STORY = "episodes/story-1/episode.md"
PUBLISH = ("publish", "--yes", "--project")
GUIDS = {f"guid-of-story-{number}" for number in (1, 2, 3)}
_STORE = ".peru-media/store"


@dataclass(slots=True)
class Tally:
    """What came of the kills.

    Attributes:
        points: kills. left: kills after which something was broken. seen: polls that
        saw something broken. wrong: next runs that did not end right. again: media
        that were finished and sent again.
    """

    points: int = 0
    polls: int = 0
    left: int = 0
    seen: int = 0
    wrong: int = 0
    again: int = 0

    def __str__(self) -> str:
        return (
            f"SIGKILLs of a publish {self.points}, broken feeds left {self.left}, "
            f"polls {self.polls}, seen broken {self.seen}, next runs that ended "
            f"wrong {self.wrong}, finished media sent again {self.again}"
        )

    @property
    def faults(self) -> int:
        return self.left + self.seen + self.wrong + self.again


@dataclass(slots=True, kw_only=True)
class Place:
    """A project with a live release, whose next one is to be published.

    Attributes:
        store: as an onlooker sees it. kept: the project as it was. restore: makes the
        store again what it was.
    """

    project: Path
    store: Store
    kept: Path
    commands: Commands
    restore: Callable[[], None]

    def begin(self) -> None:
        """Publish for the first time, and write what the second release is made of.

        Its media are made already, so that each kill takes no longer than it must.
        """
        self.publish()
        page = self.project / STORY
        page.write_text(page.read_text().replace("title: Story 1", "title: Changed"))
        write(self.project, episode_files(3))
        planned = self.commands.run("plan", "--project", str(self.project))
        assert not planned.code, planned.said
        shutil.copytree(self.project, self.kept)

    def again(self) -> None:
        """Make everything what it was before the second publish."""
        shutil.rmtree(self.project)
        shutil.copytree(self.kept, self.project)
        self.restore()

    def publish(self, *, at: int = 0, when: When = "before") -> "Sequence[str]":
        """Publish; killed, or to the end: what was put then."""
        ended = self.commands.run(*PUBLISH, str(self.project), at=at, when=when)
        assert ended.killed if at else not ended.code, ended.said
        return ended.keys("put")

    def media(self) -> set[str]:
        """What of media lies in the store, finished."""
        return {
            one.key for place in ("public/", "held/") for one in self.store.list(place)
        }

    def is_right(self) -> bool:
        """Whether the second release is live, whole, with every story once."""
        now = datetime.now(UTC)
        return (
            sorted(guids(self.store, now)) == sorted(GUIDS)
            and read_live(self.store, {}).number == 2
            and not broken(self.store, now)
        )


@dataclass(slots=True)
class _Watch:
    """A podcast app that looks every ten milliseconds."""

    store: Store
    polls: int = 0
    seen: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        app = Onlooker(self.store)
        while not self._over.wait(0.01):
            self.seen += app.look(datetime.now(UTC))
            self.polls += 1

    @contextmanager
    def watching(self) -> Iterator[None]:
        thread = threading.Thread(target=self.watch)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()


def play(place: Place, points: Sequence[tuple[int, When]]) -> Tally:
    """Kill the second publish at these points, each time from the same beginning."""
    tally = Tally()
    for at, when in points:
        place.again()
        onlooker = _Watch(place.store)
        with onlooker.watching():
            place.publish(at=at, when=when)
            tally.left += bool(broken(place.store, datetime.now(UTC)))
            finished = place.media()
            sent = place.publish()
        tally.points += 1
        tally.polls += onlooker.polls
        tally.seen += len(onlooker.seen)
        tally.wrong += not place.is_right()
        tally.again += len(finished.intersection(sent))
    return tally


def all_points(place: Place) -> list[tuple[int, When]]:
    """Before and after every call of the second publish."""
    place.again()
    ended = place.commands.run(*PUBLISH, str(place.project))
    assert not ended.code, ended.said
    numbers = range(1, len(ended.calls) + 1)
    return [(at, when) for at in numbers for when in ("before", "after")]


@contextmanager
def at_folder(folder: Path) -> Iterator[Place]:
    """A project that is published to a folder of its own."""
    project, kept = folder / "project", folder / "kept"
    write_project(project)
    with commands(folder / "commands") as driver:
        place = Place(
            project=project,
            store=FolderStore(project / _STORE, clock=SystemClock()),
            kept=kept,
            commands=driver,
            restore=lambda: None,
        )
        place.begin()
        yield place


@contextmanager
def at_bucket(folder: Path, server: Seaweed) -> Iterator[Place]:
    """A project that is published to a real bucket, with versions."""
    project, kept = folder / "project", folder / "kept"
    bucket = server.make_bucket(versioned=True)
    write_project(project)
    site = project / "feeds/site.yaml"
    named = f"s3://{bucket}/site\n    endpoint: {server.endpoint}"
    site.write_text(site.read_text().replace(_STORE, named))
    with (
        _environment(server),
        commands(folder / "commands", server.environment()) as driver,
    ):
        place = Place(
            project=project,
            store=_bucket(server, bucket),
            kept=kept,
            commands=driver,
            restore=lambda: _restore(server, bucket),
        )
        place.begin()
        _copy(server, bucket, "site/", "kept/")
        yield place


@contextmanager
def _environment(server: Seaweed) -> Iterator[None]:
    """Let this very process find the server, too."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment().items():
            patch.setenv(name, value)
        yield


def _bucket(server: Seaweed, bucket: str) -> S3Store:
    return S3Store(
        S3Settings(
            bucket=bucket,
            prefix="site",
            endpoint=server.endpoint,
            region="us-east-1",
            addressing="path",
        )
    )


def _restore(server: Seaweed, bucket: str) -> None:
    client = server.client()
    for one in client.list_objects_v2(Bucket=bucket, Prefix="site/").get(
        "Contents", []
    ):
        client.delete_object(Bucket=bucket, Key=one["Key"])
    _copy(server, bucket, "kept/", "site/")


def _copy(server: Seaweed, bucket: str, source: str, target: str) -> None:
    client = server.client()
    for one in client.list_objects_v2(Bucket=bucket, Prefix=source).get("Contents", []):
        key = target + one["Key"].removeprefix(source)
        where = {"Bucket": bucket, "Key": one["Key"]}
        client.copy_object(Bucket=bucket, Key=key, CopySource=where)  # type: ignore[arg-type]  # a plain dict is one


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Every point over a folder, then some over a bucket with versions."""
    chance = random.Random(6)  # noqa: S311  (to be repeated)
    with tempfile.TemporaryDirectory(prefix="peru-media-") as name:
        folder = Path(name)
        with at_folder(folder / "folder") as place:
            points = all_points(place)
            tally = play(place, points)
            say(f"folder: {tally}")
            assert not tally.faults
        with (
            seaweed(folder / "weed") as server,
            at_bucket(folder / "bucket", server) as place,
        ):
            points = all_points(place)
            some = sorted(chance.sample(points, min(len(points), rounds)))
            tally = play(place, some)
            say(f"SeaweedFS with versions: {tally}")
            assert not tally.faults
