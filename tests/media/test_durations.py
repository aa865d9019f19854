"""Durations against a full decode; each file that is not exact is named, with why."""

from collections.abc import Callable
from pathlib import Path

from tests.media.durations import OUTSIDE, PLACE, Row, page, rows


def test_durations_are_those_of_a_full_decode(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    found = list(rows(tmp_path))

    for group in dict.fromkeys(row.group for row in found):
        here = [row for row in found if row.group == group]
        near, theirs = (sum(one) for one in zip(*map(_marks, here), strict=True))
        told = f"{near} of {len(here)} within 0.05 s of a full decode"
        record_property("figure", f"durations of {group}: {told}; mutagen {theirs}")
    outside = [row for row in found if not row.near]
    for row in outside:
        record_property("figure", f"durations, outside: {row}: {OUTSIDE[row.name]}")
    assert {row.name for row in outside} == set(OUTSIDE)
    assert len(outside) / len(found) < 0.05
    assert PLACE.read_text() == page(found), "make golden, and read the difference"


def _marks(row: Row) -> tuple[bool, bool]:
    return row.near, row.mutagen_near
