"""The door to boto3. Importing this costs 0.3 s, so only ``S3Store`` does."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from peru_media.errors import SettingsError
from peru_media.storage.s3_settings import S3Settings

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

__all__ = ["connect"]

_MOST_CONNECTIONS = 64


def connect(settings: S3Settings) -> "S3Client":
    """Make the client of one bucket; no request is sent yet.

    Every body is hashed once: with checksums, the SHA-256 or CRC32 that goes
    with it stands in a signed header, so the payload need not be signed again.

    Raises:
        SettingsError: the profile, region or endpoint does not exist.
    """
    try:
        session = boto3.Session(
            profile_name=settings.profile, region_name=settings.region
        )
        client: S3Client = session.client(
            "s3", endpoint_url=settings.endpoint, config=_config(settings)
        )
    except (BotoCoreError, ValueError) as error:
        msg = f"{settings.name}: {error}"
        raise SettingsError(msg) from error
    return client


def _config(settings: S3Settings) -> Config:
    return Config(
        signature_version="s3v4",
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
