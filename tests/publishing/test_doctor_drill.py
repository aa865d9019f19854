"""A rehearsal of a withdrawal: what it plants, and what it would not overlook."""

import gzip
from dataclasses import replace

import pytest

from peru_media.model.receipt import Asked, Gone
from peru_media.ports import Meta
from peru_media.publishing.doctor.drill import (
    Drilled,
    Seed,
    copied,
    planted,
    rehearsed,
    traces,
)
from peru_media.publishing.doctor.rows import Verdict
from peru_media.publishing.live import read_live
from peru_media.publishing.withdrawing.order import Docket, Order
from peru_media.publishing.withdrawing.story import Withdrawn
from peru_media.storage.memory import MemoryStore
from tests.newsroom import Newsroom
from tests.releases import NOON

SEED = Seed(word="canary0123")
META = Meta(media_type="text/plain")
DOCKET = Docket(order=Order(kind="episode", name=SEED.slug, by="jo", at=NOON))
GONE = Gone(
    target="drill",
    base_url="http://127.0.0.1:9",
    reached=True,
    asked=(Asked(address="http://127.0.0.1:9/x", status=410),),
    lists=3,
)
GOOD = Drilled(
    release=7,
    before=5,
    after=(),
    objects=40,
    seconds=1.25,
    withdrawn=Withdrawn(docket=DOCKET, gone=(GONE,)),
)


def test_a_copy_holds_what_is_live_but_nobodys_media(newsroom: Newsroom) -> None:
    newsroom.publish()
    into = MemoryStore(clock=newsroom.clock)

    count = copied(read_live(newsroom.store, {}), into)

    assert count == len([*into.list("")])
    assert [*into.list("public/"), *into.list("held/")] == []
    assert read_live(into, {}).tables() == read_live(newsroom.store, {}).tables()
    assert copied(read_live(MemoryStore(clock=newsroom.clock), {}), into) == 0


def test_somebody_made_up_stands_in_two_releases(newsroom: Newsroom) -> None:
    newsroom.publish()
    desk = newsroom.desk()
    before = traces(newsroom.store, SEED.word)

    number = planted(SEED, desk)

    live = read_live(newsroom.store, {})
    source = live.source()
    assert before == ()
    assert number == live.number == 3
    assert source is not None
    assert [one.slug for one in source.episodes].count(SEED.slug) == 1
    assert len(traces(newsroom.store, SEED.word)) > 10
    empty = MemoryStore(clock=newsroom.clock)
    assert planted(SEED, newsroom.desk(empty, cache={})) == 0


def test_a_word_is_found_in_names_in_bytes_and_in_what_is_compressed(
    newsroom: Newsroom,
) -> None:
    store = newsroom.store
    store.put("state/a", b"nothing of it", meta=META)
    store.put("state/b", b"here a canary0123 sits", meta=META)
    store.put("state/c", gzip.compress(b"and canary0123 here"), meta=META)
    store.put("state/canary0123", b"", meta=META)

    assert traces(store, "canary0123") == ("state/b", "state/c", "state/canary0123")


def test_a_good_rehearsal_gives_its_figures() -> None:
    row = rehearsed(GOOD)

    assert row.verdict is Verdict.OK
    assert row.what == (
        "rehearsed on a copy of release 7: addresses that answer 410 or 404, 1 of 1; "
        "lists and pages that lead there, 0 of 3; objects with its word, 0 of 40 "
        "(before, 5); 1.2 s"
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"before": 0}, "its word was nowhere to begin with"),
        ({"after": ("state/x",)}, "1 objects still hold its word: state/x"),
        ({"withdrawn": Withdrawn(docket=DOCKET)}, "nothing was asked"),
        (
            {"withdrawn": Withdrawn(docket=DOCKET, left={"drill": "no answer"})},
            "no answer",
        ),
    ],
)
def test_a_rehearsal_that_left_something_fails(
    change: dict[str, object], says: str
) -> None:
    row = rehearsed(replace(GOOD, **change))  # type: ignore[arg-type]  # fields by name

    assert row.verdict is Verdict.FAIL
    assert says in row.what
    assert row.fix


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reached": False}, "nobody answered at http://127.0.0.1:9"),
        ({"failures": ("/x answers 200",)}, "/x answers 200 "),
        ({"failures": ("/x answers 200", "/y", "/z")}, "/x answers 200; and 2 more"),
    ],
)
def test_a_rehearsal_that_still_shows_something_fails(
    change: dict[str, object], says: str
) -> None:
    gone = GONE.model_copy(update=change)
    done = replace(GOOD, withdrawn=Withdrawn(docket=DOCKET, gone=(gone,)))

    row = rehearsed(done)

    assert row.verdict is Verdict.FAIL
    assert says in f"{row.what} "
