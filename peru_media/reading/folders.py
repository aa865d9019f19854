"""Finding the files of a project, and staying inside it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peru_media.model.problem import Place, Problem
from peru_media.reading.problems import error

__all__ = ["Finds", "Found", "find"]

# Control characters, halves of characters, and marks that turn text around.
_UNUSABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was looked for, with every other file of its folder.

    ``path`` and ``files`` are relative to the project, with forward slashes.
    """

    path: str
    files: tuple[str, ...]


@dataclass(slots=True)
class Finds:
    """What lies below one folder: what was looked for, all else, and problems."""

    found: list[Found] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find(root: Path, top: str, *, name: str) -> Finds:
    """Look for every file of a name, at any depth below a folder of the project.

    A file belongs to the nearest folder above it that holds such a file, else it
    is loose. Hidden files are passed over; links out of the project, and links
    to folders, are refused.
    """
    search = _Search(root=os.path.realpath(root), name=name)
    search.look(top)
    search.finds.found.sort(key=lambda found: found.path)
    search.finds.loose.sort()
    return search.finds


@dataclass(slots=True, kw_only=True)
class _Search:
    root: str
    name: str
    finds: Finds = field(default_factory=Finds)

    def look(self, top: str) -> None:
        """Go through a folder and all below it, without recursion."""
        start = os.path.join(self.root, top)  # noqa: PTH118  # speed: no Path a file
        if os.path.islink(start):  # noqa: PTH114  # as above
            self._refuse_link(top)
        elif os.path.isdir(start):  # noqa: PTH112  # as above
            waiting = [(start, top, self.finds.loose)]
            owned: list[tuple[str, list[str]]] = []
            while waiting:
                waiting.extend(self._folder(*waiting.pop(), owned))
            self.finds.found = [Found(p, tuple(sorted(f))) for p, f in owned]

    def _folder(
        self,
        folder: str,
        path: str,
        files: list[str],
        owned: list[tuple[str, list[str]]],
    ) -> Iterator[tuple[str, str, list[str]]]:
        """Sort the files of one folder; give the folders in it."""
        try:
            entries = list(os.scandir(folder))
        except OSError as fault:
            what = f"The folder cannot be read ({fault.strerror})."
            self._report("E100", f"{path}/", what, "Let it be read, or remove it.")
            return
        usable = [e for e in entries if self._usable(e, f"{path}/{e.name}")]
        if any(entry.name == self.name and entry.is_file() for entry in usable):
            files = []
            owned.append((f"{path}/{self.name}", files))
        for entry in usable:
            if entry.is_dir():
                yield entry.path, f"{path}/{entry.name}", files
            elif entry.is_file() and entry.name != self.name:
                files.append(f"{path}/{entry.name}")

    def _usable(self, entry: "os.DirEntry[str]", path: str) -> bool:
        if entry.name.startswith("."):
            return False
        if _UNUSABLE.search(entry.name):
            return self._unusable(entry, path)
        if entry.is_symlink():
            return self._link(entry, path)
        if entry.name != self.name and entry.name.lower() == self.name:
            fix = f"Rename it to {self.name}."
            self._report("E152", path, f"The file must be named {self.name}.", fix)
        return True

    def _unusable(self, entry: "os.DirEntry[str]", path: str) -> bool:
        """Pass over a file that no field could name; say so of a folder."""
        if entry.is_dir(follow_symlinks=False):
            shown = _UNUSABLE.sub("\ufffd", path)
            what = "The folder's name holds a character that cannot be shown."
            self._report("E152", f"{shown}/", what, "Rename the folder.")
        return False

    def _link(self, entry: "os.DirEntry[str]", path: str) -> bool:
        inside = os.path.realpath(entry.path).startswith(self.root + os.sep)
        if inside and not entry.is_dir():
            return True
        self._refuse_link(path)
        return False

    def _refuse_link(self, path: str) -> None:
        what = "This is a link that leads out of the project, or to a folder."
        fix = "Put the file or folder itself here."
        self._report("E151", path, what, fix)

    def _report(self, code: str, path: str, what: str, fix: str) -> None:
        self.finds.problems.append(error(code, Place(path), what, fix))
