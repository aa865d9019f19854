from collections.abc import Iterator

import pytest
from botocore import exceptions as foreign
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from peru_media.errors import (
    AccessDeniedError,
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
    StoreError,
    StoreUnavailableError,
)
from peru_media.storage.s3_faults import FOREIGN, translated, translation


def _every_class() -> Iterator[type[Exception]]:
    for value in vars(foreign).values():
        if isinstance(value, type) and issubclass(
            value, foreign.BotoCoreError | ClientError
        ):
            yield value


def _answer_of(code: str, status: int) -> ClientError:
    return ClientError(
        {
            "Error": {"Code": code, "Message": "SECRET"},
            "ResponseMetadata": {
                "HTTPStatusCode": status,
                "HTTPHeaders": {},
                "HostId": "",
                "RequestId": "",
                "RetryAttempts": 0,
            },
        },
        "PutObject",
    )


BAD_DIGEST = _answer_of("BadDigest", 400)


@pytest.mark.parametrize("kind", [*_every_class()], ids=lambda kind: kind.__name__)
def test_every_error_of_botocore_has_a_translation(kind: type[Exception]) -> None:
    error = kind.__new__(kind)
    if isinstance(error, ClientError):
        error.response = {}

    assert isinstance(error, FOREIGN)
    said = translation(error, "public/a")

    assert isinstance(said, StoreError)
    assert str(said).startswith("public/a: ")


@pytest.mark.parametrize(
    "fault",
    [
        foreign.NoCredentialsError(),
        foreign.PartialCredentialsError(
            provider="env", cred_var="AWS_SECRET_ACCESS_KEY"
        ),
    ],
)
def test_without_credentials_it_says_how_to_give_them(fault: Exception) -> None:
    said = str(translation(fault, "current.json"))

    assert "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in said
    assert "~/.aws" in said
    assert "profile:" in said


def test_there_are_many_of_them() -> None:
    assert len([*_every_class()]) > 80


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        (foreign.NoCredentialsError, AccessDeniedError),
        (foreign.UnauthorizedSSOTokenError, AccessDeniedError),
        (foreign.ConnectTimeoutError, StoreUnavailableError),
        (foreign.ReadTimeoutError, StoreUnavailableError),
        (foreign.EndpointConnectionError, StoreUnavailableError),
        (foreign.ConnectionClosedError, StoreUnavailableError),
        (foreign.ResponseStreamingError, StoreUnavailableError),
        (foreign.ProxyConnectionError, StoreUnavailableError),
        (foreign.IncompleteReadError, StoreUnavailableError),
        (ResponseParserError, StoreUnavailableError),
        (foreign.FlexibleChecksumError, DamagedObjectError),
        (foreign.SSLError, StoreError),
        (foreign.ParamValidationError, StoreError),
    ],
)
def test_silence_has_a_meaning(kind: type[Exception], ours: type[StoreError]) -> None:
    assert type(translation(kind.__new__(kind), "a")) is ours


@pytest.mark.parametrize(
    ("code", "status", "ours"),
    [
        ("NoSuchKey", 404, ObjectNotFoundError),
        ("404", 404, ObjectNotFoundError),
        ("NoSuchBucket", 404, StoreError),
        ("NoSuchUpload", 404, StoreUnavailableError),
        ("PreconditionFailed", 412, PreconditionError),
        ("412", 412, PreconditionError),
        ("ConditionalRequestConflict", 409, PreconditionError),
        ("OperationAborted", 409, StoreUnavailableError),
        ("AccessDenied", 403, AccessDeniedError),
        ("403", 403, AccessDeniedError),
        ("ExpiredToken", 400, AccessDeniedError),
        ("InvalidAccessKeyId", 403, AccessDeniedError),
        ("SlowDown", 503, StoreUnavailableError),
        ("RequestTimeout", 400, StoreUnavailableError),
        ("", 502, StoreUnavailableError),
        ("TooManyRequests", 429, StoreUnavailableError),
        ("BadDigest", 400, DamagedObjectError),
        ("XAmzContentSHA256Mismatch", 400, DamagedObjectError),
        ("NotImplemented", 501, StoreError),
        ("SomethingNew", 400, StoreError),
    ],
)
def test_an_answer_has_a_meaning(
    code: str, status: int, ours: type[StoreError]
) -> None:
    said = translation(_answer_of(code, status), "a")

    assert type(said) is ours
    assert "SECRET" not in str(said)


def test_other_errors_pass() -> None:
    with pytest.raises(ZeroDivisionError), translated("a"):
        raise ZeroDivisionError


def test_nothing_foreign_hangs_on_a_translation() -> None:
    with pytest.raises(StoreError) as raised, translated("a"):
        raise BAD_DIGEST

    assert raised.value.__suppress_context__
