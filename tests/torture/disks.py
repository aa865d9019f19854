"""Publishes on a disk that is full, or in folders that may not be written."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from peru_media.publishing.live import read_live
from tests.killing import Ended
from tests.onlooker import broken
from tests.torture.kills import PUBLISH, Place, at_folder

__all__ = ["ROUNDS", "Tally", "play", "play_builds", "play_sealed", "run", "sizes"]

ROUNDS = 20
_SMALLEST, _LARGEST = 4096, 120_000  # bytes that a file may have
_NEXT = 2  # the release that is to come
_SEALED = {
    "store": (".peru-media/store",),
    "project": (".", ".peru-media", "episodes", "feeds"),
}


@dataclass(slots=True)
class Tally:
    """What came of the publishes.

    Attributes:
        codes: their exit codes. broken: after how many something was broken, or the
        next one did not end right. unsaid: what failed without a clear sentence.
    """

    codes: list[int] = field(default_factory=list)
    broken: int = 0
    unsaid: list[str] = field(default_factory=list)

    def note(self, place: Place, ended: Ended, *, codes: Sequence[int]) -> None:
        """Look at what a failed publish left and said; publish again, with room."""
        self.codes.append(ended.code)
        number = read_live(place.store, {}).number
        right = number == (1 if ended.code else _NEXT)
        self.broken += bool(broken(place.store, datetime.now(UTC))) or not right
        if ended.code and (ended.code not in codes or "bug" in ended.said):
            self.unsaid.append(f"{ended.code}: {ended.said}{_trace(place.project)}")

    def __str__(self) -> str:
        codes = {code: self.codes.count(code) for code in sorted({*self.codes})}
        return (
            f"{len(self.codes)} (exit codes {codes}), last good state lost "
            f"{self.broken}, without a clear sentence {len(self.unsaid)}"
        )


def _trace(project: Path) -> str:
    """Where it went wrong, if it was a bug."""
    path = project / ".peru-media/traceback.txt"
    return path.read_text()[-2000:] if path.exists() else ""


def sizes(count: int) -> list[int]:
    """So many sizes, from one that hardly any file has to one that nearly all have."""
    step = (_LARGEST / _SMALLEST) ** (1 / max(1, count - 1))
    return [round(_SMALLEST * step**number) for number in range(count)]


def play(place: Place, limits: Sequence[int]) -> Tally:
    """Publish where no file may become longer than that, and then where it may."""
    tally = Tally()
    for number, limit in enumerate(limits):
        place.again()
        if number % 2:  # copies are made anew, so that these are what has no room
            shutil.rmtree(place.project / ".peru-media/copies", ignore_errors=True)
        ended = place.commands.run(*PUBLISH, str(place.project), limit=limit)
        tally.note(place, ended, codes=(4, 5))
        place.publish()
        tally.broken += not place.is_right()
    return tally


def play_builds(place: Place, limits: Sequence[int]) -> str:
    """Build where no file may be longer than that: the earlier build stays whole."""
    out = place.project / "build"
    named = ("--out", str(out), "--project", str(place.project))
    build = ("build", "--clean", *named)
    place.again()
    assert place.commands.run(*build).code == 0
    before, codes = _tree(out), list[int]()
    assert "index.html" in before
    for limit in limits:
        ended = place.commands.run(*build, limit=limit)
        codes.append(ended.code)
        assert ended.code in {0, 4, 5}, ended.said
        assert _tree(out) == before, f"another build at {limit} bytes"
        drafts = [path.name for path in place.project.glob(".build-*")]
        assert drafts == []
    assert any(codes), "no disk was full"
    return f"builds on a full disk {len(codes)}, {codes.count(0)} done, broken 0"


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def play_sealed(place: Place, *, what: str) -> Tally:
    """Publish where a folder may not be written, and then where it may."""
    tally = Tally()
    place.again()
    with _sealed([place.project / name for name in _SEALED[what]]):
        ended = place.commands.run(*PUBLISH, str(place.project), meek=True)
    tally.note(place, ended, codes=(4,))
    place.publish()
    tally.broken += not place.is_right()
    return tally


@contextmanager
def _sealed(tops: Sequence[Path]) -> Iterator[None]:
    """Let nobody write into these folders; below a store, into none."""
    folders = [*tops]
    for top in tops:
        if top.name == "store":
            folders += [path for path in top.rglob("*") if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """A disk that is full sooner and later, then folders that are sealed."""
    with (
        tempfile.TemporaryDirectory(prefix="peru-media-") as name,
        at_folder(Path(name)) as place,
    ):
        tally = play(place, sizes(rounds))
        say(f"publishes on a full disk {tally}")
        assert not tally.unsaid, tally.unsaid
        assert not tally.broken
        say(play_builds(place, sizes(rounds)))
        for what in _SEALED:
            tally = play_sealed(place, what=what)
            say(f"publishes with a read-only {what} {tally}")
            assert not tally.unsaid, tally.unsaid
            assert not tally.broken
