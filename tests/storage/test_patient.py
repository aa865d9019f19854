"""A store that fails for a moment is asked again, and never twice for nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from peru_media.errors import (
    AccessDeniedError,
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
    StoreError,
    StoreUnavailableError,
)
from peru_media.ports import Store
from peru_media.storage.memory import MemoryStore
from peru_media.storage.patience import Patience
from peru_media.storage.patient import PatientStore
from tests.clocks import SetClock
from tests.faults import FAULTS, FaultyStore, patient
from tests.storage.suite import TEXT, StoreSuite, body_of
from tests.stores import CountingStore

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
# Of a span nobody can tell whether it is right.
TOLD = tuple(kind for kind in FAULTS if kind != "wrong bytes")


class Failing(CountingStore):
    """Fail as it was told, call by call: before, or after it was done."""

    def __init__(self, store: Store, *, before: str = "", after: str = "") -> None:
        super().__init__(store)
        self.faults: Iterator[StoreError | None] = iter(())
        self.late: Iterator[StoreError | None] = iter(())
        self.verbs = (before, after)

    def _before(self, verb: str, key: str) -> None:
        super()._before(verb, key)
        if verb == self.verbs[0] and (fault := next(self.faults, None)):
            raise fault

    def _after(self, verb: str, key: str) -> None:  # noqa: ARG002  (as it is called)
        if verb == self.verbs[1] and (fault := next(self.late, None)):
            raise fault


class Watched:
    """A progress that remembers what it heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []

    def start(self, phase: str, total: int, unit: str) -> None:
        assert unit == "seconds"
        self.heard.append((f"{phase} starts", total))

    def advance(self, phase: str, amount: int) -> None:
        self.heard.append((phase, amount))

    def finish(self, phase: str) -> None:
        self.heard.append((f"{phase} ends", 0))


class TestPatientStore(StoreSuite):
    """Whoever is patient keeps all promises of the store behind."""

    @pytest.fixture
    def store(self) -> Store:
        return patient(MemoryStore(clock=SetClock()))


class TestPatientStoreOverFaults(StoreSuite):
    """Also where one call in five fails."""

    @pytest.fixture
    def store(self) -> Store:
        memory = MemoryStore(clock=SetClock())
        return patient(FaultyStore(memory, seed=6, kinds=TOLD))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def memory(clock: SetClock) -> MemoryStore:
    return MemoryStore(clock=clock)


Make = Callable[[Store], PatientStore]


@pytest.fixture
def patiently(clock: SetClock, watched: Watched) -> Make:
    def make(store: Store) -> PatientStore:
        return PatientStore(
            store,
            clock=clock,
            sleep=lambda seconds: clock.advance(timedelta(seconds=seconds)),
            chance=lambda: 0.5,
            progress=watched,
        )

    return make


def silent(times: int) -> Iterator[StoreError]:
    return iter([StoreUnavailableError("silence")] * times)


def damaged(times: int) -> Iterator[StoreError]:
    return iter([DamagedObjectError("damage")] * times)


CALLS: dict[str, Callable[[Store], object]] = {
    "put": lambda store: store.put("a", b"one", meta=TEXT),
    "get": lambda store: store.get("a"),
    "head": lambda store: store.head("a"),
    "list": lambda store: [*store.list("")],
    "delete": lambda store: store.delete(["a"]),
    "sweep": lambda store: store.sweep(until=NOON),
    "locate": lambda store: store.locate("a", valid_for=timedelta(minutes=1)),
}


@pytest.mark.parametrize("verb", CALLS)
def test_a_call_that_got_no_answer_is_made_again(
    verb: str, memory: MemoryStore, patiently: Make
) -> None:
    memory.put("a", b"one", meta=TEXT)
    failing = Failing(memory, before=verb)
    failing.faults = silent(3)

    CALLS[verb](patiently(failing))

    assert [name for name, _ in failing.calls] == [verb] * 4


@pytest.mark.parametrize("verb", CALLS)
def test_after_a_minute_of_silence_the_fault_is_told(
    verb: str, memory: MemoryStore, patiently: Make, clock: SetClock
) -> None:
    failing = Failing(memory, before=verb)
    failing.faults = silent(1000)

    with pytest.raises(StoreUnavailableError, match="silence"):
        CALLS[verb](patiently(failing))

    assert 45 < clock.seconds <= 60
    assert 8 < len(failing.calls) < 20


def test_the_minute_is_one_for_all_calls(
    memory: MemoryStore, patiently: Make, clock: SetClock
) -> None:
    failing = Failing(memory, before="get")
    failing.faults = silent(1000)
    store = patiently(failing)
    for _ in range(5):
        with pytest.raises(StoreUnavailableError):
            store.get("a")

    assert clock.seconds <= 60


def test_an_answer_begins_a_new_minute(
    memory: MemoryStore, patiently: Make, clock: SetClock
) -> None:
    failing = Failing(memory, before="get")
    failing.faults = silent(1000)
    store = patiently(failing)
    for turn in range(3):
        with pytest.raises(StoreUnavailableError):
            store.get("a")
        with pytest.raises(ObjectNotFoundError):
            store.head("a")
        assert clock.seconds > 45 * (turn + 1)


def test_who_comes_back_later_finds_a_new_minute(
    memory: MemoryStore, patiently: Make, clock: SetClock
) -> None:
    failing = Failing(memory, before="get")
    failing.faults = silent(1000)
    store = patiently(failing)
    with pytest.raises(StoreUnavailableError):
        store.get("a")
    clock.advance(timedelta(hours=1))
    failing.calls.clear()

    with pytest.raises(StoreUnavailableError):
        store.get("a")

    assert len(failing.calls) > 8


def test_pauses_grow_and_no_two_need_be_alike() -> None:
    patience = Patience()

    shortest = [patience.pause(number, 0.0) for number in range(1, 9)]
    longest = [patience.pause(number, 0.999) for number in range(1, 9)]

    assert shortest == [0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]
    assert longest == pytest.approx([2 * pause for pause in shortest], rel=0.01)
    assert patience.pause(10_000, 0.0) == 4.0


@pytest.mark.parametrize("verb", ["put", "get"])
def test_damaged_bytes_are_sent_or_fetched_again(
    verb: str, memory: MemoryStore, patiently: Make
) -> None:
    memory.put("a", b"zero", meta=TEXT)
    failing = Failing(memory, before=verb)
    failing.faults = damaged(3)

    CALLS[verb](patiently(failing))

    assert len(failing.calls) == 4


@pytest.mark.parametrize("verb", ["put", "get"])
def test_what_stays_damaged_is_told(
    verb: str, memory: MemoryStore, patiently: Make
) -> None:
    failing = Failing(memory, before=verb)
    failing.faults = damaged(1000)

    with pytest.raises(DamagedObjectError):
        CALLS[verb](patiently(failing))

    assert len(failing.calls) == 4


@pytest.mark.parametrize(
    "fault", [AccessDeniedError("no"), StoreError("never"), ObjectNotFoundError("a")]
)
def test_a_plain_no_is_heard_at_once(
    fault: StoreError, memory: MemoryStore, patiently: Make
) -> None:
    failing = Failing(memory, before="get")
    failing.faults = iter([fault])

    with pytest.raises(type(fault)):
        patiently(failing).get("a")

    assert len(failing.calls) == 1


@pytest.mark.parametrize("kind", ["bytes", "file"])
def test_what_arrived_all_the_same_is_not_sent_again(
    kind: str, memory: MemoryStore, patiently: Make, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"one")
    body = b"one" if kind == "bytes" else tmp_path / "a"
    failing = Failing(memory, after="put")
    failing.late = silent(1)

    stored = patiently(failing).put("a", body, meta=TEXT, if_absent=True)

    assert stored == memory.head("a")
    assert failing.calls == [("put", "a"), ("head", "a")]


def test_what_did_not_arrive_is_sent_again(
    memory: MemoryStore, patiently: Make
) -> None:
    failing = Failing(memory, before="put")
    failing.faults = silent(1)

    patiently(failing).put("a", b"one", meta=TEXT, if_absent=True)

    assert [verb for verb, _ in failing.calls] == ["put", "head", "put"]
    assert body_of(memory, "a") == b"one"


def test_somebody_elses_object_is_not_taken_for_ours(
    memory: MemoryStore, patiently: Make
) -> None:
    memory.put("a", b"another", meta=TEXT)
    failing = Failing(memory, before="put")
    failing.faults = silent(1)

    with pytest.raises(PreconditionError):
        patiently(failing).put("a", b"one", meta=TEXT, if_absent=True)

    assert body_of(memory, "a") == b"another"


def test_an_object_that_was_there_before_is_not_ours_even_if_equal(
    memory: MemoryStore, patiently: Make
) -> None:
    memory.put("a", b"one", meta=TEXT)

    with pytest.raises(PreconditionError):
        patiently(memory).put("a", b"one", meta=TEXT, if_absent=True)


def test_a_swap_whose_reply_was_lost_was_done(
    memory: MemoryStore, patiently: Make
) -> None:
    etag = memory.put("a", b"one", meta=TEXT).etag
    failing = Failing(memory, after="put")
    failing.late = silent(1)

    stored = patiently(failing).put("a", b"two", meta=TEXT, if_match=etag)

    assert stored == memory.head("a")
    assert body_of(memory, "a") == b"two"


def test_a_swap_that_a_colleague_won_is_lost(
    memory: MemoryStore, patiently: Make
) -> None:
    etag = memory.put("a", b"one", meta=TEXT).etag
    memory.put("a", b"three", meta=TEXT)
    failing = Failing(memory, before="put")
    failing.faults = silent(1)

    with pytest.raises(PreconditionError):
        patiently(failing).put("a", b"two", meta=TEXT, if_match=etag)


def test_a_swap_of_nothing_is_lost(memory: MemoryStore, patiently: Make) -> None:
    with pytest.raises(PreconditionError):
        patiently(memory).put("a", b"two", meta=TEXT, if_match="none")


def test_a_creation_refused_for_nothing_is_tried_again(
    memory: MemoryStore, patiently: Make
) -> None:
    failing = Failing(memory, before="put")
    failing.faults = iter([PreconditionError("a"), None])

    patiently(failing).put("a", b"one", meta=TEXT, if_absent=True)

    assert body_of(memory, "a") == b"one"


def test_nobody_hears_twice_of_a_byte(memory: MemoryStore, patiently: Make) -> None:
    heard: list[int] = []
    failing = Failing(memory, after="put")
    failing.late = silent(2)

    patiently(failing).put("a", bytes(10), meta=TEXT, advance=heard.append)

    assert heard == [10]


def test_a_long_wait_is_told_and_ends(
    memory: MemoryStore, patiently: Make, watched: Watched
) -> None:
    failing = Failing(memory, before="list")
    failing.faults = silent(6)

    assert [*patiently(failing).list("")] == []

    assert watched.heard[0] == ("waiting starts", 60)
    assert watched.heard[-1] == ("waiting ends", 0)
    assert sum(amount for phase, amount in watched.heard if phase == "waiting") >= 4


def test_waiting_in_vain_ends_too(
    memory: MemoryStore, patiently: Make, watched: Watched
) -> None:
    failing = Failing(memory, before="list")
    failing.faults = silent(1000)

    with pytest.raises(StoreUnavailableError):
        patiently(failing).list("")

    assert watched.heard[-1] == ("waiting ends", 0)


def test_a_short_wait_is_not_worth_telling(
    memory: MemoryStore, patiently: Make, watched: Watched
) -> None:
    failing = Failing(memory, before="list")
    failing.faults = silent(2)

    patiently(failing).list("")

    assert watched.heard == []


def test_its_name_is_that_of_the_store(memory: MemoryStore, patiently: Make) -> None:
    assert patiently(memory).name == memory.name
