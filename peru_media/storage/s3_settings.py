"""What must be known of a bucket before anything is asked of it."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from peru_media.errors import SettingsError
from peru_media.storage.keys import is_key

__all__ = ["S3Settings"]

_SMALLEST_PART = 5 << 20  # S3 refuses smaller ones, but for the last


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Settings:
    """Which bucket, where, and how to speak with it; never a password.

    Credentials come by the usual AWS chain: environment, profile, role.

    Attributes:
        bucket: name of the bucket.
        prefix: what all keys begin with inside the bucket, without slashes at
            its ends; empty for the whole bucket.
        endpoint: address of a store that is not AWS, such as
            ``https://s3.example.org``. region: as the store names it.
        profile: of the AWS configuration files, instead of the default one.
        addressing: whether the bucket stands in the ``path`` or in the host
            name (``virtual``); ``auto`` suits most stores.
        checksums: ``when_supported`` sends a checksum with everything;
            ``when_required`` suits stores that choke on the checksum headers of
            S3, and sends the bytes signed and with their MD5, which is older.
        part_size: bytes; larger bodies are sent in parts of this size.
        connections: parts that are sent at the same time.
        attempts: how often a request is tried. connect_timeout, read_timeout:
            seconds of silence before a try counts as failed.
    """

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None
    profile: str | None = None
    addressing: Literal["auto", "path", "virtual"] = "auto"
    checksums: Literal["when_supported", "when_required"] = "when_supported"
    part_size: int = 16 << 20
    connections: int = 8
    attempts: int = 3
    connect_timeout: float = 5
    read_timeout: float = 30

    def __post_init__(self) -> None:
        if self.prefix and not is_key(self.prefix):
            msg = f"{self.prefix!r} can't be a prefix; write it like media/podcasts"
            raise SettingsError(msg)
        if self.endpoint and "@" in urlsplit(self.endpoint).netloc:
            msg = "the endpoint holds a password; put credentials in a profile"
            raise SettingsError(msg)
        if self.part_size < _SMALLEST_PART:
            msg = f"part_size is {self.part_size}; S3 wants at least {_SMALLEST_PART}"
            raise SettingsError(msg)

    @property
    def name(self) -> str:
        """The store for people: ``s3://bucket/prefix``."""
        return "/".join(filter(None, ("s3:/", self.bucket, self.prefix)))
