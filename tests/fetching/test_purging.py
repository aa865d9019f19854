"""Caches are told by HTTP or by a command, and no shell ever sees an address."""

import sys
from pathlib import Path

import pytest

from peru_media.fetching import WebFetcher
from peru_media.fetching.purging import CommandPurge, HttpPurge
from tests.fetching.loopback import Asked, Reply, serving

EVIL = "http://127.0.0.1:9/$(touch evil);`id` &&|'\"<>"


def _writer(path: Path) -> str:
    """A command that writes down what it is given."""
    code = f"import sys; open({str(path)!r}, 'a').write(repr(sys.argv[1:]) + '\\\\n')"
    return f'"{sys.executable}" -c "{code}"'


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [(" --url {url} now", ["--url", EVIL, "now"]), ("", [EVIL])],
)
def test_a_command_gets_the_address_as_one_argument(
    tmp_path: Path, tail: str, wanted: list[str]
) -> None:
    out = tmp_path / "out"

    failures = CommandPurge(_writer(out) + tail)([EVIL])

    assert failures == ()
    assert out.read_text() == f"{wanted!r}\n"
    assert not Path("evil").exists()


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("false {url}", "ended with 1"),
        ("no-such-program-here {url}", "did not run"),
        ('"unclosed', "cannot be read"),
    ],
)
def test_a_command_that_fails_is_told(command: str, word: str) -> None:
    (said,) = CommandPurge(command)(["http://127.0.0.1:9/x"])

    assert word in said


def test_each_address_is_asked_with_purge() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(status=200 if asked.path == "/fine" else 405)

    with serving(answer) as site:
        purge = HttpPurge(WebFetcher(allowed=frozenset({site.url})))
        said = purge([f"{site.url}/fine", f"{site.url}/not"])

    assert {(one.method, one.path) for one in site.asked} == {
        ("PURGE", "/fine"),
        ("PURGE", "/not"),
    }
    assert said == (f"{site.url}/not: PURGE answers 405",)


def test_a_cache_that_is_away_is_told() -> None:
    purge = HttpPurge(WebFetcher(allowed=frozenset({"http://127.0.0.1:9"})))

    (said,) = purge(["http://127.0.0.1:9/x"])

    assert "127.0.0.1" in said
