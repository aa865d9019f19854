"""Have children write files, each whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from peru_media.errors import MediaError, SettingsError
from peru_media.media.child import Request
from peru_media.media.limits import NO_ROOM
from peru_media.media.workforce import Hands
from peru_media.model.address import extension
from peru_media.model.card import CardRecipe, card_made_from
from peru_media.model.encoding import published_type
from peru_media.model.facts import CopyRecipe, FileFacts, made_from
from peru_media.model.sound import SoundFacts
from peru_media.model.value import canonical, digest

__all__ = ["Job", "card_job", "copy_job", "copy_place", "make", "picture_job"]

_ABANDONED = 24 * 3600
_PUBLIC_MODE = 0o644
_CLEANING = 60  # a tagged thesis has half a million parts, each of which is looked at
_ENCODING = 60
_PICTURE_FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file to be made.

    Attributes:
        request: for the child, but for ``out`` and ``size``.
        source: what it is made of, as the person calls it.
        out: where it is to lie.
    """

    request: Request
    source: str
    out: Path


def copy_place(recipe: CopyRecipe, folder: Path) -> Path:
    """Where the published copy of a master lies: it is named by all it is made of.

    Raises:
        MediaError: no copies are made of such a kind.
    """
    try:
        ending = extension(published_type(recipe.media_type, recipe.settings))
    except KeyError:
        msg = (
            f"{recipe.master}: A file of type {recipe.media_type} cannot be published: "
            "use MP3, M4A, MP4 or PDF."
        )
        raise MediaError(msg) from None
    return folder / f"{made_from(recipe)}.{ending}"


def copy_job(recipe: CopyRecipe, out: Path, sound: SoundFacts | None) -> Job:
    """The work of making a published copy.

    Encoding may take a minute and half of the recording's length; a child that
    has heard a master to its end does not break over it.

    Args:
        recipe: of the copy.
        out: where it is to lie.
        sound: of the master, where it is encoded.
    """
    fields = recipe.model_dump(mode="json", exclude_none=True)
    for name in ("master", "cover"):
        if name in fields:
            fields[name] = str(Path(fields[name]).absolute())
    media_type = published_type(recipe.media_type, recipe.settings)
    request: Request = {"verb": "copy", "recipe": fields, "media_type": media_type}
    if media_type == "application/pdf":
        request["allowance"] = _CLEANING
    if sound is not None:
        request["sound"] = sound.model_dump(mode="json")
        request["allowance"] = _ENCODING + round(sound.duration / 2)
    return Job(request=request, source=recipe.master, out=out)


def picture_job(
    path: Path, facts: FileFacts, folder: Path, *, width: int | None
) -> Job:
    """The work of making the published form of a picture.

    Args:
        path: of the original.
        facts: of the original.
        folder: for what is made.
        width: pixels across, where it is to have fewer.

    Raises:
        MediaError: it is no picture.
    """
    if facts.fault or facts.picture is None:
        msg = f"{path}: {facts.fault or 'It is not a picture: use JPEG or PNG.'}"
        raise MediaError(msg)
    made_of = {"picture": _PICTURE_FORMAT, "sha256": facts.sha256}
    asked: dict[str, int] = {} if width is None else {"width": width}
    ending = extension(facts.media_type) if width is None else "picture"
    request: Request = {"verb": "picture", "path": str(path.absolute())}
    return Job(
        request=request | asked | {"sha256": facts.sha256},
        source=str(path),
        out=folder / f"{digest(canonical(made_of | asked))}.{ending}",
    )


def card_job(recipe: CardRecipe, folder: Path) -> Job:
    """The work of drawing a card; ``folder`` is for what is made."""
    return Job(
        request={"verb": "card", "recipe": recipe.model_dump(mode="json")},
        source=recipe.cover or "",
        out=folder / f"{card_made_from(recipe)}.card",
    )


def make(pool: Hands, jobs: Sequence[Job], *, advance: Callable[[int], None]) -> None:
    """Make files side by side, those apart that are there already.

    Args:
        pool: the children, or others who do the work.
        jobs: each file that is wanted, once or more.
        advance: hears how many more are there.

    Raises:
        MediaError: one could not be made; the first of them is told of, and the
            others are there.
        SettingsError: there is no room for them.
    """
    wanted = list({job.out: job for job in jobs if not job.out.exists()}.values())
    advance(len(jobs) - len(wanted))
    faults = dict(_faults(pool, wanted, advance))
    if faults:
        first = min(faults)
        job, fault = wanted[first], faults[first]
        if fault.startswith(NO_ROOM):
            msg = f"{job.out.parent}: {fault} Make room on that disk for {job.source}."
            raise SettingsError(msg)
        msg = f"{job.source}: {fault}"
        raise MediaError(msg)


def _faults(
    pool: Hands, jobs: list[Job], advance: Callable[[int], None]
) -> Iterator[tuple[int, str]]:
    with _parts(jobs) as parts:
        requests = [
            job.request | {"out": str(part), "size": _size(job.source)}
            for job, part in zip(jobs, parts, strict=True)
        ]
        for number, reply in pool.run(requests):
            if reply.value is None:
                yield number, reply.fault
            else:
                parts[number].chmod(_PUBLIC_MODE)
                parts[number].replace(jobs[number].out)
                advance(1)


@contextmanager
def _parts(jobs: list[Job]) -> Iterator[list[Path]]:
    """Names for files in the making; what is left over goes away."""
    parts: list[Path] = []
    try:
        parts.extend(_part(job.out.parent) for job in jobs)
        for part in {one.parent: one for one in parts}.values():
            _forget_older(part)
        yield parts
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _part(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    except OSError as error:
        msg = f"{folder}: nothing can be written there ({error.strerror})"
        raise SettingsError(msg) from None
    os.close(handle)
    return Path(name)


def _forget_older(part: Path) -> None:
    """Remove what others left in the making as they were killed, long before this."""
    now = part.stat().st_mtime
    for other in part.parent.glob(f"*{part.suffix}"):
        with suppress(FileNotFoundError):  # its maker is done with it
            if now - other.stat().st_mtime > _ABANDONED:
                other.unlink()


def _size(source: str) -> int:
    """Bytes of what a file is made of; a card without a cover is made of nothing."""
    if not source:
        return 0
    try:
        return Path(source).stat().st_size
    except OSError as error:
        raise MediaError(_unreadable(error)) from None


def _unreadable(error: OSError) -> str:
    return f"{error.filename}: It cannot be read or written ({error.strerror})."
