from datetime import timedelta
from pathlib import Path

import pytest

from peru_media.errors import ObjectNotFoundError, StoreUnavailableError
from peru_media.ports import Fetched, Store, Unchanged
from peru_media.storage.lending import LendingStore
from tests.clocks import SetClock
from tests.storage.suite import TEXT, StoreSuite


class TestLendingStore(StoreSuite):
    @pytest.fixture
    def store(self) -> Store:
        return LendingStore(clock=SetClock())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "audio.mp3"
    path.write_bytes(b"0123456789")
    return path


@pytest.fixture
def store(file: Path) -> LendingStore:
    lending = LendingStore(clock=SetClock(), name="preview")
    lending.lend({"public/a": file})
    return lending


def test_what_is_lent_is_read_where_it_lies(store: LendingStore, file: Path) -> None:
    hour = timedelta(hours=1)

    assert store.locate("public/a", valid_for=hour).path == file
    whole = store.get("public/a")
    assert isinstance(whole, Fetched)
    assert whole.body == b"0123456789"
    part = store.get("public/a", span=(2, 4))
    assert isinstance(part, Fetched)
    assert part.body == b"23"
    assert store.head("public/a").size == 10
    again = store.get("public/a", if_none_match=whole.stored.etag)
    assert isinstance(again, Unchanged)


def test_a_file_that_changes_is_another(store: LendingStore, file: Path) -> None:
    before = store.head("public/a").etag
    file.write_bytes(b"new")

    assert store.head("public/a").etag != before


def test_a_file_that_is_gone_is_not_there(store: LendingStore, file: Path) -> None:
    file.unlink()

    with pytest.raises(ObjectNotFoundError):
        store.get("public/a")


def test_a_file_that_cannot_be_read_is_late(store: LendingStore, file: Path) -> None:
    file.unlink()
    file.mkdir()

    with pytest.raises(StoreUnavailableError, match="public/a: cannot be read"):
        store.head("public/a")


def test_what_is_lent_no_more_is_gone(store: LendingStore) -> None:
    store.lend({})

    with pytest.raises(ObjectNotFoundError):
        store.get("public/a")


def test_all_but_some_is_forgotten(store: LendingStore) -> None:
    for key in ("a", "b", "c"):
        store.put(key, b"", meta=TEXT)

    store.keep({"b", "public/a"})

    assert [one.key for one in store.list("")] == ["b"]
    assert store.head("public/a").size == 10
