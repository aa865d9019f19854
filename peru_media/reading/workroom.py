"""A room beside a project, in which an import gathers what it brings in."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from peru_media.model.problem import Place
from peru_media.ports import Body
from peru_media.reading.editing import replace_scalar

__all__ = ["FolderRoom"]

_JOURNAL = "journal.jsonl"


class FolderRoom:
    """Files in a folder of ``.peru-media``, on the same disk as the project.

    Args:
        root: the project. name: tells the rooms of several imports apart.
    """

    def __init__(self, root: Path, *, name: str) -> None:
        self._root = root
        self._room = root / ".peru-media" / f"import-{name}"

    def part(self, name: str) -> Path:
        """Where a file of the room lies; its folder exists."""
        path = self._room / "parts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def note(self, fields: Mapping[str, Any]) -> None:
        """Add a line to the journal, and see that it is on the disk."""
        self._room.mkdir(parents=True, exist_ok=True)
        line = json.dumps(dict(fields), ensure_ascii=True) + "\n"
        with (self._room / _JOURNAL).open("ab") as journal:
            if journal.tell() and not self._ends_whole():
                journal.write(b"\n")
            journal.write(line.encode())
            journal.flush()
            os.fsync(journal.fileno())

    def notes(self) -> Sequence[Mapping[str, Any]]:
        """Every whole line of the journal; one that was cut off is none."""
        try:
            lines = (self._room / _JOURNAL).read_bytes().split(b"\n")
        except FileNotFoundError:
            return ()
        found = []
        for line in lines:
            with suppress(ValueError):
                fields = json.loads(line)
                found += [fields] if isinstance(fields, dict) else []
        return found

    def free(self) -> int:
        """How many bytes the disk of the project has left."""
        return shutil.disk_usage(self._root).free

    def taken(self) -> frozenset[str]:
        """The names of all folders below ``feeds`` and ``episodes``."""
        tops = (self._root / "feeds", self._root / "episodes")
        found = (path for top in tops for path in top.rglob("*"))
        return frozenset(path.name for path in found if path.is_dir())

    def place(self, folder: str, files: Mapping[str, Body]) -> bool:
        """Make the folder in the room, then move it to its place in one step."""
        place = self._root / folder
        if place.exists() or place.is_symlink():
            return False
        fresh = self._room / "whole"
        shutil.rmtree(fresh, ignore_errors=True)
        for name, body in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, body)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(place)
        return True

    def add(self, path: str, part: Path) -> bool:
        """Bring one file in, unless something lies there."""
        place = self._root / path
        fresh = self.part("fresh")
        fresh.unlink(missing_ok=True)
        _put(fresh, part)
        if place.exists() or place.is_symlink():
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(place)
        return True

    def edit(self, path: str, place: Place, new: str) -> None:
        """Write another value into one field of a file, and change no other byte.

        Raises:
            ContentError: the file is not the one that was read.
        """
        data = (self._root / path).read_bytes()
        self.write(path, replace_scalar(data, place, new))

    def write(self, path: str, data: bytes) -> None:
        """Write a file of the project, whole or not at all."""
        draft = self.part("draft")
        draft.write_bytes(data)
        draft.replace(self._root / path)

    def close(self) -> None:
        """Remove the room."""
        shutil.rmtree(self._room, ignore_errors=True)

    def _ends_whole(self) -> bool:
        with (self._room / _JOURNAL).open("rb") as journal:
            journal.seek(-1, os.SEEK_END)
            return journal.read() == b"\n"


def _put(path: Path, body: Body) -> None:
    """Write bytes; a file of the room is linked, which takes no space."""
    if isinstance(body, bytes):
        path.write_bytes(body)
        return
    try:
        os.link(body, path)
    except OSError:  # a file system without links
        shutil.copyfile(body, path)
