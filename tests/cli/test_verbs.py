import os
import statistics
import subprocess
import sys
from collections.abc import Callable

import click
import pytest

from peru_media import __version__
from peru_media.cli.verbs import VERBS, verbs
from tests.cli.calls import COMMAND

HEAVY = {"av", "boto3", "jinja2", "lxml", "pydantic", "rich", "starlette"}
PLAIN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("COVERAGE_") and name != "PYTHONDONTWRITEBYTECODE"
}


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_a_module_a_help_and_help_for_each_option(name: str) -> None:
    verb = verbs.get_command(click.Context(verbs), name)

    assert verb is not None
    assert verb.name == name
    assert verb.help
    assert all(p.help for p in verb.params if isinstance(p, click.Option))
    assert {"--json", "--no-input", "--debug", "--project"} <= {
        option for param in verb.params for option in param.opts
    }


def test_an_unknown_verb_is_no_verb() -> None:
    assert verbs.get_command(click.Context(verbs), "fly") is None


@pytest.mark.parametrize(
    ("word", "advice"),
    [("chek", " Did you mean check?\n"), ("Plan", "mean plan?\n"), ("xyzzy", '".\n')],
)
def test_a_slip_of_the_keys_is_answered_by_the_verb_like_it(
    word: str, advice: str
) -> None:
    done = _run(word)

    assert done.returncode == 2
    assert f'There is no verb "{word}".' in done.stderr
    assert done.stderr.endswith(advice)


def test_an_unknown_option_of_the_command_is_named() -> None:
    assert "No such option" in _run("--fly").stderr


@pytest.mark.parametrize("words", [["--help"], ["-h"]])
def test_help_names_every_verb_and_every_exit_code(words: list[str]) -> None:
    done = _run(*words)

    assert done.returncode == 0
    lines = {line.split()[0] for line in done.stdout.splitlines() if line.split()}
    assert set(VERBS) <= lines
    assert {"0", "1", "2", "3", "4", "5", "6", "7", "8", "10", "130"} <= lines


def test_version_says_the_version() -> None:
    assert _run("--version").stdout == f"peru-media, version {__version__}\n"


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(word: str) -> None:
    code = (
        "import sys; from peru_media.cli.exits import run; "
        f"run([{word!r}]); print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert not HEAVY & set(done.stderr.split())


def test_help_is_quick(record_property: Callable[[str, object], None]) -> None:
    ours, bare = _seconds(*COMMAND, "--help"), _seconds(sys.executable, "-c", "pass")

    record_property("figure", f"--help: {ours / bare:.1f} x a bare interpreter")
    assert ours < 0.15


def _run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *words], env=PLAIN, capture_output=True, text=True, check=False
    )


def _seconds(*command: str) -> float:
    """Median of the processor time that a command takes; others use the cores too."""
    times = []
    for _ in range(7):
        with subprocess.Popen(command, env=PLAIN, stdout=subprocess.DEVNULL) as run:
            _, _, used = os.wait4(run.pid, 0)
            run.returncode = 0
        times.append(used.ru_utime + used.ru_stime)
    return statistics.median(times)
