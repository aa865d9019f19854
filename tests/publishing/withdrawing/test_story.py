"""A withdrawal takes somebody out of everything, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leaving import (
    FOLDER,
    Leaving,
    asking,
    found_in,
    objects_in,
    write_leaver,
)
from tests.newsroom import Newsroom


@pytest.fixture
def leaving(tmp_path: Path) -> Iterator[Leaving]:
    """A project of two stories and of one who leaves, published three times."""
    with Newsroom.opened(tmp_path) as room:
        write_leaver(room)
        room.publish()
        page = f"{FOLDER}/episode.md"
        room.edit(page, "title: Marmalade Lighthouse", "title: Marmalade Lighthouse II")
        room.publish()
        room.edit("episodes/story-1/episode.md", "title: Story 1", "title: Story one")
        room.publish()
        yield Leaving(room)


def test_nothing_of_them_is_left_in_the_store(leaving: Leaving) -> None:
    room = leaving.room
    assert len(found_in(objects_in(room.store))) > 10

    with asking(room.store, room.clock) as fetcher:
        leaving.fetchers["local"] = fetcher
        done = leaving.withdraw()

    assert found_in(objects_in(room.store)) == {}
    assert (done.left, done.proven) == ({}, True)
    (gone,) = done.gone
    assert gone.failures == ()
    assert {one.status for one in gone.asked} <= {404, 410}
    assert len(gone.asked) >= 20
