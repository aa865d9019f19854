"""The files that a server searches: SQLite, with an index of every word (FTS5).

Pages are searched in blocks, a file each, so that a change makes one of them anew.
A file is the same whoever makes it with the same SQLite; with another it says the
same. So a file that is live is known by what it was made from, and stays.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from peru_media.model.value import digest
from peru_media.rendering.cuts import cuts
from peru_media.rendering.findable import Findable
from peru_media.rendering.search_lines import Line, lines_key

__all__ = [
    "PAGE_OF_LINE",
    "SEARCH_FORMAT",
    "SearchBlock",
    "kind_in",
    "page_in",
    "search_blocks",
    "search_file",
]

SEARCH_FORMAT = 1
"""``user_version`` of the files; raise it when a server must read them otherwise."""

_SHORTEST, _LONGEST = 64, 256
_PAGE_BITS, _PLACE_BITS = 16, 24  # of a line's number, below its kind
_PAGES = (1 << _PAGE_BITS) - 1

PAGE_OF_LINE = f"(rowid >> {_PLACE_BITS}) & {_PAGES}"
"""The page that a line belongs to, in SQL."""

_SCHEMA = """
    PRAGMA page_size = 4096;
    PRAGMA encoding = 'UTF-8';
    CREATE TABLE page (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL,
        title TEXT NOT NULL, brief TEXT NOT NULL,
        language TEXT NOT NULL, timezone TEXT NOT NULL,
        show TEXT NOT NULL, shows TEXT NOT NULL,
        since INTEGER NOT NULL, until INTEGER
    );
    CREATE TABLE speaker (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE line (
        id INTEGER PRIMARY KEY, start INTEGER, speaker INTEGER, words TEXT NOT NULL
    );
    CREATE VIEW told AS SELECT id, words, '' AS context FROM line;
    CREATE VIRTUAL TABLE found USING fts5 (
        words, context, content = 'told', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    );
"""
_PAGE = "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class SearchBlock:
    """Pages that are searched in one file, and what that file is known by."""

    made_from: str
    pages: Sequence[Findable]


def search_blocks(pages: Sequence[Findable]) -> Iterator[SearchBlock]:
    """Cut the pages, which stand in the order of their ids, into blocks."""
    names = [page.id for page in pages]
    for start, end in cuts(names, shortest=_SHORTEST, longest=_LONGEST):
        block = pages[start:end]
        prints = "".join([lines_key(page) for page in block])
        yield SearchBlock(digest(f"{SEARCH_FORMAT} {prints}".encode()), block)


def search_file(
    pages: Sequence[Findable], lines: Callable[[Findable], Iterable[Line]]
) -> bytes:
    """Make the file of a block: the newest page first, titles before what is said.

    So whoever reads only the first thousand of very many lines has the best.

    Args:
        pages: of the block, in any order.
        lines: gives those of a page.
    """
    ordered = sorted(pages, key=_newest_first)
    told = [
        (_number(line.kind, page, place), line)
        for page, one in enumerate(ordered, start=1)
        for place, line in enumerate(islice(lines(one), 1 << _PLACE_BITS))
    ]
    told.sort(key=lambda each: each[0])
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as file:
        file.executescript(_SCHEMA)
        file.execute(f"PRAGMA user_version = {SEARCH_FORMAT}")
        file.execute("BEGIN")
        file.executemany(_PAGE, _pages(ordered))
        _write(file, told)
        file.execute("COMMIT")
        file.execute("INSERT INTO found (found) VALUES ('optimize')")
        file.execute("VACUUM")
        return file.serialize()


def kind_in(number: int) -> int:
    """What kind of line has such a number, as a ``Kind`` counts."""
    return number >> _PAGE_BITS + _PLACE_BITS


def page_in(number: int) -> int:
    """Which page of its file a line of such a number belongs to."""
    return (number >> _PLACE_BITS) & _PAGES


def _number(kind: int, page: int, place: int) -> int:
    """A line's number in its file: it says what the line is before it is read."""
    return ((kind << _PAGE_BITS) + page << _PLACE_BITS) + place


def _newest_first(page: Findable) -> tuple[int, str, str]:
    return -_seconds(page.since), page.id, page.path


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _pages(pages: Iterable[Findable]) -> Iterator[tuple[object, ...]]:
    for number, page in enumerate(pages, 1):
        yield (
            number,
            page.kind,
            page.path,
            page.title,
            page.brief,
            page.language,
            page.timezone,
            page.show,
            f" {' '.join(page.shows)} ",
            _seconds(page.since),
            _seconds(page.until) if page.until else None,
        )


def _write(file: sqlite3.Connection, told: Sequence[tuple[int, Line]]) -> None:
    """Write the lines, and index their words; a speaker's name is written once."""
    names = sorted({line.speaker for _, line in told if line.speaker})
    speakers = {name: number for number, name in enumerate(names, 1)}
    file.executemany("INSERT INTO speaker VALUES (?, ?)", enumerate(names, 1))
    file.executemany(
        "INSERT INTO line VALUES (?, ?, ?, ?)",
        (
            (number, line.start, speakers.get(line.speaker), line.words)
            for number, line in told
        ),
    )
    file.executemany(
        "INSERT INTO found (rowid, words, context) VALUES (?, ?, ?)",
        ((number, line.words, line.context) for number, line in told),
    )
