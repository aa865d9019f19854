"""Delete objects from a bucket so that nothing of them is left."""

from collections.abc import Sequence
from concurrent.futures import Executor, wait
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from peru_media.storage.s3_faults import lacks_feature, translated
from peru_media.storage.s3_settings import S3Settings

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

__all__ = ["Eraser"]


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

    def erase(self, keys: Sequence[str]) -> None:
        """Delete all that can be; then raise the first fault, if there was one."""
        if not keys:
            return
        with translated(keys[0]):
            self._abort_uploads(keys)
            versioned = self._may_keep_versions()
        work = [self._pool.submit(self._erase, key, versioned) for key in keys]
        wait(work)
        for done in work:
            done.result()

    def _erase(self, key: str, versioned: bool) -> None:  # noqa: FBT001  (handed over by a pool)
        with translated(key):
            for version in self._versions(key) if versioned else ({},):
                self._client.delete_object(Bucket=self._bucket, Key=key, **version)

    def _may_keep_versions(self) -> bool:
        try:
            answer = self._client.get_bucket_versioning(Bucket=self._bucket)
        except ClientError:
            return True  # who may not ask looks for versions, and hears if that fails
        return "Status" in answer

    def _versions(self, key: str) -> list[dict[str, Any]]:
        pages = self._client.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=key
        )
        try:
            return [
                {"VersionId": version["VersionId"]}
                for page in pages
                for version in (
                    *page.get("Versions", ()),
                    *page.get("DeleteMarkers", ()),
                )
                if version["Key"] == key
            ]
        except ClientError as fault:
            if lacks_feature(fault):
                return [{}]
            raise

    def _abort_uploads(self, keys: Sequence[str]) -> None:
        wanted = frozenset(keys)
        for upload in self._uploads():
            if upload["Key"] in wanted:
                self._client.abort_multipart_upload(Bucket=self._bucket, **upload)

    def _uploads(self) -> list[dict[str, Any]]:
        pages = self._client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._bucket, Prefix=self._prefix
        )
        try:
            return [
                {"Key": upload["Key"], "UploadId": upload["UploadId"]}
                for page in pages
                for upload in page.get("Uploads", ())
            ]
        except ClientError as fault:
            if lacks_feature(fault):
                return []
            raise
