"""One search: through every file of a release, within a bounded time."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from peru_media.rendering.search_lines import Kind
from peru_media.rendering.search_page import Excerpt, Pieces, Result
from peru_media.server.search_file import SearchFile
from peru_media.server.search_query import Query

__all__ = ["Found", "Hit", "Search"]

_WEIGHTS = {
    Kind.TITLE: 8.0,
    Kind.PEOPLE: 5.0,
    Kind.CHAPTER: 3.0,
    Kind.NOTES: 2.0,
    Kind.SPOKEN: 1.0,
}
_LINES = 3
_FEWEST, _MOST = 200, 4000
_STEPS = 2000  # of SQLite's machine, between two looks at the clock
_LONGEST = 600
_ON, _OFF = "\x02", "\x03"  # no line holds such characters

_MATCHES = """
    SELECT line.page, line.kind, found.rowid, bm25(found, 1.0, 0.3)
    FROM found
    CROSS JOIN line ON line.id = found.rowid
    CROSS JOIN page ON page.id = line.page
    WHERE found MATCH :match
    AND page.since <= :now AND (page.until IS NULL OR page.until > :now)
    AND (:show = '' OR instr(page.shows, :show))
    LIMIT :limit
"""
_PAGE = """
    SELECT kind, path, title, language, timezone, show, since FROM page WHERE id = ?
"""
_LINE = f"""
    SELECT line.kind, line.start, speaker.name, iif(
        line.kind = {Kind.TITLE:d},
        highlight(found, 0, :on, :off), snippet(found, 0, :on, :off, '…', 48)
    )
    FROM found
    CROSS JOIN line ON line.id = found.rowid
    LEFT JOIN speaker ON speaker.id = line.speaker
    WHERE found MATCH :match AND found.rowid = :line
"""  # noqa: S608  # the number of a kind


@dataclass(slots=True)
class Hit:
    """A page that was found: in which file, by which lines, the best first.

    Attributes:
        lines: how well each fits, negative, and its number; sorted by ``score``.
        score: how well its best lines fit.
    """

    file: int
    page: int
    lines: list[tuple[float, int, int]] = field(default_factory=list)
    score: float = 0.0


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
        hits: dict[tuple[int, int], Hit] = {}
        complete = True
        for number in range(len(self.files) if self.query.match else 0):
            rows, whole = self._rows(number)
            complete = complete and whole
            for page, kind, line, fit in rows:
                hit = hits.setdefault((number, page), Hit(number, page))
                hit.lines.append((fit * _WEIGHTS[kind], kind, line))
        for hit in hits.values():
            hit.lines.sort()
            hit.score = sum(fit for fit, _, _ in hit.lines[:_LINES])
        ordered = sorted(hits.values(), key=lambda hit: (hit.score, hit.file, hit.page))
        return Found(ordered, complete)

    def result(self, hit: Hit) -> Result:
        """What is shown of a page: where it lies, and its best lines in order."""
        lane = self.files[hit.file].lanes[self.lane]
        kind, path, title, language, zone, show, since = lane.execute(
            _PAGE, (hit.page,)
        ).fetchone()
        best = sorted(line for _, kind, line in hit.lines[:_LINES])
        told = [self._line(lane, line) for line in best]
        titles = [one.pieces for one in told if one.kind == Kind.TITLE]
        excerpts = tuple(one for one in told if one.kind != Kind.TITLE)
        shown = len(titles) + len(excerpts)
        return Result(
            kind=kind,
            path=path,
            title=titles[0] if titles else ((title, False),),
            language=language,
            timezone=zone,
            show=show,
            since=datetime.fromtimestamp(since, UTC) if since else None,
            excerpts=excerpts,
            more=len(hit.lines) - shown,
        )

    def _rows(self, number: int) -> tuple[list[tuple[int, Kind, int, float]], bool]:
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
        values = {"match": self.query.match, "line": line, "on": _ON, "off": _OFF}
        kind, start, speaker, words = lane.execute(_LINE, values).fetchone()
        return Excerpt(
            kind=Kind(kind), start=start, speaker=speaker or "", pieces=_pieces(words)
        )


def _pieces(words: str) -> Pieces:
    """Words as pieces: what fits, and what stands between."""
    found: list[tuple[str, bool]] = []
    for part in words[:_LONGEST].split(_ON):
        fits, closed, rest = part.partition(_OFF)
        found += [(fits, True), (rest, False)] if closed else [(fits, False)]
    return tuple(piece for piece in found if piece[0])
