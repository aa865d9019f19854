import secrets
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from peru_media.errors import AccessDeniedError, SettingsError, StoreError
from peru_media.ports import Address, Fetched, Store
from peru_media.storage.s3 import S3Store
from peru_media.storage.s3_settings import S3Settings
from tests.seaweed import Seaweed
from tests.storage.suite import LARGE, TEXT, StoreSuite, body_of

HOUR = timedelta(hours=1)
SMALLEST_PART = 5 << 20


@pytest.fixture(scope="session")
def bucket(seaweed: Seaweed) -> str:
    return seaweed.make_bucket()


@pytest.fixture(scope="session")
def versioned_bucket(seaweed: Seaweed) -> str:
    return seaweed.make_bucket(versioned=True)


def _settings(seaweed: Seaweed, bucket: str, **change: object) -> S3Settings:
    return S3Settings(
        **{  # type: ignore[arg-type]  # tests change any field
            "bucket": bucket,
            "prefix": f"test/{secrets.token_hex(8)}",
            "endpoint": seaweed.endpoint,
            "region": "us-east-1",
            "addressing": "path",
            "part_size": SMALLEST_PART,
            "read_timeout": 20,
            **change,
        }
    )


@pytest.fixture
def settings(seaweed: Seaweed, bucket: str) -> S3Settings:
    return _settings(seaweed, bucket)


@pytest.fixture
def store(settings: S3Settings) -> Store:
    return S3Store(settings)


class TestS3Store(StoreSuite):
    @pytest.fixture
    def store(self, settings: S3Settings) -> Store:
        return S3Store(settings)


class TestVersionedBucket(StoreSuite):
    @pytest.fixture
    def store(self, seaweed: Seaweed, versioned_bucket: str) -> Store:
        return S3Store(_settings(seaweed, versioned_bucket))


class TestWithoutChecksumHeaders(StoreSuite):
    @pytest.fixture
    def store(self, seaweed: Seaweed, bucket: str) -> Store:
        return S3Store(_settings(seaweed, bucket, checksums="when_required"))
