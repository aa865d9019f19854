"""What a folder store remembers of an object beside its bytes."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from peru_media.ports import Meta, Stored

__all__ = ["Record", "file_digest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The facts of one object, so that asking for them reads no media.

    Size and time say which bytes it speaks of: whoever changed the file by hand
    made the record void, and the bytes are asked instead.

    Attributes:
        size: bytes. changed: time of the file's last change, in nanoseconds.
        sha256: hex digest of the bytes.
        since: when they were stored, in seconds since 1970, by the store's clock;
        None where only the file itself can tell.
    """

    size: int
    changed: int
    sha256: str
    media_type: str = ""
    cache_control: str = ""
    content_encoding: str = ""
    since: float | None = None

    @classmethod
    def of(
        cls,
        status: os.stat_result,
        *,
        sha256: str,
        meta: Meta,
        now: datetime | None = None,
    ) -> Self:
        """Describe a file that was just written, or, without a moment, found."""
        return cls(
            size=status.st_size,
            changed=status.st_mtime_ns,
            sha256=sha256,
            media_type=meta.media_type,
            cache_control=meta.cache_control,
            content_encoding=meta.content_encoding,
            since=now.timestamp() if now else None,
        )

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Read a record; None where there is none, or none to be understood."""
        try:
            return cls(**json.loads(path.read_bytes()))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None

    def to_bytes(self) -> bytes:
        """One JSON object."""
        return json.dumps(asdict(self)).encode()

    def describes(self, status: os.stat_result) -> bool:
        """Whether this record speaks of these very bytes."""
        return (self.size, self.changed) == (status.st_size, status.st_mtime_ns)

    def stored(self, key: str) -> Stored:
        """The same, as every store tells it."""
        since = self.changed / 1e9 if self.since is None else self.since
        return Stored(
            key=key,
            size=self.size,
            etag=self.sha256,
            sha256=self.sha256,
            media_type=self.media_type,
            modified=datetime.fromtimestamp(since, UTC),
        )


def file_digest(descriptor: int) -> str:
    """SHA-256 of a whole open file as 64 hex digits."""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()
