"""The real server under attack: part of what ``make torture`` tries, on few lines."""

from collections.abc import Callable, Iterator

import pytest

from tests.torture import attack
from tests.torture._attacked import Attacked, attacked

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    with attacked(tmp_path_factory.mktemp("attacked"), "--log", "json") as server:
        yield server


@pytest.mark.parametrize(
    "attempt",
    [
        attack.try_tricks,
        attack.try_paths,
        lambda server: attack.try_hosts(server, count=1000),
        lambda server: attack.try_ranges(server, count=1000),
    ],
    ids=["tricks", "paths", "hosts", "ranges"],
)
def test_no_request_gets_what_it_should_not(
    server: Attacked, attempt: Callable[[Attacked], str], record_property: Record
) -> None:
    record_property("figure", f"under attack: {attempt(server)}")
    record_property("part", "peru-media serve (granian)")


def test_half_open_lines_are_closed_and_keep_nobody_waiting(
    server: Attacked, record_property: Record
) -> None:
    seen = attack.try_half_open(server, count=200)

    assert seen["left"] == 0
    assert seen["asked"] > 50
    record_property("figure", f"under attack: {attack.told(seen, 200)}")
    record_property("figure", f"under attack: {attack.try_log(server)}")
