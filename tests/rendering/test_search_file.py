"""The file that a server searches: the same bytes each time, complete, in blocks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from peru_media.rendering.findable import Findable
from peru_media.rendering.search_file import (
    PAGE_OF_LINE,
    SEARCH_FORMAT,
    kind_in,
    page_in,
    search_blocks,
    search_file,
)
from peru_media.rendering.search_lines import Kind, Line
from tests.sources import NOON


def _page(number: int, **change: object) -> Findable:
    fields: dict[str, object] = {
        "id": f"{number:020x}",
        "kind": "episode",
        "path": f"/stories/story-{number}",
        "title": f"Story {number}",
        "language": "en-GB",
        "timezone": "Europe/London",
        "show": "Stories",
        "shows": ("stories", "more"),
        "since": NOON + timedelta(days=number),
    }
    return Findable.model_validate(fields | change)


def _lines(page: Findable) -> list[Line]:
    said = Line(Kind.SPOKEN, f"The café of {page.title}.", "Mei", 134, "Mei")
    return [Line(Kind.TITLE, page.title, page.show), said, said._replace(start=140)]


@contextmanager
def _opened(data: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as file:
        file.deserialize(data)
        yield file


def test_the_same_pages_make_the_same_bytes_in_whatever_order() -> None:
    pages = [_page(number) for number in range(20)]

    assert search_file(pages, _lines) == search_file(pages[::-1], _lines)


@pytest.mark.parametrize("word", ["cafe", "café", "CAFÉ", "caf*", "ca*"])
def test_words_are_found_without_their_accents_and_by_their_beginning(
    word: str,
) -> None:
    asked = f'"{word.rstrip("*")}"{"*" if word.endswith("*") else ""}'
    with _opened(search_file([_page(1)], _lines)) as file:
        found = file.execute("SELECT rowid FROM found WHERE found MATCH ?", (asked,))
        assert len(found.fetchall()) == 2


def test_titles_come_before_what_is_said_and_the_newest_page_first() -> None:
    with _opened(search_file([_page(1), _page(2)], _lines)) as file:
        told = file.execute("SELECT id, start, words FROM line ORDER BY id")
        titles = file.execute("SELECT title FROM page ORDER BY id")
        assert [(kind_in(n), page_in(n), *line) for n, *line in told] == [
            (0, 1, None, "Story 2"),
            (0, 2, None, "Story 1"),
            (4, 1, 134, "The café of Story 2."),
            (4, 1, 140, "The café of Story 2."),
            (4, 2, 134, "The café of Story 1."),
            (4, 2, 140, "The café of Story 1."),
        ]
        assert titles.fetchall() == [("Story 2",), ("Story 1",)]
        pages = file.execute(f"SELECT {PAGE_OF_LINE} FROM line ORDER BY id")  # noqa: S608  # our own words
        assert [page for (page,) in pages] == [1, 2, 1, 1, 2, 2]


def test_a_page_says_where_it_lies_and_while_when() -> None:
    end = NOON + timedelta(days=9)
    pages = [_page(1, until=end), _page(2, since=None, show="", shows=("stories",))]
    with _opened(search_file(pages, _lines)) as file:
        columns = "path, show, shows, since, until"
        found = file.execute(f"SELECT {columns} FROM page ORDER BY id").fetchall()  # noqa: S608  # our own words
        (version,) = file.execute("PRAGMA user_version").fetchone()

    day = int((NOON + timedelta(days=1)).timestamp())
    assert found == [
        ("/stories/story-1", "Stories", " stories more ", day, int(end.timestamp())),
        ("/stories/story-2", "", " stories ", 0, None),
    ]
    assert version == SEARCH_FORMAT


def test_a_site_without_anything_has_no_file() -> None:
    assert list(search_blocks([])) == []


def test_a_change_makes_one_block_anew() -> None:
    pages = [_page(number) for number in range(1000)]
    before = {block.made_from for block in search_blocks(pages)}

    pages[500] = _page(500, title="Another")
    after = list(search_blocks(pages))

    assert len(after) > 2
    assert [page for block in after for page in block.pages] == pages
    assert len({block.made_from for block in after} - before) == 1
