"""Render a source, and let it take its place after the live release."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Self

from peru_media.model.forms import forms_of
from peru_media.model.graves import Graves
from peru_media.model.release import (
    Table,
    TablePart,
    Version,
    table_content,
    version_at,
)
from peru_media.model.source import Source
from peru_media.planning import settle
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live
from peru_media.publishing.searching import Searchable, searchable
from peru_media.rendering.release import Rendering, render
from peru_media.rendering.unit import Unit

__all__ = ["HORIZON", "Typeset", "typeset"]

HORIZON = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """Rendered, settled after the live release, and laid in files to search."""

    rendering: Rendering
    tables: Mapping[str, Table]
    private: Mapping[str, Table]
    changed: Mapping[str, datetime]
    fresh: tuple[str, ...]
    searchable: Searchable
    graves: Graves


def typeset(  # noqa: PLR0913  # what, after what, since when and without whom, by name
    source: Source,
    desk: Desk,
    live: Live,
    *,
    at: datetime,
    texts: Callable[[str], bytes],
    graves: Graves,
    forget: bool = False,
) -> Typeset:
    """Render all but what is in ``graves``; tables of new content as changed now.

    ``forget`` keeps no picture either that nothing shows any more.
    """
    after = _After.live(live, _Kept.after(live, graves, forget=forget), at)
    changed, until = _turns(source, _parts(live), at), at + HORIZON

    def rendered() -> Rendering:
        return render(
            source,
            at=at,
            until=until,
            texts=texts,
            changed=changed,
            cache=desk.cache,
            before=after.before,
            executor=desk.executor,
        )

    made = after.settled(rendered())
    fresh = after.fresh(made)
    if fresh and live.root:
        changed |= dict.fromkeys(fresh, at)
        made = after.settled(rendered())
    return Typeset(
        rendering=made.rendering,
        tables=made.tables,
        private=made.private,
        changed=changed,
        fresh=fresh,
        searchable=searchable(source, desk, live, at=at, until=until, texts=texts),
        graves=graves,
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """A rendering, and its tables as they follow the live ones."""

    rendering: Rendering
    tables: Mapping[str, Table]
    private: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class _After:
    """The live release, after which a rendering takes its place.

    Attributes:
        before: its tables. closed: those of its private shows. at: the moment.
        kept: what they keep of addresses that are not wanted any more.
    """

    before: Mapping[str, Table]
    closed: Mapping[str, Table]
    at: datetime
    kept: "_Kept"

    @classmethod
    def live(cls, live: Live, kept: "_Kept", at: datetime) -> Self:
        """The one that is live."""
        return cls(live.tables(), live.private(), at, kept)

    def settled(self, rendering: Rendering) -> "_Settled":
        """Let it take its place; each private show by itself."""
        private = {
            name: settle(
                table, self.kept.of(self.closed.get(name, {}), table), at=self.at
            )
            for name, table in rendering.private.items()
        }
        tables = _settled(rendering.tables, self.before, self.at, self.kept)
        return _Settled(rendering, tables, private)

    def fresh(self, made: "_Settled") -> tuple[str, ...]:
        """The names of the tables whose content is new."""
        pairs = (made.tables, self.before), (made.private, self.closed)
        return tuple(
            name
            for tables, before in pairs
            for name, table in tables.items()
            if _differs(table, before.get(name), self.at)
        )


def _parts(live: Live) -> dict[str, TablePart]:
    """The live tables by name; a show that is private has one for its listeners."""
    return {**live.root.tables, **live.root.private} if live.root else {}


def _turns(
    source: Source, parts: Mapping[str, TablePart], at: datetime
) -> dict[str, datetime]:
    """When the site and each show last changed; what is new changes now."""
    names = ("site", *(show.slug for show in source.shows))
    return {
        name: _last_turn(source, name, parts[name].changed, at) if name in parts else at
        for name in names
    }


def _last_turn(source: Source, show: str, changed: datetime, at: datetime) -> datetime:
    """When a show last changed: by a publish, or by the timeline since then."""
    edges: list[datetime | None] = []
    for episode in source.episodes:
        if show in episode.shows or show == "site":
            edges += (episode.published, episode.until)
    edges += _introductions(source, show)
    return max([changed, *(m for m in edges if m and changed < m <= at)])


def _introductions(source: Source, slug: str) -> set[datetime]:
    """When a show's feed changes because another show begins."""
    unit = Unit(source=source)
    shows = (show for show in source.shows if show.slug == slug)
    return {moment for show in shows for moment in unit.turns(show)}


def _settled(
    tables: Mapping[str, Table],
    before: Mapping[str, Table],
    at: datetime,
    kept: "_Kept",
) -> dict[str, Table]:
    """Settle every table.

    An address that moved to another table is not removed, nor is a form of a
    transcript or citation that is made of another one from now on.
    """
    names = sorted({*tables, *before})
    stored = [path for table in tables.values() for path in table]
    made = (form for path in stored for form in forms_of(path))
    everywhere = frozenset(chain(stored, made))
    return {
        name: settle(
            tables.get(name, {}),
            kept.of(before.get(name, {}), everywhere),
            at=at,
            elsewhere=everywhere,
        )
        for name in names
    }


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a table keeps of its addresses that are not wanted any more.

    A release that buries somebody, or forgets what was said, keeps no picture
    either that nothing shows: any of them could be theirs, and cards of links are
    pictures of words. A page that is still open does without. Nor does it keep any
    address that was removed: what was renamed long ago may hold their name.
    """

    graves: Graves
    forget: bool

    @classmethod
    def after(cls, live: Live, graves: Graves, *, forget: bool) -> Self:
        """What is kept in the release after the live one."""
        known = live.root.tombstones if live.root else ()
        return cls(graves, forget=forget or graves.tombstones != known)

    def of(self, table: Table, wanted: Collection[str]) -> Table:
        """A table without what must not be known any more."""
        if not self.graves.tombstones and not self.forget:
            return table
        return {
            path: versions
            for path, versions in table.items()
            if path in wanted or not self._leaves(path, versions)
        }

    def _leaves(self, path: str, versions: Sequence[Version]) -> bool:
        lost = path.startswith("/assets/") or all(one.gone for one in versions)
        return (self.forget and lost) or self.graves.hides(path)


def _differs(table: Table, before: Table | None, at: datetime) -> bool:
    if before is None:
        return True
    return table_content(table, at) != table_content(_from_now(before, at), at)


def _from_now(table: Table, at: datetime) -> Table:
    """A table without the versions whose time is over."""
    left = {}
    for path, versions in table.items():
        held = version_at(versions, at)
        left[path] = tuple(v for v in versions if v is held or v.since > at)
    return left
