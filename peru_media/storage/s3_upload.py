"""Send a large body to a bucket in parts, several at a time."""

import base64
import contextlib
import hashlib
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from peru_media.storage.s3_faults import FOREIGN
from peru_media.storage.source import Source

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import CompletedPartTypeDef

__all__ = ["Upload"]

_MOST_PARTS = 10_000  # of S3
_CHUNK = 256 << 10  # stays in the processor's cache for both hashes


@dataclass(frozen=True, slots=True)
class _Part:
    number: int
    offset: int
    length: int
    crc32: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One large object on its way.

    The body is read twice: for its hashes, and to be sent. Each part carries the
    checksum of the first reading, so a file that changed in between is refused.

    Attributes:
        target: ``Bucket`` and ``Key``. headers: what is kept with the object.
        condition: ``IfNoneMatch`` or ``IfMatch``, held when it becomes visible.
        checksums: whether parts carry one; else their bytes are signed.
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
        sha256, parts = self._survey()
        kind: dict[str, Any] = {"ChecksumAlgorithm": "CRC32"} if self.checksums else {}
        upload = self.client.create_multipart_upload(
            **self.target, **self.headers, **kind, Metadata={"sha256": sha256}
        )["UploadId"]
        try:
            answer = self.client.complete_multipart_upload(
                **self.target,
                **self.condition,
                UploadId=upload,
                MultipartUpload={"Parts": self._send_all(upload, parts)},
            )
        except BaseException:
            with contextlib.suppress(*FOREIGN):  # the first fault is the one to tell
                self.client.abort_multipart_upload(**self.target, UploadId=upload)
            raise
        return answer["ETag"], sha256

    def _survey(self) -> tuple[str, list[_Part]]:
        whole, parts = hashlib.sha256(), []
        size = max(self.part_size, -(-self.source.size // _MOST_PARTS))
        for number, (offset, length) in enumerate(self.source.spans(size), start=1):
            crc32 = 0
            for start in range(offset, offset + length, _CHUNK):
                end = min(start + _CHUNK, offset + length)
                data = self.source.read(start, end - start)
                whole.update(data)
                crc32 = zlib.crc32(data, crc32)
            parts.append(_Part(number, offset, length, _header(crc32)))
        return whole.hexdigest(), parts

    def _send_all(
        self, upload: str, parts: list[_Part]
    ) -> "list[CompletedPartTypeDef]":
        sending = [self.pool.submit(self._send_part, upload, part) for part in parts]
        try:
            return [future.result() for future in sending]
        finally:
            for future in sending:
                future.cancel()
            wait(sending)

    def _send_part(self, upload: str, part: _Part) -> "CompletedPartTypeDef":
        checksum: Any = {"ChecksumCRC32": part.crc32} if self.checksums else {}
        answer = self.client.upload_part(
            **self.target,
            **checksum,
            UploadId=upload,
            PartNumber=part.number,
            Body=self.source.read(part.offset, part.length),
        )
        if self.advance is not None:
            self.advance(part.length)
        sent: CompletedPartTypeDef = {"PartNumber": part.number, "ETag": answer["ETag"]}
        if self.checksums:
            sent["ChecksumCRC32"] = part.crc32
        return sent


def _header(crc32: int) -> str:
    return base64.b64encode(crc32.to_bytes(4, "big")).decode()
