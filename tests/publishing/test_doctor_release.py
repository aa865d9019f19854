"""What the doctor says of a live release: its time, its objects, what was withdrawn."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from peru_media.errors import FetchError, StoreUnavailableError, UnreachableError
from peru_media.model.files import TargetField
from peru_media.model.release import Root, Tombstone
from peru_media.model.source import Source
from peru_media.model.target import Target
from peru_media.model.value import digest
from peru_media.ports import Answer, Meta
from peru_media.publishing.doctor.examination import examine
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rows import Row, Verdict
from peru_media.storage.memory import MemoryStore
from peru_media.wiring import Quiet
from tests.clinic import found, healthy_machine
from tests.clocks import SetClock
from tests.factories import make_enclosure
from tests.releases import (
    EPISODE,
    NOON,
    Planned,
    asset,
    feed,
    gone,
    medium,
    page,
    publish_release,
)

SITE = "https://media.example.org"
SOUND = bytes(range(256)) * 99
NEW, OLD = "<rss>new</rss>", "<rss>old</rss>"
GRAVE = Tombstone(guid=digest(b"a guid"), at=NOON, id="f" * 20)

Ask = Callable[[str, str], Answer]


class _Web:
    """Servers that answer by a function: method and address to an answer."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def request(self, method: str, url: str, **_: Any) -> Answer:
        return self._ask(method, url)


def _served(*, text: str = NEW, status: int = 200, **headers: str) -> Ask:
    """A site that serves the release as it should, but for the feed."""
    told = {"x_release": "1", **headers}
    fields = {name.replace("_", "-"): value for name, value in told.items()}

    def ask(_: str, url: str) -> Answer:
        if url.endswith("feed.xml"):
            return Answer(url=url, status=status, headers=fields, body=text.encode())
        return Answer(url=url, status=200, headers={})

    return ask


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def store(clock: SetClock) -> MemoryStore:
    return MemoryStore(clock=clock)


def _source(**change: Any) -> bytes:
    told = {"organisation": "X", "timezone": "Europe/London", "base_url": SITE}
    return Source.model_validate(told | change).to_bytes()


def _publish(
    store: MemoryStore, paths: Mapping[str, Any] | None = None, **change: Any
) -> Root:
    site: Mapping[str, Any] = {
        "/": page("<h1>All</h1>"),
        "/stories/feed.xml": feed(NEW),
        "/media/story.mp3": medium(SOUND),
        "/assets/a.png": asset(b"picture"),
        "/old": gone(),
    }
    told: dict[str, Any] = {"made": NOON, "source": _source(), **change}
    return publish_release(store, site if paths is None else paths, **told)


def _patient(store: MemoryStore, clock: SetClock, **change: Any) -> Patient:
    field = TargetField(store="folder", base_url=SITE)
    healthy = Patient(
        target=Target(name="production", root=Path("project"), field=field),
        store=store,
        inspector=None,
        fetcher=_Web(_no_media(_served())),
        clock=clock,
        progress=Quiet(),
        machine=healthy_machine(),
        token="0123",  # noqa: S106  # no secret: a name
    )
    return replace(healthy, **change)


def _no_media(ask: Ask) -> Ask:
    """The same, where a medium answers as it should."""

    def answer(method: str, url: str) -> Answer:
        if "/media/" not in url:
            return ask(method, url)
        told = {"content-length": str(len(SOUND)), "content-type": "audio/mpeg"}
        if method == "HEAD":
            return Answer(url=url, status=200, headers=told)
        told = {"content-range": f"bytes 0-1/{len(SOUND)}"}
        return Answer(url=url, status=206, headers=told, body=SOUND[:2])

    return answer


def _examined(store: MemoryStore, clock: SetClock, **change: Any) -> list[Row]:
    read_data = change.pop("read_data", False)
    return [*examine(_patient(store, clock, **change), read_data=read_data)]


def _said(rows: list[Row], about: str) -> str:
    return "; ".join(row.what for row in rows if row.about == about)


def _left(store: MemoryStore) -> list[str]:
    """What an examination left."""
    keys = [one.key for one in store.list("", former=True)]
    return [key for key in keys if "doctor-" in key or "trial-" in key]


def test_a_good_release_gives_no_warning(store: MemoryStore, clock: SetClock) -> None:
    _publish(store)

    rows = _examined(store, clock, read_data=True)

    assert found(rows) == {}
    assert "read and right, byte for byte" in _said(rows, "objects")
    assert _left(store) == []


def test_a_store_without_a_release_says_to_publish(
    store: MemoryStore, clock: SetClock
) -> None:
    rows = _examined(store, clock)

    assert found(rows) == {"release": Verdict.WARN}
    assert next(row for row in rows if row.about == "release").fix == "make publish"


@pytest.mark.parametrize(
    ("age", "verdict"),
    [(59, Verdict.OK), (61, Verdict.WARN), (90, Verdict.FAIL)],
)
def test_a_timeline_that_ends_is_told_thirty_days_before(
    store: MemoryStore, clock: SetClock, age: int, verdict: Verdict
) -> None:
    _publish(store, made=NOON - timedelta(days=age))

    rows = _examined(store, clock)

    assert next(row for row in rows if row.about == "timeline").verdict is verdict


def test_an_erasing_that_was_cut_off_is_told(
    store: MemoryStore, clock: SetClock
) -> None:
    _publish(store, erasing=["held/a/b/c.mp3"])

    rows = _examined(store, clock)

    assert found(rows) == {"erasing": Verdict.WARN}
    assert "1 object are still" in _said(rows, "erasing")


@pytest.mark.parametrize(("hours", "verdict"), [(2, Verdict.WARN), (30, Verdict.FAIL)])
def test_what_ended_and_was_not_erased_is_told(
    store: MemoryStore, clock: SetClock, hours: int, verdict: Verdict
) -> None:
    ended = {
        "id": EPISODE, "name": "story", "slug": "story", "shows": ["stories"],
        "guid": "guid", "title": "Story", "language": "en",
        "published": NOON - timedelta(days=9),
        "until": NOON - timedelta(hours=hours),
        "enclosure": make_enclosure(EPISODE, "story"),
    }  # fmt: skip
    _publish(store, source=_source(episodes=[ended]))

    rows = _examined(store, clock)

    assert found(rows) == {"erasing": verdict}
    assert "1 episode ended" in _said(rows, "erasing")


def test_what_is_left_of_a_withdrawal_is_found_below_each_prefix(
    store: MemoryStore, clock: SetClock
) -> None:
    _publish(store, tombstones=[GRAVE, GRAVE.model_copy(update={"id": ""})])
    clean = _examined(store, clock, withdrawn=[GRAVE])
    for top in ("public", "held", "state/episodes", "public"):
        store.put(f"{top}/{GRAVE.id}/ab/x{top[0]}.mp3", b"x", meta=Meta(media_type="x"))
    store.put(f"held/{GRAVE.id}/ab/y.mp3", b"x", meta=Meta(media_type="x"))

    rows = _examined(store, clock, withdrawn=[GRAVE])

    assert found(clean) == {}
    assert found(rows) == {"withdrawn": Verdict.FAIL}
    assert _said(rows, "withdrawn").startswith("4 objects of something withdrawn")
    assert _said(rows, "withdrawn").endswith("and 1 more")


@pytest.mark.parametrize(
    ("there", "here", "verdict"),
    [
        ([GRAVE], [], Verdict.WARN),
        ([], [GRAVE], Verdict.FAIL),
        ([GRAVE], [GRAVE], None),
    ],
)
def test_the_file_of_the_withdrawn_and_the_store_have_to_agree(
    store: MemoryStore,
    clock: SetClock,
    there: list[Tombstone],
    here: list[Tombstone],
    verdict: Verdict | None,
) -> None:
    _publish(store, tombstones=there)

    rows = _examined(store, clock, withdrawn=here)

    assert found(rows).get("tombstones") is verdict


def _spoil(store: MemoryStore, prefix: str, body: bytes) -> None:
    key = next(one.key for one in store.list(prefix))
    store.put(key, body, meta=Meta(media_type="audio/mpeg"))


@pytest.mark.parametrize(
    ("body", "listed", "read"),
    [
        (None, "missing", "missing"),
        (SOUND[:-1], "has 25,343 bytes in place of 25,344", "damaged"),
        (b"\1" + SOUND[1:], "", "damaged"),
    ],
)
def test_a_medium_that_is_lost_or_damaged_is_named(
    store: MemoryStore, clock: SetClock, body: bytes | None, listed: str, read: str
) -> None:
    _publish(store)
    if body is None:
        store.delete([one.key for one in store.list("public/")])
    else:
        _spoil(store, "public/", body)

    by_list = _examined(store, clock)
    by_bytes = _examined(store, clock, read_data=True)

    assert listed in _said(by_list, "objects")
    assert bool(listed) is (found(by_list) == {"objects": Verdict.FAIL})
    assert read in _said(by_bytes, "objects")
    assert "/media/story.mp3" in _said(by_bytes, "objects")


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"other text")])
def test_a_text_that_is_damaged_is_named(
    store: MemoryStore, clock: SetClock, body: bytes
) -> None:
    _publish(store)
    _spoil(store, "state/episodes/", body)

    rows = _examined(store, clock, read_data=True)

    assert found(rows) == {"objects": Verdict.FAIL}
    assert "/: it is damaged" in _said(rows, "objects")


def test_of_many_wrong_objects_a_few_are_named_and_the_rest_counted(
    store: MemoryStore, clock: SetClock
) -> None:
    paths = {f"/media/{n}.mp3": medium(SOUND + bytes([n])) for n in range(8)}
    _publish(store, paths)
    store.delete([one.key for one in store.list("public/")])

    rows = [row for row in _examined(store, clock) if row.about == "objects"]

    assert len(rows) == 6
    assert rows[-1].what == "3 more objects are wrong"


def test_a_release_that_is_no_release_ends_the_examination_with_a_sentence(
    store: MemoryStore, clock: SetClock
) -> None:
    store.put("current.json", b"{}", meta=Meta(media_type="application/json"))

    rows = _examined(store, clock)

    assert rows[-1].about == "release"
    assert rows[-1].verdict is Verdict.FAIL


class _Failing(MemoryStore):
    """A store that fails when a list is asked for."""

    def list(self, prefix: str, **_: Any) -> Any:
        msg = f"{prefix}: the store gives no answer just now"
        raise StoreUnavailableError(msg)


def test_a_question_that_the_store_fails_at_is_an_answer_too(clock: SetClock) -> None:
    store = _Failing(clock=clock)
    _publish(store, tombstones=[GRAVE])

    rows = _examined(store, clock, withdrawn=[GRAVE])

    assert found(rows) == dict.fromkeys(
        ("delete", "withdrawn", "objects"), Verdict.FAIL
    )


def test_an_examination_that_is_broken_off_takes_its_objects_away(
    store: MemoryStore, clock: SetClock
) -> None:
    _publish(store)
    before = [one.key for one in store.list("")]
    rows = examine(_patient(store, clock))

    for row in rows:
        if row.about == "write":
            break
    during = [one.key for one in store.list("")]
    rows.close()

    assert len(during) == len(before) + 5
    assert [one.key for one in store.list("")] == before


def _raise(error: Exception) -> Ask:
    def ask(_method: str, _url: str) -> Answer:
        raise error

    return ask


@pytest.mark.parametrize(
    ("ask", "verdict", "says"),
    [
        (_raise(UnreachableError("x")), Verdict.FAIL, "nobody answers at https://"),
        (_raise(FetchError("it broke off")), Verdict.FAIL, "it broke off"),
    ],
)
def test_a_site_that_nobody_serves_is_told(
    store: MemoryStore, clock: SetClock, ask: Ask, verdict: Verdict, says: str
) -> None:
    _publish(store)

    rows = _examined(store, clock, fetcher=_Web(ask))

    assert found(rows) == {"served": verdict}
    assert says in _said(rows, "served")


def _fails_at_feeds(_: str, url: str) -> Answer:
    if url.endswith("feed.xml"):
        msg = f"{url}: the answer took too long"
        raise FetchError(msg)
    return Answer(url=url, status=200, headers={})


OLDER: dict[str, Any] = {
    "x_release": "0",
    "cache_control": "max-age=300, stale-while-revalidate=300",
}
FEEDS: dict[str, tuple[dict[str, Any], str]] = {
    "good": ({}, ""),
    "without a release": ({"x_release": ""}, "is of release "),
    "away": ({"status": 503}, "feed.xml answers 503"),
    "of another release": ({"x_release": "0"}, "of release 0, not of 1"),
    "kept lawfully": (OLDER | {"age": "599"}, ""),
    "kept too long": (OLDER | {"age": "601"}, "of release 0, not of 1"),
    "of no age": (OLDER | {"age": "-1"}, "of release 0, not of 1"),
    "another feed": ({"text": "else"}, "is not what release 1 says"),
    "not turned": ({"text": OLD}, "is not what is due now"),
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_that_listeners_do_not_get_as_it_is_due_is_named(
    store: MemoryStore, clock: SetClock, name: str
) -> None:
    change, says = FEEDS[name]
    turned: list[Planned] = [feed(OLD), feed(NEW).at(NOON - timedelta(minutes=1))]
    _publish(store, {"/stories/feed.xml": turned})

    rows = _examined(store, clock, fetcher=_Web(_served(**change)))

    assert found(rows) == ({"feeds": Verdict.FAIL} if says else {})
    assert says in _said(rows, "feeds")


@pytest.mark.parametrize("seconds", [-10, 10])
def test_around_a_turn_either_side_is_right(
    store: MemoryStore, clock: SetClock, seconds: int
) -> None:
    at = NOON + timedelta(seconds=seconds)
    _publish(store, {"/stories/feed.xml": [feed(OLD), feed(NEW).at(at)]})

    for text in (OLD, NEW):
        rows = _examined(store, clock, fetcher=_Web(_served(text=text)))
        assert found(rows) == {}


def test_a_feed_that_no_answer_comes_for_is_named(
    store: MemoryStore, clock: SetClock
) -> None:
    _publish(store)

    rows = _examined(store, clock, fetcher=_Web(_no_media(_fails_at_feeds)))

    assert found(rows) == {"feeds": Verdict.FAIL}
    assert "the answer took too long" in _said(rows, "feeds")


def test_a_medium_that_cannot_be_asked_for_is_named(
    store: MemoryStore, clock: SetClock
) -> None:
    _publish(store)

    def ask(method: str, url: str) -> Answer:
        if "/media/" in url:
            msg = f"{url}: the answer broke off"
            raise FetchError(msg)
        return _served()(method, url)

    rows = _examined(store, clock, fetcher=_Web(ask))

    assert found(rows) == {"media": Verdict.FAIL}
    assert "/media/story.mp3: the answer broke off" in _said(rows, "media")
