"""Send a large body to a bucket in parts, several at a time."""

import base64
import contextlib
import hashlib
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from peru_media.errors import DamagedObjectError
from peru_media.storage.s3_faults import FOREIGN
from peru_media.storage.source import Source

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import CompletedPartTypeDef

__all__ = ["Upload", "md5_header"]

_MOST_PARTS = 10_000  # of S3


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One large object on its way.

    The body is read twice: for its SHA-256, which S3 wants first, and to be sent.
    A file that is changed in between is refused, and nothing is kept of it.

    Attributes:
        target: ``Bucket`` and ``Key``. headers: what is kept with the object.
        condition: ``IfNoneMatch`` or ``IfMatch``, held when it becomes visible.
        checksums: whether parts carry one of S3's newer ones; else an MD5.
        pool: sends the parts.
    """

    client: "S3Client"
    source: Source
    target: dict[str, Any]
    headers: dict[str, Any]
    condition: dict[str, Any]
    part_size: int
    checksums: bool
    pool: ThreadPoolExecutor
    advance: Callable[[int], None] | None

    def send(self) -> tuple[str, str]:
        """Send everything; give the etag and the SHA-256 of the whole."""
        mark, sha256 = self.source.mark(), self.source.digest()
        kind: dict[str, Any] = {"ChecksumAlgorithm": "CRC32"} if self.checksums else {}
        upload = self.client.create_multipart_upload(
            **self.target, **self.headers, **kind, Metadata={"sha256": sha256}
        )["UploadId"]
        try:
            parts = self._send_all(upload)
            self._check(mark)
            answer = self.client.complete_multipart_upload(
                **self.target,
                **self.condition,
                UploadId=upload,
                MultipartUpload={"Parts": parts},
            )
        except BaseException:
            with contextlib.suppress(*FOREIGN):  # the first fault is the one to tell
                self.client.abort_multipart_upload(**self.target, UploadId=upload)
            raise
        return answer["ETag"], sha256

    def _check(self, mark: object) -> None:
        if self.source.mark() != mark:
            msg = f"{self.target['Key']}: its file changed while it was being sent"
            raise DamagedObjectError(msg)

    def _parts(self) -> Iterator[_Part]:
        size = max(self.part_size, -(-self.source.size // _MOST_PARTS))
        for number, (offset, length) in enumerate(self.source.spans(size), start=1):
            yield _Part(number, offset, length)

    def _send_all(self, upload: str) -> "list[CompletedPartTypeDef]":
        send = partial(self._send_part, upload)
        sending = [self.pool.submit(send, part) for part in self._parts()]
        try:
            return [future.result() for future in sending]
        finally:
            for future in sending:
                future.cancel()
            wait(sending)

    def _send_part(self, upload: str, part: _Part) -> "CompletedPartTypeDef":
        data = self.source.read(part.offset, part.length)
        checksum: Any = (
            {"ChecksumCRC32": _crc32(data)} if self.checksums else md5_header(data)
        )
        answer = self.client.upload_part(
            **self.target,
            **checksum,
            UploadId=upload,
            PartNumber=part.number,
            Body=data,
        )
        if self.advance is not None:
            self.advance(part.length)
        sent: CompletedPartTypeDef = {"PartNumber": part.number, "ETag": answer["ETag"]}
        if self.checksums:
            sent["ChecksumCRC32"] = checksum["ChecksumCRC32"]
        return sent


def md5_header(data: bytes) -> dict[str, str]:
    """What a store that knows no newer checksum holds the bytes against.

    Not every store compares them with the SHA-256 that is part of the signature.
    """
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    return {"ContentMD5": base64.b64encode(digest).decode()}


def _crc32(data: bytes) -> str:
    return base64.b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()
