"""The doctor finds what was planted in a real bucket or before it, and no more."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from peru_media.errors import AccessDeniedError, ObjectNotFoundError
from peru_media.fetching import WebFetcher
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Body, Meta, Stored
from peru_media.publishing.doctor.rows import Verdict
from peru_media.storage.s3 import S3Store
from peru_media.wiring import SystemClock
from tests.clinic import HELD, Change, Clinic, acting, found, policy
from tests.fetching.loopback import Asked, Reply
from tests.newsroom import Newsroom
from tests.seaweed import Seaweed

Plant = Callable[[Clinic], AbstractContextManager[dict[str, Any]]]
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def clinic(seaweed: Seaweed) -> Iterator[Clinic]:
    """A healthy site in a bucket; whoever spoils it mends it."""
    with Clinic.opened(seaweed) as opened:
        yield opened


@dataclass(frozen=True, slots=True)
class _Case:
    """One thing that is planted, and the answers that it should change."""

    name: str
    plant: Plant
    finds: Mapping[str, Verdict]

    def __str__(self) -> str:
        return self.name


def _anybody(action: str, resource: str) -> Plant:
    @contextmanager
    def plant(clinic: Clinic) -> Iterator[dict[str, Any]]:
        clinic.let_anybody(action, resource)
        yield {}
        clinic.heal()

    return plant


def _person(take: Callable[[Clinic], Mapping[str, Any]]) -> Plant:
    """Examined with the credentials of somebody else."""

    @contextmanager
    def plant(clinic: Clinic) -> Iterator[dict[str, Any]]:
        yield {"person": clinic.seaweed.person(take(clinic))}
        clinic.clear()

    return plant


def _staff_without(*actions: str) -> Plant:
    def take(clinic: Clinic) -> Mapping[str, Any]:
        told = policy("What staff may do", clinic.bucket)
        for statement in told["Statement"]:
            kept = [one for one in statement["Action"] if one not in actions]
            statement["Action"] = kept
        return told

    return _person(take)


@contextmanager
def _strong(clinic: Clinic) -> Iterator[dict[str, Any]]:
    yield {"person": clinic.seaweed.environment()}


@contextmanager
def _no_cors(clinic: Clinic) -> Iterator[dict[str, Any]]:
    clinic.seaweed.client().delete_bucket_cors(Bucket=clinic.bucket)
    yield {}
    clinic.heal()


def _cors(**change: object) -> Plant:
    """Rules that differ from those of the documents."""

    @contextmanager
    def plant(clinic: Clinic) -> Iterator[dict[str, Any]]:
        rules = policy("Players on other sites", clinic.bucket)
        for name, value in change.items():
            rules["CORSRules"][0][name] = value
        client = clinic.seaweed.client()
        client.put_bucket_cors(Bucket=clinic.bucket, CORSConfiguration=rules)  # type: ignore[arg-type]  # as the document has it
        yield {}
        clinic.heal()

    return plant


def _media_host(change: Change) -> Plant:
    @contextmanager
    def plant(clinic: Clinic) -> Iterator[dict[str, Any]]:
        good, clinic.media.change = clinic.media.change, change
        yield {}
        clinic.media.change = good

    return plant


def _site(change: Change) -> Plant:
    @contextmanager
    def plant(clinic: Clinic) -> Iterator[dict[str, Any]]:
        good, clinic.site.change = clinic.site.change, change
        yield {}
        clinic.site.change = good

    return plant


def _no_part(_: Asked, reply: Reply) -> Reply:
    """All of it, whatever part was asked for."""
    if reply.status != 206:
        return reply
    total = int(reply.headers["Content-Range"].rpartition("/")[2])
    return Reply(headers={"Content-Type": "audio/mpeg"}, body=bytes(total))


def _headers(**change: str) -> Change:
    named = {name.replace("_", "-"): text for name, text in change.items()}
    return lambda _, reply: replace(reply, headers={**reply.headers, **named})


def _listing(asked: Asked, reply: Reply) -> Reply:
    """A web server that shows what a folder holds."""
    page = b"<html><head><title>Index of /files/</title></head></html>"
    return Reply(body=page) if asked.path.endswith("/") else reply


def _yesterday(asked: Asked, reply: Reply) -> Reply:
    """A cache that never asks again: an old feed of an old release, a day old."""
    if not asked.path.endswith("feed.xml"):
        return reply
    old = {**reply.headers, "X-Release": "0", "Age": "86400", "Content-Length": "6"}
    return replace(reply, headers=old, body=b"<rss/>")


class _SkewedClock(SystemClock):
    def now(self) -> datetime:
        return super().now() - timedelta(minutes=2)


@contextmanager
def _skewed(_: Clinic) -> Iterator[dict[str, Any]]:
    yield {"clock": _SkewedClock()}


class _Careless(S3Store):
    """A store that takes the conditions of a write and forgets them."""

    def put(self, key: str, body: Body, *, meta: Meta, **how: Any) -> Stored:
        kept = {k: v for k, v in how.items() if k not in {"if_absent", "if_match"}}
        return super().put(key, body, meta=meta, **kept)


class _Silent(S3Store):
    """Amazon's, to whom may not list: what is missing looks closed."""

    def head(self, key: str) -> Stored:
        try:
            return super().head(key)
        except ObjectNotFoundError as error:
            raise AccessDeniedError(str(error)) from None


def _store(kind: type[S3Store]) -> Plant:
    @contextmanager
    def plant(clinic: Clinic) -> Iterator[dict[str, Any]]:
        with acting(clinic.staff):
            store = kind(clinic.settings())
        yield {"store": store}

    return plant


@contextmanager
def _lost(clinic: Clinic) -> Iterator[dict[str, Any]]:
    """A recording that somebody deleted by hand."""
    with acting(clinic.staff):
        key = next(one.key for one in clinic.store().list("held/"))
        clinic.store().delete([key])
    yield {}
    clinic.publish()


@contextmanager
def _open_door(clinic: Clinic) -> Iterator[dict[str, Any]]:
    """A media host through which anybody may write and delete."""

    def change(asked: Asked, reply: Reply) -> Reply:
        bucket, key = clinic.bucket, f"site{asked.path.removeprefix('/files')}"
        if asked.method == "PUT":
            clinic.seaweed.client().put_object(Bucket=bucket, Key=key, Body=asked.body)
        if asked.method == "DELETE":
            clinic.seaweed.client().delete_object(Bucket=bucket, Key=key)
        return reply

    with _media_host(change)(clinic) as told:
        yield told


CASES = (
    _Case("anybody lists", _anybody("s3:ListBucket", ""), {"listing": Verdict.FAIL}),
    _Case(
        "anybody reads what is held",
        _anybody("s3:GetObject", "/site/held/*"),
        {"closed": Verdict.FAIL},
    ),
    _Case(
        "anybody reads current.json",
        _anybody("s3:GetObject", "/site/current.json"),
        {"closed": Verdict.FAIL},
    ),
    _Case(
        "anybody writes and deletes",
        _open_door,
        {"put": Verdict.FAIL, "remove": Verdict.FAIL},
    ),
    _Case(
        "staff only read",
        _person(lambda clinic: policy("What servers may do", clinic.bucket)),
        {"write": Verdict.FAIL, "conditional": Verdict.FAIL},
    ),
    _Case(
        "staff leave versions behind",
        _staff_without("s3:DeleteObjectVersion"),
        {"delete": Verdict.FAIL},
    ),
    _Case("staff may do everything", _strong, {"policy": Verdict.WARN}),
    _Case("no CORS", _no_cors, {"cors": Verdict.WARN}),
    _Case("CORS hides lengths", _cors(ExposeHeaders=["ETag"]), {"cors": Verdict.WARN}),
    _Case(
        "CORS refuses ranges", _cors(AllowedHeaders=["ETag"]), {"cors": Verdict.WARN}
    ),
    _Case(
        "a front ignores ranges",
        _media_host(_no_part),
        {"ranges": Verdict.FAIL, "media": Verdict.FAIL},
    ),
    _Case("a front lists", _media_host(_listing), {"listing": Verdict.FAIL}),
    _Case(
        "a front changes types",
        _media_host(_headers(Content_Type="text/html")),
        {"open": Verdict.FAIL},
    ),
    _Case(
        "a front names a coding",
        _media_host(_headers(Content_Encoding="identity, x")),
        {"open": Verdict.FAIL, "media": Verdict.FAIL},
    ),
    _Case("a cache shows yesterday", _site(_yesterday), {"feeds": Verdict.FAIL}),
    _Case("the clock is wrong", _skewed, {"clock": Verdict.WARN}),
    _Case("stale writes go through", _store(_Careless), {"conditional": Verdict.FAIL}),
    _Case("missing looks closed", _store(_Silent), {"missing": Verdict.FAIL}),
    _Case(
        "an object is lost",
        _lost,
        {"objects": Verdict.FAIL, "media": Verdict.FAIL},
    ),
)


def test_the_policy_for_staff_suffices_to_publish_and_to_erase(
    clinic: Clinic, newsroom: Newsroom
) -> None:
    bucket = clinic.seaweed.make_bucket(versioned=True)
    told = policy("What staff may do", bucket)
    with acting(clinic.seaweed.person(told)):
        store = S3Store(replace(clinic.settings(), bucket=bucket, part_size=5 << 20))

    first = newsroom.publish(store)
    large = store.put(
        "held/a/b/c.wav", bytes(6 << 20), meta=Meta(media_type="audio/wav")
    )
    store.delete([one.key for one in store.list("")])

    assert first.release == 1
    assert large.size == 6 << 20
    assert [*store.list("", former=True)] == []


def test_the_policy_for_servers_suffices_to_serve_and_to_do_nothing_else(
    clinic: Clinic,
) -> None:
    with acting(clinic.servers):
        store = clinic.store()
    fetcher = WebFetcher(allowed=clinic.target().origins)

    served = fetcher.request("GET", f"{clinic.site_url}/media/held/later.mp3")

    assert served.body == HELD
    meta = Meta(media_type="text/plain")
    key = clinic.root.ledger.key
    with pytest.raises(ObjectNotFoundError):
        store.head("state/shared/missing")
    refused: tuple[Callable[[], object], ...] = (
        lambda: store.put("state/x", b"x", meta=meta),
        lambda: store.put(CURRENT_KEY, b"x", meta=meta),
        lambda: store.delete([key]),
        lambda: [*store.list("", former=True)],
    )
    for act in refused:
        with pytest.raises(AccessDeniedError):
            act()
    assert store.head(key).key == key


def test_a_healthy_target_gives_no_warning(
    clinic: Clinic, record_property: Record
) -> None:
    rows = clinic.examined(read_data=True)

    record_property("part", "SeaweedFS 4.48: examined by the doctor, policies and all")
    assert found(rows) == {}
    assert clinic.left() == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_planted_is_found_and_nothing_else(
    clinic: Clinic, case: _Case, record_property: Record
) -> None:
    with case.plant(clinic) as change:
        rows = clinic.examined(**change)

    ill = found(rows)
    assert {about: ill.get(about) for about in case.finds} == case.finds
    assert set(ill) - set(case.finds) == set()
    assert all(row.fix for row in rows if row.verdict is not Verdict.OK)
    record_property(
        "figure", f"misconfigurations planted {len(CASES)}, found {len(CASES)}"
    )
