"""The bucket's adapter over a network that damages, cuts and loses."""

import hashlib
import secrets
from collections.abc import Callable, Iterator

import pytest

from peru_media.errors import (
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
    StoreUnavailableError,
)
from peru_media.ports import Fetched, Store
from peru_media.storage.s3 import S3Settings, S3Store
from tests.faults import patient
from tests.faulty_proxy import FAULTS, FaultyProxy, spoiling
from tests.seaweed import Seaweed
from tests.storage.suite import TEXT, body_of

PART = 5 << 20
UPLOADS = 100  # and downloads
LONG = 3  # of these, how many go out in parts


@pytest.fixture(scope="module")
def bucket(seaweed: Seaweed) -> str:
    return seaweed.make_bucket()


@pytest.fixture
def proxy(seaweed: Seaweed) -> Iterator[FaultyProxy]:
    with spoiling(seaweed.endpoint) as proxy:
        yield proxy


def _store(endpoint: str, bucket: str, prefix: str, **change: object) -> S3Store:
    fields: dict[str, object] = {
        "bucket": bucket,
        "prefix": prefix,
        "endpoint": endpoint,
        "region": "us-east-1",
        "part_size": PART,
        "attempts": 1,
        "read_timeout": 20,
    }
    return S3Store(S3Settings(**(fields | change)))  # type: ignore[arg-type]  # fields by name


@pytest.fixture
def prefix() -> str:
    return f"test/{secrets.token_hex(8)}"


@pytest.fixture
def store(proxy: FaultyProxy, bucket: str, prefix: str) -> S3Store:
    """Through the proxy."""
    return _store(proxy.endpoint, bucket, prefix)


@pytest.fixture
def truth(seaweed: Seaweed, bucket: str, prefix: str) -> S3Store:
    """The same objects, seen without the proxy."""
    return _store(seaweed.endpoint, bucket, prefix)


def _body(number: int, size: int) -> bytes:
    return hashlib.shake_128(str(number).encode()).digest(size)


def _always(fault: str, method: str = "") -> Callable[[str, str], str]:
    return lambda asked, _path: fault if asked == (method or asked) else ""


@pytest.mark.parametrize("kind", [("when_required", UPLOADS), ("when_supported", 20)])
def test_every_flipped_bit_of_an_upload_is_caught(
    kind: tuple[str, int],
    proxy: FaultyProxy,
    bucket: str,
    prefix: str,
    truth: Store,
    record_property: Callable[[str, object], None],
) -> None:
    checksums, uploads = kind
    store = _store(proxy.endpoint, bucket, prefix, checksums=checksums)
    caught = 0
    for number in range(uploads):
        proxy.decide = _always("request flipped", "PUT")
        size = PART + 1000 if number < LONG else 1 + 37 * number
        with pytest.raises(DamagedObjectError):
            store.put(f"a/{number}", _body(number, size), meta=TEXT, if_absent=True)
        with pytest.raises(ObjectNotFoundError):
            truth.head(f"a/{number}")
        caught += 1
    record_property(
        "figure",
        f"one bit flipped in each of {uploads} uploads to a bucket ({checksums}), "
        f"{LONG} of them in parts: {caught} caught, 0 kept",
    )


def test_every_flipped_bit_of_a_download_is_caught(
    proxy: FaultyProxy,
    store: Store,
    truth: Store,
    record_property: Callable[[str, object], None],
) -> None:
    proxy.decide = _always("answer flipped", "GET")
    caught = 0
    for number in range(UPLOADS):
        body = _body(number, PART + 1000 if number < LONG else 1 + 37 * number)
        truth.put(f"a/{number}", body, meta=TEXT)
        with pytest.raises(DamagedObjectError):
            store.get(f"a/{number}")
        caught += 1
    record_property(
        "figure", f"one bit flipped in each of {UPLOADS} downloads: {caught} caught"
    )


def test_a_lost_reply_of_a_creation_is_no_refusal(
    proxy: FaultyProxy, store: Store, truth: Store
) -> None:
    faults = iter(["closed after"])
    proxy.decide = lambda _method, _path: next(faults, "")

    stored = patient(store).put("a", b"one", meta=TEXT, if_absent=True)

    assert stored == truth.head("a")


def test_a_swap_whose_reply_was_lost_was_done(
    proxy: FaultyProxy, store: Store, truth: Store
) -> None:
    etag = truth.put("a", b"one", meta=TEXT).etag
    faults = iter(["closed after"])
    proxy.decide = lambda _method, _path: next(faults, "")

    patient(store).put("a", b"two", meta=TEXT, if_match=etag)

    assert body_of(truth, "a") == b"two"


@pytest.mark.parametrize("attempts", [1, 3])
def test_a_lost_reply_to_the_end_of_a_long_upload_is_found_out(
    attempts: int, proxy: FaultyProxy, bucket: str, prefix: str, truth: Store
) -> None:
    store = _store(proxy.endpoint, bucket, prefix, attempts=attempts)
    body, ends = _body(0, PART + 1000), iter(["closed after"])
    proxy.decide = lambda method, path: (
        next(ends, "") if method == "POST" and "uploads" not in path else ""
    )

    patient(store).put("a", body, meta=TEXT, if_absent=True)

    assert proxy.met["closed after"] == 1
    assert body_of(truth, "a") == body


@pytest.mark.parametrize("size", [1000, PART + 1000])
def test_a_lost_reply_that_boto_asks_for_again_is_no_refusal(
    size: int, proxy: FaultyProxy, bucket: str, prefix: str, truth: Store
) -> None:
    store = _store(proxy.endpoint, bucket, prefix, attempts=3)
    ends = iter(["closed after"])
    proxy.decide = lambda method, path: (
        next(ends, "")
        if method == ("PUT" if size < PART else "POST") and "uploads" not in path
        else ""
    )

    stored = store.put("a", _body(0, size), meta=TEXT, if_absent=True)

    assert stored == truth.head("a")
    assert body_of(truth, "a") == _body(0, size)
    with pytest.raises(PreconditionError):
        store.put("a", _body(0, size), meta=TEXT, if_absent=True)


@pytest.mark.parametrize("span", [None, (10, 900)])
def test_a_body_that_breaks_off_is_fetched_again(
    span: tuple[int, int] | None, proxy: FaultyProxy, store: Store, truth: Store
) -> None:
    truth.put("a", bytes(1000), meta=TEXT)
    cuts = iter(["answer cut"] * 2)
    proxy.decide = lambda _method, _path: next(cuts, "")

    fetched = patient(store).get("a", span=span)

    assert isinstance(fetched, Fetched)
    assert len(fetched.body) == (1000 if span is None else 890)
    assert proxy.met["answer cut"] == 2


def test_a_server_that_hangs_is_left_in_time(
    proxy: FaultyProxy, bucket: str, prefix: str, truth: Store
) -> None:
    store = _store(proxy.endpoint, bucket, prefix, read_timeout=0.3)
    proxy.hang = 1.0
    proxy.decide = _always("timeout")

    with pytest.raises(StoreUnavailableError, match="ReadTimeoutError"):
        store.put("a", b"one", meta=TEXT)

    assert body_of(truth, "a") == b"one"


def test_objects_that_were_accepted_over_any_fault_are_whole(
    proxy: FaultyProxy,
    bucket: str,
    prefix: str,
    truth: Store,
    record_property: Callable[[str, object], None],
) -> None:
    proxy.hang = 0.1
    proxy.at_rate(0.05)
    store = patient(_store(proxy.endpoint, bucket, prefix), seed=6)
    sizes = {f"a/{number}": 1 + 997 * number for number in range(60)}
    sizes["long"] = 2 * PART + 1

    for number, (key, size) in enumerate(sizes.items()):
        store.put(key, _body(number, size), meta=TEXT, if_absent=True)
        assert body_of(store, key) == _body(number, size)

    met = proxy.met.total()
    proxy.decide = _always("")
    held = {one.key: one.size for one in truth.list("")}
    record_property(
        "figure", f"objects over {met} faults of real HTTP: {len(held)}, all whole"
    )
    assert held == sizes
    assert set(FAULTS) <= set(proxy.met)
