"""What people and programs meet of releases, rollback and collect."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

from peru_media.cli import collect, releases, rollback
from peru_media.cli.exits import run
from peru_media.publishing import collecting
from tests.cli.calls import NOWHERE, at_terminal, edit
from tests.cli.conftest import Call
from tests.projects import episode_files, write, write_project

STORY = "episodes/story-1/episode.md"
RECORD = """\
id: c-017
public_name: Dan
name_kind: pseudonym
scope: [podcast, website, transcript]
obtained: 2026-01-05
"""


@pytest.fixture(scope="module")
def _twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("twice") / "project"
    write_project(root, episodes=2, base_url=NOWHERE)
    for _ in range(2):
        assert run(["publish", "--yes", "--project", str(root)]) == 0
        text = (root / STORY).read_text()
        (root / STORY).write_text(text.replace("title: Story 1", "title: A mistake"))
    return root


@pytest.fixture
def twice(_twice: Path, project: Path) -> Path:
    """Two releases: in the second an episode has another title."""
    shutil.rmtree(project)
    shutil.copytree(_twice, project)
    return project


def test_before_the_first_publish_there_is_nothing_of_any_kind(call: Call) -> None:
    assert "nothing is published there yet" in call("releases").out
    assert call("releases", "--json").json["releases"] == []
    assert "Nothing is published there yet" in call("collect", "--yes").out
    refused = call("rollback", "--yes")
    assert (refused.code, "no release before" in refused.err) == (7, True)


@pytest.mark.usefixtures("twice")
def test_releases_say_when_who_and_what(call: Call) -> None:
    called = call("releases")

    assert called.code == 0
    newest, changed, one, *new = called.out.splitlines()[1:]
    assert "   2  " in newest
    assert "Europe/London, by " in newest
    assert newest.endswith("   live")
    assert changed.strip().startswith("~ A mistake (title, tags in the file")
    assert "   1  " in one
    assert [line.strip() for line in new[:2]] == ["+ Story 1", "+ Story 2"]
    assert "make rollback, for release 1" in new[2]

    answer = call("releases", "--json").json

    assert answer["schema"] == "peru-media/releases/1"
    second, first = answer["releases"]
    assert (second["release"], second["live"]) == (2, True)
    assert [one["change"] for one in first["changes"]] == ["new", "new"]


@pytest.mark.usefixtures("twice")
def test_a_long_release_is_told_in_short(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "_SHOWN", 1)

    assert "        and 1 more change\n" in call("releases").out


def test_a_rollback_brings_back_and_warns(call: Call, twice: Path) -> None:
    called = call("rollback", "--yes")

    assert called.code == 0
    assert "release 3 is live, and says what release 1 said" in called.out
    assert "the next publish brings their state again" in called.out
    assert "A mistake" in (twice / STORY).read_text()
    told = call("rollback", "1", "--yes", "--json").json
    assert (told["back_to"], told["plan"]["nothing"]) == (1, True)
    assert "says what release 1 said" in call("rollback", "1", "--yes").out


@pytest.mark.usefixtures("twice")
def test_a_rehearsal_of_a_rollback_shows_the_plan_of_the_real_one(call: Call) -> None:
    told = call("rollback", "--dry-run", "--json").json
    shown = call("rollback", "--dry-run")
    assert (told["dry_run"], shown.code) == (True, 0)
    assert "Back to what release 1 said:" in shown.out
    assert "~ changed" in shown.out
    assert "rehearsal" in shown.out
    assert call("releases", "--json").json["releases"][0]["release"] == 2

    real = call("rollback", "--yes", "--no-announce", "--json").json
    assert real["schema"] == "peru-media/rollback/1"
    assert (real["release"], real["back_to"]) == (3, 1)
    assert (real["stays_out"], real["withdrawn"]) == ([], 0)
    assert told["plan"]["episodes"] == real["plan"]["episodes"]


def test_who_stays_out_is_named(call: Call, project: Path) -> None:
    record = "feeds/contributors/c-017.yaml"
    write(project, {record: RECORD})
    edit(project / STORY, "  - name: The host", "  - contributor: c-017")
    call("publish", "--yes")
    edit(project / STORY, "publish: 2026-03-03 09:00", "publish: draft")
    call("publish", "--yes", "--max-delete", "1")
    write(project, {record: RECORD + "withdrawn: 2026-11-03\n"})

    shown = call("rollback", "--dry-run")

    assert 'stays out  Story 1: the consent of "Dan" (c-017) is withdrawn' in shown.out
    told = call("rollback", "--dry-run", "--json").json
    assert [one["slug"] for one in told["stays_out"]] == ["story-1"]


@pytest.mark.usefixtures("twice")
@pytest.mark.parametrize("verb", ["rollback", "collect"])
def test_where_nobody_can_be_asked_nothing_is_done(
    call: Call, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hurry(monkeypatch)

    called = call(verb)

    assert called.code == 2
    assert "Nobody is here to be asked" in called.err
    assert call("releases", "--json").json["releases"][0]["release"] == 2


def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a collection keep nothing but what is live."""
    monkeypatch.setattr(collecting, "LAST", 1)
    monkeypatch.setattr(collecting, "DAYS", timedelta())
    monkeypatch.setattr(collecting, "GRACE", timedelta())


def test_whoever_says_no_at_the_terminal_has_changed_nothing(twice: Path) -> None:
    code, screen = at_terminal(["rollback"], typed="n\n", cwd=twice)

    assert code == 0
    assert "Bring back release 1 on local?" in screen
    assert "Nothing was changed." in screen


@pytest.mark.usefixtures("twice")
@pytest.mark.parametrize(
    ("verb", "work", "said"),
    [
        (rollback, "publish", "nothing was published; run make rollback to go on"),
        (collect, "collect", "nothing that anybody needs; run make collect to go on"),
    ],
)
def test_control_c_says_how_far_it_came(
    call: Call,
    verb: ModuleType,
    work: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    _hurry(monkeypatch)
    monkeypatch.setattr(verb, work, interrupted)

    called = call(verb.__name__.rpartition(".")[2], "--yes")

    assert (called.code, said in called.err) == (130, True)


def test_what_was_withdrawn_is_counted_and_not_named(call: Call, twice: Path) -> None:
    guid = sha256(b"guid-of-story-2").hexdigest()
    grave = f"withdrawn:\n  - guid: {guid}\n    at: 2026-11-02T12:00:00Z\n"
    write(twice, {"feeds/withdrawn.yaml": grave})

    shown = call("rollback", "--dry-run", "--max-delete", "1")

    assert "stays out  1 episode withdrawn since" in shown.out
    assert "- removed" in shown.out


@pytest.mark.usefixtures("twice")
def test_a_collection_says_what_goes_and_deletes_it(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nothing is left over." in call("collect", "--yes").out
    _hurry(monkeypatch)

    shown = call("collect", "--dry-run")
    told = call("collect", "--dry-run", "--json").json
    done = call("collect", "--yes")

    assert "Kept: all that release 2 needs." in shown.out
    assert "media that anyone could read" in shown.out
    assert "      story-1.mp3  " in shown.out
    assert "former releases" in shown.out
    assert "rehearsal: nothing was deleted" in shown.out
    assert (told["schema"], told["kept"]) == ("peru-media/collect/1", [2])
    assert told["objects"] == len(told["keys"]) > 3
    assert f"Deleted: {told['objects']} objects" in done.out
    assert call("collect", "--json", "--yes").json["objects"] == 0
    assert [one["release"] for one in call("releases", "--json").json["releases"]] == [
        2
    ]
    assert "the release before is not in the store any more" in call("releases").out


def _draft(root: Path, *numbers: int) -> None:
    for number in numbers:
        path = root / f"episodes/story-{number}/episode.md"
        edit(path, "publish: 2026-03-03 09:00", "publish: draft")


def _postpone(root: Path) -> None:
    edit(root / STORY, "publish: 2026-03-03 09:00", "publish: 2999-03-03 09:00")


CAPS: dict[str, tuple[Callable[[Path], None], int]] = {
    "a feed emptied": (lambda root: _draft(root, 1, 2, 3, 4), 4),
    "over a fifth of a feed": (lambda root: _draft(root, 2), 1),
    "a folder of episodes lost": (lambda root: shutil.rmtree(root / "episodes"), 4),
    "a date moved to the future": (_postpone, 1),
    "one episode's folder lost": (lambda r: shutil.rmtree(r / "episodes/story-1"), 1),
}


def test_what_takes_too_much_away_is_refused_whoever_says_yes(
    call: Call,
    project: Path,
    tmp_path: Path,
    subtests: pytest.Subtests,
    record_property: Callable[[str, object], None],
) -> None:
    for number in (3, 4):
        write(project, episode_files(number))
    assert call("publish", "--yes").code == 0
    shutil.copytree(project / "feeds", tmp_path / "aside/feeds")
    shutil.copytree(project / "episodes", tmp_path / "aside/episodes")
    refused = 0
    for what, (happening, lost) in CAPS.items():
        with subtests.test(what):
            happening(project)
            (project / "episodes").mkdir(exist_ok=True)
            called = call("publish", "--yes")
            assert (called.code, f"--max-delete {lost}" in called.err) == (7, True)
            if not refused:
                fewer = call("publish", "--yes", "--max-delete", str(lost - 1))
                assert fewer.code == 7
            meant = call("publish", "--dry-run", "--max-delete", str(lost), "--json")
            assert meant.code == 0
            refused += 1
        for name in ("feeds", "episodes"):
            shutil.rmtree(project / name)
            shutil.copytree(tmp_path / "aside" / name, project / name)
    assert call("releases", "--json").json["releases"][0]["release"] == 1
    record_property("figure", f"feeds that lost too much: refused {refused} of 5")
