"""What tests of every floor may ask for."""

import signal
from collections.abc import Generator, Iterator

import pytest

from tests.seaweed import Seaweed
from tests.seaweed import seaweed as _seaweed
from tests.watching import resting, resting_children

__all__ = ["seaweed"]

# Real servers, browsers and long rounds of what is watched elsewhere, line by line:
# there, coverage would take as much time again and find nothing more.
UNWATCHED = (
    "tests/end_to_end/",
    "tests/judges/",
    "tests/leaks/",
    "tests/pages/",
    "tests/publishing/test_colleagues.py",
    "tests/publishing/test_crashes.py",
    "tests/publishing/test_full_disk.py",
    "tests/publishing/test_kills.py",
    "tests/publishing/test_undo_sequences.py",
    "tests/publishing/withdrawing/test_cuts.py",
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let coverage rest where it would find nothing."""
    rest = item.nodeid.startswith(UNWATCHED)
    with resting(rest), resting_children(rest):
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _heard_signals() -> Iterator[None]:
    """Let programs that tests start hear SIGINT.

    A shell in the background has its children ignore it, and theirs would too.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def seaweed(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Seaweed]:
    """One real S3 store for the whole run; the usual AWS variables lead to it."""
    base = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # one of several workers of pytest-xdist
        base = base.parent
    with _seaweed(base / "seaweed") as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment().items():
            patch.setenv(name, value)
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the real parts that ran and the figures that were measured.

    A test says them by ``record_property("part", …)`` and
    ``record_property("figure", …)``, and what each reader of feeds reads by
    ``"reader"``; they reach here from every worker.
    """
    titles = {
        "part": "real parts that ran",
        "reader": "tags, and who reads them",
        "figure": "figures",
    }
    said: dict[str, set[str]] = {name: set() for name in titles}
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", ()):
            said.get(name, set()).add(str(value))
    for name, title in titles.items():
        if said[name]:
            terminalreporter.section(title)
            for value in sorted(said[name]):
                terminalreporter.line(f"  {value}")
