"""What the faults of boto3 mean in our words.

Only the class of a fault and its code are told, never its text: that may hold
a signed address, or whatever a proxy wrote.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from botocore import exceptions as foreign
from botocore.parsers import ResponseParserError

from peru_media.errors import (
    AccessDeniedError,
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
    StoreError,
    StoreUnavailableError,
)

__all__ = ["FOREIGN", "lacks_feature", "may_be_done", "translated", "translation"]

FOREIGN = (foreign.BotoCoreError, foreign.ClientError, ResponseParserError)

_BY_CODE: dict[str, type[StoreError]] = {
    **dict.fromkeys(
        ("ConditionalRequestConflict", "PreconditionFailed"), PreconditionError
    ),
    **dict.fromkeys(("NoSuchKey", "NoSuchVersion"), ObjectNotFoundError),
    **dict.fromkeys(("NoSuchBucket", "NotImplemented"), StoreError),
    **dict.fromkeys(
        (
            "BadDigest", "ChecksumMismatch", "IncompleteBody", "InvalidDigest",
            "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch",
        ),
        DamagedObjectError,
    ),
    **dict.fromkeys(
        (
            "AccessDenied", "AccountProblem", "AllAccessDisabled", "ExpiredToken",
            "InvalidAccessKeyId", "InvalidToken", "NotSignedUp",
            "RequestTimeTooSkewed", "SignatureDoesNotMatch", "TokenRefreshRequired",
        ),
        AccessDeniedError,
    ),
    **dict.fromkeys(
        (
            "BandwidthLimitExceeded", "InternalError", "NoSuchUpload",
            "OperationAborted",
            "RequestLimitExceeded", "RequestTimeout", "RequestTimeoutException",
            "ServiceUnavailable", "SlowDown", "Throttling", "ThrottlingException",
            "TooManyRequests",
        ),
        StoreUnavailableError,
    ),
}  # fmt: skip

_NEVER = frozenset({405, 501})
_BY_STATUS: dict[int, type[StoreError]] = {
    401: AccessDeniedError,
    403: AccessDeniedError,
    404: ObjectNotFoundError,
    412: PreconditionError,
    429: StoreUnavailableError,
    500: StoreUnavailableError,
    502: StoreUnavailableError,
    503: StoreUnavailableError,
    504: StoreUnavailableError,
}

_BY_CLASS: tuple[tuple[type[Exception], type[StoreError]], ...] = (
    (foreign.SSLError, StoreError),  # a certificate does not mend by waiting
    (foreign.ChecksumError, DamagedObjectError),
    (foreign.FlexibleChecksumError, DamagedObjectError),
    (foreign.CredentialRetrievalError, AccessDeniedError),
    (foreign.LoginError, AccessDeniedError),
    (foreign.MetadataRetrievalError, AccessDeniedError),
    (foreign.NoAuthTokenError, AccessDeniedError),
    (foreign.NoCredentialsError, AccessDeniedError),
    (foreign.PartialCredentialsError, AccessDeniedError),
    (foreign.RefreshWithMFAUnsupportedError, AccessDeniedError),
    (foreign.SSOError, AccessDeniedError),
    (foreign.TokenRetrievalError, AccessDeniedError),
    (foreign.ConnectionError, StoreUnavailableError),
    (foreign.HTTPClientError, StoreUnavailableError),
    (foreign.IncompleteReadError, StoreUnavailableError),
    (ResponseParserError, StoreUnavailableError),
)

_WORDS: dict[type[StoreError], str] = {
    AccessDeniedError: "the store does not let these credentials do that",
    DamagedObjectError: "the bytes were damaged on the way; try again",
    StoreError: "the store does not do that",
    StoreUnavailableError: "the store gives no answer just now; try again",
}

_NOBODY = (foreign.NoCredentialsError, foreign.PartialCredentialsError)
_NO_CREDENTIALS = (
    "there are no credentials for the store: set AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY, or write them into ~/.aws/credentials, and name their "
    "profile: in the target if it is not the default one"
)


@contextmanager
def translated(key: str) -> Iterator[None]:
    """Raise our own error for each of boto3's; others pass."""
    try:
        yield
    except FOREIGN as fault:
        raise translation(fault, key) from None


def translation(fault: Exception, key: str) -> StoreError:
    """Say a fault of boto3 in our words."""
    if isinstance(fault, foreign.ClientError):
        code, kind = _code(fault), _kind_of_answer(fault)
    else:
        code, kind = type(fault).__name__, _kind_of_silence(fault)
    if issubclass(kind, ObjectNotFoundError):
        return kind(key, date=_date(fault))
    if issubclass(kind, PreconditionError):
        return kind(key)
    if isinstance(fault, _NOBODY):
        return kind(f"{key}: {_NO_CREDENTIALS}")
    return kind(f"{key}: {_WORDS[kind]} ({code})")


def _date(fault: Exception) -> datetime | None:
    """What time it is by the store, where the fault came from it."""
    answer = getattr(fault, "response", {}).get("ResponseMetadata", {})
    text = answer.get("HTTPHeaders", {}).get("date", "")
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None


def lacks_feature(fault: foreign.ClientError) -> bool:
    """Whether the store says that it never does what was asked."""
    return _status(fault) in _NEVER


def may_be_done(fault: foreign.ClientError) -> bool:
    """Whether this may be the answer to a second asking, after the first one did it.

    boto3 asks again by itself where a reply is lost.
    """
    again = fault.response.get("ResponseMetadata", {}).get("RetryAttempts", 0)
    refused = _kind_of_answer(fault) is PreconditionError
    return bool(again) and (refused or _code(fault) == "NoSuchUpload")


def _status(fault: foreign.ClientError) -> int:
    return int(fault.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _code(fault: foreign.ClientError) -> str:
    code = str(fault.response.get("Error", {}).get("Code", ""))
    return code if code.isalnum() else "unknown"


def _kind_of_answer(fault: foreign.ClientError) -> type[StoreError]:
    known = _BY_CODE.get(_code(fault))
    return known or _BY_STATUS.get(_status(fault), StoreError)


def _kind_of_silence(fault: Exception) -> type[StoreError]:
    matching = (ours for theirs, ours in _BY_CLASS if isinstance(fault, theirs))
    return next(matching, StoreError)
