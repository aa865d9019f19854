import pytest

from peru_media.errors import SettingsError
from peru_media.storage.s3_settings import S3Settings


@pytest.mark.parametrize(
    ("prefix", "name"),
    [("", "s3://bucket"), ("media", "s3://bucket/media"), ("a/b", "s3://bucket/a/b")],
)
def test_the_name_is_for_people(prefix: str, name: str) -> None:
    assert S3Settings(bucket="bucket", prefix=prefix).name == name


@pytest.mark.parametrize("prefix", ["/", "media/", "/media", "a//b", "..", "a b"])
def test_a_prefix_is_a_key(prefix: str) -> None:
    with pytest.raises(SettingsError, match="can't be a prefix"):
        S3Settings(bucket="bucket", prefix=prefix)


def test_an_endpoint_holds_no_password() -> None:
    with pytest.raises(SettingsError, match="credentials in a profile") as raised:
        S3Settings(bucket="bucket", endpoint="https://me:SECRET@s3.example.org")

    assert "SECRET" not in str(raised.value)


def test_parts_are_not_smaller_than_s3_allows() -> None:
    with pytest.raises(SettingsError, match="at least 5242880"):
        S3Settings(bucket="bucket", part_size=1 << 20)
