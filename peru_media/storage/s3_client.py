"""The door to boto3. Importing this costs 0.3 s, so only ``S3Store`` does."""

from typing import TYPE_CHECKING, Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from peru_media.errors import SettingsError
from peru_media.storage.s3_settings import S3Settings

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

__all__ = ["connect", "credentials"]

_MOST_CONNECTIONS = 64


def connect(settings: S3Settings, *, signed: bool = True) -> "S3Client":
    """Make the client of one bucket; no request is sent yet.

    Every body is hashed once: with checksums, the SHA-256 or CRC32 that goes
    with it stands in a signed header, so the payload need not be signed again.
    One that is not ``signed`` speaks as a stranger does, without credentials.

    Raises:
        SettingsError: the profile, region or endpoint does not exist.
    """
    try:
        session = boto3.Session(
            profile_name=settings.profile, region_name=settings.region
        )
        client: S3Client = session.client(
            "s3",
            endpoint_url=settings.endpoint,
            config=_config(settings, "s3v4" if signed else UNSIGNED),
        )
    except (BotoCoreError, ValueError) as error:
        msg = f"{settings.name}: {error}"
        raise SettingsError(msg) from error
    return client


def credentials(settings: S3Settings) -> tuple[str, str] | None:
    """Find the credentials that are used: where they come from, and the key's id."""
    session = boto3.Session(profile_name=settings.profile)
    found = session.get_credentials()
    return (found.method, found.access_key) if found else None


def _config(settings: S3Settings, signature: Any) -> Config:  # noqa: ANN401  # botocore's mark is of no type
    return Config(
        signature_version=signature,
        request_checksum_calculation=settings.checksums,
        response_checksum_validation="when_required",
        max_pool_connections=_MOST_CONNECTIONS,
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
        retries={"mode": "standard", "total_max_attempts": settings.attempts},
        s3={
            "addressing_style": settings.addressing,
            "payload_signing_enabled": settings.checksums == "when_required",
        },
    )
