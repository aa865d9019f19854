"""A part of ``make fuzz``: hundreds of damaged files, all through real children."""

from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.media.probe import facts_of
from tests.media.anatomy import anatomy, ogg_checked, read_number, with_number
from tests.media.mutations import FORMS, mutated, seeds
from tests.media.trials import MOST_MEMORY, MOST_SECONDS, tried

SEED = 1
FILES = 600
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_file_ends_in_facts_or_one_sentence(
    part: int, record_property: Callable[[str, object], None]
) -> None:
    size = FILES // PARTS

    record = tried(range(part * size, (part + 1) * size), seed=SEED)

    record_property("figure", f"mutated files, part {part + 1} of {PARTS}: {record}")
    assert record.wrong == []
    assert record.computed < MOST_SECONDS
    assert record.ends["out of time"] == 0
    assert max(record.memory) <= MOST_MEMORY
    assert set(record.forms) == set(FORMS)
    assert record.verbs["heard"] > size / 5
    assert 0 < record.refused["probed"] < size * 0.9


def test_every_seed_is_whole_and_its_parts_are_known(tmp_path: Path) -> None:
    for form, files in seeds(tmp_path).items():
        for data in files:
            path = tmp_path / f"seed.{form}"
            path.write_bytes(data)
            found = anatomy(form, data)

            assert "fault" not in facts_of(path)
            assert len(found.parts) >= 3
            assert len(found.numbers) >= 40


def test_the_same_seed_and_number_give_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = seeds(tmp_path / "a"), seeds(tmp_path / "b")

    for number in range(40):
        one = mutated(first, seed=3, number=number)
        assert one.steps == mutated(second, seed=3, number=number).steps
        assert one == mutated(first, seed=3, number=number)
        assert one != mutated(first, seed=4, number=number)


def test_numbers_are_written_as_they_are_read(tmp_path: Path) -> None:
    for form, files in seeds(tmp_path).items():
        for number in anatomy(form, files[0]).numbers:
            changed = with_number(files[0], number, 5)

            if number.order != "written":
                assert len(changed) == len(files[0])
                assert read_number(changed, number) == 5


def test_checksums_of_ogg_pages_are_those_that_encoders_write(tmp_path: Path) -> None:
    for data in seeds(tmp_path)["ogg"]:
        assert ogg_checked(data) == data
