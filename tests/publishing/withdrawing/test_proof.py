"""A proof asks for everything, and says what still answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from peru_media.errors import FetchError, UnreachableError
from peru_media.ports import Answer
from peru_media.publishing.withdrawing.proof import Proof, Question, prove
from tests.clocks import SetClock

BASE = "https://media.example.org"
GONE = f"{BASE}/stories/amy"


@dataclass(slots=True)
class World:
    """A web in which some addresses answer; a purge takes some away."""

    pages: dict[str, str] = field(default_factory=dict)
    fragile: set[str] = field(default_factory=set)
    purged: list[Sequence[str]] = field(default_factory=list)
    fault: Exception | None = None

    def request(self, method: str, url: str, **asked: object) -> Answer:
        del method, asked
        if self.fault is not None:
            raise self.fault
        if url == f"{BASE}/broken":
            msg = "it broke off"
            raise FetchError(msg)
        body = self.pages.get(url)
        status = 410 if body is None else 200
        return Answer(url=url, status=status, headers={}, body=(body or "").encode())

    def purge(self, urls: Sequence[str]) -> None:
        self.purged.append(urls)
        for url in self.fragile.intersection(urls):
            self.pages.pop(url, None)


def _prove(world: World, **change: object) -> tuple[Proof, float]:
    clock = SetClock()
    question = Question(base_url=BASE, addresses=(GONE,), **change)  # type: ignore[arg-type]  # fields by name

    def sleep(seconds: float) -> None:
        clock.seconds += seconds

    proof = prove(question, fetcher=world, clock=clock, purge=world.purge, sleep=sleep)
    return proof, clock.seconds


def test_what_is_gone_needs_no_second_look() -> None:
    world = World(pages={f"{BASE}/feed.xml": "<rss/>"})

    proof, seconds = _prove(world, lists=("/feed.xml", "/unknown"), titles=("Amy",))

    assert (proof.reached, proof.failures, proof.lists) == (True, (), 3)
    assert [one.status for one in proof.asked] == [410]
    assert (seconds, world.purged) == (0, [])


def test_what_a_cache_still_has_is_purged() -> None:
    world = World(pages={GONE: "amy"}, fragile={GONE})

    proof, seconds = _prove(world)

    assert proof.failures == ()
    assert (seconds, world.purged) == (5, [[GONE]])


def test_what_stays_for_a_minute_is_told() -> None:
    proof, seconds = _prove(World(pages={GONE: "amy"}))

    assert proof.failures == (f"{GONE} answers 200",)
    assert seconds == 60


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (f"<link>{GONE}</link>", True),
        (f'"{GONE}/embed"', True),
        (f"<link>{GONE}-two</link>", False),
        ("<enclosure url='/media/abc/1/x.mp3'/>", True),
        ("<enclosure url='/media/abcd/1/x.mp3'/>", False),
        ("<guid>amys-guid</guid>", True),
        ('"amys-guid"', True),
        ("amys-guide", False),
    ],
)
def test_a_list_that_leads_there_is_told(body: str, *, named: bool) -> None:
    world = World(pages={f"{BASE}/feed.xml": body})

    proof, _ = _prove(
        world,
        lists=("/feed.xml",),
        traces=("/stories/amy", "/media/abc/"),
        guids=("amys-guid",),
    )

    assert bool(proof.failures) is named


def test_a_search_that_finds_it_is_told_but_not_its_own_question() -> None:
    url = f"{BASE}/search?q=Amy"
    question = {"titles": ("Amy",), "traces": ("/stories/amy",), "guids": ("Amy",)}

    asked, _ = _prove(World(pages={url: '<input value="Amy">'}), **question)
    found, _ = _prove(World(pages={url: '<a href="/stories/amy">'}), **question)

    assert asked.failures == ()
    assert found.failures == (f"{url} still names /stories/amy",)


def test_what_cannot_be_asked_is_no_proof() -> None:
    broken, _ = _prove(World(), lists=("/broken",))
    silent, _ = _prove(World(fault=UnreachableError("nobody")))
    refused, _ = _prove(World(fault=FetchError("not so")))

    assert broken.failures == (f"{BASE}/broken cannot be read: it broke off",)
    assert (silent.reached, silent.failures) == (False, ())
    assert (refused.reached, refused.failures) == (True, ("not so",))


def test_an_address_that_gives_no_answer_at_all_is_no_proof() -> None:
    clock = SetClock()

    def sleep(seconds: float) -> None:
        clock.seconds += seconds

    question = Question(base_url=BASE, addresses=(f"{BASE}/broken",))
    world = World()
    proof = prove(question, fetcher=world, clock=clock, purge=world.purge, sleep=sleep)

    assert proof.failures == (f"{BASE}/broken answers nothing",)
