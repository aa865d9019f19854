"""Somebody withdraws, and nginx in front had kept what they said."""

from collections.abc import Callable
from pathlib import Path

from tests.newsroom import Newsroom
from tests.seaweed import Seaweed
from tests.torture.edge import withdrawn_behind_nginx


def test_nothing_is_left_in_the_bucket_nor_in_nginx(
    tmp_path: Path,
    seaweed: Seaweed,
    record_property: Callable[[str, object], None],
) -> None:
    def say(line: str) -> None:
        record_property("figure", line)

    with Newsroom.opened(tmp_path) as newsroom:
        withdrawn_behind_nginx(newsroom, seaweed, say, episodes=3, releases=2)
