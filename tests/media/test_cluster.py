"""A cluster of computers does the work on media, or says plainly why it cannot."""

import os
import re
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_media import __version__
from peru_media.errors import SettingsError, UnreachableError
from peru_media.media.cluster import Cluster
from peru_media.media.cluster import _fault as fault
from peru_media.media.maker import Maker
from tests.media.dask_cluster import cluster, scheduler
from tests.media.recordings import recording


@pytest.fixture
def listening() -> Iterator[str]:
    """An address at which somebody listens, who is no scheduler."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def opened(address: str, folder: Path, **more: float) -> Cluster:
    return Cluster(address, shared=folder / "copies", version=__version__, **more)


@pytest.mark.parametrize(
    "address",
    ["", "scheduler", "http://a:8786", "tcp://a", "tcp://:8786", "tcp://a:x"],
)
def test_what_is_no_address_is_refused_at_once(address: str, tmp_path: Path) -> None:
    sentence = f'"{address}" is no address of a cluster: write PERU_MEDIA_CLUSTER like'
    with pytest.raises(SettingsError, match=re.escape(sentence)):
        opened(address, tmp_path)


def test_without_work_nobody_is_called(tmp_path: Path) -> None:
    with opened("tcp://127.0.0.1:9", tmp_path):
        pass

    assert not list(tmp_path.iterdir())


def test_where_nobody_listens_the_scheduler_is_named(tmp_path: Path) -> None:
    with (
        opened("tcp://127.0.0.1:9", tmp_path) as away,
        pytest.raises(UnreachableError, match="Nobody answers at the cluster tcp://12"),
    ):
        away.submit(os.getpid)


def test_without_the_extra_it_says_how_to_install_it(
    listening: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        opened(listening, tmp_path) as lacking,
        pytest.raises(SettingsError, match="make cluster installs it"),
    ):
        lacking.submit(os.getpid)


def test_a_scheduler_without_workers_is_no_cluster_yet(tmp_path: Path) -> None:
    with (
        scheduler(tmp_path) as address,
        opened(address, tmp_path) as idle,
        pytest.raises(UnreachableError, match="Nobody works at the cluster"),
    ):
        idle.submit(os.getpid)


def test_a_cluster_gives_the_same_facts_or_says_what_its_computers_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [recording(tmp_path / name) for name in ("a.mp3", "b.wav")]
    own = Path("/proc/self/cwd")  # another folder in each process
    with cluster(tmp_path, workers=1) as workers:
        monkeypatch.chdir(tmp_path)
        for wrong, sentence in (
            ({"shared": own, "version": __version__}, "The folder /proc/self/cwd is n"),
            ({"shared": tmp_path, "version": "0.0.1"}, "install the same there"),
        ):
            with (
                Cluster(workers.address, **wrong) as refused,  # type: ignore[arg-type]  # two kinds
                pytest.raises(SettingsError, match=sentence),
            ):
                refused.submit(os.getpid)
        with opened(workers.address, tmp_path) as executor:
            assert isinstance(executor.submit(int, "x").exception(20), ValueError)
            theirs = Maker(cache={}, copies=tmp_path, workers=1, executor=executor)
            ours = Maker(cache={}, copies=tmp_path, workers=1)
            with theirs, ours:
                assert theirs.hear(theirs.facts(paths)) == ours.hear(ours.facts(paths))


def test_where_everybody_goes_away_the_work_is_given_up(tmp_path: Path) -> None:
    gone = "went away, and nobody came back"
    with (
        cluster(tmp_path, workers=1) as workers,
        opened(workers.address, tmp_path, patience=1) as executor,
    ):
        future = executor.submit(time.sleep, 60)
        workers.processes[0].kill()
        with pytest.raises(UnreachableError, match=gone):
            future.result(20)

        future = executor.submit(time.sleep, 60)
        called_off = executor.submit(time.sleep, 60)
        called_off.cancel()
        workers.scheduler.kill()
        with pytest.raises(UnreachableError, match=gone):
            future.result(20)
        assert called_off.cancelled()

        with pytest.raises(UnreachableError, match=gone):
            executor.submit(time.sleep, 60).result(20)


def test_a_worker_that_cannot_begin_is_named() -> None:
    said = fault("tcp://192.0.2.9:4000", ModuleNotFoundError("peru_media"))

    assert said == (
        "The worker tcp://192.0.2.9:4000 cannot begin (ModuleNotFoundError): "
        "install the same peru-media there."
    )
