"""What may anybody do with the store, who has no credentials at all?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from peru_media.errors import AccessDeniedError, FetchError, ObjectNotFoundError
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Answer
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rights import Scratch
from peru_media.publishing.doctor.rows import Row, fail, ok, warn

__all__ = ["about_clock", "about_strangers"]

_DOCS = "docs/storage.md#what-anybody-may-do"
_CLOSED = ("held/", "state/", "releases/")
_LISTS = (b"<listbucketresult", b"<listversionsresult", b"<title>index of")
_FRESH = {"cache-control": "no-cache"}
_OK = 200
_SKEW = 60.0
_LIMIT = 2**20


def about_strangers(
    patient: Patient, scratch: Scratch, known: Mapping[str, bytes]
) -> Iterator[Row]:
    """Try as a stranger to list, put, delete and read.

    ``known`` is what is in the store beside the scratch, by key: the live root.
    """
    doors = _doors_of(patient)
    if not doors.bases:
        return
    yield _listing(patient, scratch, doors)
    yield _putting(patient, scratch, doors)
    yield _deleting(patient, scratch, doors)
    yield _reading(patient, scratch, doors, known)


def about_clock(patient: Patient) -> Iterator[Row]:
    """Compare this computer's clock with the store's (``Date``, RFC 9110, 6.6.1)."""
    if patient.inspector is None:
        return
    before = patient.clock.now()
    answer = _ask(patient, "HEAD", patient.inspector.address("current.json"))
    after = patient.clock.now()
    if answer is None:
        return  # whoever cannot be reached is told of by the next question
    theirs = _date(answer)
    if theirs is None:
        yield fail(
            "clock",
            "the store does not say what time it is, so nothing would ever turn",
            "let whatever stands before the store hand on its Date",
            "docs/storage.md#the-clock",
        )
        return
    apart = (before + (after - before) / 2 - theirs).total_seconds()
    yield _about_skew(apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doors:
    """Where a stranger may come in: the bucket itself, and the host of its media.

    Attributes:
        bases: what the address of every object begins with.
        lists: where a list of the objects would be.
    """

    bases: tuple[str, ...]
    lists: tuple[str, ...]


def _doors_of(patient: Patient) -> _Doors:
    """Every door of a target's store."""
    inspector, media = patient.inspector, patient.target.field.media_base_url
    bases: list[str] = []
    lists: list[str] = []
    if inspector is not None:
        bases.append(inspector.address("x").removesuffix("x"))
        lists += inspector.listings()
    if media is not None:
        base = f"{media.rstrip('/')}/"
        bases.append(base)
        lists += [base, f"{base}?list-type=2", f"{base}public/"]
    return _Doors(bases=tuple(bases), lists=tuple(lists))


def _about_skew(apart: float) -> Row:
    if abs(apart) <= _SKEW:
        near = max(1, round(abs(apart)))
        return ok("clock", f"the clock is within {near} s of the store's")
    way = "ahead of" if apart > 0 else "behind"
    return warn(
        "clock",
        f"this computer's clock is {abs(apart):,.0f} s {way} the store's",
        "let the system set its clock by itself (NTP)",
        "docs/storage.md#the-clock",
    )


def _listing(patient: Patient, scratch: Scratch, doors: _Doors) -> Row:
    """A list tells strangers what is scheduled, and all that they may then try."""
    for url in doors.lists:
        answer = _ask(patient, "GET", url)
        if answer and answer.status == _OK and _is_list(answer.body, scratch):
            return fail(
                "listing",
                f"anybody can list what is in the store, at {url}",
                'take s3:ListBucket and s3:ListBucketVersions from everybody ("*"), '
                "and turn the list of a web server off",
                _DOCS,
            )
    return ok("listing", "nobody can list the store without credentials")


def _is_list(body: bytes, scratch: Scratch) -> bool:
    head = body.lower()
    return scratch.token.encode() in head or any(mark in head for mark in _LISTS)


def _putting(patient: Patient, scratch: Scratch, doors: _Doors) -> Row:
    for base in doors.bases:
        for prefix in ("public/", "held/"):
            key, body = scratch.key(prefix, "stranger"), scratch.body(prefix)
            _ask(patient, "PUT", base + key, body=body)
            if _lies(patient, key):
                scratch.kept[key] = body
                return fail(
                    "put",
                    f"anybody can write below {base}{prefix}",
                    'take s3:PutObject from everybody ("*"), at once',
                    _DOCS,
                )
    return ok("put", "nobody can write to the store without credentials")


def _deleting(patient: Patient, scratch: Scratch, doors: _Doors) -> Row:
    key = scratch.key("public/")
    for base in doors.bases if key in scratch.kept else ():
        _ask(patient, "DELETE", base + key)
        if not _lies(patient, key):
            return fail(
                "remove",
                f"anybody can delete below {base}public/",
                'take s3:DeleteObject from everybody ("*"), at once',
                _DOCS,
            )
    return ok("remove", "nobody can delete from the store without credentials")


def _reading(
    patient: Patient, scratch: Scratch, doors: _Doors, known: Mapping[str, bytes]
) -> Row:
    """What is held, and what releases are made of, is for signed requests alone."""
    secret = {
        key: body
        for key, body in {**scratch.kept, **known}.items()
        if key.startswith(_CLOSED) or key == CURRENT_KEY
    }
    for base in doors.bases:
        for key, body in secret.items():
            answer = _ask(patient, "GET", base + key)
            if answer and answer.status == _OK and answer.body == body:
                place = key.partition("/")[0] + ("/" if "/" in key else "")
                return fail(
                    "closed",
                    f"anybody can read {base}{place}, which holds what is not out yet",
                    "let everybody read public/ and assets/ alone",
                    _DOCS,
                )
    names = "held/, state/, releases/ and current.json"
    return ok("closed", f"nobody can read {names} without credentials")


def _lies(patient: Patient, key: str) -> bool:
    try:
        patient.store.head(key)
    except (ObjectNotFoundError, AccessDeniedError):
        return False
    return True


def _ask(
    patient: Patient, method: str, url: str, *, body: bytes | None = None
) -> Answer | None:
    """Ask as a stranger; None where nobody answers, or with more than a scratch."""
    try:
        return patient.fetcher.request(
            method, url, body=body, headers=_FRESH, limit=_LIMIT
        )
    except FetchError:
        return None


def _date(answer: Answer) -> datetime | None:
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        return None
