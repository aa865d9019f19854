from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

import pytest

from peru_media.reading.watching import changes
from tests.projects import write

PATIENCE = 30.0
QUIET = 0.3


class Watched:
    """A folder that is watched, and what is told of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._stop = Event()
        self._told: SimpleQueue[None] = SimpleQueue()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def told(self) -> None:
        """Wait until a change is told, and take all that are told with it."""
        self._told.get(timeout=PATIENCE)

    def silent(self, seconds: float = QUIET) -> bool:
        """Whether nothing is told for a while."""
        try:
            self._told.get(timeout=seconds)
        except Empty:
            return True
        return False

    def end(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        for change in changes(self.root, stop=self._stop):
            self._told.put(change)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    root = tmp_path_factory.mktemp("watched")
    write(root, {"feeds/site.yaml": "one", "episodes/one/episode.md": "one"})
    watch = Watched(root)
    watch.told()  # that it stands
    yield watch
    watch.end()


@pytest.fixture
def watched(standing: Watched) -> Watched:
    """The same, once all that went before is told."""
    while not standing.silent():
        pass
    return standing


@pytest.mark.parametrize(
    "name", ["feeds/site.yaml", "episodes/one/episode.md", "episodes/two/audio.mp3"]
)
def test_what_is_saved_is_told(watched: Watched, name: str) -> None:
    write(watched.root, {name: "two"})

    watched.told()


def test_what_is_moved_over_a_file_is_told(watched: Watched) -> None:
    draft = watched.root / "episodes/one/.episode.md.swp"
    draft.write_text("three")
    draft.replace(watched.root / "episodes/one/episode.md")

    watched.told()


def test_what_is_removed_is_told(watched: Watched) -> None:
    (watched.root / "feeds/site.yaml").unlink()

    watched.told()


def test_other_files_are_not_told(watched: Watched) -> None:
    others = (
        "README.md",
        ".peru-media/cache.sqlite",
        "episodes/one/.episode.md.swp",
        "episodes/one/episode.md~",
        "episodes/.git/index",
    )
    write(watched.root, dict.fromkeys(others, "two"))

    assert watched.silent()


def test_many_changes_at_once_are_told_as_few(watched: Watched) -> None:
    write(watched.root, {f"feeds/{number}.yaml": "a" for number in range(50)})

    watched.told()
    assert sum(not watched.silent() for _ in range(2)) < 49


def test_a_folder_that_appears_later_is_watched(tmp_path: Path) -> None:
    watch = Watched(tmp_path)
    (tmp_path / "feeds").mkdir()
    watch.told()
    (tmp_path / "episodes").mkdir()
    watch.told()
    while not watch.silent(2.0):  # until the watch stands anew
        pass

    write(tmp_path, {"episodes/a.md": "a"})

    watch.told()
    watch.end()
