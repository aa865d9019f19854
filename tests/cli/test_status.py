from datetime import timedelta
from pathlib import Path

import pytest

from peru_media.cli import status
from peru_media.model.release import CURRENT_KEY, Current
from peru_media.model.value import digest
from peru_media.planning import Due
from peru_media.ports import Meta
from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock
from tests.cli.calls import edit
from tests.cli.conftest import Call
from tests.projects import write
from tests.rendering.samples import make_episode

pytestmark = pytest.mark.usefixtures("made")

FIRST, SECOND = "episodes/story-1/episode.md", "episodes/story-2/episode.md"


def _states(call: Call) -> dict[str, str]:
    return {
        one["slug"]: one["state"] for one in call("status", "--json").json["episodes"]
    }


def test_before_the_first_publish_everything_is_new_or_a_draft(
    call: Call, project: Path
) -> None:
    edit(project / FIRST, "2026-03-03 09:00", "draft")

    called = call("status")

    assert "nothing is published there yet" in called.out
    assert _states(call) == {"story-1": "draft", "story-2": "new"}
    assert "1 change to publish.   Next: make plan" in called.out


def test_each_episode_says_what_it_is(call: Call, project: Path) -> None:
    edit(project / FIRST, "2026-03-03", "2999-03-03")
    call("publish", "--yes")
    assert _states(call) == {"story-1": "scheduled", "story-2": "published"}
    assert "What is published is what the files say." in call("status").out

    edit(project / SECOND, "title: Story 2", "title: Another")
    assert _states(call)["story-2"] == "changed"
    called = call("status")
    assert "release 1, " in called.out
    assert "Tue 03 Mar 2026 09:00 Europe/London" in called.out
    assert "stories / 2" in called.out


def test_staff_are_told_before_the_server_knows_no_further(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("publish", "--yes")
    assert "The server knows" not in call("status").out

    monkeypatch.setattr(status, "_WARNING", timedelta(days=91))

    assert "! The server knows what is scheduled until" in call("status").out


def test_what_was_withdrawn_says_so(call: Call, project: Path) -> None:
    guid = digest(b"guid-of-story-1")
    stone = f"withdrawn:\n  - guid: {guid}\n    at: 2026-11-23T14:00:00Z\n"
    write(project, {"feeds/withdrawn.yaml": stone})
    edit(project / FIRST, "2026-03-03 09:00", "draft")

    assert _states(call) == {"story-1": "withdrawn", "story-2": "new"}


def test_what_waits_to_be_erased_is_told(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("publish", "--yes")
    assert "!" not in call("status").out
    place = project / ".peru-media/store"
    store = FolderStore(place, clock=SystemClock())
    current = Current.from_bytes((place / CURRENT_KEY).read_bytes())
    listed = current.model_copy(update={"erasing": ("state/shared/one",)})
    store.put(CURRENT_KEY, listed.to_bytes(), meta=Meta(media_type="application/json"))
    ended = Due(ended=(make_episode(),))
    monkeypatch.setattr(status, "due", lambda *_, **__: ended)

    called = call("status")

    assert "! 1 episode ended and not erased yet: peru-media publish" in called.out
    assert "! 1 object of a withdrawal still to erase" in called.out


def test_what_is_out_and_not_here_any_more_is_told(call: Call, project: Path) -> None:
    call("publish", "--yes")
    (project / FIRST).unlink()
    edit(project / SECOND, "2026-03-03 09:00", "draft")

    assert _states(call) == {"story-1": "removed", "story-2": "removed"}
    refused = call("status")
    assert refused.code == 0
    assert "the feed of Stories would be empty" in refused.out


def test_with_errors_the_table_is_there_all_the_same(call: Call, project: Path) -> None:
    (project / "episodes/story-1/transcript.vtt").unlink()

    called = call("status")

    assert called.code == 0
    assert "stories / 1" in called.out
    assert "1 error" in called.out
    assert "Next: make check" in called.out
