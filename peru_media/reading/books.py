"""The files of a project in which a withdrawal is written down."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from peru_media.errors import ContentError
from peru_media.model.files import ConsentRecord, EpisodeFile, WithdrawnFile
from peru_media.model.graves import tombstone_field, unearthed
from peru_media.model.release import Tombstone
from peru_media.model.site import Written
from peru_media.reading.documents import read
from peru_media.reading.editing import replace_scalar
from peru_media.reading.filling import add_field
from peru_media.reading.folders import Found
from peru_media.reading.gravestones import with_tombstones

__all__ = ["ProjectBooks"]

_WITHDRAWN = "feeds/withdrawn.yaml"
_WORK = ".peru-media"
_ORDERS = f"{_WORK}/withdrawals"
_RECEIPTS = "build/withdrawals"
_ROOMS = ("copies", "import-*", "words-*")
_PRIVATE, _PUBLIC = 0o600, 0o644


class ProjectBooks:
    """Write down in a project who was withdrawn; only the lines meant change.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def buried(self) -> tuple[Tombstone, ...]:
        """The tombstones of ``feeds/withdrawn.yaml``.

        Raises:
            ContentError: the file cannot be read.
        """
        if not (self._root / _WITHDRAWN).exists():
            return ()
        found = read(self._root, Found(_WITHDRAWN, ()), model=WithdrawnFile, slug="")
        if isinstance(found, Written):
            return tuple(map(unearthed, found.value.withdrawn))
        raise ContentError(found)

    def bury(self, stones: Sequence[Tombstone]) -> None:
        """Add to ``feeds/withdrawn.yaml`` what it does not say yet.

        Raises:
            ContentError: the file cannot be read.
        """
        known = self.buried()
        new = [tombstone_field(stone) for stone in stones if stone not in known]
        if new:
            path = self._root / _WITHDRAWN
            text = path.read_bytes() if path.exists() else None
            self._replace(_WITHDRAWN, with_tombstones(text, new))

    def hashes(self, paths: Sequence[str]) -> tuple[str, ...]:
        """SHA-256 of each of these files that lies there."""
        found = []
        for path in paths:
            with suppress(FileNotFoundError), (self._root / path).open("rb") as file:
                found.append(hashlib.file_digest(file, "sha256").hexdigest())
        return tuple(found)

    def take_down(self, path: str) -> None:
        """Make an episode a draft, if it is none.

        Raises:
            ContentError: its file cannot be read.
        """
        found = read(self._root, Found(path, ()), model=EpisodeFile, slug="")
        if not isinstance(found, Written):
            raise ContentError(found)
        if found.value.publish != "draft":
            data = (self._root / path).read_bytes()
            self._replace(path, replace_scalar(data, found.place("publish"), "draft"))

    def take_back(self, path: str, day: date) -> None:
        """Write into a consent record since when it holds no more, unless it says so.

        Raises:
            ContentError: it cannot be read.
        """
        record = Found(path, ())
        found = read(self._root, record, model=ConsentRecord, slug="", secret=True)
        if not isinstance(found, Written):
            raise ContentError(found)
        if found.value.withdrawn is not None:
            return
        data, text = (self._root / path).read_bytes(), day.isoformat()
        place = found.places.get(("withdrawn",))
        edited = (
            add_field(data, path, "withdrawn", text)
            if place is None
            else replace_scalar(data, place, text)
        )
        self._replace(path, edited)

    def order(self, name: str) -> bytes | None:
        """What was kept of a withdrawal that has not come to its end."""
        try:
            return (self._root / _ORDERS / f"{name}.json").read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, name: str, data: bytes) -> None:
        """Keep what a withdrawal needs until its end; nobody else may read it."""
        self._replace(f"{_ORDERS}/{name}.json", data, mode=_PRIVATE)

    def forget(self, name: str) -> None:
        """Forget it again."""
        (self._root / _ORDERS / f"{name}.json").unlink(missing_ok=True)

    def receive(self, name: str, data: bytes) -> str:
        """Put a receipt, or what belongs to it, where staff find it; says where."""
        path = f"{_RECEIPTS}/{name}"
        self._replace(path, data)
        return path

    def clear(self, slugs: Sequence[str]) -> None:
        """Remove every copy, page and cache that this machine made for itself.

        And what it kept of older transcripts of these episodes.

        Masters, and what staff wrote, are theirs to delete. All of it is made again
        when it is needed.
        """
        work = self._root / _WORK
        patterns = ("cache.sqlite*", "check-*.json", *_ROOMS, "traceback.txt")
        for path in (one for pattern in patterns for one in work.glob(pattern)):
            _remove(path)
        for slug in slugs:
            for path in (work / "replaced").glob(f"{slug}-*"):
                _remove(path)
        build = self._root / "build"
        for path in build.iterdir() if build.is_dir() else ():
            if path.name != Path(_RECEIPTS).name:
                _remove(path)

    def _replace(self, path: str, data: bytes, *, mode: int | None = None) -> None:
        """Write a file, whole or not at all, and see that it is on the disk."""
        place = self._root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = self._root / _WORK / f"draft-{os.getpid()}"
        draft.parent.mkdir(exist_ok=True)
        draft.unlink(missing_ok=True)
        right = place.stat().st_mode if place.exists() else _PUBLIC
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb"
        ) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode or right)
        draft.replace(place)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
