"""A release as the server holds it in memory: one value, swapped as a whole."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf

from peru_media.model.forms import origins
from peru_media.model.graves import lies_in
from peru_media.model.listeners import Listener
from peru_media.server.headers import Header, Manners
from peru_media.server.place import Place, version_and_end
from peru_media.server.reply import Context, Reply
from peru_media.server.search_room import SearchRoom

__all__ = ["Snapshot", "TableRows"]

_MEDIA = "/media/"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """One table, its rows unparsed: many paths are held, few are asked for.

    Attributes:
        key: the object it was read from; equal keys are equal tables.
        rows: the row of each public path.
        feeds: paths of the cache class ``feed``. media: paths of media, sorted.
        moments: when any of its versions begins, seconds since 1970, sorted.
        listed: whether search engines may take up what it holds.
    """

    key: str
    rows: dict[str, bytes]
    feeds: tuple[str, ...]
    media: tuple[str, ...]
    moments: tuple[float, ...]
    listed: bool = True

    def row(self, path: str) -> bytes | None:
        """The row of a path; one of several forms has that of the stored."""
        for known in (path, *origins(path)):
            if (row := self.rows.get(known)) is not None:
                return row
        return None

    def media_of(self, path: str) -> Iterator[str]:
        """Every address of the episode whose medium such a path names."""
        episode = path.removeprefix(_MEDIA).partition("/")[0]
        if not path.startswith(_MEDIA) or not episode:
            return
        start = f"{_MEDIA}{episode}/"
        place = bisect_left(self.media, start)
        while place < len(self.media) and self.media[place].startswith(start):
            yield self.media[place]
            place += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateRows:
    """The table of a private show; ``marker`` stands where a token belongs."""

    table: TableRows
    marker: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One release as it was read.

    Attributes:
        serial: another one for each snapshot; answers carry it.
        number: of the release. etag: of ``current.json`` as it was read.
        root_key: name of the root. manners: header fields of its answers.
        tables: by name. erasing: keys that are being deleted.
        feeds: stored bytes of the feeds that hold now or soon, by key.
        search: what the release can be searched in; None for one without.
        made: when it was published, and complete_until: up to when it knows what
            is due; seconds since 1970.
        private: tables of private shows by the guid of the show.
        listeners: who may hear them, by the hash of their token.
        buried: hashes of the addresses that were withdrawn, and are in no table.
    """

    serial: int
    number: int
    etag: str
    root_key: str
    manners: Manners
    tables: Mapping[str, TableRows]
    erasing: frozenset[str]
    feeds: Mapping[str, bytes]
    search: SearchRoom | None = None
    made: float = 0.0
    complete_until: float = inf
    private: Mapping[str, PrivateRows] = field(default_factory=dict)
    listeners: Mapping[str, Listener] = field(default_factory=dict)
    buried: frozenset[str] = frozenset()

    @cached_property
    def stamp(self) -> Header:
        """The ``X-Release`` field."""
        return b"x-release", b"%d" % self.number

    @cached_property
    def lasting(self) -> Context:
        """What answers that never turn take from the release: no time."""
        return Context(self.stamp, 0.0)

    @cached_property
    def hidden(self) -> Manners:
        """Header fields of what search engines may not take up."""
        return replace(self.manners, listed=False)

    @cached_property
    def closed(self) -> Manners:
        """Header fields of what is for one listener alone."""
        return replace(self.manners, closed=True)

    def place(self, path: str, now: float) -> Place | None:
        """What holds at a path; None where it is unknown, or not yet published."""
        if (found := self._found(path)) is None:
            return None
        table, row = found
        manners = self.manners if table.listed else self.hidden
        return self._place(path, row, now, manners)

    def private_place(self, table: TableRows, path: str, now: float) -> Place | None:
        """What holds at a path of a private show's table."""
        row = table.row(path)
        return None if row is None else self._place(path, row, now, self.closed)

    def keeps(self, path: str, answer: Reply) -> bool:
        """Whether an answer made under another snapshot is true of this one too."""
        if (found := self._found(path)) is None:
            return False
        table, row = found
        return (
            row == answer.row
            and answer.key not in self.erasing
            and answer.manners == (self.manners if table.listed else self.hidden)
        )

    def row(self, path: str) -> bytes | None:
        """The row of a public path; one of several forms has that of the stored."""
        found = self._found(path)
        return found[1] if found else None

    def hides(self, path: str) -> bool:
        """Whether a path that is unknown was withdrawn, or lies below one that was."""
        return lies_in(path, self.buried)

    def searches(self, path: str) -> bool:
        """Whether a path is that of a search page, in any language."""
        return self.search is not None and path in self.search.paths

    def turns_after(self, now: float) -> float:
        """When the site next changes by itself, seconds since 1970, or inf."""
        return min(
            (
                table.moments[place]
                for table in self.tables.values()
                if (place := bisect_right(table.moments, now)) < len(table.moments)
            ),
            default=inf,
        )

    def ended(self, now: float) -> list[float]:
        """When media ended that no publish has erased since, the first end first."""
        private = (one.table for one in self.private.values())
        turned = (
            table
            for table in (*self.tables.values(), *private)
            if bisect_right(table.moments, self.made) < bisect_right(table.moments, now)
        )
        ends = (
            _end_of(table.rows[path], now) for table in turned for path in table.media
        )
        return sorted(end for end in ends if end > self.made)

    def media_of(self, path: str) -> Iterator[str]:
        """Every address of the episode whose medium such a path names."""
        for table in self.tables.values():
            yield from table.media_of(path)

    def _found(self, path: str) -> tuple[TableRows, bytes] | None:
        """The row of a public path, and the table that it stands in."""
        for known in (path, *origins(path)):
            for table in self.tables.values():
                if (row := table.rows.get(known)) is not None:
                    return table, row
        return None

    def _place(
        self, path: str, row: bytes, now: float, manners: Manners
    ) -> Place | None:
        version, until = version_and_end(row, now)
        if version is None:
            return None
        return Place(
            path=path,
            row=row,
            version=version,
            until=until,
            manners=manners,
            serial=self.serial,
        )


def _end_of(row: bytes, now: float) -> float:
    """Since when a path is gone, seconds since 1970; -inf where it is not."""
    if b'"gone"' not in row:
        return -inf
    version, _ = version_and_end(row, now)
    return version.since.timestamp() if version and version.gone else -inf
