"""What was withdrawn is found again by hashes alone."""

from datetime import UTC, datetime

import pytest

from peru_media.model import graves
from peru_media.model.files import TombstoneField
from peru_media.model.graves import (
    Graves,
    path_hash,
    tombstone_field,
    unearthed,
    united,
)
from peru_media.model.release import Tombstone
from peru_media.model.value import digest

AT = datetime(2026, 11, 23, 14, tzinfo=UTC)
GUID = digest(b"guid-of-amy")
STONE = Tombstone(
    guid=GUID,
    at=AT,
    id="a" * 20,
    paths=(path_hash("/stories/amy"), path_hash("/media/" + "a" * 20)),
    masters=("b" * 64,),
    copies=("c" * 64,),
)
GRAVES = Graves((STONE,))


@pytest.mark.parametrize(
    "path",
    [
        "/stories/amy",
        "/stories/amy/",
        "/stories/amy/embed",
        "/stories/amy/transcript.vtt",
        "/stories/amy/deeper/still",
        "/stories/amy" + "/x" * 10_000,
        f"/media/{'a' * 20}/{'f' * 20}/amy.mp3",
    ],
)
def test_an_address_is_withdrawn_with_all_that_lies_below_it(path: str) -> None:
    assert GRAVES.hides(path)


@pytest.mark.parametrize(
    "path", ["/", "", "/stories", "/stories/amy-2", "/amy", "stories", "/media"]
)
def test_other_addresses_are_not_withdrawn(path: str) -> None:
    assert not GRAVES.hides(path)


def test_thousands_of_levels_cost_no_more_than_a_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hashed: list[str] = []

    def noted(path: str) -> str:
        hashed.append(path)
        return ""

    monkeypatch.setattr(graves, "path_hash", noted)

    assert not GRAVES.hides("/x" * 10_000)
    assert len(hashed) < 10


def test_without_tombstones_nothing_is_withdrawn() -> None:
    none = Graves()

    assert not none.hides("/stories/amy")
    assert not none.holds(id="a" * 20, guid="guid-of-amy")
    assert not none.owns("public/x/y/z.mp3")


@pytest.mark.parametrize(
    ("name", "guid", "withdrawn"),
    [
        ("a" * 20, "guid-of-amy", True),
        ("a" * 20, "another", True),
        ("f" * 20, "guid-of-amy", False),
        ("f" * 20, "another", False),
    ],
)
def test_an_episode_is_known_by_its_id(
    name: str, guid: str, *, withdrawn: bool
) -> None:
    assert GRAVES.holds(id=name, guid=guid) is withdrawn


def test_where_a_tombstone_has_no_id_the_guid_counts() -> None:
    old = Graves((STONE.model_copy(update={"id": ""}),))

    assert old.holds(id="f" * 20, guid="guid-of-amy")
    assert not old.holds(id="f" * 20, guid="another")
    assert not old.ids


@pytest.mark.parametrize("top", ["public", "held", "state/episodes"])
def test_objects_below_the_id_of_somebody_withdrawn_are_theirs(top: str) -> None:
    assert GRAVES.owns(f"{top}/{'a' * 20}/{'f' * 20}")
    assert not GRAVES.owns(f"{top}/{'b' * 20}/{'a' * 20}")


def test_two_lists_become_one_with_everything_that_both_say() -> None:
    other = Tombstone(
        guid=GUID, at=datetime(2026, 1, 1, tzinfo=UTC), id=STONE.id, copies=("d" * 64,)
    )
    third = Tombstone(guid="0" * 64, at=AT)

    both = united((STONE,), (other, third))

    assert [stone.guid for stone in both] == ["0" * 64, GUID]
    assert both[1].at == other.at
    assert both[1].copies == ("c" * 64, "d" * 64)
    assert both[1].paths == tuple(sorted(STONE.paths))
    assert united((third, other), (STONE,)) == both == united(both, both)


def test_a_tombstone_is_the_same_in_the_file_and_in_the_store() -> None:
    assert unearthed(tombstone_field(STONE)) == STONE
    assert Graves.of([tombstone_field(STONE)], [STONE]) == GRAVES


def test_a_tombstone_counts_though_its_date_cannot_be_read() -> None:
    stone = unearthed(TombstoneField(guid=GUID, at="a while ago"))

    assert (stone.guid, stone.at.year, stone.id) == (GUID, 1970, "")


def test_the_guid_itself_stands_nowhere() -> None:
    assert "amy" not in STONE.model_dump_json()
    assert GRAVES.guids == {GUID}
