import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.served import PROJECT


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of credentials that a person has here."""
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, os.devnull)


def test_each_answer_is_a_line_and_each_fault_says_what_to_do(
    call: Call, project: Path
) -> None:
    before = call("doctor")
    call("publish", "--yes")
    after = call("doctor", "--read-data", "--port", "10")
    folder = project / ".peru-media/store"
    lost = next((folder / "public").rglob("*.mp3"))
    lost.unlink()
    folder.chmod(0o777)
    called, told = call("doctor"), call("doctor", "--json")

    assert before.code == after.code == 0
    assert "warn  nothing is published there yet -> make publish" in before.out
    assert "ok    release 1 is live" in after.out
    assert "objects of the release are read and right" in after.out
    assert "warn  nobody answers at http://127.0.0.1:10 -> make start" in after.out
    assert after.out.splitlines()[-1].startswith("0 FAIL, 1 warning of ")
    assert called.code == told.code == 4
    assert "(docs/storage.md#a-folder)" in called.out
    assert "2 FAIL, 1 warning" in called.out
    assert told.json["schema"] == "peru-media/doctor/1"
    assert told.json["healthy"] is False
    assert told.json["target"] == "local"
    ill = [row for row in told.json["rows"] if row["verdict"] == "FAIL"]
    assert {row["about"] for row in ill} == {"folder", "objects"}
    assert all(row["what"] and row["fix"] and row["docs"] for row in ill)
    assert lost.name in "".join(row["what"] for row in ill)


def test_json_is_one_object_where_all_is_well(call: Call) -> None:
    called = call("doctor", "--json")

    assert called.json["healthy"] is True
    assert called.err == ""


def test_a_target_that_there_is_not_is_said(call: Call) -> None:
    called = call("doctor", "--target", "moon")

    assert called.code == 4
    assert 'no target "moon"' in called.err


def test_every_section_that_an_answer_names_is_there() -> None:
    modules = (PROJECT / "peru_media/publishing/doctor").rglob("*.py")
    text = "".join(path.read_text() for path in modules)
    named = set(re.findall(r"docs/([a-z]+\.md)#([a-z-]+)", text))

    assert len(named) > 10
    for name, anchor in named:
        written = (PROJECT / "docs" / name).read_text()
        headings = re.findall(r"^## (.*)$", written, re.MULTILINE)
        assert anchor in {one.lower().replace(" ", "-") for one in headings}


def test_a_withdrawal_is_rehearsed_and_nothing_of_it_reaches_the_store(
    call: Call, project: Path, record_property: Callable[[str, object], None]
) -> None:
    nothing = call("doctor", "--fire-drill", "--json").json["rows"][-1]
    call("publish", "--yes")
    store = project / ".peru-media/store"
    before = sorted(store.rglob("*"))

    called = call("doctor", "--fire-drill", "--json")

    row = called.json["rows"][-1]
    assert (nothing["about"], nothing["verdict"]) == ("drill", "warn")
    assert (row["about"], row["verdict"]) == ("drill", "ok"), row
    record_property("figure", f"fire drill: {row['what']}")
    assert "objects with its word, 0 of " in row["what"]
    assert sorted(store.rglob("*")) == before
    assert not (project / "feeds/withdrawn.yaml").exists()
