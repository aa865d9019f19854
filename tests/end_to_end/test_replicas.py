"""Several servers of one bucket behind nginx, as docs/running sets it up."""

from collections.abc import Callable
from pathlib import Path

from tests.newsroom import Newsroom
from tests.seaweed import Seaweed
from tests.torture.replicas import play


def test_servers_turn_together_and_none_is_missed(
    tmp_path: Path,
    seaweed: Seaweed,
    record_property: Callable[[str, object], None],
) -> None:
    def say(line: str) -> None:
        record_property("figure", line)

    record_property("part", "nginx (cache in front)")
    with Newsroom.opened(tmp_path) as newsroom:
        bucket = seaweed.make_bucket(versioned=True)
        play(newsroom, bucket, say, rounds=2, poll_seconds=1, seconds=10)
