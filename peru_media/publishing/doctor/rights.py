"""What may these credentials do in the store? Found out by doing it, and undoing it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from peru_media.errors import (
    AccessDeniedError,
    ObjectNotFoundError,
    StoreError,
)
from peru_media.ports import Fetched, Meta
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rows import Row, fail, ok, warn

__all__ = ["MEDIUM", "Scratch", "about_credentials", "about_deleting", "about_writing"]

MEDIUM = "audio/mpeg"
PREFIXES = ("public/", "held/", "assets/", "state/", "releases/")
_MEDIA = ("public/", "held/")
_DOCS = "docs/storage.md#what-staff-may-do"
_TEXT = Meta(media_type="text/plain", cache_control="no-store")
_SOUND = Meta(media_type=MEDIUM, cache_control="no-store")


@dataclass(slots=True)
class Scratch:
    """Small objects that lie in the store while it is examined.

    Attributes:
        token: the part of their names that nobody else has.
        kept: what was put, by key.
    """

    token: str
    kept: dict[str, bytes] = field(default_factory=dict)

    def key(self, prefix: str, name: str = "scratch") -> str:
        """The name of one below a prefix."""
        return f"{prefix}doctor-{self.token}/{name}"

    def body(self, prefix: str) -> bytes:
        """What is put below a prefix."""
        return f"A scratch of the doctor below {prefix}: {self.token}\n".encode()


def about_credentials(patient: Patient) -> Row:
    """Tell whose credentials are used; a folder needs none."""
    if patient.inspector is None:
        return ok("credentials", "a folder needs no credentials")
    who = patient.inspector.credentials()
    if who is not None:
        return ok("credentials", who)
    return fail(
        "credentials",
        "there are no credentials for the store",
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write them into "
        "~/.aws/credentials, and name their profile: in the target",
        "docs/storage.md#credentials",
    )


def about_writing(patient: Patient, scratch: Scratch) -> Iterator[Row]:
    """Put a text below each prefix, and read it; it stays until ``about_deleting``."""
    refused = [prefix for prefix in PREFIXES if not _put(patient, scratch, prefix)]
    if refused:
        yield fail(
            "write",
            f"these credentials may not write {_listed(refused)}",
            "give staff the policy for staff; that of servers only reads",
            _DOCS,
        )
    else:
        yield ok("write", "these credentials can write what a publish sends")
    damaged = [key for key, body in scratch.kept.items() if not _is(patient, key, body)]
    if damaged:
        yield fail(
            "read",
            f"what was put cannot be read again: {_listed(damaged)}",
            "give these credentials the right to read what they write",
            _DOCS,
        )
    elif scratch.kept:
        yield ok("read", "what was put is read again, byte for byte")
    yield _about_missing(patient, scratch)
    yield from _about_policy(patient)


def about_deleting(patient: Patient, scratch: Scratch) -> Iterator[Row]:
    """Take away what was put, and see that no version of it is left."""
    keys = [*scratch.kept]
    if not keys:
        return
    try:
        patient.store.delete(keys)
    except StoreError as error:
        yield fail(
            "delete",
            f"these credentials cannot delete, so nobody could be withdrawn: {error}",
            "give staff the policy for staff",
            _DOCS,
        )
        return
    scratch.kept.clear()
    left = [key for key in keys if _remains(patient, key)]
    if left:
        yield fail(
            "delete",
            f"what was deleted is still there: {_listed(left)}",
            "see that no rule of the bucket keeps or locks deleted objects",
            "docs/storage.md#versions",
        )
    else:
        yield ok("delete", "what is deleted is gone, with every version of it")


def _put(patient: Patient, scratch: Scratch, prefix: str) -> bool:
    """Put it twice, so that there is an older version to be deleted."""
    key, body = scratch.key(prefix), scratch.body(prefix)
    try:
        for text in (b"An older version.\n", body):
            patient.store.put(key, text, meta=_SOUND if prefix in _MEDIA else _TEXT)
            scratch.kept[key] = body
    except AccessDeniedError:
        return False
    return True


def _is(patient: Patient, key: str, body: bytes) -> bool:
    try:
        fetched = patient.store.get(key)
    except (AccessDeniedError, ObjectNotFoundError):
        return False
    return isinstance(fetched, Fetched) and fetched.body == body


def _about_missing(patient: Patient, scratch: Scratch) -> Row:
    """Is there a difference between what is missing and what is closed?"""
    try:
        patient.store.head(scratch.key("state/", "missing"))
    except ObjectNotFoundError:
        return ok("missing", "what is not there is told from what is closed")
    except AccessDeniedError:
        pass
    return fail(
        "missing",
        "the store does not tell these credentials what is not there",
        "let them list the bucket (s3:ListBucket)",
        _DOCS,
    )


def _about_policy(patient: Patient) -> Iterator[Row]:
    if patient.inspector is None:
        return
    if patient.inspector.may_change_policy():
        yield warn(
            "policy",
            "these credentials may change who may do what with the bucket, which "
            "publishing never needs",
            "publish with credentials that have the policy for staff alone",
            _DOCS,
        )
    else:
        yield ok("policy", "these credentials cannot change the bucket's policy")


def _remains(patient: Patient, key: str) -> bool:
    """Whether the object is there, or anything that it once was."""
    return any(True for _ in patient.store.list(key, former=True))


def _listed(names: list[str]) -> str:
    return ", ".join(names)
