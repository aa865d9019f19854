import secrets
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from peru_media.errors import (
    AccessDeniedError,
    DamagedObjectError,
    PreconditionError,
    SettingsError,
    StoreError,
    StoreUnavailableError,
)
from peru_media.ports import Address, Meta, Store
from peru_media.storage.s3 import S3Settings, S3Store
from tests.seaweed import Seaweed
from tests.storage.answering import Answer, answering, fault
from tests.storage.suite import LARGE, TEXT, StoreSuite, body_of
from tests.stores import Stopped

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client


SMALLEST_PART = 5 << 20
FOUND = {
    "Date": "Mon, 02 Nov 2026 12:00:00 GMT",
    "ETag": '"1"',
    "Last-Modified": "Mon, 02 Nov 2026 12:00:00 GMT",
}


@pytest.fixture(scope="session")
def bucket(seaweed: Seaweed) -> str:
    return seaweed.make_bucket()


@pytest.fixture(scope="session")
def versioned_bucket(seaweed: Seaweed) -> str:
    return seaweed.make_bucket(versioned=True)


def _settings(address: str, bucket: str, **change: Any) -> S3Settings:
    return S3Settings(
        **{
            "bucket": bucket,
            "prefix": f"test/{secrets.token_hex(8)}",
            "endpoint": address,
            "region": "us-east-1",
            "addressing": "path",
            "part_size": SMALLEST_PART,
            "read_timeout": 20,
            **change,
        }
    )


@pytest.fixture
def settings(seaweed: Seaweed, bucket: str) -> S3Settings:
    return _settings(seaweed.endpoint, bucket)


@pytest.fixture
def store(settings: S3Settings) -> Store:
    return S3Store(settings)


@pytest.fixture
def client(seaweed: Seaweed) -> "S3Client":
    return seaweed.client()


class TestS3Store(StoreSuite):
    @pytest.fixture
    def store(self, settings: S3Settings) -> Store:
        return S3Store(settings)


class TestVersionedBucket(StoreSuite):
    @pytest.fixture
    def store(self, seaweed: Seaweed, versioned_bucket: str) -> Store:
        return S3Store(_settings(seaweed.endpoint, versioned_bucket))


def _full(settings: S3Settings, key: str) -> dict[str, Any]:
    return {"Bucket": settings.bucket, "Key": f"{settings.prefix}/{key}"}


def _unfinished(client: "S3Client", settings: S3Settings) -> list[str]:
    uploads = client.list_multipart_uploads(
        Bucket=settings.bucket, Prefix=settings.prefix
    )
    return [upload["Key"] for upload in uploads.get("Uploads", [])]


def _versions(client: "S3Client", settings: S3Settings) -> list[str]:
    found = client.list_object_versions(Bucket=settings.bucket, Prefix=settings.prefix)
    every = [*found.get("Versions", []), *found.get("DeleteMarkers", [])]
    return [version["Key"].removeprefix(f"{settings.prefix}/") for version in every]


def test_importing_it_does_not_import_boto3() -> None:
    script = "import sys, peru_media.storage.s3; sys.exit('botocore' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_its_name_is_the_bucket_and_prefix(settings: S3Settings, store: Store) -> None:
    assert store.name == f"s3://{settings.bucket}/{settings.prefix}"


def test_its_date_is_that_of_the_server(store: Store) -> None:
    store.put("a", b"", meta=TEXT)

    assert abs(store.get("a").date.timestamp() - time.time()) < 60


def test_who_fetches_from_the_bucket_hears_type_and_cache_class(
    store: Store, settings: S3Settings, client: "S3Client"
) -> None:
    meta = Meta(
        media_type="text/html; charset=utf-8",
        cache_control="max-age=60",
        content_encoding="gzip",
    )
    put = store.put("page", b"\x1f\x8b", meta=meta)
    store.put("long", bytes(LARGE), meta=meta)

    for key in ("page", "long"):
        head = client.head_object(**_full(settings, key))
        assert head["ContentType"] == "text/html; charset=utf-8"
        assert head["CacheControl"] == "max-age=60"
        assert head["ContentEncoding"] == "gzip"
    assert client.head_object(**_full(settings, "page"))["Metadata"] == {
        "sha256": put.sha256
    }


def test_a_store_that_wants_no_checksum_headers_gets_none(
    seaweed: Seaweed, bucket: str, client: "S3Client"
) -> None:
    settings = _settings(seaweed.endpoint, bucket, checksums="when_required")
    store = S3Store(settings)
    store.put("small", b"sound", meta=TEXT, if_absent=True)
    store.put("long", bytes(LARGE), meta=TEXT, if_absent=True)

    for key, body in {"small": b"sound", "long": bytes(LARGE)}.items():
        assert body_of(store, key) == body
        head = client.head_object(**_full(settings, key), ChecksumMode="ENABLED")
        assert not [name for name in head if name.startswith("Checksum")]
        with pytest.raises(PreconditionError):
            store.put(key, body, meta=TEXT, if_absent=True)


def test_stores_in_one_bucket_do_not_meet(
    seaweed: Seaweed, bucket: str, settings: S3Settings, store: Store
) -> None:
    longer = S3Store(
        _settings(seaweed.endpoint, bucket, prefix=f"{settings.prefix}-longer")
    )
    store.put("a", b"one", meta=TEXT)
    longer.put("a", b"two", meta=TEXT, if_absent=True)
    longer.put("b", b"", meta=TEXT)

    assert [stored.key for stored in store.list("")] == ["a"]
    longer.delete(["a"])
    assert body_of(store, "a") == b"one"


def test_a_store_may_have_a_bucket_for_itself(seaweed: Seaweed) -> None:
    name = seaweed.make_bucket()
    store = S3Store(_settings(seaweed.endpoint, name, prefix=""))
    store.put("public/a", b"one", meta=TEXT)

    assert store.name == f"s3://{name}"
    assert [stored.key for stored in store.list("")] == ["public/a"]
    assert seaweed.client().head_object(Bucket=name, Key="public/a")


def test_what_others_left_is_no_object_of_ours(
    store: Store, settings: S3Settings, client: "S3Client"
) -> None:
    client.put_object(**_full(settings, "notes (old).txt"), Body=b"")
    client.put_object(**_full(settings, "plain"), Body=b"by hand")

    assert [stored.key for stored in store.list("")] == ["plain"]
    assert store.head("plain").sha256 is None
    assert body_of(store, "plain") == b"by hand"


def test_bytes_that_rotted_are_refused(
    store: Store, settings: S3Settings, client: "S3Client"
) -> None:
    put = store.put("a", b"sound", meta=TEXT)
    client.put_object(
        **_full(settings, "a"), Body=b"Sound", Metadata={"sha256": put.sha256 or ""}
    )

    with pytest.raises(DamagedObjectError, match="not those that were stored"):
        store.get("a")


def test_deleting_leaves_no_version_behind(
    seaweed: Seaweed, versioned_bucket: str, client: "S3Client"
) -> None:
    settings = _settings(seaweed.endpoint, versioned_bucket)
    store = S3Store(settings)
    for number in range(3):
        store.put("held/1/a", f"{number}".encode(), meta=TEXT)
        store.put("held/1/a-b", b"another", meta=TEXT)
    client.delete_object(**_full(settings, "held/1/a"))
    store.put("held/1/a", b"again", meta=TEXT)
    assert _versions(client, settings).count("held/1/a") == 5

    store.delete(["held/1/a"])

    assert _versions(client, settings) == ["held/1/a-b"] * 3


def test_deleting_ends_unfinished_uploads_of_those_keys(
    store: Store, settings: S3Settings, client: "S3Client"
) -> None:
    for key in ("held/1/a", "held/1/a-b"):
        client.create_multipart_upload(**_full(settings, key))

    store.delete(["held/1/a", "held/1/none"])

    assert _unfinished(client, settings) == [f"{settings.prefix}/held/1/a-b"]


def _shrink(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(SMALLEST_PART)


def _change(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(SMALLEST_PART + 1)
        file.write(b"changed")


def _stop(_: Path) -> None:
    raise Stopped


@pytest.mark.parametrize(
    ("happening", "error"),
    [(_shrink, StoreError), (_change, DamagedObjectError), (_stop, Stopped)],
)
def test_an_upload_that_fails_leaves_nothing_behind(
    seaweed: Seaweed,
    bucket: str,
    tmp_path: Path,
    happening: Callable[[Path], None],
    error: type[BaseException],
) -> None:
    settings = _settings(seaweed.endpoint, bucket, connections=1)
    store = S3Store(settings)
    master = tmp_path / "long.mp3"
    master.write_bytes(bytes(LARGE))

    with pytest.raises(error):
        store.put("a", master, meta=TEXT, advance=lambda _: happening(master))

    assert _unfinished(seaweed.client(), settings) == []
    assert [*store.list("")] == []


def test_names_of_which_only_remains_are_left_are_found(
    seaweed: Seaweed, versioned_bucket: str, client: "S3Client"
) -> None:
    settings = _settings(seaweed.endpoint, versioned_bucket)
    store = S3Store(settings)
    for key in ("held/1/a", "held/1/b", "public/c"):
        store.put(key, b"one", meta=TEXT)
        store.put(key, b"two", meta=TEXT)
    client.delete_object(**_full(settings, "held/1/a"))
    client.create_multipart_upload(**_full(settings, "held/1/up"))
    client.create_multipart_upload(**_full(settings, "held/1/b"))

    assert [stored.key for stored in store.list("held/")] == ["held/1/b"]
    found = {stored.key: stored for stored in store.list("held/", former=True)}
    assert list(found) == ["held/1/a", "held/1/b", "held/1/up"]
    assert [stored.size for stored in found.values()] == [6, 3, 0]
    assert all(stored.modified for stored in found.values())

    store.delete(found)
    assert [*store.list("held/", former=True)] == []
    assert _unfinished(client, settings) == []
    assert _versions(client, settings).count("public/c") == 2


def test_deleting_until_a_moment_leaves_later_versions(
    seaweed: Seaweed, versioned_bucket: str, client: "S3Client"
) -> None:
    settings = _settings(seaweed.endpoint, versioned_bucket)
    store = S3Store(settings)
    store.put("a", b"one", meta=TEXT)
    between = store.get("a").date
    time.sleep(1.1)  # versions are dated by the second
    store.put("a", b"two", meta=TEXT)

    store.delete(["a"], until=between)

    assert body_of(store, "a") == b"two"
    assert _versions(client, settings) == ["a"]


def test_sweeping_ends_the_uploads_that_were_cut_off(
    settings: S3Settings, store: Store, client: "S3Client"
) -> None:
    client.create_multipart_upload(**_full(settings, "a"))
    store.put("b", b"", meta=TEXT)
    now = store.get("b").date

    store.sweep(until=now - timedelta(hours=1))
    assert len(_unfinished(client, settings)) == 1

    store.sweep(until=now + timedelta(hours=1))
    assert _unfinished(client, settings) == []


def test_a_profile_names_other_credentials(
    seaweed: Seaweed, bucket: str, settings: S3Settings, store: Store
) -> None:
    store.put("a", b"one", meta=TEXT)
    reader = S3Store(
        _settings(seaweed.endpoint, bucket, prefix=settings.prefix, profile="reader")
    )

    assert body_of(reader, "a") == b"one"
    asks: list[Callable[[], object]] = [
        lambda: reader.put("b", b"", meta=TEXT),
        lambda: reader.put("b", bytes(LARGE), meta=TEXT),
        lambda: reader.delete(["a"]),
    ]
    for ask in asks:
        with pytest.raises(AccessDeniedError):
            ask()
    assert [stored.key for stored in store.list("")] == ["a"]


@pytest.mark.parametrize(
    "change", [{"profile": "nobody"}, {"endpoint": "example"}, {"region": "no such"}]
)
def test_settings_that_lead_nowhere_are_told_at_once(
    seaweed: Seaweed, change: dict[str, str]
) -> None:
    with pytest.raises(SettingsError, match="s3://bucket"):
        S3Store(_settings(seaweed.endpoint, "bucket", **change))


def test_a_missing_bucket_is_not_an_empty_store(seaweed: Seaweed) -> None:
    store = S3Store(_settings(seaweed.endpoint, "no-such-bucket"))
    asks: list[Callable[[], object]] = [
        lambda: store.get("current.json"),
        lambda: [*store.list("")],
        lambda: store.put("a", b"", meta=TEXT),
        lambda: store.delete(["a"]),
    ]
    for ask in asks:
        with pytest.raises(StoreError, match="NoSuchBucket"):
            ask()


def test_a_server_that_is_away_may_come_back(seaweed: Seaweed) -> None:  # noqa: ARG001  (for credentials)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port = taken.getsockname()[1]
        store = S3Store(_settings(f"http://127.0.0.1:{port}", "bucket", attempts=1))

        with pytest.raises(StoreUnavailableError, match="EndpointConnectionError"):
            store.head("a")


def test_no_error_tells_a_secret(
    seaweed: Seaweed, bucket: str, subtests: pytest.Subtests
) -> None:
    stores = [
        S3Store(_settings(seaweed.endpoint, bucket, profile="reader")),
        S3Store(_settings(seaweed.endpoint, "no-such-bucket")),
        S3Store(_settings("http://127.0.0.1:9", "bucket", attempts=1)),
    ]
    hidden = [
        line.partition("=")[2]
        for line in Path(seaweed.credentials).read_text().splitlines()
        if "=" in line
    ]
    assert len(hidden) == 4
    for store in stores:
        with subtests.test(store=store.name):
            with pytest.raises(StoreError) as raised:
                store.put("a", b"sound", meta=TEXT)
            told = "".join(traceback.format_exception(raised.value))
            assert not [secret for secret in hidden if secret in told]


def test_an_address_lasts_as_long_as_asked(store: Store) -> None:
    place = store.locate("held/1/a.mp3", valid_for=timedelta(seconds=90.2))

    assert isinstance(place, Address)
    assert "X-Amz-Expires=91&" in place.url
    with pytest.raises(StoreError, match="seven days"):
        store.locate("held/1/a.mp3", valid_for=timedelta(days=7, seconds=1))


class TestStrangeAnswers:
    """What is done with a server that does not do what S3 says."""

    @pytest.fixture(autouse=True)
    def _credentials(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tester")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "SECRET")

    def _store(self, endpoint: str, attempts: int = 1) -> S3Store:
        settings = _settings(endpoint, "bucket", prefix="", attempts=attempts)
        return S3Store(settings)

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (fault(503, "SlowDown"), StoreUnavailableError),
            (fault(500, "InternalError"), StoreUnavailableError),
            (Answer(502, b"<html>SECRET proxy</html>"), StoreUnavailableError),
            (fault(408, "RequestTimeout"), StoreUnavailableError),
            (fault(403, "SignatureDoesNotMatch"), AccessDeniedError),
            (Answer(401), AccessDeniedError),
            (fault(409, "ConditionalRequestConflict"), PreconditionError),
            (fault(412, "PreconditionFailed"), PreconditionError),
            (fault(404, "NoSuchKey"), PreconditionError),
            (fault(400, "BadDigest"), DamagedObjectError),
            (fault(501, "NotImplemented"), StoreError),
            (fault(418, "Teapot SECRET"), StoreError),
        ],
        ids=lambda value: getattr(value, "__name__", None) or str(value.status),
    )
    def test_a_refused_put_says_why(
        self, answer: Answer, error: type[StoreError]
    ) -> None:
        with (
            answering(lambda _method, _path: answer) as endpoint,
            pytest.raises(StoreError) as raised,
        ):
            self._store(endpoint).put("a", b"", meta=TEXT, if_match='"1"')

        assert type(raised.value) is error
        assert "SECRET" not in str(raised.value)

    def test_a_server_that_is_busy_is_asked_again(self) -> None:
        answers = iter([fault(503, "SlowDown"), Answer(200, b"sound", FOUND)])
        with answering(lambda _method, _path: next(answers)) as endpoint:
            assert body_of(self._store(endpoint, attempts=2), "a") == b"sound"

    def test_half_an_object_is_none(self) -> None:
        half = Answer(200, b"sou", FOUND, cut=2)
        with (
            answering(lambda _method, _path: half) as endpoint,
            pytest.raises(StoreUnavailableError),
        ):
            self._store(endpoint).get("a")

    def test_what_is_no_xml_is_no_answer(self) -> None:
        page = Answer(200, b"<html>Hi<br>")
        with (
            answering(lambda _method, _path: page) as endpoint,
            pytest.raises(StoreUnavailableError),
        ):
            [*self._store(endpoint).list("")]

    def test_a_server_without_a_clock_is_refused(self) -> None:
        dateless = {name: FOUND[name] for name in FOUND if name != "Date"}
        with (
            answering(lambda _method, _path: Answer(200, b"", dateless)) as endpoint,
            pytest.raises(StoreError, match="what time it is"),
        ):
            self._store(endpoint).get("a")

    def test_deleting_works_where_nothing_but_deleting_is_known(self) -> None:
        heard: list[str] = []

        def decide(method: str, path: str) -> Answer:
            heard.append(f"{method} {path.partition('=')[0]}")
            return Answer(204) if method == "DELETE" else fault(501, "NotImplemented")

        with answering(decide) as endpoint:
            self._store(endpoint).delete(["a"])

        assert heard == [
            "GET /bucket?uploads&prefix",
            "GET /bucket?versioning",
            "GET /bucket?versions&prefix",
            "DELETE /bucket/a",
        ]

    @pytest.mark.parametrize("hidden", ["uploads", "versions"])
    def test_who_may_not_see_everything_cannot_delete_everything(
        self, hidden: str
    ) -> None:
        def decide(_method: str, path: str) -> Answer:
            asked = path.partition("?")[2]
            if asked.startswith((hidden, "versioning")):
                return fault(403, "AccessDenied")
            return fault(501, "NotImplemented")

        with answering(decide) as endpoint, pytest.raises(AccessDeniedError):
            self._store(endpoint).delete(["a"])

    def test_every_object_is_tried_before_a_fault_is_told(self) -> None:
        deleted: list[str] = []

        def decide(method: str, path: str) -> Answer:
            if method == "GET":
                return Answer(200, b"<Result></Result>")
            deleted.append(path)
            return fault(500, "InternalError") if path.endswith("a") else Answer(204)

        with (
            answering(decide) as endpoint,
            pytest.raises(StoreUnavailableError, match=r"^a:"),
        ):
            self._store(endpoint).delete(["a", "b", "c"])

        assert sorted(deleted) == ["/bucket/a", "/bucket/b", "/bucket/c"]
