"""Look at a target as a whole: every question, in an order that makes sense."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress

from peru_media.errors import AccessDeniedError, FetchError, StoreError
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Fetched
from peru_media.publishing.conditional import conditional_writes
from peru_media.publishing.doctor.addresses import about_address
from peru_media.publishing.doctor.hosts import about_hosts
from peru_media.publishing.doctor.machine import about_folder, about_machine
from peru_media.publishing.doctor.objects import about_objects
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rights import (
    Scratch,
    about_credentials,
    about_deleting,
    about_writing,
)
from peru_media.publishing.doctor.rows import Row, Verdict, fail, ok
from peru_media.publishing.doctor.settings import about_settings
from peru_media.publishing.doctor.strangers import (
    about_clock,
    about_strangers,
)
from peru_media.publishing.doctor.timeline import about_timeline, about_withdrawn
from peru_media.publishing.live import Live, read_live

__all__ = ["examine"]

_ADVICE = ("see that the store can be reached, and try again", "docs/storage.md")


def examine(patient: Patient, *, read_data: bool = False) -> Generator[Row, None, None]:
    """Ask every question there is about a target; each answer comes when it is known.

    Nothing that is published is changed: small objects are put into the store to try
    it, and taken away again. With ``read_data`` every byte of the live release is read.
    """
    yield from about_machine(patient.machine)
    if patient.machine.folder is not None:
        yield about_folder(patient.machine.folder)
    yield from about_settings(patient.target)
    yield from _asked("clock", lambda: about_clock(patient))
    for row in _asked("credentials", lambda: (about_credentials(patient),)):
        yield row
        if row.verdict is Verdict.FAIL:
            return
    try:
        live = read_live(patient.store, {})
    except StoreError as error:
        yield fail("release", str(error), *_ADVICE)
        return
    yield from _tried(patient, live)
    yield from _asked("conditional", lambda: _conditional(patient))
    yield from _asked("release", lambda: about_timeline(patient, live))
    yield from _asked("withdrawn", lambda: about_withdrawn(patient, live))
    yield from _asked(
        "objects",
        lambda: about_objects(patient, live, read_data=read_data),
    )
    yield from _asked("served", lambda: about_address(patient, live))


def _asked(about: str, question: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """Ask, and let a store or server that fails be an answer too."""
    try:
        yield from question()
    except (StoreError, FetchError) as error:
        yield fail(about, str(error), *_ADVICE)


def _tried(patient: Patient, live: Live) -> Iterator[Row]:
    """Try the store with objects that nobody knows; they go, whatever happens."""
    scratch = Scratch(patient.token)
    try:
        yield from _asked("write", lambda: about_writing(patient, scratch))
        yield from _asked("open", lambda: about_hosts(patient, scratch))
        yield from _asked(
            "listing",
            lambda: about_strangers(patient, scratch, _known(patient, live)),
        )
        yield from _asked("delete", lambda: about_deleting(patient, scratch))
    finally:
        if scratch.kept:
            with suppress(StoreError):  # a row has told it
                patient.store.delete([*scratch.kept])


def _known(patient: Patient, live: Live) -> dict[str, bytes]:
    """What strangers should not be able to read, and lies in the store anyway."""
    keys = (CURRENT_KEY, live.current.key) if live.current else ()
    found = {key: patient.store.get(key) for key in keys}
    return {key: got.body for key, got in found.items() if isinstance(got, Fetched)}


def _conditional(patient: Patient) -> Iterator[Row]:
    try:
        kept = conditional_writes(patient.store, token=patient.token)
    except AccessDeniedError:
        return  # who may not write at all has heard so
    if kept:
        yield ok("conditional", "a stale write is refused, so colleagues are safe")
    else:
        yield fail(
            "conditional",
            "this store lets a stale write through, so of two colleagues who publish "
            "at once one undoes the other",
            "let one person alone publish, or move to a store that keeps conditions "
            "of writing (If-Match, If-None-Match)",
            "docs/storage.md#two-colleagues-at-once",
        )
