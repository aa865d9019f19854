import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from peru_media.reading import read_site
from tests.projects import tone, write
from tests.served import PROJECT, free_port, own_content
from tests.whisper_model import SAID, write_model

PLAIN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("COVERAGE_", "MAKE", "MFLAGS"))
}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The project as a fresh clone has it: no environment, nothing installed."""
    root = tmp_path / "clone"
    root.mkdir()
    own_content(root)
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(PROJECT / name, root / name)
    return root


@pytest.fixture
def ready(clone: Path) -> Path:
    """The same, with an environment that is up to date: ours."""
    (clone / ".venv/bin").mkdir(parents=True)
    ours = Path(sys.executable).parent / "peru-media"
    (clone / ".venv/bin/peru-media").symlink_to(ours)
    for stamp in (".runs", ".tests", ".hears"):
        (clone / ".venv" / stamp).touch()
    return clone


def _make(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["make", *words],
        cwd=root,
        env=PLAIN,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_make_alone_shows_its_help_in_a_fresh_clone(clone: Path) -> None:
    done = _make(clone)

    assert done.returncode == 0
    assert "make start " in done.stdout
    assert "make ends with 2" in done.stdout
    assert not (clone / ".venv").exists()


def test_help_shows_every_target(clone: Path) -> None:
    targets = re.findall(
        r"^([a-z][a-z-]*):.*## ", (clone / "Makefile").read_text(), re.MULTILINE
    )

    out = _make(clone, "help").stdout

    assert [name for name in targets if f"make {name} " not in out] == []


@pytest.mark.parametrize(
    "title",
    [
        '$(touch X) "; id',
        "`touch X` $$(touch X) ${HOME}",
        "it's 'quoted' \\ and # more",
        "$(shell touch X)$(info X)",
        "Ça va — 🎧",
        "-x --title",
    ],
)
def test_a_title_is_kept_sign_for_sign_and_never_run(ready: Path, title: str) -> None:
    done = _make(ready, "new", f"TITLE={title}", "SLUG=nasty")

    assert done.returncode == 0, done.stderr
    assert not list(ready.rglob("X"))
    site, _ = read_site(ready)
    assert site is not None
    titles = {e.slug: e.value.title for e in site.episodes}
    assert titles["nasty"] == title.strip()


def test_words_reach_the_verbs(ready: Path) -> None:
    write(ready, {"my recording.mp3": tone(400)})
    words = ["TITLE=One", "AUDIO=my recording.mp3", "SHOW=personalisation"]
    words += ["NUMBER=70", "PUBLISH=2026-12-01", "CONTRIBUTOR=c-001"]

    new = _make(ready, "new", *words)
    probe = _make(ready, "probe", "FILE=my recording.mp3")
    check = _make(ready, "check", "SLUG=homelessness")
    (ready / "a feed.xml").write_text("<html/>")
    feed = _make(ready, "check", "FEED=a feed.xml", "ONLINE=1")
    plan = _make(ready, "plan", "TARGET=moon")
    explain = _make(ready, "explain", "CODE=E201")
    nothing = _make(ready, "probe")
    remote = _make(ready, "plan", "PORT=abc")

    assert new.returncode == 0, new.stderr
    assert "number: 70" in (ready / "episodes/one/episode.md").read_text()
    assert "audio/mpeg" in probe.stdout
    assert "1 episode, nothing to put right" in check.stdout
    assert "a feed.xml:1  error  E1001" in feed.stdout
    assert "leads to no address" in feed.stdout
    assert plan.returncode == 2
    assert 'no target "moon"' in plan.stderr
    assert "Error 4" in plan.stderr
    assert explain.stdout.startswith("E201")
    assert "Say which file: make probe FILE=recording.mp3" in nothing.stderr
    assert "'--port': \"abc\" is no port: say a number from 1 to" in remote.stderr


def test_a_draft_is_one_word_away(ready: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "a model")
    words = ready / "episodes/homelessness/transcript.vtt"

    nothing = _make(ready, "transcribe")
    there = _make(ready, "transcribe", "SLUG=homelessness", f"MODEL={model}")
    spoken = ["SLUG=homelessness", f"MODEL={model}", "REPLACE=1", "YES=1"]
    welsh = _make(ready, "transcribe", *spoken, "SPOKEN=cy")
    done = _make(ready, "transcribe", *spoken)

    assert "Say which episode: make transcribe SLUG=my-episode" in nothing.stderr
    assert "make transcribe REPLACE=1" in there.stderr
    assert 'does not know the language "cy"' in welsh.stderr
    assert done.returncode == 0, done.stderr
    assert SAID[0][1] in words.read_text()


def test_a_report_in_another_form_is_two_words_away(ready: Path) -> None:
    done = _make(ready, "check", "FORMAT=junit", "OUT=report.xml")

    assert done.returncode == 0, done.stderr
    assert "<testsuite" in (ready / "report.xml").read_text()


def test_a_port_lasts_from_start_to_the_next_publish(ready: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with _running(ready, "start", f"PORT={port}") as process:
        assert process.stdout is not None
        lines = _until(process.stdout, "Serving release 1")
        assert not any("Nothing answers" in line for line in lines)
        again = _make(ready, "publish", "YES=1", "MAX_DELETE=0")
        process.send_signal(signal.SIGTERM)
        process.wait(20)

    assert again.returncode == 0, again.stderr
    assert f"At {url}, as last time." in again.stderr
    assert "Nothing to publish: release 1" in again.stdout
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_start_publishes_nothing_where_it_could_not_listen(ready: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = _make(ready, "start", f"PORT={port}")

    assert done.returncode == 2
    assert f"Cannot listen at 127.0.0.1:{port} (" in done.stderr
    assert "Error 4" in done.stderr
    assert "is live" not in done.stdout
    assert not list(ready.glob(".peru-media/store/*"))


@contextmanager
def _running(root: Path, *words: str) -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen(
        ["make", *words],
        cwd=root,
        env=PLAIN,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _until(stream: Iterable[str], start: str) -> list[str]:
    lines: list[str] = []
    for line in stream:
        lines.append(line)
        if line.startswith(start):
            return lines
    msg = f"it ended before {start}: {lines}"
    raise AssertionError(msg)


def test_a_build_a_status_and_the_schemas_are_one_word_away(ready: Path) -> None:
    for name in ("schema", "build", "schema", "build", "status"):
        assert _make(ready, name).returncode == 0, name

    assert (ready / ".schemas/episode.md.json").exists()
    assert _make(ready, "clean").returncode == 0
    assert not (ready / "build").exists()
    assert not (ready / ".schemas").exists()
