"""The doctor finds what was planted in a real bucket or before it, and no more."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from peru_media.errors import AccessDeniedError, ObjectNotFoundError
from peru_media.fetching import WebFetcher
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Address, Body, Fetched, Meta, Stored, Unchanged
from peru_media.publishing.doctor.rows import Row, Verdict
from peru_media.storage.s3 import S3Store
from peru_media.wiring import SystemClock
from tests.clinic import HELD, Change, Clinic, acting, found, policy
from tests.fetching.loopback import Asked, Reply, closed_port, listening
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
        {"write": Verdict.FAIL},
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


def test_the_policy_for_staff_suffices_to_send_what_is_large_and_to_erase(
    clinic: Clinic,
) -> None:
    settings = replace(clinic.settings(), prefix="site/large", part_size=5 << 20)
    with acting(clinic.staff):
        store = S3Store(settings)

    large = store.put("held/a.wav", bytes(6 << 20), meta=Meta(media_type="audio/wav"))
    before = [one.key for one in store.list("")]
    store.delete(before)

    assert large.size == 6 << 20
    assert before == ["held/a.wav"]
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


def _rows(rows: list[Row], about: str) -> str:
    return "; ".join(row.what for row in rows if row.about == about)


def test_a_media_host_that_is_closed_is_told_from_one_that_nobody_runs(
    clinic: Clinic,
) -> None:
    nobody = clinic.target(media_base_url=f"http://127.0.0.1:{closed_port()}")

    with _media_host(lambda *_: Reply(status=403))(clinic):
        closed = clinic.examined()
    absent = clinic.examined(target=nobody)

    assert "does not give out public media (403)" in _rows(closed, "open")
    assert "does not give out pictures (403)" in _rows(closed, "assets")
    assert "nobody answers there" in _rows(absent, "open")


def test_a_site_whose_media_are_all_signed_needs_no_open_door(clinic: Clinic) -> None:
    clinic.seaweed.client().delete_bucket_policy(Bucket=clinic.bucket)
    rows = clinic.examined(target=clinic.target(media_base_url=None))
    clinic.heal()

    assert [row.about for row in rows].count("ranges") == 1
    assert set(found(rows)) <= {"media"}  # its server still leads to the media host


class _Elsewhere(S3Store):
    """A store that signs addresses which lead nowhere."""

    def locate(self, key: str, *, valid_for: timedelta) -> Address:
        return Address(super().locate(key, valid_for=valid_for).url + "0")


class _Forgetful(S3Store):
    """A store that does not give back what was put."""

    def get(self, key: str, **how: Any) -> Fetched | Unchanged:
        got = super().get(key, **how)
        if "doctor-" in key and isinstance(got, Fetched):
            return replace(got, body=b"else")
        return got


class _Blind(S3Store):
    """A store whose credentials may not read what they write."""

    def get(self, key: str, **how: Any) -> Fetched | Unchanged:
        if "doctor-" in key:
            msg = f"{key}: the store does not let these credentials do that"
            raise AccessDeniedError(msg)
        return super().get(key, **how)


class _Locked(S3Store):
    """A store whose credentials may not delete."""

    def delete(self, keys: Iterable[str], **_: Any) -> None:
        msg = f"{next(iter(keys))}: the store does not let these credentials do that"
        raise AccessDeniedError(msg)


class _Keeping(S3Store):
    """A store that keeps what was deleted."""

    def delete(self, keys: Iterable[str], **_: Any) -> None:
        """Delete nothing, and say nothing."""


@pytest.mark.parametrize(
    ("kind", "about", "says"),
    [
        (_Elsewhere, "signed", "does not give out what an address was signed for"),
        (_Forgetful, "read", "what was put cannot be read again: public/doctor-"),
        (_Blind, "read", "what was put cannot be read again: public/doctor-"),
        (_Locked, "delete", "these credentials cannot delete"),
        (_Keeping, "delete", "what was deleted is still there: public/doctor-"),
    ],
)
def test_a_store_that_does_not_do_what_a_site_needs_is_told(
    clinic: Clinic, kind: type[S3Store], about: str, says: str
) -> None:
    with _store(kind)(clinic) as change:
        rows = clinic.examined(**change)
    clinic.clear()

    assert found(rows).get(about) is Verdict.FAIL
    assert says in _rows(rows, about)


@dataclass(frozen=True, slots=True)
class _Told:
    """An inspector that says what a test wants."""

    who: str | None
    url: str

    def credentials(self) -> str | None:
        return self.who

    def address(self, key: str) -> str:
        return f"{self.url}/{key}"

    def listings(self) -> tuple[str, ...]:
        return ()

    def may_change_policy(self) -> bool:
        return False


@pytest.mark.parametrize("date", ["", "Date: yesterday\r\n"])
def test_a_store_that_tells_no_time_is_told(clinic: Clinic, date: str) -> None:
    answer = f"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n{date}\r\n"
    with listening(answer.encode()) as server:
        url = f"http://127.0.0.1:{server.port}"
        rows = clinic.examined(
            inspector=_Told("somebody", url),
            fetcher=WebFetcher(allowed=clinic.target().origins | {url}),
        )

    assert found(rows) == {"clock": Verdict.FAIL}
    assert "does not say what time it is" in _rows(rows, "clock")


@pytest.mark.parametrize(
    ("who", "about"), [(None, "credentials"), ("somebody", "release")]
)
def test_without_credentials_or_a_store_that_answers_no_more_is_asked(
    clinic: Clinic, who: str | None, about: str
) -> None:
    nowhere = f"http://127.0.0.1:{closed_port()}"
    settings = replace(clinic.settings(), endpoint=nowhere, attempts=1)
    with acting(clinic.staff):
        store = S3Store(settings)

    rows = clinic.examined(inspector=_Told(who, nowhere), store=store)

    assert found(rows) == {about: Verdict.FAIL}
    assert rows[-1].about == about
