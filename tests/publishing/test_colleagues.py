"""Of colleagues who publish at once one wins, and nothing of the others is lost."""

from collections.abc import Callable

from tests.newsroom import Newsroom
from tests.torture.colleagues import play

ROUNDS = 2
COLLEAGUES = 6


def test_one_of_many_wins_each_round_and_no_story_is_lost(
    newsroom: Newsroom, record_property: Callable[[str, object], None]
) -> None:
    tally = play(newsroom, lambda: newsroom.store, rounds=ROUNDS, count=COLLEAGUES)

    record_property("figure", f"at once: {tally}")
    assert tally.winners == [1] * ROUNDS
    assert tally.untold == []
    assert tally.lost == 0
