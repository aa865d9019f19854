"""Bytes become text, fields and body, or one plain sentence."""

from pathlib import Path

import pytest

from peru_media.model.problem import Problem
from peru_media.reading.text import LIMIT, Sheet, decode, load, sheet


def parted(text: str) -> Sheet:
    found = sheet(text, "episode.md")
    assert isinstance(found, Sheet)
    return found


def refused(data: bytes) -> Problem:
    found = decode(data, "a.yaml")
    assert isinstance(found, tuple)
    return found[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_body_keeps_its_own_newlines(newline: str) -> None:
    lines = ["---", "title: x", "---", "", "First", "", "Last"]

    found = parted(newline.join(lines))
    assert found.body == newline.join(lines[3:])
    assert found.body_line == 4
    assert found.fields == "\n" + "title: x" + newline


def test_a_body_may_be_missing_and_hyphens_may_trail_spaces() -> None:
    found = parted("--- \ntitle: x\n---  ")

    assert (found.body, found.body_line) == ("", 3)


def test_a_rule_in_the_body_does_not_close_the_fields_again() -> None:
    assert parted("---\na: b\n---\none\n---\ntwo\n").body == "one\n---\ntwo\n"


def test_what_cannot_be_seen_may_stand_in_the_body_where_markdown_takes_it() -> None:
    assert parted("---\na: b\n---\none\u2028two\ufeff\n").body == "one\u2028two\ufeff\n"


def test_a_byte_order_mark_in_front_is_no_problem() -> None:
    assert decode(b"\xef\xbb\xbf---\n", "episode.md") == "---\n"


def test_a_file_of_the_limit_is_read_and_one_byte_more_is_not() -> None:
    assert decode(b"x" * LIMIT, "a.yaml") == "x" * LIMIT

    problem = refused(b"x" * (LIMIT + 1))
    assert str(problem).startswith("a.yaml:1:1 error E118 ")
    assert problem.fix


def test_a_place_counts_characters_not_bytes() -> None:
    problem = refused("é\nüü".encode() + b"\xff")

    assert (problem.place.line, problem.place.column) == (2, 3)


def test_many_invisible_characters_are_told_at_once_but_not_without_end() -> None:
    three = decode(b"\x01\n\x02\n\x03", "a.yaml")
    many = decode(b"\x00" * 500, "a.yaml")

    assert [p.place.line for p in three if isinstance(p, Problem)] == [1, 2, 3]
    assert len(many) == 10


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    found = load(tmp_path, "feeds/site.yaml")

    assert isinstance(found, Problem)
    assert found.code == "E100"
    assert "directory" in found.what.lower()


def test_never_much_more_than_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as opened:
        opened.truncate(50 * LIMIT)

    data = load(file, "large.yaml")
    assert isinstance(data, bytes)
    assert len(data) == LIMIT + 1
