import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from peru_media.cli.exits import run as in_process
from tests.cli.calls import COMMAND, at_terminal
from tests.cli.conftest import Call
from tests.served import free_port, run, serving

CALLS = {
    "new": ["--title", "A new one"],
    "probe": ["episodes/story-1/audio.mp3"],
    "check": [],
    "build": [],
    "plan": [],
    "publish": ["--yes"],
    "status": [],
    "schema": [],
    "explain": ["E201"],
    "completion": ["zsh"],
}


@pytest.mark.parametrize("verb", CALLS)
def test_every_verb_ends_without_a_keyboard_and_answers_in_json(
    project: Path, verb: str
) -> None:
    done = run(verb, *CALLS[verb], "--json", cwd=project)

    assert json.loads(done.stdout)["schema"] == f"peru-media/{verb}/1"


@pytest.mark.parametrize("verb", CALLS)
def test_every_verb_speaks_to_people_on_stdout(project: Path, verb: str) -> None:
    done = run(verb, *CALLS[verb], cwd=project)

    assert done.stdout.strip()
    assert not done.stdout.startswith("{") or verb == "schema"
    assert "\x1b" not in done.stdout + done.stderr


def test_serve_answers_in_json_once_it_is_ready(project: Path) -> None:
    run("publish", "--yes", cwd=project)
    port = free_port()
    with serving(project, "--json", port=port) as served:
        log = served.root / f"serve-{port}.log"
        answer = _first_line(log)

    assert answer["schema"] == "peru-media/serve/1"
    assert answer["address"] == f"http://127.0.0.1:{port}/"
    assert answer["release"] == 1


def _first_line(log: Path) -> dict[str, object]:
    for _ in range(100):
        lines = log.read_text().splitlines()
        if lines:
            answer: dict[str, object] = json.loads(lines[0])
            return answer
        time.sleep(0.1)
    msg = "nothing was said"
    raise AssertionError(msg)


@pytest.mark.parametrize("words", [["--no-input"], []])
def test_nobody_is_asked_who_does_not_want_to_be(
    project: Path, words: list[str]
) -> None:
    variable = "CI=true" if not words else "CI="
    command = ["env", variable, *COMMAND, "new", *words]

    code, screen = at_terminal(command, typed="", cwd=project, whole=True)

    assert code == 2
    assert "say --title" in screen


def test_a_project_is_found_from_a_folder_in_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project / "episodes/story-1")

    assert in_process(["status"]) == 0
    assert "Story 2" in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["check", "plan", "publish", "build", "status", "new"])
def test_what_is_no_project_is_4_and_left_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    verb: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    assert in_process([verb]) == 4
    assert "is no peru_media project" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("verb", ["check", "publish --yes"])
def test_closed_streams_are_no_harm(project: Path, verb: str, closed: str) -> None:
    command = f'exec "$0" -m peru_media {verb} {closed}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable],  # the shell of the system
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert not (project / ".peru-media/traceback.txt").exists()


def test_a_project_is_found_from_elsewhere(call: Call) -> None:
    assert call("status").code == 0
