import errno
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import click
import pytest

from peru_media.cli.manners import Manners, mannered
from peru_media.cli.verbs import VERBS
from peru_media.wiring import SystemClock
from tests.cli.calls import COMMAND, edit, empty_server
from tests.cli.conftest import Call
from tests.served import run

NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def stumble(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb that has a bug."""

    @click.command("stumble")
    @mannered
    def verb(manners: Manners) -> None:
        manners.say("here it comes")
        msg = "one step too far"
        raise IndexError(msg)

    module = ModuleType("peru_media.cli.stumble")
    module.__dict__["verb"] = verb
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(VERBS, "stumble", "Stumble.")


def test_success_is_0(call: Call) -> None:
    assert call("schema", "site.yaml").code == 0


@pytest.mark.usefixtures("stumble")
def test_a_bug_is_1_and_its_traceback_is_saved(call: Call, project: Path) -> None:
    called = call("stumble")

    assert called.code == 1
    assert "Traceback" not in called.out + called.err
    assert str(project / ".peru-media/traceback.txt") in called.err
    saved = (project / ".peru-media/traceback.txt").read_text()
    assert "IndexError: one step too far" in saved


@pytest.mark.usefixtures("stumble")
def test_debug_prints_the_traceback_too(call: Call) -> None:
    assert "IndexError: one step too far" in call("stumble", "--debug").err


@pytest.mark.usefixtures("stumble")
def test_a_bug_where_nothing_can_be_saved_is_still_a_sentence(
    call: Call, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".peru-media").write_text("in the way")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    elsewhere = call("stumble")
    (tmp_path / "peru-media/traceback.txt").unlink()
    (tmp_path / "peru-media").rmdir()
    (tmp_path / "peru-media").write_text("in the way")
    nowhere = call("stumble")

    assert elsewhere.code == nowhere.code == 1
    assert str(tmp_path / "peru-media/traceback.txt") in elsewhere.err
    assert "could not be saved: say --debug" in nowhere.err


@pytest.mark.parametrize("words", [["plan", "--fly"], ["check", "story-9"], ["fly"]])
def test_wrong_use_is_json_too(project: Path, words: list[str]) -> None:
    done = run(*words, "--json", cwd=project, check=False)

    answer = json.loads(done.stdout)
    verb = "peru-media" if words == ["fly"] else words[0]
    assert answer["schema"] == f"peru-media/{verb}/1"
    assert (answer["exit_code"], done.returncode) == (2, 2)
    assert answer["error"].strip()


def test_a_full_disk_behind_the_output_is_4(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "check"],
            cwd=project,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 4
    assert done.stderr == "The output cannot be written: No space left on device.\n"


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.EACCES, "Let it be"), (errno.EROFS, "Let it be"), (errno.ENOSPC, "room")],
)
def test_a_file_that_cannot_be_written_is_4_with_advice(
    call: Call, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number), "a.md")

    monkeypatch.setattr("peru_media.cli.check.look", refused)

    called = call("check")

    assert called.code == 4
    assert called.err.startswith(f"{Path('a.md').absolute()}: {os.strerror(number)}. ")
    assert advice in called.err


def test_control_c_before_anything_was_done_says_so(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("peru_media.cli.check.look", stopped)

    called = call("check")

    assert called.code == 130
    assert called.err.strip() == "Stopped. Nothing was changed."


@pytest.mark.parametrize("words", [["fly"], ["plan", "--fly"], ["probe"], ["new"]])
def test_wrong_use_is_2(call: Call, words: list[str]) -> None:
    assert call(*words).code == 2


@pytest.mark.parametrize("verb", ["check", "plan", "publish", "build"])
def test_content_problems_are_3_and_all_of_them_are_shown(
    call: Call, project: Path, verb: str
) -> None:
    edit(project / "episodes/story-1/episode.md", "title: Story 1", "titel: Story 1")
    (project / "episodes/story-2/transcript.vtt").unlink()

    called = call(verb, *(["--yes"] if verb == "publish" else []))

    assert called.code == 3
    shown = called.out + called.err
    assert 'Did you mean "title"?' in shown
    assert "E201" in shown
    assert "2 errors" in shown or "3 errors" in shown


def test_content_problems_are_json_too(call: Call, project: Path) -> None:
    (project / "feeds/site.yaml").unlink()

    answer = call("plan", "--json").json

    assert answer["schema"] == "peru-media/plan/1"
    assert answer["exit_code"] == 3
    assert [one["code"] for one in answer["problems"]] == ["E100"]


def test_an_unknown_target_is_4_and_says_which_there_are(call: Call) -> None:
    called = call("plan", "--target", "moon")

    assert called.code == 4
    assert 'no target "moon": it has local' in called.err


def test_a_file_in_the_way_is_4(call: Call, project: Path) -> None:
    called = call("plan", "--out", str(project / "feeds/site.yaml/plan.json"))

    assert called.code == 4
    assert "site.yaml: File exists" in called.err


def test_a_store_that_does_not_answer_is_5(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "nobody")
    _add_bucket(project)
    pauses: list[float] = []
    monkeypatch.setattr("peru_media.wiring.time.sleep", pauses.append)
    real = SystemClock.monotonic
    monkeypatch.setattr(SystemClock, "monotonic", lambda one: real(one) + sum(pauses))

    called = call("plan", "--target", "far")

    assert called.code == 5
    assert "Traceback" not in called.err
    assert 30 < sum(pauses) <= 60  # for about a minute, which nobody has to wait here


def test_a_stale_plan_is_6(call: Call, project: Path) -> None:
    plan = project / "plan.json"
    assert call("plan", "--out", str(plan)).code == 0
    assert call("publish", "--yes").code == 0

    called = call("publish", "--yes", str(plan))

    assert called.code == 6
    assert "made against release 0, live is 1" in called.err
    assert "Nothing was changed" in called.err


@pytest.mark.parametrize("verb", ["plan", "publish"])
def test_a_missing_consent_is_7(call: Call, project: Path, verb: str) -> None:
    page = project / "episodes/story-1/episode.md"
    edit(page, "  - name: The host\n    role: host\n", "  - contributor: c-099\n")

    called = call(verb, *(["--yes"] if verb == "publish" else []))

    assert called.code == 7
    assert "c-099" in called.err


def test_too_many_removals_are_7_unless_their_number_is_named(
    call: Call, project: Path
) -> None:
    assert call("publish", "--yes").code == 0
    edit(project / "episodes/story-1/episode.md", "publish: 2026", "publish: draft # ")

    refused = call("publish", "--yes")
    agreed = call("publish", "--yes", "--max-delete", "1")

    assert refused.code == 7
    assert "--max-delete 1" in refused.err
    assert agreed.code == 0


def test_a_fault_seen_from_outside_is_8(call: Call) -> None:
    with empty_server() as url:
        called = call("publish", "--yes", "--base-url", url)

    assert called.code == 8
    assert "release 1 is live" in called.out
    assert "the feed answers 404" in called.out


def test_pending_changes_are_10_where_that_was_asked_for(call: Call) -> None:
    assert call("plan").code == 0
    assert call("plan", "--exit-code").code == 10
    assert call("publish", "--yes").code == 0
    assert call("plan", "--exit-code").code == 0


def test_control_c_is_130_and_one_line_that_says_what_is_live(project: Path) -> None:
    keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    environment = os.environ | dict.fromkeys(keys, "nobody")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        _add_bucket(project, f"http://127.0.0.1:{silent.getsockname()[1]}")
        with subprocess.Popen(
            [*COMMAND, "publish", "--target", "far", "--yes"],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            silent.settimeout(60)
            with silent.accept()[0] as caller:
                caller.recv(1)
                process.send_signal(signal.SIGINT)
                _, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert err.strip() == "nothing was published; run make publish to go on"


def test_a_reader_that_has_enough_is_no_error(project: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "schema"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()

    assert process.returncode == 0
    assert err == b""


def test_a_shell_gets_its_completions(project: Path) -> None:
    asked = {
        "_PERU_MEDIA_COMPLETE": "bash_complete",
        "COMP_WORDS": "peru-media check story",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        COMMAND,
        cwd=project,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split() == ["plain,story-1", "plain,story-2"]


def _add_bucket(project: Path, endpoint: str = NOBODY) -> None:
    with (project / "feeds/site.yaml").open("a") as file:
        file.write(
            f"  far:\n    store: s3://bucket/site\n    base_url: {NOBODY}\n"
            f"    endpoint: {endpoint}\n    region: eu-west-2\n    addressing: path\n"
        )
