"""Tables of a release, read gently: split into rows, which stay unparsed."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from peru_media.model.moment import parse_utc
from peru_media.model.release import table_rows
from peru_media.server.snapshot import TableRows

__all__ = ["Gentle", "read_rows"]

_FROM = re.compile(rb'"from":"([0-9TZ:-]{20})"')
_FEED = b'"cache":"feed"'
_AT_ONCE = 64

_T = TypeVar("_T")


@dataclass
class Gentle:
    """Work through many things without keeping those waiting who serve.

    Python lets one thread run at a time. So while another release is served
    (``serving``), give way every few things, and let go of what was replaced a
    little at a time too: freeing a large table at once is also felt.

    Attributes:
        pause: gives way to the threads that serve.
        serving: whether anybody could be waiting.
    """

    pause: Callable[[], None]
    serving: bool = False
    _old: list[TableRows] = field(default_factory=list)

    def each(self, things: Iterable[_T]) -> Iterator[_T]:
        """The same things, with pauses."""
        for place, thing in enumerate(things, 1):
            if self.serving and place % _AT_ONCE == 0:
                self.pause()
            yield thing

    def replace(self, tables: Iterable[TableRows]) -> None:
        """Note tables that may soon be replaced."""
        self._old += tables

    def forget(self, *, but: Collection[TableRows]) -> None:
        """Let go of what was noted before, but for what is served still.

        A request looks up its row as soon as it has a snapshot, and never again,
        so after a swap nobody reads the tables of the one before.
        """
        old, self._old = self._old, []
        for table in old:
            if not any(table is served for served in but):
                for _ in self.each(range(len(table.rows))):
                    table.rows.popitem()


def read_rows(key: str, data: bytes, *, now: float, gentle: Gentle) -> TableRows:
    """Split a table into rows.

    Args:
        key: the object it was read from.
        data: canonical JSON of the table.
        now: seconds since 1970; of its moments only later ones are kept.
        gentle: sets the pace.

    Raises:
        ValueError: it is not a table.
    """
    rows: dict[str, bytes] = {}
    feeds: list[str] = []
    media: list[str] = []
    moments: set[bytes] = set()
    for path, row in gentle.each(table_rows(data)):
        rows[path] = row
        moments.update(_FROM.findall(row))
        if path.startswith("/media/"):
            media.append(path)
        elif _FEED in row:
            feeds.append(path)
    return TableRows(
        key=key,
        rows=rows,
        feeds=tuple(feeds),
        media=tuple(media),
        moments=_coming(moments, now, gentle),
    )


def _coming(moments: Iterable[bytes], now: float, gentle: Gentle) -> tuple[float, ...]:
    begins = (parse_utc(text.decode()).timestamp() for text in gentle.each(moments))
    return tuple(sorted(begin for begin in begins if begin > now))
