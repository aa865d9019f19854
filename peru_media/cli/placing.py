"""Writing a file of the project from the command line, whole or not at all."""

import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path

__all__ = ["keep_aside", "replace_whole"]

_PUBLIC_MODE = 0o644


def replace_whole(path: Path, content: bytes, *, draft: Path) -> None:
    """Write a file, whole or not at all, with the rights that it had before.

    Args:
        path: the file, which need not be there.
        content: all of it.
        draft: where it may be written first, on the same disk.
    """
    try:
        draft.write_bytes(content)
        draft.chmod(path.stat().st_mode if path.exists() else _PUBLIC_MODE)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def keep_aside(path: Path, folder: Path) -> Path:
    """Keep what a file says now, under a name of its own; gives where."""
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"{path.parent.name}-{number}{path.suffix}" for number in count(1))
    place = next(folder / name for name in names if not (folder / name).exists())
    shutil.copy2(path, place)
    return place
