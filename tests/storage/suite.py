"""What every store promises, whatever it is made of.

A store joins by a class of its own with a ``store`` fixture.
"""

import hashlib
import itertools
import threading
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from peru_media.errors import ObjectNotFoundError, PreconditionError, StoreError
from peru_media.ports import Address, Fetched, LocalFile, Meta, Store, Stored, Unchanged

__all__ = ["TEXT", "StoreSuite", "body_of", "read_from"]

TEXT = Meta(media_type="text/plain; charset=utf-8", cache_control="max-age=60")
AUDIO = Meta(media_type="audio/mpeg", cache_control="max-age=31536000, immutable")
GZIP = Meta(media_type="text/html; charset=utf-8", content_encoding="gzip")
WRITERS = 12
LARGE = 12 << 20  # more than two parts of the smallest size that S3 allows

SPANS = {
    (0, 3): b"012",
    (3, 7): b"3456",
    (9, 10): b"9",
    (8, 99): b"89",
    (4, 4): b"",
    (10, 12): b"",
    (99, 100): b"",
}
PREFIXES = {
    "": ["held/1/a", "public/1/a", "public/12/a", "public/2/a"],
    "public/": ["public/1/a", "public/12/a", "public/2/a"],
    "public/1": ["public/1/a", "public/12/a"],
    "public/1/": ["public/1/a"],
    "public/1/a": ["public/1/a"],
    "public/1/a/": [],
    "pub": ["public/1/a", "public/12/a", "public/2/a"],
    "none/": [],
}
NO_KEYS = [
    "", ".", "..", "/", "/a", "a/", "a//b", "a/./b", "a/../b", "../a", "a/..",
    "a\\b", "a b", "a\nb", "a\n", "a\0b", "a%2e%2e", "a?b", "a#b", "a:b", "~about/a",
    "café", "\uff45tc/passwd", "a\u202eb", "\ud800", "a" * 256, "a/" * 451 + "a",
]  # fmt: skip


def body_of(store: Store, key: str) -> bytes:
    fetched = store.get(key)
    assert isinstance(fetched, Fetched)
    return fetched.body


def read_from(place: LocalFile | Address) -> bytes:
    if isinstance(place, LocalFile):
        return place.path.read_bytes()
    with urllib.request.urlopen(place.url, timeout=10) as answer:  # noqa: S310  (an address of our own)
        body: bytes = answer.read()
        return body


def _noise(size: int) -> bytes:
    return hashlib.shake_128(b"noise").digest(size)


def _race(write: Callable[[int], object]) -> list[int]:
    """Let all writers start at the same moment; give the numbers of the winners."""
    together = threading.Barrier(WRITERS, timeout=20)

    def attempt(number: int) -> bool:
        together.wait()
        try:
            write(number)
        except PreconditionError:
            return False
        return True

    with ThreadPoolExecutor(WRITERS) as pool:
        won = list(pool.map(attempt, range(WRITERS)))
    return [number for number, winner in enumerate(won) if winner]


def _swap(store: Store, etag: str, turn: int, writer: int) -> None:
    body = f"{turn}:{writer}".encode()
    store.put("current.json", body, meta=TEXT, if_match=etag)


class StoreSuite:
    """The promises; ``store`` is empty at the start of each test."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    def test_what_was_put_is_what_one_gets(self, store: Store) -> None:
        put = store.put("state/shared/0a1b", b"hello", meta=TEXT)

        fetched = store.get("state/shared/0a1b")

        assert isinstance(fetched, Fetched)
        assert fetched.body == b"hello"
        assert fetched.stored == put
        assert put == Stored(
            key="state/shared/0a1b",
            size=5,
            etag=put.etag,
            sha256=hashlib.sha256(b"hello").hexdigest(),
            media_type=TEXT.media_type,
        )

    def test_head_tells_the_same_as_put(self, store: Store) -> None:
        put = store.put("assets/a.css", b"p {}", meta=TEXT, if_absent=True)

        assert store.head("assets/a.css") == put

    def test_nothing_at_all_can_be_stored(self, store: Store) -> None:
        store.put("empty", b"", meta=TEXT)

        assert body_of(store, "empty") == b""
        assert store.head("empty").size == 0

    def test_a_file_is_stored_as_its_bytes(self, store: Store, tmp_path: Path) -> None:
        master = tmp_path / "in.mp3"
        master.write_bytes(b"ID3" + bytes(1000))

        put = store.put("public/1/in.mp3", master, meta=AUDIO)

        assert body_of(store, "public/1/in.mp3") == master.read_bytes()
        assert put.sha256 == hashlib.sha256(master.read_bytes()).hexdigest()

    def test_a_file_that_is_not_there_is_our_error(
        self, store: Store, tmp_path: Path
    ) -> None:
        with pytest.raises(StoreError, match="cannot be read"):
            store.put("public/1/in.mp3", tmp_path / "none.mp3", meta=AUDIO)

        assert [*store.list("")] == []

    def test_a_folder_is_no_body(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "folder" / "file").mkdir(parents=True)

        with pytest.raises(StoreError, match="cannot be read"):
            store.put("public/1/in.mp3", tmp_path / "folder", meta=AUDIO)

        assert [*store.list("")] == []

    def test_compressed_text_comes_back_compressed(self, store: Store) -> None:
        body = bytes.fromhex("1f8b0800000000000003cb48cdc9c9070086a6103605000000")

        store.put("page", body, meta=GZIP)

        assert body_of(store, "page") == body
        assert store.head("page").size == len(body)

    def test_a_later_put_takes_the_place(self, store: Store) -> None:
        first = store.put("current.json", b"one", meta=TEXT)
        second = store.put("current.json", b"two", meta=GZIP)

        assert body_of(store, "current.json") == b"two"
        assert store.head("current.json") == second
        assert first.etag != second.etag

    def test_putting_the_same_again_is_harmless(self, store: Store) -> None:
        store.put("a", b"same", meta=TEXT)
        store.put("a", b"same", meta=TEXT)

        assert body_of(store, "a") == b"same"
        assert [stored.key for stored in store.list("")] == ["a"]

    def test_if_absent_keeps_what_is_there(self, store: Store) -> None:
        store.put("a", b"first", meta=TEXT, if_absent=True)

        with pytest.raises(PreconditionError) as refused:
            store.put("a", b"second", meta=TEXT, if_absent=True)

        assert refused.value.key == "a"
        assert body_of(store, "a") == b"first"

    def test_if_match_replaces_what_was_read(self, store: Store) -> None:
        read = store.put("current.json", b"one", meta=TEXT)

        swapped = store.put("current.json", b"two", meta=TEXT, if_match=read.etag)

        assert body_of(store, "current.json") == b"two"
        assert swapped.etag != read.etag

    def test_if_match_refuses_what_changed_since(self, store: Store) -> None:
        read = store.put("current.json", b"one", meta=TEXT)
        store.put("current.json", b"two", meta=TEXT)

        with pytest.raises(PreconditionError):
            store.put("current.json", b"three", meta=TEXT, if_match=read.etag)

        assert body_of(store, "current.json") == b"two"

    def test_if_match_refuses_what_is_missing(self, store: Store) -> None:
        read = store.put("current.json", b"one", meta=TEXT)
        store.delete(["current.json"])

        with pytest.raises(PreconditionError):
            store.put("current.json", b"two", meta=TEXT, if_match=read.etag)

        assert [*store.list("")] == []

    def test_of_writers_who_create_exactly_one_wins(self, store: Store) -> None:
        winners = _race(
            lambda number: store.put(
                "current.json", f"{number}".encode(), meta=TEXT, if_absent=True
            )
        )

        assert len(winners) == 1
        assert body_of(store, "current.json") == f"{winners[0]}".encode()

    def test_of_writers_who_swap_exactly_one_wins(self, store: Store) -> None:
        etag = store.put("current.json", b"start", meta=TEXT).etag
        for turn in range(2):
            winners = _race(partial(_swap, store, etag, turn))
            assert len(winners) == 1
            assert body_of(store, "current.json") == f"{turn}:{winners[0]}".encode()
            etag = store.head("current.json").etag

    def test_a_reader_sees_one_writer_or_the_other(self, store: Store) -> None:
        bodies = [bytes([number]) * 200_000 for number in range(4)]
        store.put("a", bodies[0], meta=TEXT)

        def read() -> None:
            for _ in range(20):
                fetched = store.get("a")
                assert isinstance(fetched, Fetched)
                assert fetched.body in bodies
                sha256 = hashlib.sha256(fetched.body).hexdigest()
                assert fetched.stored.sha256 == sha256

        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(read)
            for body in itertools.cycle(bodies):
                store.put("a", body, meta=TEXT)
                if reading.done():
                    break
            reading.result()

    def test_a_span_is_cut_at_the_end(
        self, store: Store, subtests: pytest.Subtests
    ) -> None:
        put = store.put("a", b"0123456789", meta=AUDIO)
        for span, body in SPANS.items():
            with subtests.test(span=span):
                fetched = store.get("a", span=span)

                assert isinstance(fetched, Fetched)
                assert fetched.body == body
                assert fetched.stored == put

    def test_a_span_goes_forward(self, store: Store, subtests: pytest.Subtests) -> None:
        store.put("a", b"0123456789", meta=AUDIO)
        for span in ((-1, 3), (5, 4), (-4, -2)):
            with subtests.test(span=span), pytest.raises(StoreError, match="no span"):
                store.get("a", span=span)

    def test_what_is_unchanged_is_not_sent_again(self, store: Store) -> None:
        etag = store.put("current.json", b"one", meta=TEXT).etag

        unchanged = store.get("current.json", if_none_match=etag)

        assert isinstance(unchanged, Unchanged)
        assert unchanged.etag == etag
        assert unchanged.date.utcoffset() == timedelta(0)

    def test_what_changed_is_sent(self, store: Store) -> None:
        etag = store.put("current.json", b"one", meta=TEXT).etag
        store.put("current.json", b"two", meta=TEXT)

        fetched = store.get("current.json", if_none_match=etag)

        assert isinstance(fetched, Fetched)
        assert fetched.body == b"two"

    def test_every_answer_has_a_date(self, store: Store) -> None:
        store.put("a", b"0123", meta=TEXT)

        answers = [store.get("a"), store.get("a", span=(0, 0)), store.get("a")]

        assert {answer.date.utcoffset() for answer in answers} == {timedelta(0)}

    def test_getting_what_is_missing_says_so(
        self, store: Store, subtests: pytest.Subtests
    ) -> None:
        for span in (None, (0, 5), (3, 3)):
            with subtests.test(span=span):
                with pytest.raises(ObjectNotFoundError) as missing:
                    store.get("public/none", span=span)
                assert missing.value.key == "public/none"
                assert missing.value.date is not None
                assert missing.value.date.utcoffset() == timedelta(0)

    def test_head_of_what_is_missing_says_so(self, store: Store) -> None:
        store.put("public/none/there", b"", meta=TEXT)

        for key in ("none", "public/none/there/below", "public"):
            with pytest.raises(ObjectNotFoundError):
                store.head(key)

    def test_a_listing_is_complete_and_in_key_order(self, store: Store) -> None:
        keys = ["a-b", "a.b", "a/b", "a/b0", "a0", "B", "a/B/c", "a/B-c", "_", "0"]
        put = {key: store.put(key, key.encode(), meta=TEXT) for key in keys}

        listed = [*store.list("")]

        assert [stored.key for stored in listed] == sorted(keys)
        for stored in listed:
            assert stored.size == len(stored.key)
            assert stored.etag == put[stored.key].etag

    def test_a_long_listing_is_complete_too(self, store: Store) -> None:
        keys = [f"state/{number % 7}/{number:04}" for number in range(1100)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda key: store.put(key, b"", meta=TEXT), keys))

        assert [stored.key for stored in store.list("state/")] == sorted(keys)

    def test_a_listing_holds_what_begins_with_the_prefix(
        self, store: Store, subtests: pytest.Subtests
    ) -> None:
        for key in ("public/2/a", "public/12/a", "held/1/a", "public/1/a"):
            store.put(key, b"", meta=TEXT)
        for prefix, found in PREFIXES.items():
            with subtests.test(prefix=prefix):
                assert [stored.key for stored in store.list(prefix)] == found

    def test_an_empty_store_lists_nothing(self, store: Store) -> None:
        assert [*store.list("")] == []

    def test_deleting_leaves_the_others(self, store: Store) -> None:
        for key in ("a", "a-b", "c/d", "c/e"):
            store.put(key, b"", meta=TEXT)

        store.delete(key for key in ("a", "c/d"))

        assert [stored.key for stored in store.list("")] == ["a-b", "c/e"]

    def test_every_answer_about_an_object_says_when_it_was_stored(
        self, store: Store
    ) -> None:
        store.put("a", b"one", meta=TEXT)

        fetched, head, listed = store.get("a"), store.head("a"), [*store.list("a")]

        assert isinstance(fetched, Fetched)
        moments = {fetched.stored.modified, head.modified, listed[0].modified}
        assert None not in moments
        seconds = [moment.timestamp() for moment in moments if moment]
        assert max(seconds) - min(seconds) < 1  # headers tell whole seconds
        assert abs(seconds[0] - fetched.date.timestamp()) < 60

    def test_deleting_until_a_moment_leaves_what_came_later(self, store: Store) -> None:
        store.put("a", b"one", meta=TEXT)
        now = store.get("a").date

        store.delete(["a", "none"], until=now - timedelta(minutes=5))
        assert body_of(store, "a") == b"one"

        store.delete(["a", "none"], until=now + timedelta(minutes=5))
        assert [*store.list("", former=True)] == []

    def test_of_what_was_deleted_no_name_is_left(self, store: Store) -> None:
        for key in ("a", "b"):
            store.put(key, b"one", meta=TEXT)
            store.put(key, b"two", meta=TEXT)
        store.delete(["a"])

        assert [stored.key for stored in store.list("", former=True)] == ["b"]

    def test_sweeping_leaves_what_is_finished(self, store: Store) -> None:
        store.put("a", _noise(LARGE), meta=AUDIO)

        store.sweep(until=store.get("a", span=(0, 1)).date + timedelta(hours=1))

        assert store.head("a").size == LARGE

    def test_deleting_what_is_unknown_is_no_error(self, store: Store) -> None:
        store.delete(["none"])
        store.put("a/b", b"", meta=TEXT)
        store.delete(["none", "a", "a/b/c"])
        store.delete([])

        assert [stored.key for stored in store.list("")] == ["a/b"]

    def test_what_was_deleted_can_be_stored_again(self, store: Store) -> None:
        store.put("a/b", b"one", meta=TEXT)
        store.delete(["a/b"])

        store.put("a/b", b"two", meta=TEXT, if_absent=True)

        assert body_of(store, "a/b") == b"two"

    def test_a_large_object_can_be_fetched_without_the_store(
        self, store: Store
    ) -> None:
        store.put("held/1/a.mp3", b"sound", meta=AUDIO)

        place = store.locate("held/1/a.mp3", valid_for=timedelta(hours=12))

        assert read_from(place) == b"sound"

    def test_locating_does_not_ask_whether_it_is_there(self, store: Store) -> None:
        place = store.locate("held/1/none.mp3", valid_for=timedelta(hours=12))

        with pytest.raises(OSError, match=r"No such file|Not Found"):
            read_from(place)

    def test_what_was_deleted_cannot_be_fetched_either(self, store: Store) -> None:
        store.put("held/1/a.mp3", b"sound", meta=AUDIO)
        place = store.locate("held/1/a.mp3", valid_for=timedelta(hours=12))
        assert read_from(place) == b"sound"

        store.delete(["held/1/a.mp3"])

        with pytest.raises(OSError, match=r"No such file|Not Found"):
            read_from(place)

    def test_a_large_file_is_sent_with_progress(
        self, store: Store, tmp_path: Path
    ) -> None:
        master = tmp_path / "long.mp3"
        master.write_bytes(_noise(LARGE))
        heard: list[int] = []

        put = store.put("public/1/long.mp3", master, meta=AUDIO, advance=heard.append)

        assert sum(heard) == put.size == LARGE
        assert put.sha256 == hashlib.sha256(_noise(LARGE)).hexdigest()
        assert store.head("public/1/long.mp3") == put
        assert body_of(store, "public/1/long.mp3") == _noise(LARGE)
        span = store.get("public/1/long.mp3", span=(LARGE // 2, LARGE // 2 + 9))
        assert isinstance(span, Fetched)
        assert span.body == _noise(LARGE)[LARGE // 2 : LARGE // 2 + 9]

    def test_a_small_one_with_progress_too(self, store: Store) -> None:
        heard: list[int] = []

        store.put("a", b"0123456789", meta=TEXT, advance=heard.append)

        assert sum(heard) == 10

    def test_a_large_object_keeps_its_conditions(self, store: Store) -> None:
        first = store.put("a", _noise(LARGE), meta=AUDIO, if_absent=True)

        with pytest.raises(PreconditionError):
            store.put("a", bytes(LARGE), meta=AUDIO, if_absent=True)
        with pytest.raises(PreconditionError):
            store.put("a", bytes(LARGE), meta=AUDIO, if_match="another")
        with pytest.raises(PreconditionError):
            store.put("b", bytes(LARGE), meta=AUDIO, if_match=first.etag)

        assert [*store.list("")] == [
            Stored(
                key="a",
                size=LARGE,
                etag=first.etag,
                sha256=listed.sha256,
                media_type=listed.media_type,
            )
            for listed in store.list("")
        ]
        assert body_of(store, "a") == _noise(LARGE)

    def test_what_is_no_key_is_refused_everywhere(
        self, store: Store, subtests: pytest.Subtests
    ) -> None:
        asks: list[Callable[[str], object]] = [
            lambda key: store.put(key, b"", meta=TEXT),
            store.get,
            store.head,
            lambda key: store.delete([key]),
            lambda key: store.locate(key, valid_for=timedelta(hours=1)),
        ]
        for key in NO_KEYS:
            with subtests.test(key=key):
                for ask in asks:
                    with pytest.raises(StoreError, match="can't be the name"):
                        ask(key)

        assert [*store.list("")] == []

    def test_what_begins_no_key_is_refused(
        self, store: Store, subtests: pytest.Subtests
    ) -> None:
        for prefix in ("/", "../", "a/../", "a//", "é", "a\n"):
            with (
                subtests.test(prefix=prefix),
                pytest.raises(StoreError, match="can't be the beginning"),
            ):
                [*store.list(prefix)]

        assert [*store.list("..")] == []  # ``..a`` is a key

    def test_a_store_has_a_name(self, store: Store) -> None:
        assert store.name
