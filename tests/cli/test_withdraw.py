"""``peru-media withdraw``: confirmed by typing alone, told in full, signed."""

import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from peru_media.cli.exits import run
from tests.cli.calls import NOWHERE, at_terminal, edit, empty_server
from tests.cli.conftest import Call
from tests.leaving import (
    FOLDER,
    NAME,
    SLUG,
    files_below,
    found_in,
    write_leaver,
)
from tests.projects import write_project

WITHDRAW = ("withdraw", "--contributor", "c-017")
STORE = ".peru-media/store"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with somebody in it, published once."""
    root = tmp_path_factory.mktemp("withdraw") / "project"
    write_project(root, episodes=1, base_url=NOWHERE)
    write_leaver(root)
    assert run(["publish", "--yes", "--project", str(root)]) == 0
    yield root
    shutil.rmtree(root)


@pytest.fixture
def project(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; what would be waited for passes at once."""
    monkeypatch.setattr("peru_media.withdrawals.time.sleep", lambda _: None)
    root = tmp_path / "project"
    shutil.copytree(published, root)
    return root


def _hits(root: Path) -> dict[str, list[str]]:
    return found_in(files_below(root / STORE))


def test_nobody_is_withdrawn_without_the_id_typed(call: Call, project: Path) -> None:
    before = files_below(project / STORE)

    for confirm in ((), ("--confirm", "c-01"), ("--confirm", "yes")):
        refused = call(*WITHDRAW, *confirm)
        assert refused.code == 2
        assert "c-017" in refused.err

    assert files_below(project / STORE) == before
    assert not (project / "feeds/withdrawn.yaml").exists()


def test_looking_first_changes_nothing_and_lists_the_same(
    call: Call, project: Path
) -> None:
    before = files_below(project)

    looked = call(*WITHDRAW, "--dry-run", "--json")

    after = files_below(project)
    ours = ".peru-media/cache"
    assert {k: v for k, v in after.items() if not k.startswith(ours)} == {
        k: v for k, v in before.items() if not k.startswith(ours)
    }
    assert looked.code == 0
    assert looked.json["dry_run"] is True
    assert [one["slug"] for one in looked.json["episodes"]] == [SLUG]
    done = call(*WITHDRAW, "--confirm", "c-017", "--json")
    assert done.json["episodes"] == looked.json["episodes"]


def test_it_says_whom_it_concerns_and_what_is_gone(call: Call, project: Path) -> None:
    assert _hits(project)

    done = call(*WITHDRAW, "--confirm", "c-017")

    assert done.code == 0
    assert f"c-017 ({NAME}) is in 1 episode: {SLUG} (published)." in done.out
    assert "It cannot be undone." in done.out
    assert "erased with all versions" in done.out
    assert "build/withdrawals/" in done.out
    assert "cannot be called back" in done.out
    assert "cabinet-7" not in done.out + done.err
    assert _hits(project) == {}
    again = call(*WITHDRAW)
    assert (again.code, "cannot come back" in again.out) == (0, True)


def test_a_receipt_can_be_checked_and_no_other_passes(
    call: Call, project: Path
) -> None:
    done = call(*WITHDRAW, "--confirm", "c-017", "--json")
    path = project / next(p for p in done.json["papers"] if p.endswith(".json"))

    assert call("withdraw", "--verify", str(path)).code == 0
    text = path.read_text()
    for change in (
        text.replace('"left":0', '"left":1'),
        text.replace('"by":"', '"by":"x'),
        text.replace("\n", "") + "\n",
        text.replace('"signature":{', '"signature":null,"old":{'),
        "{}",
        "nothing",
    ):
        path.write_text(change)
        refused = call("withdraw", "--verify", str(path), "--json")
        assert refused.code == 7, change[:60]


def test_another_key_does_not_vouch_for_a_receipt(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = call(*WITHDRAW, "--confirm", "c-017", "--json")
    path = project / next(p for p in done.json["papers"] if p.endswith(".json"))
    monkeypatch.setenv("PERU_MEDIA_RECEIPT_KEY", "another key of another unit")

    refused = call("withdraw", "--verify", str(path))

    assert (refused.code, "another key" in refused.err) == (7, True)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        ((), 2, "one of them"),
        (("story-1", "--contributor", "c-017"), 2, "one of them"),
        (("--contributor", "c-999"), 7, "Nobody knows the contributor"),
        (("no-such-story",), 7, "Nobody knows the episode"),
        ((SLUG, "--target", "nowhere"), 4, "nowhere"),
        (("../../etc/passwd",), 2, "is no name"),
        (("--contributor", "c-017/../x"), 2, "is no name"),
        (("a\x1b[2Jb",), 2, "is no name"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    call: Call, arguments: tuple[str, ...], code: int, word: str
) -> None:
    refused = call("withdraw", *arguments)

    assert (refused.code, word in refused.err) == (code, True)


def test_a_target_that_cannot_be_asked_is_named_and_the_others_are_done(
    call: Call, project: Path
) -> None:
    lost = f"store: s3://lost\n    profile: nobody\n    base_url: {NOWHERE}"
    site = project / "feeds/site.yaml"
    edit(site, "targets:\n", f"targets:\n  lost:\n    {lost}\n")

    done = call(*WITHDRAW, "--confirm", "c-017")

    assert done.code == 5
    assert "lost cannot be asked" in done.out
    assert "lost is not done" in done.err
    assert "The same command goes on" in done.err
    assert _hits(project) == {}
    edit(site, "s3://lost\n    profile: nobody", ".peru-media/other")
    again = call(*WITHDRAW, "--confirm", "c-017")
    assert again.code == 0
    assert "was cut off, and goes on" in again.out
    assert call(*WITHDRAW, "--json").json["nothing"] is True


def test_a_file_with_mistakes_is_named_and_stops_nothing(
    call: Call, project: Path
) -> None:
    edit(project / "episodes/story-1/episode.md", "number: 1", "number: one")

    done = call(*WITHDRAW, "--confirm", "c-017")

    assert done.code == 0
    assert "episodes/story-1/episode.md cannot be read" in done.err
    assert _hits(project) == {}


@pytest.mark.parametrize(
    "path", ["feeds/withdrawn.yaml", "feeds/contributors/c-017.yaml"]
)
def test_what_a_withdrawal_writes_to_has_to_be_readable(
    call: Call, project: Path, path: str
) -> None:
    (project / path).write_text("no: [such, file\n")

    assert call(*WITHDRAW, "--confirm", "c-017").code == 3


def test_a_folder_that_was_deleted_hides_nobody(call: Call, project: Path) -> None:
    shutil.rmtree(project / FOLDER)

    done = call(*WITHDRAW, "--confirm", "c-017")

    assert f"{SLUG} (published)" in done.out
    assert _hits(project) == {}


def test_an_episode_goes_by_its_name(call: Call, project: Path) -> None:
    done = call("withdraw", SLUG, "--reason", "legal", "--confirm", SLUG, "--json")

    assert done.code == 0
    assert done.json["receipt"]["reason"] == "legal"
    assert _hits(project) == {}


@pytest.mark.parametrize(("typed", "code"), [("c-017\n", 0), ("yes\n", 2), ("", 2)])
def test_at_a_terminal_the_id_is_typed(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    monkeypatch.setattr("peru_media.cli.manners._is_terminal", lambda _: True)
    monkeypatch.setattr("sys.stdin", StringIO(typed or "\n"))
    monkeypatch.delenv("CI", raising=False)

    done = call(*WITHDRAW)

    assert done.code == code
    assert "Type the contributor id to go on" in done.err
    assert ("nothing was changed" in done.err) == bool(code)
    assert (_hits(project) == {}) == (code == 0)


def test_a_real_terminal_asks_too(project: Path) -> None:
    ended, screen = at_terminal(["withdraw", SLUG], typed="y\n", cwd=project)

    assert ended == 2, screen
    assert "Type the name to go on" in screen
    assert not (project / "feeds/withdrawn.yaml").exists()


def test_who_stops_it_is_told_how_it_goes_on(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("peru_media.withdrawals.time.sleep", stop)
        stopped = call(*WITHDRAW, "--confirm", "c-017")

    assert stopped.code == 130
    assert "the same command goes on" in stopped.err
    assert call(*WITHDRAW, "--confirm", "c-017").code == 0
    assert _hits(project) == {}


def test_the_look_from_outside_is_told(call: Call, project: Path) -> None:
    with empty_server() as url:
        edit(project / "feeds/site.yaml", NOWHERE, url)
        done = call(*WITHDRAW, "--confirm", "c-017")

    assert done.code == 0
    assert "addresses answer 410 or 404" in done.out


def test_what_still_answers_is_told_and_can_be_asked_again(
    call: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peru_media.publishing.withdrawing.proof._PATIENCE", 0.0)
    with empty_server(status=200) as url:
        edit(project / "feeds/site.yaml", NOWHERE, url)
        done = call(*WITHDRAW, "--confirm", "c-017")

    assert done.code == 8
    assert "answers 200" in done.out
    assert "run the same command again" in done.err
    assert _hits(project) == {}
    assert call(*WITHDRAW, "--confirm", "c-017").code == 0


def test_a_show_that_names_them_is_told(call: Call, project: Path) -> None:
    show = project / "feeds/stories/show.md"
    edit(show, "explicit: false\n", f"explicit: false\npeople: [{{name: {NAME}}}]\n")
    assert call("publish", "--yes").code == 0
    edit(show, f"name: {NAME}", "contributor: c-017")

    looked = call(*WITHDRAW, "--dry-run")

    assert "The show stories names them" in looked.out
