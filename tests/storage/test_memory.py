import gc
from datetime import timedelta

import pytest

from peru_media.ports import Store
from peru_media.storage.memory import MemoryStore
from tests.clocks import SetClock
from tests.storage.suite import TEXT, StoreSuite


class TestMemoryStore(StoreSuite):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore(clock=SetClock())


def test_its_date_is_that_of_the_clock() -> None:
    clock = SetClock()
    store = MemoryStore(clock=clock)
    store.put("a", b"", meta=TEXT)
    clock.advance(timedelta(days=1))

    assert store.get("a").date == clock.moment


def test_located_files_go_with_the_store() -> None:
    store = MemoryStore(clock=SetClock(), name="preview")
    store.put("a", b"sound", meta=TEXT)
    path = store.locate("a", valid_for=timedelta(hours=1)).path
    assert path.read_bytes() == b"sound"
    assert store.locate("a", valid_for=timedelta(hours=1)).path == path

    del store
    gc.collect()

    assert not path.exists()
