"""Long lists are cut into blocks that stay as they are when others change."""

import pytest

from peru_media.rendering.cuts import cuts


def _blocks(names: list[str]) -> list[tuple[str, ...]]:
    found = cuts(names, shortest=10, longest=30)
    return [tuple(names[start:end]) for start, end in found]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 29, 30, 31, 500])
def test_blocks_are_all_of_the_list_in_its_order(count: int) -> None:
    names = [f"name-{number}" for number in range(count)]

    blocks = _blocks(names)

    assert [name for block in blocks for name in block] == names
    assert all(10 <= len(block) <= 30 for block in blocks[:-1])
    assert all(block for block in blocks)


@pytest.mark.parametrize("place", [0, 137, 499])
def test_one_more_name_changes_two_blocks_at_most_nearly_always(place: int) -> None:
    names = [f"name-{number}" for number in range(500)]
    before = set(_blocks(names))

    after = _blocks([*names[:place], "new", *names[place:]])

    assert len(set(after) - before) <= 3
    assert len(set(after) & before) >= len(before) - 3
