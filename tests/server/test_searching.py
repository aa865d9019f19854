"""A search ends in time, with what it has found by then."""

import sqlite3

import pytest

from peru_media.rendering.findable import Findable
from peru_media.rendering.search_file import search_file
from peru_media.rendering.search_lines import Kind, Line
from peru_media.server.search_file import SearchFile
from peru_media.server.search_query import Query, query_of
from peru_media.server.searching import Search


def _file(count: int, *, lines: int = 1, words: str = "bread") -> SearchFile:
    pages = [
        Findable(
            id=f"{number:05}",
            kind="episode",
            path=f"/stories/story-{number}",
            title=f"Story {number}",
            language="en-GB",
            timezone="Europe/London",
            shows=("stories",),
        )
        for number in range(count)
    ]
    line = Line(Kind.SPOKEN, words, start=1)
    return SearchFile(search_file(pages, lambda _: [line] * lines))


def _search(*files: SearchFile, query: Query, late: bool = False) -> Search:
    return Search(files=files, lane=0, query=query, now=1e9, late=lambda: late)


def test_when_it_is_late_it_is_content_with_what_it_found() -> None:
    file = _file(3, lines=1500)

    found = _search(file, query=query_of("bread"), late=True).found()

    assert not found.complete
    assert len(found.hits) < 3


def test_of_very_many_lines_it_takes_the_first() -> None:
    file = _file(5, lines=1000)

    found = _search(file, query=query_of("bread")).found()

    assert not found.complete
    assert sum(len(hit.lines) for hit in found.hits) == 2000


def test_all_files_are_searched_and_the_best_pages_come_first() -> None:
    one, other = _file(2, words="bread and more bread"), _file(2)
    search = _search(one, other, query=query_of("bread"))

    found = search.found()

    assert found.complete
    assert len(found.hits) == 4
    assert found.hits == sorted(found.hits, key=lambda hit: hit.score)
    results = [search.result(hit) for hit in found.hits]
    assert {one.path for one in results} == {"/stories/story-0", "/stories/story-1"}
    assert {one.since for one in results} == {None}


def test_a_very_long_line_is_shown_in_part() -> None:
    file = _file(1, words=f"{'w' * 5000} bread")
    search = _search(file, query=query_of("bread"))

    (hit,) = search.found().hits
    (excerpt,) = search.result(hit).excerpts

    assert [words for words, fits in excerpt.pieces if fits] == ["bread"]
    assert sum(len(words) for words, _ in excerpt.pieces) <= 600


def test_a_fault_of_ours_is_not_hidden() -> None:
    search = _search(_file(1), query=Query("x", ('"',)))

    with pytest.raises(sqlite3.OperationalError):
        search.found()
