import json
from pathlib import Path

import pytest

from tests.cli.calls import NOWHERE, edit
from tests.cli.conftest import Call

pytestmark = pytest.mark.usefixtures("made")

OTHER = "http://127.0.0.1:7"
SITE = "feeds/site.yaml"


@pytest.mark.parametrize("words", [["--port", "7"], ["--base-url", OTHER]])
def test_the_address_of_a_publish_lasts(call: Call, words: list[str]) -> None:
    assert call("publish", "--yes", *words).code == 0

    for verb in ("plan", "publish", "status"):
        later = call(verb, "--json")
        assert later.code == 0
        assert f"At {OTHER}, as last time. {SITE} says {NOWHERE}: " in later.err
    assert call("plan", "--exit-code").code == 0
    assert "as last time" not in call("check").err


@pytest.mark.parametrize("words", [["--port", "9"], ["--base-url", NOWHERE]])
def test_an_address_that_is_said_wins(call: Call, words: list[str]) -> None:
    call("publish", "--yes", "--port", "7")

    back = call("publish", "--yes", *words)

    assert f"{NOWHERE}/stories/feed.xml" in back.out
    assert "as last time" not in back.err + call("plan").err
    assert call("plan", "--exit-code").code == 0


def test_another_address_in_the_file_wins(call: Call, project: Path) -> None:
    call("publish", "--yes", "--port", "7")
    edit(project / SITE, NOWHERE, "http://localhost:6")

    assert "Target local (http://localhost:6)" in call("plan").out


def test_only_a_publish_makes_an_address_last(call: Call) -> None:
    call("plan", "--port", "7")
    call("publish", "--dry-run", "--port", "7")

    assert f"Target local ({NOWHERE})" in call("plan").out


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"site": 1}'])
def test_a_damaged_memory_of_an_address_is_none(
    call: Call, project: Path, text: str
) -> None:
    call("publish", "--yes", "--port", "7")
    (project / ".peru-media/address-local.json").write_text(text)

    assert f"Target local ({NOWHERE})" in call("plan").out


def test_a_port_keeps_the_rest_of_the_address(call: Call, project: Path) -> None:
    edit(project / SITE, NOWHERE, "http://[::1]:6/media")

    assert "Target local (http://[::1]:7/media)" in call("plan", "--port", "7").out


def test_a_port_is_for_this_computer(call: Call, project: Path) -> None:
    edit(project / SITE, NOWHERE, "https://media.example.ac.uk")

    called = call("publish", "--yes", "--port", "7")

    assert called.code == 2
    assert "--port is for this computer, and target local is elsewhere" in called.err


@pytest.mark.parametrize("verb", ["plan", "publish", "build"])
@pytest.mark.parametrize(
    "url", ["notaurl", "ftp://x", "http://[::1", "http://127.0.0.1:99999"]
)
def test_an_option_that_is_no_address_is_2(call: Call, verb: str, url: str) -> None:
    called = call(verb, "--base-url", url)

    assert called.code == 2
    assert f'"{url}" is no address of a site: write it like' in called.err


@pytest.mark.parametrize("verb", ["plan", "publish", "status", "serve"])
@pytest.mark.parametrize("port", ["0", "99999", "abc"])
def test_what_is_no_port_is_2(call: Call, verb: str, port: str) -> None:
    called = call(verb, "--port", port)

    assert called.code == 2
    assert "'--port'" in called.err


def test_a_plan_that_was_saved_for_another_address_keeps_it_for_all(
    call: Call, project: Path
) -> None:
    plan = project / "plan.json"
    call("plan", "--port", "7", "--out", str(plan))
    assert json.loads(plan.read_text())["base_url"] == OTHER

    call("publish", "--yes", str(plan))

    assert f"Target local ({OTHER})" in call("plan").out
