import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.conftest import Call
from tests.projects import episode_files, write


def test_nothing_due_is_said_and_changes_nothing(call: Call) -> None:
    call("publish", "--yes")

    said, told = call("publish", "--due"), call("publish", "--due", "--json").json

    assert (said.code, said.out) == (0, "Nothing else is due.\n")
    assert (told["release"], told["begun"], told["erased"]) == (1, [], 0)


def test_tombstones_that_cannot_be_read_stand_in_no_ends_way(
    call: Call, project: Path
) -> None:
    call("publish", "--yes")
    (project / "feeds/withdrawn.yaml").write_text("withdrawn: 3\n")

    done = call("publish", "--due")

    assert (done.code, done.out) == (0, "Nothing else is due.\n")
    assert "feeds/withdrawn.yaml cannot be read" in done.err


def test_a_saved_plan_cannot_be_due(call: Call, project: Path) -> None:
    plan = project / "plan.json"
    call("plan", "--out", str(plan))

    called = call("publish", str(plan), "--due")

    assert called.code == 2
    assert "say one of them" in called.err


def test_what_came_out_is_named_once_with_its_moment(call: Call, project: Path) -> None:
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    write(project, episode_files(3, publish=f"{soon:%Y-%m-%dT%H:%M:%SZ}"))
    call("publish", "--yes")
    while datetime.now(UTC) <= soon:
        time.sleep(0.1)

    rehearsed = call("publish", "--due", "--dry-run")
    done = call("publish", "--due")
    again = call("publish", "--due")

    assert " story-3 came out on " in rehearsed.out
    assert "nothing was sent" in rehearsed.out
    assert " story-3 came out on " in done.out
    assert "Europe/London\n" in done.out
    assert "release 2 is live." in done.out
    assert again.out == "Nothing else is due.\n"
