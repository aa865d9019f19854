"""Delete objects from a bucket so that nothing of them is left."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from peru_media.ports import Stored
from peru_media.storage.s3_faults import lacks_feature, translated
from peru_media.storage.s3_settings import S3Settings

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

__all__ = ["Eraser"]

_GONE = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class _Left:
    """A version of an object, a mark of its deletion, or an upload of it."""

    key: str
    id: str
    size: int
    since: datetime

    def by(self, until: datetime | None) -> bool:
        return until is None or self.since <= until


class Eraser:
    """Delete every version of objects, and what was sent of them and not finished.

    Objects are deleted one by one and several at a time: not every store
    understands the deletion of many, and a withdrawal has few.

    Args:
        client: of the store. settings: which bucket. pool: does the deleting.
    """

    def __init__(
        self, client: "S3Client", settings: S3Settings, pool: Executor
    ) -> None:
        self._client = client
        self._bucket = settings.bucket
        self._prefix = settings.prefix
        self._pool = pool

    def erase(self, keys: Sequence[str], until: datetime | None = None) -> None:
        """Delete all that can be; then raise the first fault, if there was one.

        With ``until``, only what was stored or begun by that moment.
        """
        if not keys:
            return
        with translated(keys[0]):
            self._abort(frozenset(keys), self._prefix, until)
            versioned = self._may_keep_versions()
        work = [self._pool.submit(self._erase, key, versioned, until) for key in keys]
        wait(work)
        for done in work:
            done.result()

    def sweep(self, within: str, until: datetime) -> None:
        """End every upload below a prefix that was begun by that moment."""
        self._abort(None, within, until)

    def remains(
        self, within: str, prefix: str, present: Sequence[Stored]
    ) -> list[Stored]:
        """What is left under names that no object has any more, one for each."""
        there = {within + stored.key for stored in present}
        found: dict[str, Stored] = {}
        begin = within + prefix
        for left in (*(self._versions(begin) or ()), *self._uploads(begin)):
            if left.key in there:
                continue
            before = found.get(left.key) or _nothing(left, within)
            latest = max(left.since, before.modified or left.since)
            size = before.size + left.size
            found[left.key] = replace(before, size=size, modified=latest)
        return list(found.values())

    def _erase(self, key: str, versioned: bool, until: datetime | None) -> None:  # noqa: FBT001  (handed over by a pool)
        with translated(key):
            versions = self._versions(key) if versioned else None
            if versions is None:
                self._erase_only(key, until)
                return
            for left in versions:
                if left.key == key and left.by(until):
                    self._client.delete_object(
                        Bucket=self._bucket, Key=key, VersionId=left.id
                    )

    def _erase_only(self, key: str, until: datetime | None) -> None:
        """Delete the one version that there is."""
        if until is None or self._was_there(key, until):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def _was_there(self, key: str, until: datetime) -> bool:
        try:
            found = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as fault:
            if _status(fault) == _GONE:
                return False
            raise
        return found["LastModified"].astimezone(UTC) <= until

    def _may_keep_versions(self) -> bool:
        try:
            answer = self._client.get_bucket_versioning(Bucket=self._bucket)
        except ClientError:
            return True  # who may not ask looks for versions, and hears if that fails
        return "Status" in answer

    def _versions(self, prefix: str) -> list[_Left] | None:
        """Versions and marks of deletion; None where the store knows of none."""
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        try:
            return [
                _left(found, found["VersionId"], found["LastModified"])
                for page in pages
                for found in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
            ]
        except ClientError as fault:
            if lacks_feature(fault):
                return None
            raise

    def _abort(
        self, keys: frozenset[str] | None, prefix: str, until: datetime | None
    ) -> None:
        """End uploads: of these keys, or of all."""
        for upload in self._uploads(prefix):
            if (keys is None or upload.key in keys) and upload.by(until):
                self._abort_one(upload)

    def _abort_one(self, upload: _Left) -> None:
        try:
            self._client.abort_multipart_upload(
                Bucket=self._bucket, Key=upload.key, UploadId=upload.id
            )
        except ClientError as fault:
            if _status(fault) != _GONE:  # somebody else ended it first
                raise

    def _uploads(self, prefix: str) -> Iterator[_Left]:
        pages = self._client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        try:
            found = [upload for page in pages for upload in page.get("Uploads", ())]
        except ClientError as fault:
            if lacks_feature(fault):
                return
            raise
        for upload in found:
            yield _left(upload, upload["UploadId"], upload.get("Initiated"))


def _status(fault: ClientError) -> int:
    return fault.response["ResponseMetadata"]["HTTPStatusCode"]


def _left(found: Any, name: str, since: datetime | None) -> _Left:  # noqa: ANN401  # of three kinds
    """Any of them; one that does not say since when is as young as can be."""
    moment = since.astimezone(UTC) if since else datetime.max.replace(tzinfo=UTC)
    return _Left(key=found["Key"], id=name, size=found.get("Size", 0), since=moment)


def _nothing(left: _Left, within: str) -> Stored:
    return Stored(
        key=left.key.removeprefix(within), size=0, etag="", modified=left.since
    )
