"""A publish that finds no room, or may not write, loses nothing and says why."""

from collections.abc import Callable
from pathlib import Path

from tests.torture.disks import play, play_builds, play_sealed
from tests.torture.kills import at_folder


def test_a_publish_without_room_loses_nothing_and_says_why(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with at_folder(tmp_path) as place:
        full = play(place, [5_000, 6_000])
        sealed = play_sealed(place, what="store")
        built = play_builds(place, [5_000, 90_000])

    record_property("figure", f"publishes on a full disk {full}")
    record_property("figure", f"publishes to a read-only store {sealed}")
    record_property("figure", built)
    assert (full.broken, full.unsaid) == (0, [])
    assert {4, 5} <= {*full.codes}
    assert (sealed.broken, sealed.unsaid, sealed.codes) == (0, [], [4])
