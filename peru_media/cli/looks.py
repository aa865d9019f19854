"""A look at every file from outside, so that what is unchanged is not read again."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from peru_media import __version__
from peru_media.cli.findings import restored, written
from peru_media.model.problem import Problem

__all__ = ["Files", "fingerprint", "keep", "look", "recall"]

_TOPS = ("feeds", "episodes")
_SETTLED = 2_000_000_000
_CODE = Path(__file__).parent.parent
_PROGRAM = (".css", ".html", ".js", ".py")


@dataclass(frozen=True, slots=True)
class Files:
    """Every file that staff wrote, as a look at its size and time found it.

    Attributes:
        lines: path, size and time of change of each, sorted.
        newest: the latest time of change, nanoseconds since 1970.
    """

    lines: tuple[str, ...]
    newest: int

    @property
    def episodes(self) -> tuple[str, ...]:
        """The folders that hold an episode, each ending in a slash."""
        paths = (line.split("\0")[0] for line in self.lines)
        ours = (p for p in paths if p.startswith("episodes/"))
        return tuple(p[: -len("episode.md")] for p in ours if p.endswith("/episode.md"))

    def settled(self, at: datetime) -> bool:
        """Whether a file can have changed since only with another time of change.

        Clocks of file systems tick slowly: two changes may bear the same time.
        """
        return self.newest + _SETTLED < at.timestamp() * 1e9


def look(project: Path) -> Files:
    """Look at every file below ``feeds/`` and ``episodes/``, and open none."""
    found = [seen for top in _TOPS for seen in _below(project / top, f"{top}/")]
    return Files(
        lines=tuple(sorted(line for line, _ in found)),
        newest=max((changed for _, changed in found), default=0),
    )


def recall(
    project: Path, target: str, files: Files, *, at: datetime
) -> tuple[Problem, ...] | None:
    """What the last check of this target found, if it would find the same now."""
    try:
        record = json.loads(_place(project, target).read_bytes())
        since, until = map(datetime.fromisoformat, record["valid"])
        if not since <= at < until or record["key"] != fingerprint(
            project, files, record["watched"]
        ):
            return None
        return restored(record["problems"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # there was none, or of another form: check anew


def keep(
    project: Path,
    target: str,
    files: Files,
    problems: tuple[Problem, ...],
    *,
    watched: Iterable[Path],
    valid: tuple[datetime, datetime],
) -> None:
    """Keep what a check found, until a file, the day or this program changes.

    ``watched`` are other files that it depended on. A file that was changed a
    moment ago may change again within the same tick of the clock, so then
    nothing is kept.
    """
    since, until = valid
    if not files.settled(since):
        return
    paths = [str(path) for path in watched]
    record = {
        "key": fingerprint(project, files, paths),
        "valid": [since.isoformat(), until.isoformat()],
        "watched": paths,
        "problems": written(problems),
    }
    place = _place(project, target)
    place.parent.mkdir(exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(record), encoding="utf-8")
    draft.replace(place)


def fingerprint(project: Path, files: Files, watched: Iterable[str] = ()) -> str:
    """Everything that reading and checking depend on, as one hash.

    The program itself counts too, and so do other files that are ``watched``.
    """
    code = sorted(line for line, _ in _below(_CODE, "", endings=_PROGRAM))
    others = [_changed(project / path) for path in watched]
    parts = [__version__, *code, *others, *files.lines]
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _place(project: Path, target: str) -> Path:
    name = sha256(target.encode()).hexdigest()[:12]
    return project / ".peru-media" / f"check-{name}.json"


def _changed(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "missing"
    return f"{found.st_size}\0{found.st_mtime_ns}"


def _below(
    folder: Path, name: str, *, endings: tuple[str, ...] = ("",)
) -> Iterator[tuple[str, int]]:
    """Each file below a folder: its name, size and time, and the time by itself."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        path = name + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), f"{path}/", endings=endings)
        elif entry.name.endswith(endings):
            found = _stat(entry)
            yield f"{path}\0{found.st_size}\0{found.st_mtime_ns}", found.st_mtime_ns


def _stat(entry: "os.DirEntry[str]") -> os.stat_result:
    try:
        return entry.stat()
    except OSError:  # a link that leads nowhere
        return entry.stat(follow_symlinks=False)
