"""Read media files, and make the copies that are published, out of harm's way."""

import os
import stat
import tempfile
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from peru_media.errors import MediaError
from peru_media.media.child import Limits, Reply
from peru_media.media.pool import Pool
from peru_media.media.remembering import Fingerprint, Memory, fingerprint
from peru_media.model.address import extension
from peru_media.model.facts import CopyRecipe, FileFacts, FileKind, made_from
from peru_media.model.value import canonical, digest

__all__ = ["Maker"]

_PICTURE_FORMAT = 1
_PUBLIC_MODE = 0o644


class Maker:
    """Tells what media files are, and makes their published copies.

    Every file is opened in a child process with little memory, little time, no
    network and no secrets. To be used as a context manager, or closed, so that
    no child stays behind.

    Args:
        cache: remembers facts between runs, such as ``SqliteCache``.
        copies: the folder for copies that are made; created when needed.
        workers: how many children at most; the number of cores is right.
        limits: what reading one file may cost.
    """

    def __init__(
        self,
        *,
        cache: MutableMapping[str, bytes],
        copies: Path,
        workers: int,
        limits: Limits | None = None,
    ) -> None:
        self._memory = Memory(cache)
        self._copies = copies
        self._pool = Pool(workers=workers, limits=limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the children."""
        self._pool.close()

    def facts(self, paths: Iterable[Path]) -> dict[Path, FileFacts]:
        """What each file measurably is; a file that cannot be read says why.

        In the order of the paths, each once. Unchanged files are answered from
        the cache and not opened.

        Raises:
            MediaError: no child can be started; never for what a file holds.
        """
        prints: dict[Path, Fingerprint] = {}
        found: dict[Path, FileFacts] = {}
        wanted = dict.fromkeys(paths)
        for path in wanted:
            looked = _look(path)
            if isinstance(looked, str):
                found[path] = _blank(fault=looked)
            else:
                prints[path] = looked
        known = self._memory.recall(prints)
        unread = {path: mark for path, mark in prints.items() if path not in known}
        found |= known
        if unread:
            found |= self._read(unread)
        return {path: found[path] for path in wanted}

    def copy(self, recipe: CopyRecipe) -> Path:
        """Make the published copy of a master and give its path.

        It lies in the folder of copies under ``made_from(recipe)``, and is made
        only where it is not there yet. The master is never touched. An MP3 keeps
        its frames byte for byte, other sound and film its packets, a PDF its
        pages; of what they say about themselves only ``recipe.tags`` is kept.

        Raises:
            MediaError: it cannot be read, is not the file that was probed, or is
                of a kind of which no copies are made.
        """
        out = self._copies / f"{made_from(recipe)}.{_ending(recipe)}"
        fields = recipe.model_dump(mode="json", exclude_none=True)
        for name in ("master", "cover"):
            if name in fields:
                fields[name] = str(Path(fields[name]).absolute())
        self._make({"verb": "copy", "recipe": fields}, recipe.master, out)
        return out

    def picture(self, path: Path) -> Path:
        """Make the published form of a JPEG or PNG picture and give its path.

        Same size and pixels, upright, in sRGB, without EXIF, place or comment.

        Raises:
            MediaError: it is no such picture, or damaged.
        """
        facts = self.facts([path])[path]
        if facts.fault or facts.picture is None:
            msg = f"{path}: {facts.fault or 'It is not a picture: use JPEG or PNG.'}"
            raise MediaError(msg)
        name = digest(canonical({"picture": _PICTURE_FORMAT, "sha256": facts.sha256}))
        out = self._copies / f"{name}.{extension(facts.media_type)}"
        request = {"verb": "picture", "path": str(path.absolute())}
        self._make(request | {"sha256": facts.sha256}, str(path), out)
        return out

    def _read(self, prints: dict[Path, Fingerprint]) -> dict[Path, FileFacts]:
        """Measure files, and remember what was found."""
        began = self._file_system_time()
        paths = list(prints)
        requests = [_request("facts", path, prints[path]) for path in paths]
        found, lasting = {}, {}
        broken: list[tuple[Path, Reply]] = []
        for number, reply in self._pool.run(requests):
            path = paths[number]
            if reply.value is None:
                broken.append((path, reply))
            else:
                found[path] = lasting[path] = _parsed(reply.value, prints[path])
        for path, reply in broken:
            found[path] = self._identified(path, prints[path], reply.fault)
            if reply.lasting and found[path].sha256:
                lasting[path] = found[path]
        self._memory.keep(lasting, prints, began_ns=began)
        return found

    def _identified(self, path: Path, mark: Fingerprint, fault: str) -> FileFacts:
        """What can still be told of a file that broke its reader."""
        [(_, reply)] = self._pool.run([_request("identify", path, mark)])
        if reply.value is None:
            return _blank(fault=fault, size=mark[0])
        return _parsed(reply.value, mark).model_copy(update={"fault": fault})

    def _file_system_time(self) -> int:
        """The clock that stamps files here, which may not be this machine's."""
        try:
            self._copies.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._copies) as file:
                return os.fstat(file.fileno()).st_mtime_ns
        except OSError:
            with tempfile.TemporaryFile() as file:
                return os.fstat(file.fileno()).st_mtime_ns

    def _make(self, request: dict[str, Any], source: str, out: Path) -> None:
        """Have a child write a file, whole or not at all."""
        if out.exists():
            return
        try:
            size = Path(source).stat().st_size
            self._copies.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self._copies, suffix=".part")
        except OSError as error:
            msg = f"{error.filename}: It cannot be read or written ({error.strerror})."
            raise MediaError(msg) from None
        os.close(handle)
        try:
            [(_, reply)] = self._pool.run([request | {"out": part, "size": size}])
            if reply.value is None:
                msg = f"{source}: {reply.fault}"
                raise MediaError(msg)
            Path(part).chmod(_PUBLIC_MODE)
            Path(part).replace(out)
        finally:
            Path(part).unlink(missing_ok=True)


def _look(path: Path) -> Fingerprint | str:
    """How a file looks from outside, or why it cannot be looked at."""
    try:
        looked = os.stat(path)  # noqa: PTH116 - asked of every file, and twice as fast
    except (OSError, ValueError) as error:
        return f"It cannot be read ({getattr(error, 'strerror', None) or error})."
    if not stat.S_ISREG(looked.st_mode):
        return "It is not a file."
    return fingerprint(looked)


def _request(verb: str, path: Path, mark: Fingerprint) -> dict[str, Any]:
    return {"verb": verb, "path": str(path.absolute()), "size": mark[0]}


def _parsed(value: bytes, mark: Fingerprint) -> FileFacts:
    """Believe a child's answer only where it has the shape of one."""
    try:
        return FileFacts.model_validate_json(value)
    except ValidationError:
        fault = "What it says of itself makes no sense: export it again."
        return _blank(fault=fault, size=mark[0])


def _blank(*, fault: str, size: int = 0) -> FileFacts:
    kind, media_type = FileKind.OTHER, "application/octet-stream"
    return FileFacts(
        kind=kind, media_type=media_type, size=size, sha256="", fault=fault
    )


def _ending(recipe: CopyRecipe) -> str:
    try:
        return extension(recipe.media_type)
    except KeyError:
        msg = (
            f"{recipe.master}: A file of type {recipe.media_type} cannot be published: "
            "use MP3, M4A, MP4 or PDF."
        )
        raise MediaError(msg) from None
