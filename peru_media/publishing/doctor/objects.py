"""Does the store hold everything that the live release names, and undamaged?"""

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from peru_media.errors import DamagedObjectError, ObjectNotFoundError
from peru_media.model.address import is_text
from peru_media.model.release import Table
from peru_media.model.value import digest
from peru_media.ports import Fetched, Store
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rows import Row, fail, ok
from peru_media.publishing.live import Live, unpack
from peru_media.publishing.wanting import found_wanting, note_wanting

__all__ = ["Named", "about_objects", "named_objects"]

_PIECE = 4 << 20
_WORKERS = 8
_SHOWN = 5
_PHASE = "read"
_MEND = "make publish sends it again"
_DOCS = "docs/doctor.md#objects-that-are-missing-or-damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One object that the live release names.

    Attributes:
        path: where listeners find it; empty for a part of the release itself.
        sha256: of its content, before any compression. size: of that, in bytes, or
            0 where it is not said. packed: whether it is stored as gzip.
    """

    key: str
    path: str
    sha256: str
    size: int
    packed: bool


def named_objects(live: Live) -> tuple[Named, ...]:
    """Everything that the live release names, each object once, in key order."""
    parts = live.root.parts() if live.root else ()
    found = {
        part.key: Named(key=part.key, path="", sha256=part.sha256, size=0, packed=True)
        for part in parts
    }
    for table in live.every().values():
        found |= {one.key: one for one in _of_table(table)}
    return tuple(found[key] for key in sorted(found))


def about_objects(patient: Patient, live: Live, *, read_data: bool) -> Iterator[Row]:
    """Look for every object of the live release; with ``read_data`` read each.

    Without it the store is asked for a list alone, and sizes of media compared. What
    is found is written down, so that the next publish sends it again.
    """
    if live.root is None:
        return
    named, store = named_objects(live), patient.store
    wrong = _read(named, patient) if read_data else _listed(named, store)
    known = frozenset() if read_data else found_wanting(patient.cache, store)
    note_wanting(patient.cache, store, known | {one.key for one in wrong})
    what = "read and right, byte for byte" if read_data else "in the store"
    if not wrong:
        yield ok("objects", f"all {len(named):,} objects of the release are {what}")
    for one, fault in [*wrong.items()][:_SHOWN]:
        place = one.path or "a part of the release"
        yield fail("objects", f"{place}: {fault} ({one.key})", _MEND, _DOCS)
    if len(wrong) > _SHOWN:
        rest = len(wrong) - _SHOWN
        yield fail("objects", f"{rest:,} more objects are wrong", _MEND, _DOCS)


def _of_table(table: Table) -> Iterator[Named]:
    for path, versions in table.items():
        for one in versions:
            if one.key is not None:
                yield Named(
                    key=one.key,
                    path=path,
                    sha256=one.sha256,
                    size=one.size,
                    packed=is_text(one.type),
                )


def _listed(named: tuple[Named, ...], store: Store) -> dict[Named, str]:
    """What is missing, or of another size, by a list of the store."""
    tops = sorted({one.key.partition("/")[0] + "/" for one in named})
    sizes = {stored.key: stored.size for top in tops for stored in store.list(top)}
    wrong = {}
    for one in named:
        size = sizes.get(one.key)
        if size is None:
            wrong[one] = "it is missing"
        elif not one.packed and size != one.size:
            wrong[one] = f"it has {size:,} bytes in place of {one.size:,}"
    return wrong


def _read(named: tuple[Named, ...], patient: Patient) -> dict[Named, str]:
    """What is missing or damaged, by reading every byte."""
    store, progress = patient.store, patient.progress
    progress.start(_PHASE, len(named), "objects")
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix=_PHASE) as workers:

        def look(one: Named) -> str:
            fault = _fault(one, store)
            progress.advance(_PHASE, 1)
            return fault

        faults = dict(zip(named, workers.map(look, named), strict=True))
    progress.finish(_PHASE)
    return {one: fault for one, fault in faults.items() if fault}


def _fault(one: Named, store: Store) -> str:
    try:
        if one.packed:
            right = digest(unpack(store, one.key)) == one.sha256
        else:
            right = _hashed(one, store) == one.sha256
    except ObjectNotFoundError:
        return "it is missing"
    except (DamagedObjectError, zlib.error):
        return "it is damaged"
    return "" if right else "it is damaged"


def _hashed(one: Named, store: Store) -> str:
    """Read a medium piece by piece, for it may be larger than this computer."""
    hashed = sha256()
    for at in range(0, one.size, _PIECE):
        fetched = store.get(one.key, span=(at, min(at + _PIECE, one.size)))
        if not isinstance(fetched, Fetched) or fetched.stored.size != one.size:
            return ""
        hashed.update(fetched.body)
    return hashed.hexdigest()
