"""A store in a bucket: Amazon S3, or any other that speaks its language."""

import base64
import contextlib
import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from peru_media.errors import (
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
    StoreError,
)
from peru_media.model.value import digest
from peru_media.ports import Address, Body, Fetched, Meta, Stored, Unchanged
from peru_media.storage.keys import check_key, check_prefix, check_span, is_key
from peru_media.storage.s3_settings import S3Settings
from peru_media.storage.source import Source, opened

__all__ = ["S3Settings", "S3Store"]

_NOT_MODIFIED, _NO_SUCH_RANGE = 304, 416
_LONGEST_ADDRESS = timedelta(days=7)  # of AWS Signature Version 4


class S3Store:
    """Keep published things in a bucket that many machines can reach.

    boto3 is imported here and not with the module: it takes as long as
    everything else together, and most commands never meet a bucket.

    Raises:
        SettingsError: the profile, region or endpoint does not exist.
    """

    def __init__(self, settings: S3Settings) -> None:
        from peru_media.storage import (  # noqa: PLC0415  (see above)
            s3_client,
            s3_eraser,
            s3_faults,
            s3_upload,
        )

        self._settings = settings
        self._client = s3_client.connect(settings)
        self._pool = ThreadPoolExecutor(settings.connections, "peru-media-s3")
        self._eraser = s3_eraser.Eraser(self._client, settings, self._pool)
        self._translated = s3_faults.translated
        self._may_be_done = s3_faults.may_be_done
        self._upload = s3_upload.Upload
        self._md5_header = s3_upload.md5_header

    @property
    def name(self) -> str:
        """The bucket and prefix, as ``s3://bucket/prefix``."""
        return self._settings.name

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

        Its SHA-256 is kept beside it, so that ``head`` can tell it.
        """
        headers, condition = _headers(meta), _condition(if_absent, if_match)
        with self._translated(key), opened(body) as source:
            large = source.size > self._settings.part_size
            send = self._send_parts if large else self._send_whole
            try:
                etag, sha256 = send(key, source, headers, condition, advance)
            except self._client.exceptions.NoSuchKey:
                raise PreconditionError(key) from None  # nothing there to match
            except self._client.exceptions.ClientError as fault:
                return self._done_already(key, source, fault)
        return Stored(
            key=key,
            size=source.size,
            etag=etag,
            sha256=sha256,
            media_type=meta.media_type,
        )

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Fetch the object, or a span of it, as ``ports.Store`` says.

        A whole object is compared with the SHA-256 that was kept beside it.
        """
        ask: dict[str, Any] = (
            {} if if_none_match is None else {"IfNoneMatch": if_none_match}
        )
        if span is not None:
            start, end = check_span(span)
            if start == end:
                return self._nothing(key)
            ask["Range"] = f"bytes={start}-{end - 1}"
        with self._translated(key):
            try:
                answer = self._client.get_object(**self._target(key), **ask)
                body = answer["Body"].read()
            except self._client.exceptions.ClientError as fault:
                return self._without_body(key, fault)
        stored = _stored(key, answer)
        if span is None and stored.sha256 not in {None, digest(body)}:
            msg = f"{key}: its bytes in the bucket are not those that were stored"
            raise DamagedObjectError(msg)
        return Fetched(body=body, stored=stored, date=_date(answer))

    def head(self, key: str) -> Stored:
        """Tell what lies under the key."""
        with self._translated(key):
            return _stored(key, self._client.head_object(**self._target(key)))

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:
        """List what begins with the prefix, in key order.

        All pages are read before the first object is given: not every store
        lists in the order of keys.
        """
        within = self._within()
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._settings.bucket, Prefix=within + check_prefix(prefix)
        )
        with self._translated(prefix):
            found = [
                Stored(
                    key=item["Key"].removeprefix(within),
                    size=item["Size"],
                    etag=item["ETag"],
                    modified=item["LastModified"].astimezone(UTC),
                )
                for page in pages
                for item in page.get("Contents", ())
            ]
            if former:
                found += self._eraser.remains(within, prefix, found)
        own = (stored for stored in found if is_key(stored.key))
        return iter(sorted(own, key=lambda stored: stored.key))

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        """Delete the objects, every version, and unfinished uploads of them."""
        self._eraser.erase([self._within() + check_key(key) for key in keys], until)

    def sweep(self, *, until: datetime) -> None:
        """End the uploads that were begun by that moment and never finished."""
        with self._translated(""):
            self._eraser.sweep(self._within(), until)

    def locate(self, key: str, *, valid_for: timedelta) -> Address:
        """Sign an address that anyone can fetch the object from for so long.

        Raises:
            StoreError: for longer than the seven days that S3 allows.
        """
        if valid_for > _LONGEST_ADDRESS:
            msg = f"{key}: an address can be signed for seven days at most"
            raise StoreError(msg)
        with self._translated(key):
            return Address(
                self._client.generate_presigned_url(
                    "get_object",
                    Params=self._target(key),
                    ExpiresIn=math.ceil(valid_for.total_seconds()),
                )
            )

    def _within(self) -> str:
        return f"{self._settings.prefix}/" if self._settings.prefix else ""

    def _target(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._settings.bucket, "Key": self._within() + check_key(key)}

    def _send_whole(
        self,
        key: str,
        source: Source,
        headers: dict[str, Any],
        condition: dict[str, Any],
        advance: Callable[[int], None] | None,
    ) -> tuple[str, str]:
        data = source.read(0, source.size)
        sha256 = hashlib.sha256(data)
        if self._settings.checksums == "when_supported":
            headers["ChecksumSHA256"] = base64.b64encode(sha256.digest()).decode()
        else:
            headers |= self._md5_header(data)
        answer = self._client.put_object(
            **self._target(key),
            **headers,
            **condition,
            Body=data,
            Metadata={"sha256": sha256.hexdigest()},
        )
        if advance is not None:
            advance(source.size)
        return answer["ETag"], sha256.hexdigest()

    def _send_parts(
        self,
        key: str,
        source: Source,
        headers: dict[str, Any],
        condition: dict[str, Any],
        advance: Callable[[int], None] | None,
    ) -> tuple[str, str]:
        return self._upload(
            client=self._client,
            source=source,
            target=self._target(key),
            headers=headers,
            condition=condition,
            part_size=self._settings.part_size,
            checksums=self._settings.checksums == "when_supported",
            pool=self._pool,
            advance=advance,
        ).send()

    def _done_already(self, key: str, source: Source, fault: Any) -> Stored:  # noqa: ANN401  (botocore's class, not imported here)
        """Find our own object, where it was stored and only the reply was lost."""
        if self._may_be_done(fault):
            with contextlib.suppress(ObjectNotFoundError):
                held = self.head(key)
                if held.sha256 == source.digest():
                    return held
        raise fault

    def _without_body(self, key: str, fault: Any) -> Fetched | Unchanged:  # noqa: ANN401  (botocore's class, not imported here)
        answer = fault.response
        status = answer["ResponseMetadata"]["HTTPStatusCode"]
        if status == _NOT_MODIFIED:
            etag = answer["ResponseMetadata"]["HTTPHeaders"].get("etag", "")
            return Unchanged(etag=etag, date=_date(answer))
        if status == _NO_SUCH_RANGE:
            return self._nothing(key)
        raise fault

    def _nothing(self, key: str) -> Fetched:
        with self._translated(key):
            answer = self._client.head_object(**self._target(key))
        return Fetched(body=b"", stored=_stored(key, answer), date=_date(answer))


def _headers(meta: Meta) -> dict[str, Any]:
    headers = {
        "ContentType": meta.media_type,
        "CacheControl": meta.cache_control,
        "ContentEncoding": meta.content_encoding,
    }
    return {name: value for name, value in headers.items() if value}


def _condition(if_absent: bool, if_match: str | None) -> dict[str, Any]:  # noqa: FBT001  (private, and both named by their callers)
    condition = {"IfNoneMatch": "*" if if_absent else None, "IfMatch": if_match}
    return {name: value for name, value in condition.items() if value is not None}


def _stored(key: str, answer: Mapping[str, Any]) -> Stored:
    _, _, size = answer.get("ContentRange", "").rpartition("/")
    return Stored(
        key=key,
        size=int(size or answer["ContentLength"]),
        etag=answer["ETag"],
        sha256=answer["Metadata"].get("sha256"),
        media_type=answer.get("ContentType", ""),
        modified=_utc(answer.get("LastModified")),
    )


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _date(answer: Mapping[str, Any]) -> datetime:
    text = answer["ResponseMetadata"]["HTTPHeaders"].get("date", "")
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        msg = "the store does not say what time it is"
        raise StoreError(msg) from None
