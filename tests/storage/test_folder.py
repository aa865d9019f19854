import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from peru_media.errors import (
    AccessDeniedError,
    DamagedObjectError,
    ObjectNotFoundError,
    StoreError,
)
from peru_media.ports import Fetched, Store
from peru_media.storage.folder import FolderStore
from tests.clocks import SetClock
from tests.storage.suite import TEXT, StoreSuite, body_of

HOUR = timedelta(hours=1)
PROLOGUE = """
import sys
from pathlib import Path
from peru_media.errors import PreconditionError
from peru_media.ports import Meta
from peru_media.storage.folder import FolderStore
from tests.clocks import SetClock
store = FolderStore(Path(sys.argv[1]), clock=SetClock())
meta = Meta(media_type="text/plain")
"""
CREATOR = """
won = 0
for turn in range(40):
    try:
        store.put(f"turn/{turn}", sys.argv[2].encode(), meta=meta, if_absent=True)
        won += 1
    except PreconditionError:
        pass
print(won)
"""
COUNTER = """
left = 25
while left:
    seen = store.get("counter")
    try:
        store.put("counter", seen.body + b"x", meta=meta, if_match=seen.stored.etag)
        left -= 1
    except PreconditionError:
        pass
"""
KILLED = """
import os
os.fsync = lambda descriptor: os.kill(os.getpid(), 9)
store.put("held/1/story.mp3", bytes(2_000_000), meta=meta)
"""


class TestFolderStore(StoreSuite):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return FolderStore(tmp_path / "store", clock=SetClock())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(root: Path) -> FolderStore:
    return FolderStore(root, clock=SetClock())


def _run(script: str, root: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + script, root, *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_of_processes_that_create_exactly_one_wins(
    store: FolderStore, root: Path
) -> None:
    racers = [_run(CREATOR, root, f"racer {number}") for number in range(3)]
    wins = [int(racer.communicate(timeout=60)[0]) for racer in racers]

    assert sum(wins) == 40
    for number, won in enumerate(wins):
        bodies = [body_of(store, stored.key) for stored in store.list("turn/")]
        assert bodies.count(f"racer {number}".encode()) == won


def test_no_swap_of_any_process_is_lost(store: FolderStore, root: Path) -> None:
    store.put("counter", b"", meta=TEXT)
    racers = [_run(COUNTER, root) for _ in range(3)]
    for racer in racers:
        racer.communicate(timeout=60)

    assert [racer.returncode for racer in racers] == [0, 0, 0]
    assert body_of(store, "counter") == b"x" * 75


def test_what_a_killed_writer_left_is_never_seen(
    store: FolderStore, root: Path
) -> None:
    racer = _run(KILLED, root)
    racer.communicate(timeout=60)

    assert racer.returncode == -9
    assert len([*(root / "~drafts").iterdir()]) == 1
    assert [*store.list("")] == []
    with pytest.raises(ObjectNotFoundError):
        store.head("held/1/story.mp3")


def test_deleting_also_ends_what_a_killed_writer_left(
    store: FolderStore, root: Path
) -> None:
    _run(KILLED, root).communicate(timeout=60)
    store.put("held/2/other.mp3", b"", meta=TEXT)

    store.delete(["held/1/story.mp3"])

    assert [*(root / "~drafts").iterdir()] == []
    assert body_of(store, "held/2/other.mp3") == b""


def test_sweeping_removes_what_killed_writers_left_long_ago(
    store: FolderStore, root: Path
) -> None:
    _run(KILLED, root).communicate(timeout=60)
    (draft,) = (root / "~drafts").iterdir()
    begun = datetime.fromtimestamp(draft.stat().st_mtime, UTC)

    store.sweep(until=begun - HOUR)
    assert draft.exists()

    store.sweep(until=begun + timedelta(seconds=1))
    assert not draft.exists()


def test_without_a_record_the_file_tells_when_it_was_stored(
    store: FolderStore, root: Path
) -> None:
    store.put("a", b"one", meta=TEXT)
    assert store.head("a").modified == SetClock().now()

    shutil.rmtree(root / "~about")

    written = datetime.fromtimestamp((root / "a").stat().st_mtime, UTC)
    assert store.head("a").modified == written


def test_a_finished_put_leaves_the_object_and_its_record_alone(
    store: FolderStore, root: Path
) -> None:
    store.put("public/1/a.mp3", b"sound", meta=TEXT)

    files = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    assert {name for name in files if (root / name).is_file()} == {
        "public/1/a.mp3",
        "~about/public/1/a.mp3",
        "~lock",
    }


def test_a_deleted_object_leaves_no_trace(store: FolderStore, root: Path) -> None:
    store.put("held/1/a.mp3", b"sound", meta=TEXT)
    store.put("held/2/a.mp3", b"sound", meta=TEXT)

    store.delete(["held/1/a.mp3"])

    left = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    assert not [name for name in left if "held/1" in name]
    assert body_of(store, "held/2/a.mp3") == b"sound"


def test_its_date_is_that_of_the_clock(root: Path) -> None:
    clock = SetClock()
    store = FolderStore(root, clock=clock)
    store.put("a", b"", meta=TEXT)
    clock.advance(HOUR)

    assert store.get("a").date == clock.moment


def test_located_is_the_file_itself(store: FolderStore, root: Path) -> None:
    store.put("public/1/a.mp3", b"sound", meta=TEXT)

    place = store.locate("public/1/a.mp3", valid_for=HOUR)

    assert place.path == root / "public/1/a.mp3"


def test_asking_for_facts_reads_no_media(store: FolderStore, root: Path) -> None:
    put = store.put("public/1/a.mp3", bytes(1 << 20), meta=TEXT)
    path = root / "public/1/a.mp3"
    changed = path.stat().st_mtime_ns
    path.write_bytes(b"\1" * (1 << 20))  # nobody can tell without reading
    os.utime(path, ns=(changed, changed))

    assert store.head("public/1/a.mp3") == put


def test_bytes_that_rotted_are_refused(store: FolderStore, root: Path) -> None:
    store.put("a", b"sound", meta=TEXT)
    changed = (root / "a").stat().st_mtime_ns
    (root / "a").write_bytes(b"Sound")
    os.utime(root / "a", ns=(changed, changed))

    with pytest.raises(DamagedObjectError, match="not those that were stored"):
        store.get("a")


def test_a_file_changed_by_hand_has_another_etag(
    store: FolderStore, root: Path
) -> None:
    put = store.put("a", b"one", meta=TEXT)
    (root / "a").write_bytes(b"two!")

    fetched = store.get("a")

    assert isinstance(fetched, Fetched)
    assert fetched.body == b"two!"
    assert fetched.stored.etag != put.etag
    assert fetched.stored.media_type == TEXT.media_type


@pytest.mark.parametrize("record", [None, "", "[]", "{}", '{"size": 3, "what": 1}'])
def test_a_lost_record_costs_the_type_alone(
    store: FolderStore, root: Path, record: str | None
) -> None:
    put = store.put("a", b"one", meta=TEXT)
    if record is None:
        shutil.rmtree(root / "~about")
    else:
        (root / "~about/a").write_text(record)

    assert store.head("a").etag == put.etag
    assert store.head("a").media_type == ""


def test_a_copied_folder_is_the_same_store(store: FolderStore, root: Path) -> None:
    put = store.put("public/1/a.mp3", b"sound", meta=TEXT)
    copy = shutil.copytree(root, root.with_name("copy"))

    assert FolderStore(copy, clock=SetClock()).head("public/1/a.mp3") == put


def test_each_replacement_is_dated_later(store: FolderStore, root: Path) -> None:
    store.put("current.json", b"one", meta=TEXT)
    ahead = (root / "current.json").stat().st_mtime_ns + 10**12
    os.utime(root / "current.json", ns=(ahead, ahead))

    put = store.put("current.json", b"two", meta=TEXT)

    assert (root / "current.json").stat().st_mtime_ns > ahead
    assert store.head("current.json") == put


@pytest.mark.parametrize("link", ["public/1/a.mp3", "public/1", "public"])
def test_a_link_leads_nowhere(
    store: FolderStore, root: Path, tmp_path: Path, link: str
) -> None:
    outside = tmp_path / "outside"
    (outside / "1").mkdir(parents=True)
    for name in ("a.mp3", "1/a.mp3"):
        (outside / name).write_bytes(b"secret")
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(
        {"public/1/a.mp3": outside / "a.mp3", "public/1": outside / "1"}.get(
            link, outside
        )
    )
    key = "public/1/a.mp3"

    for ask in (
        lambda: store.get(key),
        lambda: store.head(key),
        lambda: store.put(key, b"", meta=TEXT),
        lambda: store.delete([key]),
        lambda: store.locate(key, valid_for=HOUR),
    ):
        with pytest.raises(StoreError, match="a link stands in its way"):
            ask()
    assert [*store.list("")] == []
    assert (outside / "1/a.mp3").read_bytes() == b"secret"


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "store").symlink_to(tmp_path / "disk")
    store = FolderStore(tmp_path / "store", clock=SetClock())

    store.put("public/a", b"one", meta=TEXT)

    assert body_of(store, "public/a") == b"one"
    assert (tmp_path / "disk/public/a").read_bytes() == b"one"


def test_other_files_in_the_folder_are_no_objects(
    store: FolderStore, root: Path
) -> None:
    store.put("a", b"", meta=TEXT)
    (root / "notes (old).txt").write_text("")
    (root / "café").mkdir()
    os.mkfifo(root / "pipe")

    assert [stored.key for stored in store.list("")] == ["a"]
    with pytest.raises(ObjectNotFoundError):
        store.get("pipe")


def test_what_vanishes_during_a_listing_is_left_out(
    store: FolderStore, root: Path
) -> None:
    for key in ("a", "b", "c", "d/e"):
        store.put(key, b"", meta=TEXT)

    listing = store.list("")
    first = next(listing)
    (root / "b").unlink()
    shutil.rmtree(root / "d")

    assert [first.key, *(stored.key for stored in listing)] == ["a", "c"]


@pytest.mark.parametrize(("there", "key"), [("a", "a/b"), ("a/b", "a")])
def test_an_object_cannot_lie_inside_another(
    store: FolderStore, there: str, key: str
) -> None:
    store.put(there, b"one", meta=TEXT)

    with pytest.raises(StoreError, match="the folder does not do it"):
        store.put(key, b"two", meta=TEXT)

    assert [stored.key for stored in store.list("")] == [there]
    assert body_of(store, there) == b"one"


def test_a_body_that_shrinks_is_not_kept(store: FolderStore, tmp_path: Path) -> None:
    master = tmp_path / "in.mp3"
    master.write_bytes(bytes(3 << 20))

    with pytest.raises(StoreError, match="became shorter"):
        store.put(
            "a", master, meta=TEXT, advance=lambda _: os.truncate(master, 1 << 20)
        )

    assert [*store.list("")] == []


class _Nobody:
    """Acts as an account that owns nothing, where the tests run as root."""

    def __enter__(self) -> None:
        self._was = os.geteuid()
        if self._was == 0:
            os.seteuid(65534)

    def __exit__(self, *_: object) -> None:
        os.seteuid(self._was)


@pytest.fixture
def sealed(store: FolderStore, root: Path) -> Iterator[FolderStore]:
    store.put("held/1/a.mp3", b"sound", meta=TEXT)
    for folder in (root, root / "held/1", root / "~drafts", root / "~about/held/1"):
        folder.chmod(0o555)
    (root / "held/1/a.mp3").chmod(0o000)
    yield store
    for folder in (root, root / "held/1", root / "~drafts", root / "~about/held/1"):
        folder.chmod(0o755)


def test_what_the_account_may_not_do_is_said(sealed: FolderStore) -> None:
    for ask in (
        lambda: sealed.get("held/1/a.mp3"),
        lambda: sealed.put("held/1/b.mp3", b"", meta=TEXT),
        lambda: sealed.delete(["held/1/a.mp3"]),
    ):
        with _Nobody(), pytest.raises(AccessDeniedError, match="may not do that here"):
            ask()


def test_a_full_disk_leaves_nothing_behind(store: FolderStore, root: Path) -> None:
    store.put("a", b"one", meta=TEXT)
    script = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from peru_media.errors import StoreError
try:
    store.put("a", bytes(200_000), meta=meta)
except StoreError as error:
    print(error)
"""
    said, _ = _run(script, root).communicate(timeout=60)

    assert "File too large" in said
    assert [*(root / "~drafts").iterdir()] == []
    assert body_of(store, "a") == b"one"


def test_its_name_is_its_path(store: FolderStore, root: Path) -> None:
    assert store.name == str(root)
