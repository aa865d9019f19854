"""Media in files: read without waiting where possible, by a thread where not."""

import asyncio
import errno
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from starlette.types import Message, Scope

from peru_media.errors import (
    DamagedObjectError,
    ObjectNotFoundError,
    StoreUnavailableError,
)
from peru_media.server.errands import Errands
from peru_media.server.media_files import FileBody, OpenFiles
from tests.clocks import SetClock

SOUND = os.urandom(700_000)


@pytest.fixture
def files() -> OpenFiles:
    errands = Errands(threads=2, seconds=5, monotonic=SetClock().monotonic)
    return OpenFiles(errands, limit=2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "story.mp3"
    path.write_bytes(SOUND)
    return path


async def collected(
    files: OpenFiles, path: Path, *, extensions: Sequence[str] = (), size: int
) -> list[Message]:
    """What is sent for the whole file."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    body = FileBody(files, path, key="public/x", size=size)
    source = await body.source()
    scope: Scope = {"extensions": {name: {} for name in extensions}}
    await source.send_whole(scope, send, packed=False)
    return sent


def whole(files: OpenFiles, path: Path, *, size: int = len(SOUND)) -> bytes:
    sent = asyncio.run(collected(files, path, size=size))
    assert [message["more_body"] for message in sent][-1] is False
    assert all(message["more_body"] for message in sent[:-1])
    return b"".join(message["body"] for message in sent)


def test_a_file_is_sent_in_pieces(files: OpenFiles, path: Path) -> None:
    assert whole(files, path) == SOUND


def test_the_server_sends_the_file_where_it_can(files: OpenFiles, path: Path) -> None:
    sent = asyncio.run(
        collected(
            files, path, extensions=["http.response.pathsend"], size=path.stat().st_size
        )
    )

    assert sent == [{"type": "http.response.pathsend", "path": str(path)}]


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EOPNOTSUPP])
def test_a_thread_reads_what_would_wait(
    files: OpenFiles, path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def waits(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "preadv", waits)

    assert whole(files, path) == SOUND


def test_a_thread_reads_where_the_system_cannot_tell(
    files: OpenFiles, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peru_media.server.media_files._NOWAIT", None)

    assert whole(files, path) == SOUND


def test_a_disk_that_hangs_cuts_the_answer_off(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errands = Errands(threads=1, seconds=0.05, monotonic=SetClock().monotonic)
    gate = threading.Event()
    monkeypatch.setattr("peru_media.server.media_files._NOWAIT", None)
    monkeypatch.setattr(os, "pread", lambda *_: gate.wait() and b"")

    try:
        with pytest.raises(OSError, match=r"within 0\.05 seconds"):
            whole(OpenFiles(errands, limit=2), path)
    finally:
        gate.set()


def test_a_part_that_is_not_all_in_memory_comes_in_more_pieces(
    files: OpenFiles, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.preadv

    def half(fd: int, buffers: list[memoryview], at: int, flags: int) -> int:
        return real(fd, [buffers[0][:1000]], at, flags)

    monkeypatch.setattr(os, "preadv", half)

    assert whole(files, path) == SOUND


def test_a_broken_disk_is_told(
    files: OpenFiles, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "preadv", broken)

    with pytest.raises(OSError, match="Input/output error"):
        whole(files, path)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no file system in memory")  # noqa: S108  # the system's own
def test_a_file_system_without_nowait_serves_too(files: OpenFiles) -> None:
    path = Path("/dev/shm") / f"peru-media-{os.getpid()}.mp3"  # noqa: S108  # the system's own
    path.write_bytes(SOUND)
    try:
        assert whole(files, path) == SOUND
    finally:
        path.unlink()


def test_a_missing_file_is_said_before_anything_is_sent(
    files: OpenFiles, tmp_path: Path
) -> None:
    with pytest.raises(ObjectNotFoundError, match="public/x"):
        whole(files, tmp_path / "none.mp3")


def test_a_file_of_another_length_is_not_sent(files: OpenFiles, path: Path) -> None:
    with pytest.raises(DamagedObjectError, match="not the 5 bytes"):
        whole(files, path, size=5)


def test_what_cannot_be_opened_is_away(files: OpenFiles, tmp_path: Path) -> None:
    name = "x" * 300

    with pytest.raises(StoreUnavailableError, match="cannot be read just now"):
        whole(files, tmp_path / name)


def test_a_file_cut_short_behind_our_back_cuts_the_answer_off(
    files: OpenFiles, path: Path
) -> None:
    whole(files, path)
    os.truncate(path, 300_000)

    with pytest.raises(OSError, match="shorter"):
        whole(files, path)


def test_few_files_stay_open_and_none_after_a_swap(
    files: OpenFiles, tmp_path: Path
) -> None:
    def opened() -> int:
        links = (link for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
        return sum(str(tmp_path) in str(link.readlink()) for link in links)

    for number in range(5):
        path = tmp_path / f"{number}.mp3"
        path.write_bytes(SOUND)
        for _ in range(2):
            whole(files, path)
    assert opened() == 2

    files.clear()

    assert opened() == 0
