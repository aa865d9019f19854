"""The real command, killed in the middle of a publish, harms nobody."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.torture.kills import all_points, at_folder, play

POINTS = 2


def test_a_publish_that_is_killed_breaks_nothing_and_goes_on(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with at_folder(tmp_path) as place:
        points = all_points(place)
        chosen = random.Random(6).sample(points[:-2], POINTS)  # noqa: S311  (to be repeated)
        tally = play(place, [*chosen, *points[-2:]])

    record_property("figure", f"folder: {tally}")
    assert tally.points == POINTS + 2
    assert tally.polls > POINTS
    assert tally.faults == 0
