import os

import pytest

from peru_media.errors import StoreUnavailableError
from peru_media.storage.s3_inspector import S3Inspector
from peru_media.storage.s3_settings import S3Settings
from tests.storage.answering import Answer, answering, fault

NONE = fault(404, "NoSuchBucketPolicy")
TAKEN = Answer(204)
POLICY = b'{"Version":"2012-10-17","Statement":[]}'
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE1234", "AWS_SECRET_ACCESS_KEY": "canary"}


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own credentials reach a test."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, os.devnull)


@pytest.fixture
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody with credentials."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


def _inspector(
    endpoint: str = "http://127.0.0.1:9", prefix: str = "site"
) -> S3Inspector:
    return S3Inspector(
        S3Settings(
            bucket="bucket",
            prefix=prefix,
            endpoint=endpoint,
            region="us-east-1",
            attempts=1,
        )
    )


def test_without_credentials_there_is_nobody() -> None:
    assert _inspector().credentials() is None


@pytest.mark.usefixtures("_known")
def test_credentials_are_told_by_their_place_and_the_end_of_the_key() -> None:
    told = _inspector().credentials()

    assert told == "credentials from the environment, whose key ends in 1234"


def test_a_strangers_addresses_hold_no_signature() -> None:
    inspector = _inspector()

    address, lists = inspector.address("public/a/b.mp3"), inspector.listings()

    assert address == "http://127.0.0.1:9/bucket/site/public/a/b.mp3"
    assert _inspector(prefix="").address("a") == "http://127.0.0.1:9/bucket/a"
    assert [("list-type=2" in url, "versions" in url) for url in lists] == [
        (True, False),
        (False, True),
    ]
    assert "Signature" not in "".join(lists)


@pytest.mark.parametrize(
    ("before", "tried", "may", "asked"),
    [
        (NONE, fault(400, "MalformedPolicy"), True, "GET PUT"),
        (NONE, fault(403, "AccessDenied"), False, "GET PUT"),
        (NONE, fault(501, "NotImplemented"), False, "GET PUT"),
        (NONE, TAKEN, True, "GET PUT DELETE"),
        (Answer(200, POLICY), TAKEN, True, "GET PUT PUT"),
        (fault(403, "AccessDenied"), TAKEN, False, "GET"),
        (fault(405, "MethodNotAllowed"), TAKEN, False, "GET"),
    ],
)
@pytest.mark.usefixtures("_known")
def test_whoever_could_change_the_policy_is_found_out_and_nothing_is_changed(
    before: Answer, tried: Answer, *, may: bool, asked: str
) -> None:
    calls = []

    def decide(method: str, path: str) -> Answer:
        assert "policy" in path
        calls.append(method)
        return before if method == "GET" else tried

    with answering(decide) as url:
        found = _inspector(url).may_change_policy()

    assert found is may
    assert " ".join(calls) == asked


@pytest.mark.usefixtures("_known")
def test_a_store_that_fails_says_so() -> None:
    with (
        answering(lambda *_: fault(503, "SlowDown")) as url,
        pytest.raises(StoreUnavailableError) as caught,
    ):
        _inspector(url).may_change_policy()

    assert "SECRET" not in str(caught.value)
