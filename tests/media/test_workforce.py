"""Any executor does the work as the children of this process do it."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import pytest
from distributed import KilledWorker

from peru_media.errors import MediaError, SettingsError
from peru_media.media.child import Limits, Reply, Request
from peru_media.media.errand import answered, dismiss, unseen
from peru_media.media.maker import Maker
from peru_media.media.workforce import Workforce
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import CopyRecipe, CopyTags, FileFacts
from peru_media.model.files import DefaultsField, MediaField
from peru_media.wiring import Quiet
from tests.media import samples
from tests.media.recordings import recording

LOST = "Whoever was to read it went away or gave up"
Made = tuple[dict[Path, FileFacts], list[bytes]]


@pytest.fixture(scope="module")
def masters(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Recordings, a picture, and two files that nobody can read."""
    folder = tmp_path_factory.mktemp("masters")
    recording(folder / "a.wav", seconds=2)
    recording(folder / "b.mp3", seconds=2)
    recording(folder / "c.flac", seconds=2, gain=-20)
    (folder / "bomb.mp3").write_bytes(samples.zipped_bomb(896 << 20))
    (folder / "empty.mp3").touch()
    return sorted(folder.iterdir())


def made(maker: Maker, masters: list[Path]) -> Made:
    """All facts, and the bytes of all copies that there are."""
    facts = maker.hear(maker.facts(masters))
    recipes = [
        CopyRecipe(
            master=str(path),
            master_sha256=one.sha256,
            media_type=one.media_type,
            tags=CopyTags(title=path.stem, album="A show", guid=path.name),
            settings=encoding_of(one, DefaultsField(), MediaField()),
        )
        for path, one in facts.items()
        if one.sound is not None
    ]
    heard: list[int] = []
    copies = maker.copies(recipes, advance=heard.append)
    assert sum(heard) == len(recipes) == 3
    return facts, [copy.read_bytes() for copy in copies]


@pytest.fixture(scope="module")
def expected(masters: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """What the children of this process make."""
    copies = tmp_path_factory.mktemp("copies")
    with Maker(cache={}, copies=copies, workers=2) as maker:
        return made(maker, masters)


@pytest.mark.parametrize(
    "kind",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        lambda: ProcessPoolExecutor(1, mp_context=get_context("forkserver")),
    ],
    ids=["threads", "processes", "forkserver"],
)
def test_any_executor_gives_the_same_facts_and_the_same_bytes(
    kind: Callable[[], Executor], masters: list[Path], expected: Made, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    with (
        kind() as executor,
        Maker(cache={}, copies=copies, workers=1, executor=executor) as maker,
    ):
        assert made(maker, masters) == expected

    assert sorted(one.suffix for one in copies.iterdir()) == [".mp3"] * 3


def test_the_limits_hold_in_every_process(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.mp3")
    request = {"verb": "facts", "path": str(path)}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        workforce = Workforce(executor, limits=Limits(wall=0.001))
        [(_, reply)] = workforce.run([request])

    assert "took longer than 0.001 s" in reply.fault


def test_a_picture_is_made_by_an_executor_too(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(samples.png_bomb(20))
    with ThreadPoolExecutor(1) as executor:
        mine = Maker(cache={}, copies=tmp_path / "1", workers=1, executor=executor)
        ours = Maker(cache={}, copies=tmp_path / "2", workers=1)
        with mine, ours:
            pictures = mine.picture(path), ours.picture(path)

    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert pictures[0].stat().st_mode & 0o777 == 0o644


class Troubled(ThreadPoolExecutor):
    """An executor that has trouble with one file, in the way that it is told to."""

    def __init__(self, trouble: Callable[[], Future[Any]]) -> None:
        super().__init__(1)
        self._trouble = trouble

    def submit(
        self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any
    ) -> Future[Any]:
        if args[0]["path"].endswith("b.txt"):
            return self._trouble()
        return super().submit(fn, *args, **kwargs)


def cancelled() -> Future[Any]:
    future: Future[Any] = Future()
    future.cancel()
    future.set_running_or_notify_cancel()
    return future


def broken() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(BrokenProcessPool("a process died"))
    return future


def killed() -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(KilledWorker("a task", cast("Any", None), 3))
    return future


def refused() -> Future[Any]:
    msg = "cannot schedule new futures after shutdown"
    raise RuntimeError(msg)


@pytest.mark.parametrize(
    ("trouble", "name"),
    [
        (cancelled, CancelledError.__name__),
        (broken, BrokenProcessPool.__name__),
        (killed, KilledWorker.__name__),
        (refused, RuntimeError.__name__),
    ],
)
def test_work_that_is_lost_is_a_sentence_and_the_rest_goes_on(
    trouble: Callable[[], Future[Any]], name: str, tmp_path: Path
) -> None:
    for letter in "abc":
        (tmp_path / f"{letter}.txt").write_text(letter)
        os.utime(tmp_path / f"{letter}.txt", (1_600_000_000, 1_600_000_000))
    cache: dict[str, bytes] = {}
    paths = sorted(tmp_path.glob("*.txt"))
    with Troubled(trouble) as executor:
        copies = tmp_path / "copies"
        with Maker(cache=cache, copies=copies, workers=1, executor=executor) as maker:
            found = maker.facts(paths)

    faults = [found[path].fault for path in paths]
    assert faults == [None, f"{LOST} ({name}): run the command again.", None]
    assert len(cache) == 2, "what was lost is asked for again"


def test_a_killed_worker_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("hello")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        os.kill(executor.submit(os.getpid).result(60), signal.SIGKILL)
        with Maker(
            cache={}, copies=tmp_path / "copies", workers=1, executor=executor
        ) as maker:
            fault = maker.facts([path])[path].fault

    assert fault == f"{LOST} (BrokenProcessPool): run the command again."


def test_what_an_executor_says_to_people_is_heard() -> None:
    def away() -> Future[Any]:
        msg = "Nobody listens there."
        raise SettingsError(msg)

    with Troubled(away) as executor, pytest.raises(SettingsError, match="Nobody li"):
        list(Workforce(executor).run([{"verb": "facts", "path": "b.txt"}]))


def test_where_no_reader_starts_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").touch()
    dismiss()
    monkeypatch.setattr("sys.executable", "/bin/false")
    request = {"verb": "facts", "path": str(tmp_path / "a.txt")}
    with ThreadPoolExecutor(1) as executor, pytest.raises(MediaError, match="start"):
        list(Workforce(executor).run([request]))
    dismiss()


def test_what_was_heard_before_somebody_stopped_it_is_not_heard_again(
    tmp_path: Path,
) -> None:
    for letter in "ab":
        recording(tmp_path / f"{letter}.wav", seconds=1)
        os.utime(tmp_path / f"{letter}.wav", (1_600_000_000, 1_600_000_000))
    paths = sorted(tmp_path.glob("*.wav"))
    cache: dict[str, bytes] = {}

    class Stopping(Quiet):
        def advance(self, phase: str, amount: int) -> None:
            raise KeyboardInterrupt(phase, amount)

    with Maker(cache=cache, copies=tmp_path / "copies", workers=1) as maker:
        facts = maker.facts(paths)
        with pytest.raises(KeyboardInterrupt):
            maker.hear(facts, progress=Stopping())

    assert sum(key.startswith("sound:") for key in cache) == 1


class Slow(Executor):
    """An executor that has done the first work, is at the second, and is slow."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(
        self, _fn: Callable[..., Any], /, *_args: Any, **_kwargs: Any
    ) -> Future[Any]:
        future: Future[Any] = Future()
        self.futures.append(future)
        if len(self.futures) < 3:
            future.set_running_or_notify_cancel()
        if len(self.futures) == 1:
            future.set_result(Reply(value=b"{}"))
        return future


def test_where_the_asker_goes_away_what_is_not_begun_is_called_off() -> None:
    executor = Slow()
    requests: list[Request] = [{"path": str(number)} for number in range(3)]
    replies = Workforce(executor).run(requests)

    assert next(replies) == (0, Reply(value=b"{}"))
    replies.close()

    assert [one.cancelled() for one in executor.futures] == [False, False, True]


def test_a_file_that_a_worker_does_not_see_names_its_computer(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    seen: Request = {"verb": "facts", "path": str(tmp_path / "a.txt"), "size": 5}
    out = str(tmp_path / "nowhere/out.part")
    for other in (
        seen | {"path": str(tmp_path / "b.txt")},
        seen | {"size": 6},
        seen | {"out": out},
    ):
        reply = answered(other, Limits())
        assert (reply.lasting, reply.value) == (False, None)
        assert f"is not the same on the computer {os.uname().nodename}" in reply.fault

    assert answered(seen, Limits()).value
    dismiss()


def test_the_drafts_of_killed_workers_are_removed(tmp_path: Path) -> None:
    out = tmp_path / "abc.part"
    draft, other = tmp_path / "abc.part.xyz", tmp_path / "abd.part"
    for path in (out, draft, other):
        path.touch()
    request = {"verb": "picture", "path": str(out), "out": str(out), "sha256": ""}
    with ThreadPoolExecutor(1) as executor:
        [(_, reply)] = Workforce(executor).run([request])

    assert reply.fault
    assert sorted(tmp_path.iterdir()) == [out, other]
    dismiss()


def test_a_computer_that_cannot_help_says_why(tmp_path: Path) -> None:
    from peru_media import __version__  # noqa: PLC0415  # as a worker reads it

    sign = tmp_path / "sign"
    sign.touch()

    assert unseen(str(sign), __version__) == ""
    assert "install the same there" in unseen(str(sign), "0.0.1")
    assert "cannot write into /proc: let" in unseen("/proc/version", __version__)
    missing = unseen(str(tmp_path / "missing"), __version__)
    assert f"The folder {tmp_path} is not the same on the computer" in missing
