"""Taking words and sounds out of what is published, by the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.calls import NOWHERE, age, at_terminal, edit
from tests.cli.conftest import Call
from tests.fetching.loopback import Asked, Reply, serving

EDITS = """\
edits:
  - words: words of Story
    say: "[something]"
  - {start: 0.2, end: 0.4}
  - {start: 0.5, end: 0.6, how: bleep}
  - {start: 0.7, end: 0.8, lifted: 2026-01-01}
number: 1
"""


def _with_edits(project: Path) -> None:
    edit(project / "episodes/story-1/episode.md", "number: 1\n", EDITS)


def test_what_is_out_is_redacted_and_a_receipt_says_so(
    call: Call, project: Path
) -> None:
    call("publish", "--yes")
    _with_edits(project)

    rehearsed = call("redact", "story-1", "--dry-run")
    unasked = call("redact", "story-1")
    done = call("redact", "story-1", "--yes")
    again = call("redact", "story-1", "--yes", "--json").json

    assert rehearsed.code == 0
    assert "Story 1 (story-1) on local:\n" in rehearsed.out
    assert "0.2 s of sound are cut out\n" in rehearsed.out
    assert "0.1 s of sound are covered by a tone\n" in rehearsed.out
    assert "1 wording taken out of every text\n" in rehearsed.out
    assert "1 edit lifted\n" in rehearsed.out
    assert "nothing left to roll back to" in rehearsed.out
    assert "This was a rehearsal" in rehearsed.out
    assert (unasked.code, "say --yes" in unasked.err) == (2, True)
    assert done.code == 0
    assert "release 2 is live, " in done.out
    assert "nobody answers at" in done.out
    (path,) = (project / "build/redactions").iterdir()
    receipt = json.loads(path.read_bytes())
    assert path.name.endswith("-story-1-local.json")
    assert f"build/redactions/{path.name}" in done.out
    assert (receipt["edits"], receipt["release"], receipt["left"]) == (3, 2, 0)
    assert "words of" not in path.read_text()
    assert again["receipts"][0]["release"] == 2


def test_what_is_out_nowhere_is_refused(call: Call, project: Path) -> None:
    _with_edits(project)

    called = call("redact", "story-1", "--yes")

    assert called.code == 7
    assert "story-1 is not out on local." in called.err
    assert "out nowhere" in called.err


def test_who_says_no_changes_nothing(call: Call, project: Path) -> None:
    age(project)
    call("publish", "--yes")
    _with_edits(project)

    code, screen = at_terminal(["redact", "story-1"], typed="n\n", cwd=project)

    assert code == 0
    assert "Redact story-1 on local? [y/N]" in screen
    assert "Nothing was changed." in screen
    assert not (project / "build/redactions").exists()


def _anything(_asked: Asked) -> Reply:
    """A server that gives the old bytes whatever it is asked."""
    return Reply(body=b"as ever")


def test_a_server_that_still_gives_the_old_sound_is_named(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peru_media.cli.redact.wait_for_servers", lambda: None)
    with serving(_anything) as server:
        edit(project / "feeds/site.yaml", NOWHERE, server.url)
        call("publish", "--yes")
        _with_edits(project)

        called = call("redact", "story-1", "--yes")

    assert called.code == 8
    assert "proof: the former sound is gone at 0 of 1 addresses" in called.out
    assert f"{server.url}/media/" in called.out
    assert " still gives it\n" in called.out


def test_a_bleep_alone_keeps_the_length_and_says_nothing_of_words(
    call: Call, project: Path
) -> None:
    call("publish", "--yes")
    bleep = "edits: [{start: 0.2, end: 0.4, how: bleep, say: gone}]\nnumber: 1\n"
    edit(project / "episodes/story-1/episode.md", "number: 1\n", bleep)

    out = call("redact", "story-1", "--dry-run").out

    assert "changed: recording" in out
    assert "instead of" not in out
    assert "wording" not in out


def test_a_target_that_fails_is_left_and_the_others_are_done(
    call: Call, project: Path
) -> None:
    call("publish", "--yes")
    _with_edits(project)
    (project / "away").mkdir()
    (project / "away/current.json").write_text("{}")
    away = f"\n  away:\n    store: ./away\n    base_url: {NOWHERE}\n"
    with (project / "feeds/site.yaml").open("a") as file:
        file.write(away)

    called = call("redact", "story-1", "--yes", "--json")

    assert called.code == 5
    assert "away is not done: " in called.err
    assert called.json["left"] == ["away"]
    assert [one["target"] for one in called.json["receipts"]] == ["local"]
