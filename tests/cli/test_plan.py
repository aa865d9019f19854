import json
import re
import shutil
from pathlib import Path

import pytest

from peru_media.cli.exits import run
from peru_media.planning import Plan
from tests.cli.calls import edit
from tests.cli.conftest import Call
from tests.projects import tone, write
from tests.served import own_content

pytestmark = pytest.mark.usefixtures("made")

PAGE = "episodes/story-1/episode.md"


def test_a_plan_says_what_each_new_episode_brings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_content(tmp_path)
    page = tmp_path / "episodes/fellowship-podcast/episode.md"
    review = tmp_path / "episodes/rapid-evidence-assessment/review.pdf"
    (page.parent / "notes.pdf").write_bytes(review.read_bytes())
    edit(page, "guid:", "documents:\n  - file: notes.pdf\n    title: Notes\nguid:")

    assert run(["plan", "--project", str(tmp_path)]) == 0

    out = capsys.readouterr().out
    assert "Target local (http://127.0.0.1:8000)      nothing is published" in out
    line = next(line for line in out.splitlines() if "The Fellowship podcast" in line)
    assert "+ new       personalisation / 1" in line
    assert "audio 1.9 MB (4 min 1" in line
    assert all(w in line for w in ("transcript", "7 chapters", "cover", "1 document"))
    assert "PDF 49.0 kB" in out
    assert "~ feeds     personalisation (0 -> 6 episodes)" in out


def test_a_plan_compares_with_what_is_live(call: Call, project: Path) -> None:
    call("publish", "--yes")
    edit(project / PAGE, "What Story 1", "All that Story 1")
    edit(project / "episodes/story-2/episode.md", "2026-03-03 09:00", "draft")

    refused = call("plan")
    edit(project / "episodes/story-2/episode.md", "draft", "2026-03-03 09:00")
    out = call("plan").out

    assert refused.code == 7
    assert "compared with release 1 (" in out
    assert "~ changed   stories / 1  Story 1  show notes" in out
    assert "~ feeds     stories\n" in out
    assert "= same      1 episode; upload " in out
    assert "! GUIDs kept 2 of 2 - listeners will re-download nothing" in out
    assert "Next: make publish" in out


def test_a_plan_says_when_an_episode_goes_out(call: Call, project: Path) -> None:
    edit(project / PAGE, "2026-03-03 09:00", "2126-12-01 09:00")

    out = call("plan").out

    assert "transcript, goes out Sun 01 Dec 2126 09:00 Europe/London" in out
    assert out.count("goes out") == 1
    assert "~ feeds     stories (0 -> 1 episode)" in out
    sent, whole = re.findall(r"([\d.]+) kB", out)[-2:]
    assert float(sent) <= float(whole)


def test_a_plan_says_what_subscribers_apps_will_do(call: Call, project: Path) -> None:
    call("publish", "--yes")
    edit(project / PAGE, "title: Story 1", "title: Another title")

    called = call("plan")
    apps = call("plan", "--json").json["plan"]["forecasts"][0]["outcomes"]

    usual = "0 new, 1 changed, 1 unchanged, 0 downloaded again, 0 lost"
    by_guid = "Apple Podcasts, audiobookshelf, gPodder, newsboat (by their guid)"
    assert f"  > apps      stories: {by_guid}: {usual}\n" in called.out
    by_address = "castget, gpodder.net, podget (by the address of the file)"
    assert f"{by_address}: 1 downloaded again (Another title)\n" in called.out
    assert "AntennaPod" not in called.out
    assert "! GUIDs kept 2 of 2 - apps that go by them will re-download" in called.out
    assert {one["rule"]: one["again"] for one in apps}["address"] == 1


def test_a_plan_tells_a_new_recording_from_a_new_title(
    call: Call, project: Path
) -> None:
    call("publish", "--yes")
    edit(project / PAGE, "title: Story 1", "title: Another title")
    write(project, {"episodes/story-2/audio.mp3": tone(999)})

    out = call("plan").out

    assert "Another title  title, tags in the file, link picture\n" in out
    assert "Story 2        recording\n" in out


def test_an_episode_that_moves_to_a_later_date_leaves_the_feed_until_then(
    call: Call, project: Path
) -> None:
    call("publish", "--yes")
    edit(project / PAGE, "2026-03-03 09:00", "2127-01-05 09:00")

    out = call("publish", "--dry-run", "--max-delete", "1").out

    until = "until Sun 05 Jan 2127 09:00 Europe/London"
    assert f"! GUIDs kept 2 of 2; 1 episode leaves the feed {until}\n" in out
    assert "re-download nothing" not in out


def test_episodes_that_end_leave_the_feed_for_good(call: Call, project: Path) -> None:
    call("publish", "--yes")
    shutil.rmtree(project / "episodes/story-2")

    out = call("publish", "--dry-run", "--max-delete", "1").out

    assert "! GUIDs kept 1 of 2; 1 episode leaves the feed\n" in out


@pytest.mark.parametrize("verb", ["plan", "publish --yes"])
def test_a_page_that_moves_is_said_to_leave_a_broken_link(
    call: Call, project: Path, verb: str
) -> None:
    call("publish", "--yes")
    (project / "episodes/story-1").rename(project / "episodes/renamed")

    out = call(*verb.split()).out

    assert "! moves     Story 1: its page moves to /stories/renamed; " in out
    assert "/stories/story-1 will answer 410 (gone), so links to it break\n" in out


def test_publishing_says_the_same_of_apps_before_anything_is_sent(call: Call) -> None:
    first = "  > apps      stories: 2 new, 0 changed, 0 unchanged, 0 downloaded again"

    dry = call("publish", "--dry-run").out
    done = call("publish", "--yes").out

    assert first in dry
    assert first in done
    assert done.index(first) < done.index("release 1 is live")


def test_a_site_that_moves_is_said_to_need_a_redirect(call: Call) -> None:
    call("publish", "--yes", "--base-url", "http://127.0.0.1:9/old")

    out = call("plan", "--base-url", "http://127.0.0.1:9/new").out

    assert "! moves     stories: its feed moves from http://127.0.0.1:9/old/" in out
    assert "2 downloaded again (Story 1, Story 2)" in out


def test_an_episode_under_another_guid_is_refused_whatever_its_folder_is_called(
    call: Call, project: Path
) -> None:
    call("publish", "--yes")
    edit(project / PAGE, "guid: guid-of-story-1", "guid: another-guid")
    (project / PAGE).parent.rename(project / "episodes/renamed")

    refused = call("publish", "--yes", "--max-delete", "5")

    assert refused.code == 7
    assert 'put back "guid: guid-of-story-1"' in refused.err
    assert "the episode.md of renamed" in refused.err


def test_a_saved_plan_is_the_plan(call: Call, project: Path) -> None:
    out = project / "build/plan.json"

    answer = call("plan", "--json", "--out", str(out)).json

    assert json.loads(out.read_text()) == answer["plan"]
    assert Plan.model_validate(answer["plan"]).counted("new") == 2


@pytest.mark.parametrize("text", ["<rss/>", "---\ntitle: x\n---\n", '{"a": 1}', "[]"])
def test_a_plan_is_never_saved_over_something_else(
    call: Call, project: Path, text: str
) -> None:
    taken = project / "taken"
    taken.write_text(text)

    called = call("plan", "--out", str(taken))

    assert called.code == 2
    assert "is no plan: it is left alone" in called.err
    assert taken.read_text() == text


def test_a_plan_is_saved_over_an_older_plan_or_an_empty_file(
    call: Call, project: Path
) -> None:
    out = project / "plan.json"
    out.touch()
    assert call("plan", "--out", str(out)).code == 0
    older = json.loads(out.read_text()) | {"a field of another version": 1}
    out.write_text(json.dumps(older))

    assert call("plan", "--out", str(out)).code == 0
    assert Plan.model_validate_json(out.read_bytes()).against == 0


def test_warnings_stand_before_the_plan(call: Call, project: Path) -> None:
    text = (project / PAGE).read_text()
    (project / PAGE).write_text(text[: text.rindex("---") + 4])

    called = call("plan")

    assert called.code == 0
    assert "W606" in called.err
    assert "W606" not in called.out


def test_with_nothing_new_there_is_nothing_to_publish(call: Call) -> None:
    call("publish", "--yes")

    assert "Nothing to publish: what is live is what the files say." in call("plan").out
