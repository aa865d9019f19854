"""One search: through every file of a release, within a bounded time."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from peru_media.rendering.search_file import PAGE_OF_LINE, kind_in, page_in
from peru_media.rendering.search_lines import Kind
from peru_media.rendering.search_page import Excerpt, Pieces, Result
from peru_media.server.search_file import SearchFile
from peru_media.server.search_query import Query

__all__ = ["Found", "Hit", "Search"]

_WEIGHTS: Mapping[int, float] = {
    Kind.TITLE: 8.0,
    Kind.PEOPLE: 5.0,
    Kind.CHAPTER: 3.0,
    Kind.NOTES: 2.0,
    Kind.SPOKEN: 1.0,
}
_HEARD = frozenset({Kind.CHAPTER, Kind.SPOKEN})
_LINES = 3
_FEWEST, _MOST = 200, 2000
_STEPS = 2000  # of SQLite's machine, between two looks at the clock
_LONGEST, _END = 600, 200
_ON, _OFF = "\x02", "\x03"  # no line holds such characters

_MATCHES = f"""
    SELECT rowid, bm25(found, 1.0, 0.3) FROM found
    WHERE found MATCH :match AND {PAGE_OF_LINE} IN (
        SELECT id FROM page
        WHERE since <= :now AND (until IS NULL OR until > :now)
        AND (:show = '' OR instr(shows, :show))
    )
    LIMIT :limit
"""  # noqa: S608  # our own expression
_PAGE = """
    SELECT kind, path, title, brief, language, timezone, show, since
    FROM page WHERE id = ?
"""
_LINE = """
    SELECT line.start, speaker.name, iif(
        :whole, highlight(found, 0, :on, :off), snippet(found, 0, :on, :off, '…', 48)
    )
    FROM found
    CROSS JOIN line ON line.id = found.rowid
    LEFT JOIN speaker ON speaker.id = line.speaker
    WHERE found MATCH :match AND found.rowid = :line
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found: in which file, by which lines, the best first.

    Attributes:
        lines: how well each fits, the less the better, and its number.
        score: how well the best of them fit.
    """

    file: int
    page: int
    lines: list[tuple[float, int]]
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """Every page that was found, the best first; ``complete`` where no more are."""

    hits: Sequence[Hit]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search.

    Attributes:
        files: what is searched. lane: which of their connections are ours.
        query: what is looked for. show: slug of the one show to look in, or empty.
        now: only what is out at this moment is found, seconds since 1970.
        late: whether it is time to be content with what was found.
    """

    files: Sequence[SearchFile]
    lane: int
    query: Query
    show: str = ""
    now: float
    late: Callable[[], bool]

    def found(self) -> Found:
        """Find the pages, of very many the newest whose titles fit, and so on."""
        hits: list[Hit] = []
        complete = True
        for number in range(len(self.files) if self.query.match else 0):
            rows, whole = self._rows(number)
            complete = complete and whole
            hits += _grouped(number, rows)
        hits.sort(key=lambda hit: (hit.score, hit.file, hit.page))
        return Found(hits, complete)

    def result(self, hit: Hit) -> Result:
        """What is shown of a page: where it lies, and its best lines in order."""
        lane = self.files[hit.file].lanes[self.lane]
        kind, path, title, brief, language, zone, show, since = lane.execute(
            _PAGE, (hit.page,)
        ).fetchone()
        best = sorted(line for _, line in hit.lines[:_LINES])
        told = [one for one in (self._line(lane, line) for line in best) if one.fits]
        titles = [one.pieces for one in told if one.kind is Kind.TITLE]
        heard = sum(kind_in(line) in _HEARD for _, line in hit.lines)
        return Result(
            kind=kind,
            path=path,
            title=titles[0] if titles else ((title, False),),
            language=language,
            timezone=zone,
            show=show,
            since=datetime.fromtimestamp(since, UTC) if since else None,
            brief=brief,
            excerpts=tuple(one for one in told if one.kind is not Kind.TITLE),
            more=heard - sum(one.kind in _HEARD for one in told),
        )

    def _rows(self, number: int) -> tuple[list[tuple[int, float]], bool]:
        """The lines of one file that fit; and whether these are all."""
        limit = max(_FEWEST, _MOST // len(self.files))
        values = {
            "match": self.query.match,
            "now": self.now,
            "show": f" {self.show} " if self.show else "",
            "limit": limit,
        }
        rows: list[Any] = []
        lane = self.files[number].lanes[self.lane]
        lane.set_progress_handler(self.late, _STEPS)
        try:
            rows.extend(lane.execute(_MATCHES, values))
        except sqlite3.OperationalError:
            if not self.late():
                raise
            return rows, False
        finally:
            lane.set_progress_handler(None, 0)
        return rows, len(rows) < limit

    def _line(self, lane: sqlite3.Connection, line: int) -> Excerpt:
        kind = Kind(kind_in(line))
        values = {
            "match": self.query.match,
            "line": line,
            "whole": kind is Kind.TITLE,
            "on": _ON,
            "off": _OFF,
        }
        start, speaker, words = lane.execute(_LINE, values).fetchone()
        return Excerpt(
            kind=kind, start=start, speaker=speaker or "", pieces=_pieces(words)
        )


def _grouped(file: int, rows: Iterable[tuple[int, float]]) -> Iterator[Hit]:
    """The lines of a file that were found, by page, the best of each first."""
    pages = defaultdict[int, list[tuple[float, int]]](list)
    for line, fit in rows:
        pages[page_in(line)].append((fit * _WEIGHTS[kind_in(line)], line))
    for page, lines in pages.items():
        lines.sort()
        yield Hit(file, page, lines, sum(fit for fit, _ in lines[:_LINES]))


def _pieces(words: str) -> Pieces:
    """Words as pieces: what fits, and what stands between."""
    found: list[tuple[str, bool]] = []
    for part in words.split(_ON):
        fits, closed, rest = part.partition(_OFF)
        found += [(fits, True), (rest, False)] if closed else [(fits, False)]
    return tuple((_short(piece), fits) for piece, fits in found if piece)


def _short(piece: str) -> str:
    """Both ends of a piece that is far too long, such as one endless word."""
    return piece if len(piece) <= _LONGEST else f"{piece[:_END]}…{piece[-_END:]}"
