"""Ask of a bucket what the doctor wants to know: who asks, and what he might do."""

from typing import Any

from peru_media.storage.keys import check_key
from peru_media.storage.s3_settings import S3Settings

__all__ = ["S3Inspector"]

_SOURCES = {
    "assume-role": "of a role",
    "assume-role-with-web-identity": "of a role",
    "config-file": "from a configuration file",
    "container-role": "of this container",
    "env": "from the environment",
    "iam-role": "of this machine",
    "shared-credentials-file": "from a credentials file",
    "sso": "of a single sign-on",
}
_NO_POLICY = "this is no policy, and changes none"
_NOT_THERE = frozenset({"NoSuchBucketPolicy", "NoSuchPolicy"})
_CLOSED = frozenset({401, 403})
_NEVER = frozenset({405, 501})


class S3Inspector:
    """Look at a bucket with the same credentials that publishing uses.

    Raises:
        SettingsError: the profile, region or endpoint does not exist.
    """

    def __init__(self, settings: S3Settings) -> None:
        from peru_media.storage import s3_client, s3_faults  # noqa: PLC0415  # boto3

        self._settings = settings
        self._client = s3_client.connect(settings)
        self._stranger = s3_client.connect(settings, signed=False)
        self._credentials = s3_client.credentials
        self._translated = s3_faults.translated

    def credentials(self) -> str | None:
        """Whose credentials are used: where they come from, and how the key ends."""
        with self._translated(self._settings.name):
            found = self._credentials(self._settings)
        if found is None:
            return None
        source, key = found
        where = _SOURCES.get(source, f"({source})")
        return f"credentials {where}, whose key ends in {key[-4:]}"

    def address(self, key: str) -> str:
        """Where a stranger would ask for an object: its address without a signature."""
        return self._url("get_object", Key=self._within() + check_key(key))

    def listings(self) -> tuple[str, ...]:
        """Where a stranger would ask for the objects, and for their versions."""
        verbs = ("list_objects_v2", "list_object_versions")
        return tuple(self._url(verb, Prefix=self._within()) for verb in verbs)

    def may_change_policy(self) -> bool:
        """Try to put what is no policy, where the real one could be put back.

        Whoever may not change it hears so; whoever may is told of the nonsense. A
        store that took it all the same gets back what it had before.
        """
        bucket = self._settings.bucket
        with self._translated(self._settings.name):
            try:
                before = self._client.get_bucket_policy(Bucket=bucket)["Policy"]
            except self._client.exceptions.ClientError as fault:
                if _code(fault) not in _NOT_THERE:
                    return self._not_closed(fault)
                before = None
            return self._try_policy(before)

    def _try_policy(self, before: str | None) -> bool:
        bucket = self._settings.bucket
        try:
            self._client.put_bucket_policy(Bucket=bucket, Policy=_NO_POLICY)
        except self._client.exceptions.ClientError as fault:
            return _status(fault) not in _CLOSED | _NEVER
        if before is None:
            self._client.delete_bucket_policy(Bucket=bucket)
        else:
            self._client.put_bucket_policy(Bucket=bucket, Policy=before)
        return True

    def _not_closed(self, fault: Any) -> bool:  # noqa: ANN401  # botocore's class, not imported here
        """What cannot even be read is closed, or there are no policies at all."""
        if _status(fault) in _CLOSED | _NEVER:
            return False
        raise fault

    def _url(self, verb: str, **names: str) -> str:
        wanted = {"Bucket": self._settings.bucket, **names}
        with self._translated(self._settings.name):
            return self._stranger.generate_presigned_url(verb, Params=wanted)

    def _within(self) -> str:
        return f"{self._settings.prefix}/" if self._settings.prefix else ""


def _code(fault: Any) -> str:  # noqa: ANN401  # botocore's class, not imported here
    return str(fault.response.get("Error", {}).get("Code", ""))


def _status(fault: Any) -> int:  # noqa: ANN401  # botocore's class, not imported here
    return int(fault.response["ResponseMetadata"]["HTTPStatusCode"])
