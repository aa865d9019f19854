"""Is this computer fit to publish from?"""

from collections.abc import Iterator
from dataclasses import dataclass

from peru_media.publishing.doctor.rows import Row, fail, ok, warn

__all__ = ["FolderFacts", "Machine", "about_folder", "about_machine"]

_PYTHON = (3, 11)
_LITTLE, _TOO_LITTLE = 2 * 2**30, 256 * 2**20
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFacts:
    """A folder that a target stores in.

    Attributes:
        path: where it is. there: whether it exists.
        writable: whether we may write there, or where it will be made.
        for_all: whether everybody on this computer may change it.
    """

    path: str
    there: bool
    writable: bool
    for_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What was found of this computer.

    Attributes:
        python: its version. missing: parts that cannot be loaded.
        zone: the site's time zone. zone_known: whether its data are there.
        free: bytes of room where the project lies.
        unreadable: files of the project that cannot be read.
        exposed: files with credentials that others on this computer may read.
        folder: of a target that stores in one.
    """

    python: tuple[int, int, int]
    missing: tuple[str, ...]
    zone: str
    zone_known: bool
    free: int
    unreadable: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()
    folder: FolderFacts | None = None


def about_machine(machine: Machine) -> Iterator[Row]:
    """Judge this computer: program, room, files."""
    yield _parts(machine)
    yield _zone(machine)
    yield _room(machine)
    yield _project(machine)
    yield _secrets(machine)


def about_folder(folder: FolderFacts) -> Row:
    """Judge the folder that a target stores in."""
    if folder.for_all:
        return fail(
            "folder",
            f"everybody on this computer may change {folder.path}, which is published",
            f"chmod -R o-w {folder.path}",
            "docs/storage.md#a-folder",
        )
    if not folder.writable:
        return fail(
            "folder",
            f"{folder.path} cannot be written by you",
            "let it belong to you, or publish as whom it belongs to",
            "docs/storage.md#a-folder",
        )
    made = "can be written" if folder.there else "will be made"
    return ok("folder", f"the store {folder.path} {made}, by you alone")


def _parts(machine: Machine) -> Row:
    version = ".".join(map(str, machine.python))
    if machine.python[:2] < _PYTHON:
        return fail("parts", f"Python {version} is too old", "install Python 3.11")
    if machine.missing:
        names = ", ".join(machine.missing)
        return fail("parts", f"these parts cannot be loaded: {names}", "make setup")
    return ok("parts", f"Python {version}, and all parts load")


def _zone(machine: Machine) -> Row:
    if machine.zone_known:
        return ok("zone", f"the times of {machine.zone} are known")
    return fail("zone", f"the times of {machine.zone} are not known", "make setup")


def _room(machine: Machine) -> Row:
    room = f"{machine.free / 1e9:,.1f} GB"
    advice = "make room: published copies are made on this disk before they are sent"
    if machine.free < _TOO_LITTLE:
        return fail("room", f"only {room} are free on this disk", advice)
    if machine.free < _LITTLE:
        return warn("room", f"{room} are free on this disk", advice)
    return ok("room", f"{room} are free on this disk")


def _project(machine: Machine) -> Row:
    if not machine.unreadable:
        return ok("project", "every file of the project can be read")
    names = _some(machine.unreadable)
    return fail("project", f"cannot be read: {names}", "let them be read by you")


def _secrets(machine: Machine) -> Row:
    if not machine.exposed:
        return ok("secrets", "no file with credentials is open to others here")
    names = " ".join(machine.exposed)
    return fail(
        "secrets",
        f"others on this computer may read {names}",
        f"chmod 600 {names}, and have the credentials in it renewed",
        "docs/storage.md#credentials",
    )


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
