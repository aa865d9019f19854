"""The store's formats: a store in use is dear to change, so they stand here."""

import json
from datetime import timedelta
from typing import Any

import pytest

from peru_media.model.release import (
    Current,
    Ledger,
    LedgerEntry,
    Part,
    Root,
    TablePart,
    Tombstone,
    Version,
    parse_table,
    root_key,
    shared_key,
    table_bytes,
    table_content,
    version_at,
)
from tests.sources import NOON, SHA, public_episode

DAY = timedelta(days=1)


def version(**change: Any) -> Version:
    fields: dict[str, Any] = {
        "since": NOON,
        "key": "state/shared/a",
        "type": "text/html; charset=utf-8",
        "size": 10,
        "sha256": SHA,
        "cache": "page",
    }
    return Version(**fields | change)


TABLE = {
    "/": (version(), version(since=NOON + DAY, key="state/shared/b")),
    "/gone": (Version(since=NOON, gone="withdrawn"),),
}


def root(**change: Any) -> Root:
    part = Part(key="state/shared/p", sha256=SHA)
    table = TablePart(key="state/shared/t", sha256=SHA, content=SHA, changed=NOON)
    fields: dict[str, Any] = {
        "number": 7,
        "made": NOON,
        "by": "jo",
        "base_url": "https://media.example.ac.uk",
        "tables": {"site": table},
        "ledger": part,
        "source": part,
        "tombstones": (Tombstone(guid=SHA, at=NOON),),
        "complete_until": NOON + 90 * DAY,
    }
    return Root(**fields | change)


def test_a_table_is_written_as_the_design_has_it() -> None:
    assert json.loads(table_bytes(TABLE)) == {
        "format": 1,
        "paths": {
            "/": [
                {
                    "from": "2026-11-02T12:00:00Z",
                    "key": "state/shared/a",
                    "type": "text/html; charset=utf-8",
                    "size": 10,
                    "sha256": SHA,
                    "cache": "page",
                },
                {
                    "from": "2026-11-03T12:00:00Z",
                    "key": "state/shared/b",
                    "type": "text/html; charset=utf-8",
                    "size": 10,
                    "sha256": SHA,
                    "cache": "page",
                },
            ],
            "/gone": [{"from": "2026-11-02T12:00:00Z", "gone": "withdrawn"}],
        },
    }


def test_a_table_reads_back_as_it_was() -> None:
    assert parse_table(table_bytes(TABLE)) == TABLE


def test_current_is_written_as_the_design_has_it() -> None:
    current = Current(release=7, key="releases/7-aa.json", sha256=SHA)

    assert json.loads(current.to_bytes()) == {
        "format": 1,
        "release": 7,
        "key": "releases/7-aa.json",
        "sha256": SHA,
        "erasing": [],
    }
    assert Current.from_bytes(current.to_bytes()) == current


def test_a_root_names_its_parts_by_key_and_hash() -> None:
    written = json.loads(root().to_bytes())

    assert written["tables"]["site"] == {
        "key": "state/shared/t",
        "sha256": SHA,
        "content": SHA,
        "listed": True,
        "changed": "2026-11-02T12:00:00Z",
    }
    assert set(written) == {
        "format", "number", "made", "by", "previous", "base_url", "tables",
        "private", "listeners", "ledger", "source", "search", "imprint", "notices",
        "tombstones", "complete_until",
    }  # fmt: skip
    assert Root.from_bytes(root().to_bytes()) == root()


def test_a_ledger_reads_back_as_it_was() -> None:
    entry = LedgerEntry(
        show="s",
        guid="g",
        id="0" * 20,
        name="a",
        slug="b",
        first=NOON,
        made_from=SHA,
        enclosure=public_episode().enclosure,
        retired=NOON + DAY,
    )
    ledger = Ledger(shows={"stories": "s"}, episodes={entry.id: entry})

    assert Ledger.from_bytes(ledger.to_bytes()) == ledger
    assert json.loads(ledger.to_bytes())["format"] == 1


def test_the_content_of_a_table_has_no_present_date() -> None:
    later = {"/": (version(since=NOON + DAY / 2), *TABLE["/"][1:])} | {
        "/gone": TABLE["/gone"]
    }

    assert table_content(TABLE, NOON + DAY / 2) == table_content(later, NOON + DAY / 2)


@pytest.mark.parametrize(
    "other",
    [
        {"/": (version(key="state/shared/c"),)},
        {"/": (version(), version(since=NOON + 2 * DAY))},
        {"/": (version(since=NOON + DAY),)},
        {"/a": (version(),)},
    ],
    ids=["other object", "one to come", "not yet", "other path"],
)
def test_the_content_of_a_table_is_all_that_it_says(
    other: dict[str, tuple[Version, ...]],
) -> None:
    assert table_content({"/": (version(),)}, NOON) != table_content(other, NOON)


@pytest.mark.parametrize(
    ("moment", "place"),
    [(-1, None), (0, 0), (12, 0), (24, 1), (1000, 1)],
)
def test_the_version_of_a_moment_is_the_last_that_began(
    moment: int, place: int | None
) -> None:
    held = version_at(TABLE["/"], NOON + timedelta(hours=moment))

    assert held == (None if place is None else TABLE["/"][place])


def test_names_carry_the_hash_of_what_they_name() -> None:
    assert root_key(7, b"x").startswith("releases/7-2d711642b726")
    assert shared_key(b"x") == "state/shared/2d711642b726b04401627ca9fbac32f5c853"[:33]
