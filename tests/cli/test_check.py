import time
from pathlib import Path

import pytest

from peru_media.cli import projects
from tests.cli.calls import COMMAND, NOWHERE, age, at_terminal, edit
from tests.cli.conftest import Call

PAGE = "episodes/story-1/episode.md"
OK = "check  OK  2 episodes, nothing to put right"


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing may be read: what was found last has to do."""

    def opened(*_: object, **__: object) -> None:
        msg = "it was read anew"
        raise AssertionError(msg)

    monkeypatch.setattr(projects, "opened", opened)


def test_a_good_project_is_ok(call: Call) -> None:
    called = call("check")

    assert called.code == 0
    assert called.out.startswith(OK)
    assert "Next: make plan" in called.out


def test_every_problem_has_place_severity_code_sentence_and_advice(
    call: Call, project: Path
) -> None:
    edit(project / PAGE, "number: 1", "numbr: 1")
    (project / "episodes/story-2/transcript.vtt").unlink()

    lines = call("check").out.splitlines()

    assert lines[0].split(maxsplit=3)[:3] == [f"{PAGE}:4:1", "error", "E102"]
    assert 'Did you mean "number"?' in lines[0]
    assert lines[1].split(maxsplit=3)[:3] == ["episodes/story-2/", "error", "E201"]
    assert " -> Add transcript.vtt" in lines[1]
    assert lines[2].startswith("2 errors, 0 warnings in 2 of 2 episodes (")
    assert lines[2].endswith("Nothing was changed.")


def test_problems_elsewhere_are_counted_as_such(call: Call, project: Path) -> None:
    edit(project / "feeds/stories/show.md", "explicit: false", "explicit: maybe")

    assert "in 0 of 2 episodes and in other files" in call("check").out


def test_json_is_one_object_with_every_problem(call: Call, project: Path) -> None:
    edit(project / PAGE, "number: 1", "number: none")

    answer = call("check", "--json").json

    assert answer["schema"] == "peru-media/check/1"
    assert (answer["errors"], answer["warnings"], answer["episodes"]) == (1, 0, 2)
    problem = answer["problems"][0]
    assert (problem["path"], problem["line"], problem["code"]) == (PAGE, 4, "E113")


def test_an_episode_can_be_checked_alone(call: Call, project: Path) -> None:
    edit(project / PAGE, "number: 1", "number: none")

    assert call("check", "story-2").code == 0
    assert call("check", "story-1").code == 3
    assert call("check", "story-1", "story-2").code == 3
    unknown = call("check", "story-9")
    assert unknown.code == 2
    assert 'no episode "story-9" below episodes/. Did you mean "story-' in unknown.err
    assert "mean" not in call("check", "x").err


@pytest.mark.parametrize(
    "path",
    ["episodes/story-2", "episodes/story-2/", "story-2/", "episodes/story-2/audio.mp3"],
)
def test_an_episode_can_be_named_by_its_path(
    call: Call, project: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)

    assert "OK  1 episode, nothing" in call("check", path).out


def test_the_episode_of_this_folder_is_a_dot(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "episodes/story-2")

    assert "OK  1 episode, nothing" in call("check", ".").out


def test_strict_takes_warnings_for_errors(call: Call, project: Path) -> None:
    text = (project / PAGE).read_text()
    (project / PAGE).write_text(text[: text.rindex("---") + 4])

    assert call("check").code == 0
    assert call("check", "--strict").code == 3


def test_what_is_unchanged_is_not_read_again(
    call: Call, project: Path, request: pytest.FixtureRequest
) -> None:
    edit(project / PAGE, "number: 1", "numbr: 1")
    age(project)
    first = call("check")
    request.getfixturevalue("quiet")

    second = call("check")

    assert first.code == second.code == 3
    assert first.out.splitlines()[0] == second.out.splitlines()[0]
    assert call("check", "story-2").code == 0


@pytest.mark.parametrize(
    "change",
    [
        "episodes/story-1/transcript.vtt",
        "episodes/story-1/new.txt",
        "feeds/stories/show.md",
        "feeds/contributors/c-001.yaml",
    ],
)
def test_any_change_is_seen(
    call: Call, project: Path, change: str, request: pytest.FixtureRequest
) -> None:
    age(project)
    call("check")
    path = project / change
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text() if path.exists() else "") + "\n")
    request.getfixturevalue("quiet")

    assert call("check").code == 1
    saved = (project / ".peru-media/traceback.txt").read_text()
    assert "it was read anew" in saved


def test_a_change_of_a_moment_ago_is_not_relied_on(call: Call, project: Path) -> None:
    call("check")

    assert list((project / ".peru-media").glob("check-*.json")) == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"valid": 1}', "\0"])
def test_a_damaged_memory_is_no_harm(call: Call, project: Path, text: str) -> None:
    age(project)
    call("check")
    memory = next((project / ".peru-media").glob("check-*.json"))
    memory.write_text(text)

    assert call("check").out.startswith(OK)


def test_a_publish_is_seen_by_the_next_check(call: Call, project: Path) -> None:
    age(project)
    assert call("check").code == 0
    assert call("publish", "--yes").code == 0
    edit(project / PAGE, "guid: guid-of-story-1", "guid: another")

    changed = call("check")

    assert changed.code == 3
    assert "guid" in changed.out


def test_check_needs_no_network(call: Call, project: Path) -> None:
    with (project / "feeds/site.yaml").open("a") as file:
        file.write(
            f"  far:\n    store: s3://bucket\n    base_url: {NOWHERE}\n"
            f"    endpoint: {NOWHERE}\n"
        )
    began = time.monotonic()

    assert call("check", "--target", "far").code == 0
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("variable", "coloured"), [("TERM=xterm", True), ("NO_COLOR=1", False)]
)
def test_colours_are_for_terminals_that_want_them(
    project: Path, variable: str, *, coloured: bool
) -> None:
    edit(project / PAGE, "number: 1", "numbr: 1")
    command = ["env", variable, *COMMAND, "check"]

    code, screen = at_terminal(command, typed="", cwd=project, whole=True)

    assert code == 3
    assert ("\x1b[31m" in screen) is coloured


@pytest.mark.parametrize("name", ["episodes/story-1/episode.md", "feeds/new.txt"])
def test_a_report_never_takes_the_place_of_what_staff_wrote(
    call: Call, project: Path, name: str
) -> None:
    before = (project / name).read_bytes() if (project / name).exists() else None

    called = call("check", "--out", str(project / name))

    assert called.code == 2
    assert "would take the place of what is checked" in called.err
    after = (project / name).read_bytes() if (project / name).exists() else None
    assert after == before


def test_a_report_never_takes_the_place_of_the_feed_it_is_about(
    call: Call, tmp_path: Path
) -> None:
    feed = tmp_path / "good.xml"
    feed.write_text("<rss/>")

    assert call("check", str(feed), "--out", str(feed)).code == 2
    assert feed.read_text() == "<rss/>"
