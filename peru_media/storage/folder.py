"""A store in a folder of this machine, or of a file server."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from peru_media.errors import (
    AccessDeniedError,
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
    StoreError,
)
from peru_media.model.value import digest
from peru_media.ports import (
    Body,
    Clock,
    Fetched,
    LocalFile,
    Meta,
    Stored,
    Unchanged,
)
from peru_media.storage.keys import check_prefix, check_span
from peru_media.storage.record import Record, file_digest
from peru_media.storage.shelf import Shelf
from peru_media.storage.source import opened

__all__ = ["FolderStore"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FolderStore:
    """Keep published things in a folder, safe from half-written files.

    Args:
        root: the folder; made at the first ``put``.
        clock: tells the date of every answer.
    """

    def __init__(self, root: Path, *, clock: Clock) -> None:
        self._shelf = Shelf(root)
        self._clock = clock

    @property
    def name(self) -> str:
        """The folder's path, as it was given."""
        return str(self._shelf.root)

    def put(
        self,
        key: str,
        body: Body,
        *,
        meta: Meta,
        if_absent: bool = False,
        if_match: str | None = None,
        advance: Callable[[int], None] | None = None,
    ) -> Stored:
        """Keep the body under the key, as ``ports.Store`` says.

        The bytes are written and flushed aside first, and then take their place
        by one renaming, while no other writer may.
        """
        shelf = self._shelf
        shelf.path(key)
        with (
            self._translated(key),
            opened(body) as source,
            shelf.draft(key, source, advance) as (draft, sha256),
        ):
            with shelf.locked():
                self._check(key, if_absent=if_absent, if_match=if_match)
                now = self._clock.now()
                record = shelf.show(draft, key, sha256=sha256, meta=meta, now=now)
            shelf.flush(key)
        return record.stored(key)

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Fetch the object, or a span of it, as ``ports.Store`` says."""
        start, end = check_span(span or (0, 0))
        with self._opened(key) as (descriptor, stored):
            if stored.etag == if_none_match:
                return Unchanged(etag=stored.etag, date=self._clock.now())
            if span is None:
                body = _whole(descriptor, stored)
            else:
                body = os.pread(
                    descriptor, max(0, min(end, stored.size) - start), start
                )
        return Fetched(body=body, stored=stored, date=self._clock.now())

    def head(self, key: str) -> Stored:
        """Tell what lies under the key; its bytes are not read."""
        with self._opened(key) as (_, stored):
            return stored

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:  # noqa: ARG002  (a folder keeps no former versions)
        """List what begins with the prefix, in key order."""
        check_prefix(prefix)
        with self._translated(prefix):
            for key in self._shelf.keys(prefix):
                try:
                    stored = self.head(key)
                except ObjectNotFoundError:
                    continue  # deleted since its folder was read
                yield stored

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        """Delete the objects, their records, and what is left of their drafts.

        With ``until``, that what was stored by then, and no draft: ``sweep`` does.
        """
        for key in keys:
            self._shelf.path(key)
            with self._translated(key):
                if not self._shelf.root.exists():
                    continue
                with self._shelf.locked():
                    if not self._goes(key, until):
                        continue
                    self._shelf.remove(key)
                self._shelf.flush(key)

    def sweep(self, *, until: datetime) -> None:
        """Remove the drafts of writers that were killed."""
        with self._translated("~drafts"):
            self._shelf.sweep(until.timestamp())

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile:  # noqa: ARG002  (a file does not expire)
        """Tell which file it is."""
        return LocalFile(self._shelf.path(key))

    def _goes(self, key: str, until: datetime | None) -> bool:
        """Whether it was stored by that moment; ask under the lock."""
        if until is None:
            return True
        try:
            modified = self.head(key).modified
        except ObjectNotFoundError:
            return False
        return modified is None or modified <= until

    def _check(self, key: str, *, if_absent: bool, if_match: str | None) -> None:
        if not if_absent and if_match is None:
            return
        try:
            held = self.head(key).etag
        except ObjectNotFoundError:
            held = None
        if (if_absent and held) or (if_match is not None and held != if_match):
            raise PreconditionError(key)

    @contextmanager
    def _translated(self, key: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _sentence(self._shelf.root, key, error) from error

    @contextmanager
    def _opened(self, key: str) -> Iterator[tuple[int, Stored]]:
        path = self._shelf.path(key)
        with self._translated(key):
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            except (FileNotFoundError, NotADirectoryError):
                raise ObjectNotFoundError(key, date=self._clock.now()) from None
            try:
                yield descriptor, self._stored(key, descriptor)
            finally:
                os.close(descriptor)

    def _stored(self, key: str, descriptor: int) -> Stored:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ObjectNotFoundError(key)
        record = self._shelf.record(key)
        if record is None or not record.describes(status):
            meta = Meta(media_type=record.media_type if record else "")
            record = Record.of(status, sha256=file_digest(descriptor), meta=meta)
        return record.stored(key)


def _whole(descriptor: int, stored: Stored) -> bytes:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        body = file.read()
    if digest(body) != stored.sha256:
        msg = f"{stored.key}: its bytes on the disk are not those that were stored"
        raise DamagedObjectError(msg)
    return body


def _sentence(root: Path, key: str, error: OSError) -> StoreError:
    """Say in our words what the disk said."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        msg = (
            f"{root}: this account may not do that here ({error.strerror}: {key}). "
            "Let it read and write that folder, or choose another store"
        )
        return AccessDeniedError(msg)
    if error.errno in _FULL:
        msg = (
            f"{root}: there is no room left ({error.strerror}: {key}). Make room on "
            "that disk and try again; what was live still is"
        )
        return StoreError(msg)
    return StoreError(f"{key}: the folder does not do it ({error.strerror})")
