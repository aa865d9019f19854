import multiprocessing
import resource
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_media.caching.sqlite import SqliteCache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".peru-media" / "cache.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[SqliteCache]:
    with SqliteCache(path) as made:
        yield made


def test_it_is_a_mapping_like_any_other(cache: SqliteCache) -> None:
    cache["b"], cache["a"], cache["b"] = b"one", b"two", b"three"

    assert dict(cache) == {"a": b"two", "b": b"three"}
    assert len(cache) == 2
    assert "a" in cache
    assert cache.get("c") is None
    del cache["a"]
    assert list(cache) == ["b"]


@pytest.mark.parametrize("key", ["none", ""])
def test_what_is_missing_is_a_key_error(key: str, cache: SqliteCache) -> None:
    with pytest.raises(KeyError):
        cache[key]
    with pytest.raises(KeyError):
        del cache[key]


def test_entries_outlast_the_run(path: Path) -> None:
    with SqliteCache(path) as first:
        first["a"] = b"\0\xff"

    with SqliteCache(path) as second:
        assert second["a"] == b"\0\xff"
        assert second.fault == ""


def test_many_entries_are_kept_and_found_at_once(cache: SqliteCache) -> None:
    entries = {f"key-{number}": bytes([number % 256]) for number in range(1700)}

    cache.set_many(entries)

    assert cache.get_many([*entries, "none"]) == entries
    assert cache.get_many([]) == {}


def test_it_may_be_used_from_many_threads(cache: SqliteCache) -> None:
    def work(number: int) -> None:
        for step in range(50):
            cache[f"{number}-{step}"] = b"x"
            assert cache[f"{number}-{step}"] == b"x"

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(cache) == 200


def fill(path: Path, name: str) -> None:
    with SqliteCache(path) as cache:
        for step in range(100):
            cache[f"{name}-{step}"] = name.encode() * 100


def test_several_processes_may_use_it_at_once(path: Path) -> None:
    SqliteCache(path).close()
    fresh = multiprocessing.get_context("spawn")
    processes = [fresh.Process(target=fill, args=(path, name)) for name in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    with SqliteCache(path) as cache:
        assert len(cache) == 300


@pytest.mark.parametrize(
    "content", [b"no database at all" * 99, b"SQLite format 3\0" * 9]
)
def test_a_damaged_file_is_begun_again(content: bytes, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    with SqliteCache(path) as cache:
        cache["a"] = b"one"

    with SqliteCache(path) as cache:
        assert cache["a"] == b"one"
        assert cache.fault == ""


def test_damage_found_on_the_way_is_begun_again(path: Path) -> None:
    with SqliteCache(path) as cache:
        cache.set_many({f"key-{number}": bytes(3000) for number in range(200)})
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)

    with SqliteCache(path) as cache:
        assert "key-7" not in cache
        cache["a"] = b"one"
        assert dict(cache) == {"a": b"one"}
        assert cache.fault == ""


def test_a_flipped_bit_is_never_handed_out(path: Path) -> None:
    with SqliteCache(path) as cache:
        cache["a"] = b"seven seas"
    path.write_bytes(path.read_bytes().replace(b"seven seas", b"seven sees"))

    with SqliteCache(path) as cache:
        assert "a" not in cache


def test_a_cache_of_another_version_is_begun_again(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE entries (something TEXT)")
        old.execute("PRAGMA user_version = 99")
    old.close()

    with SqliteCache(path) as cache:
        cache["a"] = b"one"
        assert cache["a"] == b"one"


def test_where_nothing_can_be_written_memory_serves(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with SqliteCache(tmp_path / "file" / "cache.sqlite") as cache:
        cache["a"] = b"one"

        assert cache["a"] == b"one"
        assert "the cache cannot be written" in cache.fault


@pytest.mark.parametrize("waiting", [{}, {"b": b"two"}])
def test_what_is_taken_out_as_the_disk_fills_up_is_gone(
    path: Path, waiting: dict[str, bytes]
) -> None:
    with SqliteCache(path) as cache:
        for number in range(200):
            cache[str(number)] = bytes(2000)
        cache["a"] = b"one"
        assert len(cache) == 201
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
        try:
            cache.update(waiting)
            assert cache.pop("a") == b"one"
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

        assert cache.fault
        assert "a" not in cache
        with pytest.raises(KeyError):
            del cache["a"]


def test_a_folder_in_its_place_is_no_reason_to_stop(path: Path) -> None:
    path.mkdir(parents=True)

    with SqliteCache(path) as cache:
        cache["a"] = b"one"
        assert cache["a"] == b"one"
        assert cache.fault


def test_a_damaged_file_that_cannot_be_removed_is_left(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 99)

    def refuse(_: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    with SqliteCache(path) as cache:
        cache["a"] = b"one"
        assert cache["a"] == b"one"
        assert cache.fault


def test_a_file_that_others_hold_locked_is_done_without(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peru_media.caching.sqlite._WAIT_SECONDS", 0.1)
    with SqliteCache(path) as cache:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")

        cache["a"] = b"one"

        assert dict(cache) == {"a": b"one"}
        assert "locked" in cache.fault
        other.execute("ROLLBACK")
        other.close()


def test_a_cache_that_grew_too_large_forgets_its_older_half(path: Path) -> None:
    with SqliteCache(path) as cache:
        for number in range(100):
            cache[f"{number:03}"] = bytes(5000)
    before = path.stat().st_size

    with SqliteCache(path, largest=100_000) as cache:
        assert list(cache) == [f"{number:03}" for number in range(51, 100)]
    assert path.stat().st_size < before * 0.6


@pytest.mark.parametrize(("count", "size"), [(500, 1), (5, 1 << 20)])
def test_what_waits_is_written_before_it_grows_large(
    count: int, size: int, path: Path
) -> None:
    with SqliteCache(path) as cache, SqliteCache(path) as other:
        cache["first"] = bytes(size)
        assert cache["first"] == bytes(size)
        assert "first" not in other, "it is written alone"

        for number in range(count):
            cache[f"key-{number}"] = bytes(size)

        assert "first" in other


def test_an_entry_that_waits_is_found_and_gone_like_any_other(path: Path) -> None:
    with SqliteCache(path) as cache:
        cache["a"], cache["b"], cache["c"] = b"one", b"two", b"three"
        assert cache.get_many(["a"]) == {"a": b"one"}
        cache["b"] = b"waits"
        cache.set_many({"b": b"later"})
        assert cache["b"] == b"later"
        cache["d"] = b"four"
        del cache["d"]
        assert sorted(cache) == ["a", "b", "c"]


def test_a_table_that_somebody_took_away_is_done_without(path: Path) -> None:
    with SqliteCache(path) as cache:
        other = sqlite3.connect(path)
        other.execute("DROP TABLE entries")
        other.close()

        cache.set_many({"a": b"one"})

        assert cache["a"] == b"one"
        assert "no such table" in cache.fault
