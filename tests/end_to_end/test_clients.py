"""Real podcast clients subscribe, list and download, byte for byte."""

import json
import os
import pty
import select
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.listening import (
    Expected,
    client,
    downloaded,
    expected,
    surroundings,
    version,
)
from tests.served import Served

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def promised(site: Served) -> list[Expected]:
    return expected(site.feed_url)


def _hashes(promised: list[Expected]) -> set[str]:
    return {one.sha256 for one in promised}


def _gpodder() -> str:
    version("gpo", "--help")
    told = client(("dpkg-query", "-Wf", "${Version}", "gpodder"), home=Path("/tmp"))  # noqa: S108  # nothing is written
    return told.stdout


def test_gpodder_gets_every_episode(
    site: Served, promised: list[Expected], tmp_path: Path, record_property: Record
) -> None:
    record_property("part", f"gPodder {_gpodder()}: subscribed, downloaded")
    home = tmp_path / "home"
    config = {"ui": {"cli": {"colors": False}}}
    (home / "gPodder").mkdir(parents=True)
    (home / "gPodder/Settings.json").write_text(json.dumps(config))

    def gpo(*words: str) -> str:
        done = client(("gpo", "-q", *words), home=home, timeout=180)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Successfully added" in gpo("subscribe", site.feed_url)
    assert site.feed_url in gpo("list")
    gpo("update", site.feed_url)
    listed = gpo("episodes", "--guid", site.feed_url)
    assert [one.title for one in promised if one.title not in listed] == []
    gpo("download", site.feed_url)
    assert _hashes(promised) <= downloaded(home)


def test_newsboat_and_podboat_get_every_episode(
    site: Served, promised: list[Expected], tmp_path: Path, record_property: Record
) -> None:
    record_property(
        "part", f"newsboat {version('newsboat', '-v')} with podboat: read, downloaded"
    )
    home, files = tmp_path / "home", tmp_path / "downloads"
    folder = home / ".newsboat"
    folder.mkdir(parents=True)
    (folder / "urls").write_text(f"{site.feed_url}\n")
    settings = f'download-path "{files}/"\npodcast-auto-enqueue yes\nmax-downloads 2\n'
    (folder / "config").write_text(settings)

    assert client(("newsboat", "-x", "reload"), home=home).returncode == 0
    rows = sqlite3.connect(folder / "cache.db")
    titles = {row[0] for row in rows.execute("select title from rss_item")}
    rows.close()
    assert titles == {one.title for one in promised}
    _enqueue_papers(folder / "queue", files, promised)
    _run_podboat(home, files, len(promised))

    assert _hashes(promised) <= downloaded(files)


def _enqueue_papers(queue: Path, files: Path, promised: list[Expected]) -> None:
    """newsboat knows sound and film alone; podboat fetches what else is queued."""
    with queue.open("a") as lines:
        for one in promised:
            if one.url.endswith(".pdf"):
                lines.write(f'{one.url} "{files}/{one.url.rsplit("/", 1)[-1]}"\n')


def _run_podboat(home: Path, files: Path, count: int) -> None:
    """podboat is a full-screen program that does not end by itself."""
    pid, screen = pty.fork()
    if pid == 0:
        os.execvpe("podboat", ["podboat", "-a"], surroundings(home) | {"TERM": "xterm"})
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end and not _all_here(files, count):
            _read_away(screen)
    finally:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        os.close(screen)


def _read_away(screen: int) -> None:
    if select.select([screen], [], [], 0.2)[0]:
        os.read(screen, 65_536)


def _all_here(files: Path, count: int) -> bool:
    names = [path.name for path in files.rglob("*") if path.is_file()]
    done = len(names) >= count and not any(name.endswith(".part") for name in names)
    if done:
        time.sleep(1)
    return done


def test_podget_gets_every_episode(
    site: Served, promised: list[Expected], tmp_path: Path, record_property: Record
) -> None:
    record_property("part", f"podget {version('podget', '--version')}: downloaded")
    home, files = tmp_path / "home", tmp_path / "downloads"
    folder = home / ".podget"
    folder.mkdir(parents=True)
    client(("podget", "-d", str(folder), "--create-config", "podgetrc"), home=home)
    (folder / "serverlist").write_text(f"{site.feed_url} Research Personalisation\n")
    settings = (folder / "podgetrc").read_text()
    lines = [line for line in settings.splitlines() if "MOST_RECENT=" not in line]
    (folder / "podgetrc").write_text("\n".join([*lines, "MOST_RECENT=0", ""]))

    client(
        ("podget", "-d", str(folder), "-l", str(files), "-n", "-vv"),
        home=home,
        timeout=240,
    )

    assert _hashes(promised) <= downloaded(files)
