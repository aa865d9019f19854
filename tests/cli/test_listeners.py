import json
import shutil
import stat
from pathlib import Path

import pytest

from peru_media.cli.exits import run
from peru_media.cli.labels import forget_others, keep_label, labels
from tests.cli.calls import NOWHERE
from tests.cli.conftest import Call
from tests.private_shows import SHOW, closed_files
from tests.projects import write, write_project

NAME = "Ava of the \x1b[31mreading group"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose private show is published."""
    root = tmp_path_factory.mktemp("closed") / "project"
    write_project(root, episodes=1, base_url=NOWHERE)
    write(root, closed_files())
    assert run(["publish", "--yes", "--project", str(root)]) in {0, 8}
    return root


@pytest.fixture
def closed(published: Path, project: Path) -> Path:
    """A copy of it for this test alone."""
    shutil.rmtree(project)
    shutil.copytree(published, project)
    return project


def test_a_listener_is_let_in_listed_by_name_and_ended(
    call: Call, closed: Path
) -> None:
    added = call("listeners", "add", SHOW, "--name", NAME)
    (address,) = [line for line in added.out.splitlines() if "/private/" in line]
    token = address.strip().split("/")[-2]
    name = added.out.split()[1]

    assert len(token) == 32
    listed = call("listeners", "list", SHOW)
    assert name in listed.out
    assert "Ava of the \\x1b[31mreading group" in listed.out
    assert f"1 listener of {SHOW}." in listed.out
    ended = call("listeners", "revoke", name)
    assert f"The address of listener {name} has ended" in ended.out
    listed = call("listeners", "list", SHOW, "--json").json["listeners"]
    assert [(one["id"], one["name"]) for one in listed] == [(name, None)]
    assert listed[0]["revoked"]
    assert f"0 listeners of {SHOW}." in call("listeners", "list", SHOW).out
    for path in closed.rglob("*"):
        written = path.read_bytes() if path.is_file() else b""
        assert token.encode() not in written, path
        assert b"Ava" not in written, path


def test_the_address_is_told_once_and_as_json_where_asked(
    call: Call, closed: Path
) -> None:
    added = call("listeners", "add", SHOW, "--json").json

    assert added["feed_url"].endswith("/feed.xml")
    assert "feed_url" not in call("listeners", "list", SHOW, "--json").out
    assert not (closed / ".peru-media/listeners.json").exists()


def test_how_to_end_it_names_the_target_where_it_is_another(
    call: Call, closed: Path
) -> None:
    site = closed / "feeds/site.yaml"
    there = site.read_text().split("  local:")[1]
    site.write_text(f"{site.read_text()}  there:{there}")

    added = call("listeners", "add", SHOW, "--target", "there")
    assert "TARGET=there" in added.out, added.err
    assert "TARGET" not in call("listeners", "add", SHOW).out


def test_the_names_are_for_their_owner_alone_and_never_reach_the_store(
    call: Call, closed: Path
) -> None:
    call("listeners", "add", SHOW, "--name", NAME)
    file = closed / ".peru-media/listeners.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    store = closed / ".peru-media/store"
    assert not [
        path
        for path in store.rglob("*")
        if path.is_file() and b"Ava" in path.read_bytes()
    ]


REFUSED = {
    ("add", "stories"): 'No private show "stories" is published there',
    ("list", "nothing"): 'No private show "nothing" is published there',
    ("revoke", "0123456789"): "No listener is called 0123456789",
}


def test_what_cannot_be_is_said_and_changes_nothing(call: Call, closed: Path) -> None:
    before = (closed / ".peru-media/store/current.json").read_bytes()

    for words, said in REFUSED.items():
        called = call("listeners", *words)
        assert called.code == 4
        assert said in called.err
    assert (closed / ".peru-media/store/current.json").read_bytes() == before


@pytest.mark.parametrize("content", ["", "[]", '{"local": 7}', '{"local": {"a": 7}}'])
def test_a_file_of_names_that_is_none_names_nobody(
    tmp_path: Path, content: str
) -> None:
    write(tmp_path, {".peru-media/listeners.json": content})

    assert labels(tmp_path, "local") == {}
    keep_label(tmp_path, "local", "a1", "Ava")
    keep_label(tmp_path, "production", "b2", "Ben")
    forget_others(tmp_path, "local", ())
    assert json.loads((tmp_path / ".peru-media/listeners.json").read_text()) == {
        "local": {},
        "production": {"b2": "Ben"},
    }
