"""Watching a project: who wants to know hears at once that a file was saved."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

__all__ = ["changes"]

_TOPS = ("feeds", "episodes")
_STEP_MS = 50
_LONGEST_MS = 1_600
_LOOK_MS = 500


def changes(root: Path, *, stop: Event) -> Iterator[None]:
    """Tell every time that something below ``feeds/`` or ``episodes/`` was changed.

    Changes that follow each other within a moment, as when an editor saves or a
    recording is copied, are told as one. Hidden files, and those that editors keep
    beside what they edit, are passed over. The first is told as soon as the watch
    surely stands, for what was changed while it was set up. Blocks in between.

    Args:
        root: the project's folder.
        stop: once it is set, nothing more is told.
    """
    while not stop.is_set():
        tops = _there(root)
        if not tops:
            stop.wait(_LOOK_MS / 1000)
        yield from _changes(root, tops, stop=stop)


def _changes(root: Path, tops: list[Path], *, stop: Event) -> Iterator[None]:
    """The same for these folders, until there are others to be watched."""
    told = False
    watched = watch(
        *tops,
        watch_filter=lambda _, path: _matters(Path(path), root),
        debounce=_LONGEST_MS,
        step=_STEP_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
    )
    for found in watched if tops else ():
        if found or not told or _there(root) != tops:
            told = True
            yield
        if _there(root) != tops:
            return


def _there(root: Path) -> list[Path]:
    return [root / name for name in _TOPS if (root / name).is_dir()]


def _matters(path: Path, root: Path) -> bool:
    """Whether a file may be one that staff write, or one beside it."""
    parts = path.relative_to(root).parts
    return not any(part.startswith(".") for part in parts) and not path.name.endswith(
        "~"
    )
