import hashlib
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from peru_media.cli.moments import as_written
from peru_media.errors import StoreUnavailableError
from peru_media.model.moment import local_moment
from peru_media.publishing.desk import Desk
from peru_media.publishing.publishing import Prepared, Published, publish
from tests.cli.calls import age, at_terminal, edit
from tests.cli.conftest import Call
from tests.served import free_port, run, serving

PAGE = "episodes/story-1/episode.md"
MOMENT = re.compile(r"publish: (\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?)")


def _tree(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def _plan(answer: dict[str, Any]) -> dict[str, Any]:
    """A plan apart from the moment it was made at, which names objects too."""
    plan: dict[str, Any] = answer["plan"]
    return plan | {"at": None, "sends": len(plan["sends"])}


def test_a_publish_says_what_it_did_and_what_comes_next(call: Call) -> None:
    called = call("publish", "--yes")

    assert called.code == 0
    assert "check  OK 2 episodes     plan  2 new, 0 changed, 0 removed" in called.out
    assert "release 1 is live" in called.out
    assert "Nothing answers at http://127.0.0.1:9 yet: start it with" in called.out
    assert "http://127.0.0.1:9/stories/feed.xml" in called.out


def test_a_second_publish_has_nothing_to_do(call: Call, project: Path) -> None:
    age(project)
    call("publish", "--yes")
    before = _tree(project / ".peru-media/store")

    recalled = call("publish", "--json").json
    edit(project / "feeds/site.yaml", "name: The unit", "name: The unit # as before")
    planned = call("publish", "--json").json

    for answer in (recalled, planned):
        assert (answer["release"], answer["sent"]) == (1, 0)
        assert answer["plan"]["nothing"] is True
        assert {e["change"] for e in answer["plan"]["episodes"]} == {"same"}
    assert _tree(project / ".peru-media/store") == before
    assert "Nothing to publish: release 1" in call("publish").out


def test_a_rehearsal_writes_nothing_and_plans_what_is_done(
    call: Call, project: Path
) -> None:
    rehearsed = call("publish", "--dry-run", "--json").json
    assert not (project / ".peru-media/store").exists()
    done = call("publish", "--yes", "--json").json

    assert rehearsed["dry_run"] is True
    assert _plan(rehearsed) == _plan(done)
    edit(project / PAGE, "Story 1", "Story one")
    before = _tree(project / ".peru-media/store")
    again = call("publish", "--dry-run")
    assert "~ changed   stories / 1  Story one" in again.out
    assert "nothing was sent" in again.out
    assert _tree(project / ".peru-media/store") == before


def test_a_saved_plan_is_published_while_it_fits(call: Call, project: Path) -> None:
    plan = project / "build/plan.json"
    saved = call("plan", "--out", str(plan))
    assert f"Plan saved: {plan}" in saved.out

    assert call("publish", str(plan), "--yes").code == 0
    assert call("plan", "--exit-code").code == 0


def test_a_saved_plan_keeps_its_address(call: Call, project: Path) -> None:
    plan, url = project / "plan.json", f"http://127.0.0.1:{free_port()}"
    call("plan", "--out", str(plan), "--base-url", url)

    assert f"{url}/stories/feed.xml" in call("publish", str(plan), "--yes").out


def test_a_plan_of_other_files_is_stale(call: Call, project: Path) -> None:
    plan = project / "plan.json"
    call("plan", "--out", str(plan))
    edit(project / PAGE, "Story 1", "Story one")

    called = call("publish", str(plan), "--yes")

    assert called.code == 6
    assert "files have changed" in called.err


def test_what_is_no_plan_is_refused(call: Call, project: Path) -> None:
    called = call("publish", str(project / "feeds/site.yaml"), "--yes")

    assert called.code == 4
    assert "is no plan: make one with make plan OUT=plan.json\n" in called.err


def test_nobody_there_to_be_asked_is_2(call: Call, project: Path) -> None:
    called = call("publish")

    assert called.code == 2
    assert "say --yes" in called.err
    assert not (project / ".peru-media/store").exists()


@pytest.mark.parametrize(("answer", "live"), [("y", True), ("n", False)])
def test_a_person_is_asked(project: Path, answer: str, *, live: bool) -> None:
    code, screen = at_terminal(["publish"], typed=f"{answer}\n", cwd=project)

    assert code == 0
    assert "+ new       stories / 1  Story 1" in screen
    assert "Publish to local? [y/N]" in screen
    assert (project / ".peru-media/store/current.json").exists() is live
    assert ("release 1 is live" in screen) is live


def test_now_becomes_a_moment_in_that_one_line(call: Call, project: Path) -> None:
    page = project / PAGE
    edit(page, "publish: 2026-03-03 09:00", "publish: now  # at last")
    page.chmod(0o640)
    before = page.read_text().splitlines()

    called = call("publish", "--yes")

    after = page.read_text().splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1
    match = MOMENT.match(changed[0][1])
    assert match is not None
    assert changed[0][1].endswith("  # at last")
    assert page.stat().st_mode & 0o777 == 0o640
    assert f"{PAGE}: publish: now is {match[1]}" in called.err
    at = local_moment(match[1], ZoneInfo("Europe/London"))
    assert datetime.now(UTC) - at < timedelta(
        minutes=5
    )  # what the clock says is the promise
    assert call("plan", "--exit-code").code == 0


def test_now_in_a_file_that_cannot_be_changed_is_live_all_the_same(
    call: Call, project: Path
) -> None:
    page, work = project / PAGE, project / ".peru-media"
    edit(page, "publish: 2026-03-03 09:00", "publish: now")
    (work / f"episode-{os.getpid()}.md").mkdir(parents=True)

    first, second = call("publish", "--yes"), call("publish", "--yes")

    assert first.code == second.code == 0
    assert "release 1 is live" in first.out
    assert "Nothing to publish: release 1" in second.out
    for called in (first, second):
        assert f"{PAGE} could not be changed (Is a directory): write" in called.err
        assert MOMENT.search(called.err)
    assert "publish: now\n" in page.read_text()


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), "2026-07-01 09:00"),
        (datetime(2026, 7, 1, 8, 0, 5, tzinfo=UTC), "2026-07-01 09:00:05"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25 01:30 +01:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25 01:30 +00:00"),
    ],
)
def test_a_moment_is_written_as_the_clocks_show_it(at: datetime, text: str) -> None:
    zone = ZoneInfo("Europe/London")

    assert as_written(at, zone) == text
    assert local_moment(text, zone) == at


def test_a_served_release_is_verified(project: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    run("publish", "--yes", "--base-url", url, cwd=project)
    edit(project / PAGE, "Story 1", "Story one")
    with serving(project, port=port):
        done = run("publish", "--yes", "--base-url", url, cwd=project)

    assert "release 2 is live" in done.stdout
    assert "Verified: 6 feeds parse, 2 links answer" in done.stdout
    assert "2 GUIDs kept" in done.stdout


def test_hubs_are_told_unless_that_is_not_wanted(call: Call, project: Path) -> None:
    edit(
        project / "feeds/site.yaml",
        "timezone:",
        "announce: ['http://127.0.0.1:9/hub']\ntimezone:",
    )

    told = call("publish", "--yes")
    edit(project / PAGE, "Story 1", "Story one")
    silent = call("publish", "--yes", "--no-announce")

    assert "announced: http" in told.out
    assert told.code == silent.code == 0
    assert "announced" not in silent.out


def test_bars_are_drawn_at_a_terminal(project: Path) -> None:
    code, screen = at_terminal(["publish", "--yes"], typed="", cwd=project)

    assert code == 0
    assert all(word in screen for word in ("copies", "media", "pages", "feeds"))


@pytest.mark.parametrize(
    ("done", "lost", "sentence"),
    [
        (False, False, "nothing was published; run make publish to go on"),
        (True, False, "release 1 is live; the look from outside was cut off"),
        (True, True, "whether it was published is not known: run make status"),
    ],
)
def test_control_c_says_how_far_it_came(  # fixtures and cases
    call: Call,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    done: bool,
    lost: bool,
    sentence: str,
) -> None:
    def interrupted(prepared: Prepared, desk: Desk) -> Published:
        if done:
            publish(prepared, desk)
        if lost:
            shutil.rmtree(project / ".peru-media/store/releases")
        raise KeyboardInterrupt

    monkeypatch.setattr("peru_media.cli.publish.publish", interrupted)

    called = call("publish", "--yes")

    assert called.code == 130
    assert called.err.strip() == sentence


@pytest.mark.parametrize("done", [True, False])
def test_a_store_that_fails_at_the_end_leaves_nobody_to_guess(
    call: Call, monkeypatch: pytest.MonkeyPatch, *, done: bool
) -> None:
    def failing(prepared: Prepared, desk: Desk) -> Published:
        if done:
            publish(prepared, desk)
        msg = "the store gives no answer just now; try again"
        raise StoreUnavailableError(msg)

    monkeypatch.setattr("peru_media.cli.publish.publish", failing)

    called = call("publish", "--yes")

    assert called.code == 5
    assert ("release 1 is live" in called.err) is done
    assert "try again" in called.err


def test_a_file_that_changed_meanwhile_is_left_alone(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = project / PAGE
    edit(page, "publish: 2026-03-03 09:00", "publish: now")

    def slowly(prepared: Prepared, desk: Desk) -> Published:
        edit(page, "number: 1", "number: 1\nseason: 1")
        return publish(prepared, desk)

    monkeypatch.setattr("peru_media.cli.publish.publish", slowly)

    called = call("publish", "--yes")

    assert called.code == 0
    assert "changed while it was published: write publish: " in called.err
    assert "publish: now\n" in page.read_text()
