"""What is secret in the address of a feed reaches no screen, report or file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_media import check_feed
from tests.checks.feed.samples import feed
from tests.cli.calls import COMMAND, at_terminal
from tests.cli.conftest import Call
from tests.fetching.loopback import Asked, Loopback, Reply
from tests.projects import write_project
from tests.stranger import stranger

CANARY = "canary0123456789"
FORMS = ["text", "json", "junit", "sarif", "github"]
PATHS = [f"/feed.xml?token={CANARY}&a=b", f"/private/{CANARY}/feed.xml"]


def _fed(asked: Asked, _reply: Reply) -> Reply:
    """A feed whose addresses hold the secret of its own, as those of hosts do."""
    own = f"http://{asked.headers['host']}"
    text = feed(
        channel={
            "link": f"<link>{own}/a?b=c&amp;token={CANARY}</link>",
            "self": f'<atom:link rel="self" href="{own}/?token={CANARY}"/>',
        }
    ).replace("https://example.org/a", f"{own}{asked.path.partition('?')[0]}/{CANARY}")
    return Reply(body=text.encode())


def _moved(asked: Asked, _reply: Reply) -> Reply:
    place = f"http://{asked.headers['host']}/feed.xml?sig={CANARY}"
    return Reply(status=302, headers={"Location": place})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Loopback]:
    feeds = {path.partition("?")[0]: _fed for path in PATHS}
    with stranger(changes={**feeds, "/moved": _moved}) as site:
        write_project(tmp_path / "project", episodes=1, base_url=site.url)
        yield site


@pytest.mark.parametrize("path", [*PATHS, f"/moved?key={CANARY}"])
@pytest.mark.parametrize("form", FORMS)
def test_no_form_tells_it(
    form: str,
    path: str,
    call: Call,
    site: Loopback,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path / "project")
    url = f"{site.url}{path}"

    called = call("check", url, "--online", "--format", form)
    call("check", url, "--format", form, "--out", str(tmp_path / "report"))

    assert called.code == 3, called.err
    assert CANARY not in called.out + called.err
    assert CANARY not in (tmp_path / "report").read_text()
    assert any(CANARY in asked.path for asked in site.asked)


@pytest.mark.parametrize(
    "url",
    [
        f"https://ann:{CANARY}@example.org/f",
        f"https://{CANARY}@example.org/f",
        f"https://ann:{CANARY}/x@example.org/f",
        f"ftp://ann:{CANARY}@example.org/f?token={CANARY}",
        f"http://127.0.0.1:1/f?token={CANARY}",
        f"http://127.0.0.1:1/private/{CANARY}/feed.xml",
        f"https://exa mple.org/?{CANARY}",
    ],
)
def test_no_error_tells_it(url: str, call: Call) -> None:
    plain, as_json = call("check", url), call("check", url, "--json")

    assert {plain.code, as_json.code} <= {2, 5}
    assert CANARY not in plain.out + plain.err + as_json.out + as_json.err


def test_no_bar_tells_it(site: Loopback, tmp_path: Path) -> None:
    words = [*COMMAND, "check", f"{site.url}{PATHS[0]}", "--online"]

    _, screen = at_terminal(words, typed="", cwd=tmp_path / "project", whole=True)

    assert CANARY not in screen
    assert "/feed.xml?…" in screen


@pytest.mark.parametrize("data", [feed().encode(), b"<!DOCTYPE x><rss/>", b"{}"])
def test_the_judge_of_bytes_does_not_tell_it(data: bytes) -> None:
    url = f"https://ann:{CANARY}@example.org/f?token={CANARY}"

    problems = check_feed(data, url=url)

    assert problems
    assert CANARY not in str([str(one) for one in problems])
    assert {one.place.path for one in problems} == {"https://example.org/f?…"}
