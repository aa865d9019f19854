from typing import Literal

import pytest

from peru_media.errors import ObjectNotFoundError, PreconditionError
from peru_media.ports import Meta, Store
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock
from tests.storage.suite import StoreSuite
from tests.stores import CountingStore, Stopped, StoppingStore

TEXT = Meta(media_type="text/plain")


class TestCountingStore(StoreSuite):
    @pytest.fixture
    def store(self) -> Store:
        return CountingStore(MemoryStore(clock=SetClock()))


def test_every_call_is_remembered_even_a_refused_one() -> None:
    store = CountingStore(MemoryStore(clock=SetClock()))
    store.put("a", b"", meta=TEXT)
    with pytest.raises(PreconditionError):
        store.put("a", b"", meta=TEXT, if_absent=True)
    with pytest.raises(ObjectNotFoundError):
        store.get("b")
    store.list("x/")
    store.delete(key for key in ("a", "b"))

    assert store.calls == [
        ("put", "a"),
        ("put", "a"),
        ("get", "b"),
        ("list", "x/"),
        ("delete", "a b"),
    ]
    assert store.keys("put") == ["a", "a"]


@pytest.mark.parametrize(
    ("at", "when", "kept"),
    [
        (1, "before", []),
        (1, "after", ["a"]),
        (2, "before", ["a"]),
        (2, "after", ["a", "b"]),
        (3, "before", ["a", "b"]),
        (4, "before", ["a", "b", "c"]),
    ],
)
def test_the_plug_is_pulled_at_one_call(
    at: int, when: Literal["before", "after"], kept: list[str]
) -> None:
    memory = MemoryStore(clock=SetClock())
    store = StoppingStore(memory, at, when)

    stopped = False
    for key in ("a", "b", "c"):
        try:
            store.put(key, b"", meta=TEXT)
        except Stopped:
            stopped = True

    assert stopped == (at <= 3)
    assert [stored.key for stored in memory.list("")] == kept
