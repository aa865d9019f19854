"""A small project of real files, with everything that publishing it takes."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from peru_media.fetching import WebFetcher
from peru_media.media.maker import Maker
from peru_media.model.release import CURRENT_KEY, Current, Root, version_at
from peru_media.planning import Plan
from peru_media.ports import Store
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import read_live, unpack
from peru_media.publishing.publishing import Prepared, Published, prepare, publish
from peru_media.reading import read_site
from peru_media.storage.memory import MemoryStore
from peru_media.wiring import Quiet
from tests.clocks import SetClock
from tests.projects import write, write_project

NOWHERE = "http://127.0.0.1:9"


@cache
def made_copies() -> dict[str, bytes]:
    """What publishing two stories makes, by its name; made for real, and once."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        with Newsroom.opened(root, made=False) as room:
            room.publish()
        return {path.name: path.read_bytes() for path in (root / "copies").iterdir()}


@dataclass(slots=True)
class Newsroom:
    """One project, one store, one clock; the media are read and made for real."""

    root: Path
    maker: Maker
    clock: SetClock = field(default_factory=SetClock)
    cache: MutableMapping[str, bytes] = field(default_factory=dict)
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = MemoryStore(clock=self.clock)

    @classmethod
    @contextmanager
    def opened(
        cls, root: Path, *, episodes: int = 2, made: bool = True
    ) -> Iterator[Self]:
        """A new project; what publishing it makes is there, unless ``made`` is off."""
        project = root / "project"
        write_project(project, episodes=episodes, base_url=NOWHERE)
        if made:
            write(root / "copies", made_copies())
        with Maker(cache={}, copies=root / "copies", workers=1) as maker:
            yield cls(project, maker)

    def desk(self, store: Store | None = None, **change: object) -> Desk:
        desk = Desk(
            root=self.root,
            target="local",
            base_url=NOWHERE,
            here=True,
            by="jo",
            store=store or self.store,
            maker=self.maker,
            cache=self.cache,
            clock=self.clock,
            progress=Quiet(),
            fetcher=WebFetcher(allowed=frozenset({NOWHERE})),
            workers=1,
        )
        return replace(desk, **change)  # type: ignore[arg-type]  # fields by name

    def prepare(
        self,
        store: Store | None = None,
        *,
        saved: Plan | None = None,
        max_delete: int | None = None,
        rehearsal: bool = False,
        **change: object,
    ) -> Prepared:
        site, problems = read_site(self.root)
        return prepare(
            site,
            self.desk(store, **change),
            read=problems,
            saved=saved,
            max_delete=max_delete,
            rehearsal=rehearsal,
        )

    def publish(self, store: Store | None = None, **change: object) -> Published:
        desk = self.desk(store, **change)
        site, problems = read_site(self.root)
        return publish(prepare(site, desk, read=problems), desk)

    def write(self, **files: str) -> None:
        write(self.root, files)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text()
        assert old in text, f"{name} has no {old!r}"
        path.write_text(text.replace(old, new))

    def root_of(self, store: Store | None = None) -> Root:
        live = read_live(store or self.store, {})
        assert live.root is not None
        return live.root

    def feed(self) -> bytes:
        """The feed as a subscriber gets it now."""
        return self.feed_of(self.store)

    def feed_of(self, store: Store) -> bytes:
        """The feed that lies in some store."""
        table = read_live(store, {}).tables()["stories"]
        version = version_at(table["/stories/feed.xml"], self.clock.now())
        assert version is not None
        return unpack(store, str(version.key))

    def current(self) -> Current:
        fetched = self.store.get(CURRENT_KEY)
        return Current.from_bytes(fetched.body)  # type: ignore[union-attr]  # no etag was given
