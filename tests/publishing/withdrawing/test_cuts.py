"""Wherever a withdrawal is cut off, nothing comes back, and the next run ends it."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.leaving import Template
from tests.torture import withdrawal_kills
from tests.torture.drill import drill
from tests.torture.withdrawal import calls, cut_off, meet

SEED = 20261123


def test_a_withdrawal_that_was_cut_off_anywhere_ends_in_the_same_receipt(
    published: Template, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(SEED)  # noqa: S311  # seeded, so that a fault comes again
    last = calls(published, tmp_path)
    some = sorted(dice.sample(range(1, last + 1), 8))
    points = [(at, dice.choice(("before", "after"))) for at in some]

    cuts = cut_off(published, tmp_path, points)  # type: ignore[arg-type]  # one of two words

    record_property("figure", str(cuts))
    assert (cuts.points, cuts.faults) == (len(points), 0)


def test_a_publish_that_meets_a_withdrawal_leaves_nothing_of_it(
    published: Template, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    points = [(2, False), (3, True), (17, False), (24, True)]

    met = meet(published, tmp_path, points)

    record_property("figure", str(met))
    assert (met.points, met.left) == (len(points), 0)
    assert met.killed >= 1


def test_somebody_leaves_a_folder_of_many_releases(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    drilled = drill(tmp_path, episodes=4, releases=4)

    record_property("figure", str(drilled))
    assert drilled.named > 50
    assert (drilled.left, drilled.answering, drilled.proven) == (0, 0, True)
    assert drilled.asked >= 40


def test_a_real_withdrawal_that_is_killed_is_ended_by_the_next(
    record_property: Callable[[str, object], None],
) -> None:
    said: list[str] = []

    withdrawal_kills.run(said.append, rounds=2)

    record_property("figure", said[0])
    assert "left 0" in said[0]
