"""Read media files, and make the copies that are published, out of harm's way."""

import os
import stat
import tempfile
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from peru_media.errors import MediaError
from peru_media.media.child import Limits, Reply
from peru_media.media.common import NO_SOUND
from peru_media.media.listening import Heard, Listener, has_sound
from peru_media.media.making import (
    card_job,
    copy_job,
    copy_place,
    make,
    picture_job,
)
from peru_media.media.pool import Pool
from peru_media.media.remembering import Fingerprint, Memory, fingerprint
from peru_media.media.workforce import Hands, Workforce
from peru_media.model.card import CardRecipe
from peru_media.model.facts import CopyRecipe, FileFacts, FileKind
from peru_media.model.sound import SoundFacts
from peru_media.ports import Progress

__all__ = ["Maker"]


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
        executor: does the work in place of children of this process; each of its
            workers has limited ones of its own. It is left open.
    """

    def __init__(
        self,
        *,
        cache: MutableMapping[str, bytes],
        copies: Path,
        workers: int,
        limits: Limits | None = None,
        executor: Executor | None = None,
    ) -> None:
        self._memory = Memory(cache, kind="facts", model=FileFacts)
        self._copies = copies
        self._pool: Hands = (
            Workforce(executor, limits=limits)
            if executor
            else Pool(workers=workers, limits=limits)
        )
        sounds = Memory(cache, kind="sound", model=Heard)
        self._listener = Listener(self._pool, sounds)

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

    def hear(
        self,
        facts: Mapping[Path, FileFacts],
        *,
        progress: Progress | None = None,
    ) -> dict[Path, FileFacts]:
        """The same facts, with how each recording sounds from end to end.

        Decoding takes its time, so that it is done once: unchanged files are
        answered from the cache. What cannot be decoded says so in ``fault``.

        Args:
            facts: by path, as ``facts`` gives them.
            progress: hears of the phase ``sound``, in bytes of files, where there
                is something to decode.

        Raises:
            MediaError: no child can be started; never for what a file holds.
        """
        prints = _audible(facts)
        found = self._listener.known(prints)
        unheard = {path: facts[path] for path in prints if path not in found}
        if unheard:
            began = self._file_system_time()
            with _phase(progress, sum(one.size for one in unheard.values())) as done:
                found |= self._listener.hear(
                    unheard, prints, began_ns=began, advance=done
                )
        return {path: _with(one, found.get(path)) for path, one in facts.items()}

    def heard(self, facts: Mapping[Path, FileFacts]) -> dict[Path, FileFacts]:
        """The same facts, with how those recordings sound that were heard before.

        Args:
            facts: by path, as ``facts`` gives them.
        """
        found = self._listener.known(_audible(facts))
        return {path: _with(one, found.get(path)) for path, one in facts.items()}

    def copy(self, recipe: CopyRecipe) -> Path:
        """Make the published copy of a master and give its path.

        It lies in the folder of copies under ``made_from(recipe)``, and is made
        only where it is not there yet. The master is never touched. An MP3 keeps
        its frames byte for byte, other sound and film its packets, a PDF its
        pages, unless the recipe's settings or edits ask for its sound to be encoded; of
        what they say about themselves only ``recipe.tags`` is kept.

        Raises:
            MediaError: it cannot be read, is not the file that was probed, or is
                of a kind of which no copies are made.
        """
        return self.copies([recipe])[0]

    def copies(
        self,
        recipes: Sequence[CopyRecipe],
        *,
        advance: Callable[[int], None] | None = None,
    ) -> list[Path]:
        """Make the published copies of many masters, side by side.

        As ``copy``, in the order of the recipes.

        Args:
            recipes: of the copies.
            advance: hears how many more are there.

        Raises:
            MediaError: as ``copy``.
        """
        outs = [copy_place(recipe, self._copies) for recipe in recipes]
        pairs = list(zip(recipes, outs, strict=True))
        sounds = self._sounds(
            Path(one.master)
            for one, out in pairs
            if (one.settings or one.edits) and not out.exists()
        )
        jobs = [copy_job(one, out, sounds.get(Path(one.master))) for one, out in pairs]
        make(self._pool, jobs, advance=advance or _silent)
        return outs

    def picture(self, path: Path) -> Path:
        """Make the published form of a JPEG or PNG picture and give its path.

        Same size and pixels, upright, in sRGB, without EXIF, place or comment.

        Raises:
            MediaError: it is no such picture, or damaged.
        """
        return self.pictures([(path, None)])[0]

    def pictures(self, wanted: Sequence[tuple[Path, int | None]]) -> list[Path]:
        """Make the published forms of many pictures, side by side.

        As ``picture``, in their order, each with so many pixels across where that
        is said. A smaller one is a JPEG where that has fewer bytes than a PNG.

        Raises:
            MediaError: as ``picture``.
        """
        found = self.facts(path for path, _ in wanted)
        jobs = [
            picture_job(path, found[path], self._copies, width=width)
            for path, width in wanted
        ]
        make(self._pool, jobs, advance=_silent)
        return [job.out for job in jobs]

    def cards(self, recipes: Sequence[CardRecipe]) -> list[Path]:
        """Draw the pictures that other sites show beside links, side by side.

        JPEGs, in the order of the recipes; each is drawn once.

        Raises:
            MediaError: a cover is damaged, or changed.
        """
        jobs = [card_job(recipe, self._copies) for recipe in recipes]
        make(self._pool, jobs, advance=_silent)
        return [job.out for job in jobs]

    def _sounds(self, masters: Iterable[Path]) -> dict[Path, SoundFacts]:
        """How masters sound that are going to be encoded.

        Raises:
            MediaError: one cannot be heard.
        """
        heard = self.hear(self.facts(masters))
        found: dict[Path, SoundFacts] = {}
        for path, facts in heard.items():
            if facts.sound is None:
                msg = f"{path}: {facts.fault or NO_SOUND}"
                raise MediaError(msg)
            found[path] = facts.sound
        return found

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


def _look(path: Path) -> Fingerprint | str:
    """How a file looks from outside, or why it cannot be looked at."""
    try:
        looked = os.stat(path)  # noqa: PTH116 - asked of every file, and twice as fast
    except (OSError, ValueError) as error:
        return f"It cannot be read ({getattr(error, 'strerror', None) or error})."
    if not stat.S_ISREG(looked.st_mode):
        return "It is not a file."
    return fingerprint(looked)


def _audible(facts: Mapping[Path, FileFacts]) -> dict[Path, Fingerprint]:
    """How those files look that can be heard."""
    looked = {path: _look(path) for path, one in facts.items() if has_sound(one)}
    return {path: one for path, one in looked.items() if not isinstance(one, str)}


def _with(facts: FileFacts, heard: Heard | None) -> FileFacts:
    if heard is None:
        return facts
    return facts.model_copy(
        update={"sound": heard.sound, "fault": facts.fault or heard.fault}
    )


@contextmanager
def _phase(progress: Progress | None, size: int) -> Iterator[Callable[[int], None]]:
    if progress is None:
        yield _silent
        return
    progress.start("sound", size, "B")
    try:
        yield partial(progress.advance, "sound")
    finally:
        progress.finish("sound")


def _silent(_amount: int) -> None:
    """Nobody wants to hear how far it is."""


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
