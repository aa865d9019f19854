"""A project is published by the computers of a cluster as it is by one alone."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calls import COMMAND, NOWHERE, edit
from tests.cli.conftest import Call
from tests.media.dask_cluster import cluster
from tests.media.recordings import recording
from tests.projects import write_project

OBJECTS = ("public", "assets", "state/episodes")
SETTING = "PERU_MEDIA_CLUSTER"


WAIVER = "transcript:\n  waiver:\n    reason: Later\n    until: 2099-01-01\npeople:\n"


def stories(root: Path) -> Path:
    """A project whose masters are MP3s, and recordings that are encoded."""
    write_project(root, episodes=5, base_url=NOWHERE)
    for number, name in enumerate(["a.wav", "a.flac", "a.opus"], start=1):
        folder = root / f"episodes/story-{number}"
        (folder / "audio.mp3").unlink()
        (folder / "transcript.vtt").unlink()
        recording(folder / name, seconds=4, gain=-15, rate=48_000)
        edit(folder / "episode.md", "people:\n", WAIVER)
    return root


def published(root: Path) -> dict[str, bytes]:
    """All media and pictures of the store, and what belongs to one episode alone."""
    store = root / ".peru-media/store"
    files = [path for name in OBJECTS for path in store.glob(f"{name}/**/*")]
    return {str(p.relative_to(store)): p.read_bytes() for p in files if p.is_file()}


def busy(process: subprocess.Popen[bytes]) -> bool:
    """Whether a worker of the cluster has had to do with a file."""
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return any(one.read_text() for one in tasks)


def begun(root: Path, address: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "publish", "--yes"],
        cwd=root,
        env=os.environ | {SETTING: address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(happens: Callable[[], bool]) -> None:
    for _ in range(600):
        if happens():
            return
        time.sleep(0.05)
    pytest.fail("nothing happened in half a minute")


def expect_published(process: subprocess.Popen[str]) -> None:
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, ""), out
    assert "release 1 is live" in out


def test_a_cluster_publishes_what_one_computer_does_even_if_half_of_it_dies(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("part", "dask: a scheduler and two workers, one of them killed")
    alone = stories(tmp_path / "alone")
    helped, bereft = tmp_path / "helped", tmp_path / "bereft"
    shutil.copytree(alone, helped)
    shutil.copytree(alone, bereft)
    with cluster(tmp_path) as workers:
        with begun(helped, workers.address) as process:
            expect_published(process)
        assert all(map(busy, workers.processes)), "both did some of it"
        with begun(bereft, workers.address) as process:
            until(lambda: any((bereft / ".peru-media/copies").glob("*.*p*")))
            workers.processes[0].kill()
            expect_published(process)
    with begun(alone, "") as process:
        expect_published(process)

    assert published(helped) == published(bereft) == published(alone)


@pytest.mark.parametrize(
    ("setting", "code", "sentence"),
    [
        ("nonsense", 4, '"nonsense" is no address of a cluster'),
        ("tcp://127.0.0.1:9", 5, "Nobody answers at the cluster tcp://127.0.0.1:9"),
    ],
)
def test_a_setting_that_leads_nowhere_says_so(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    *,
    setting: str,
    code: int,
    sentence: str,
) -> None:
    monkeypatch.setenv(SETTING, setting)

    called = call("check")

    assert called.code == code
    assert sentence in called.err
    assert "Traceback" not in called.err
