"""The addresses that crawlers ask for: maps of every public page, and robots.txt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.release import Table, Version, version_at
from peru_media.rendering.addresses import (
    MAPS,
    ROBOTS,
    SEARCH,
    base_path,
    map_path,
    page_path,
)
from peru_media.rendering.press import Press
from peru_media.rendering.sitemap import Mapped, robots_text, sitemap, sitemap_index
from peru_media.rendering.timeline import Calendar, Rows, ended, settled
from peru_media.rendering.voice import Voice

__all__ = ["Maps"]

_SITE = "site"
_MOST = 1000  # of a map; few, so that one new page makes little anew
_Versions = tuple[Version, ...]
_Turns = list[tuple[datetime, str | None, datetime]]


@dataclass(frozen=True, kw_only=True)
class Maps:
    """Maps of the public pages of a release, by what its tables hold.

    Attributes:
        before: the tables of the release before, whose moments unchanged pages keep.
        changed: when each table last changed, by its name.
    """

    press: Press
    calendar: Calendar
    before: Mapping[str, Table]
    changed: Mapping[str, datetime]

    def rows(self, tables: Mapping[str, Table]) -> dict[str, Rows]:
        """Rows for every table that has public pages, by its name."""
        public = [
            s.slug for s in self.calendar.source.shows if s.visibility == "public"
        ]
        found = {name: self._maps(name, tables[name]) for name in (_SITE, *public)}
        return found | {_SITE: found[_SITE] | self._whole(found)}

    def _maps(self, name: str, table: Table) -> Rows:
        """The maps of a table, each of the same pages however the time goes on."""
        pages = self._pages(name, table)
        each = max(1, _MOST // len(self.press.voices))
        parts = (pages[start : start + each] for start in range(0, len(pages), each))
        rows = {
            map_path(name, number): self._map(name, table, part)
            for number, part in enumerate(parts, start=1)
        }
        return {path: versions for path, versions in rows.items() if versions}

    def _pages(self, name: str, table: Table) -> list[str]:
        """Paths of pages: episodes from the oldest on, then what changes with them."""
        others = tuple(f"{one.prefix}/" for one in self.press.voices if one.prefix)
        pages = {path for path in table if _is_page(path, table[path])}
        own = {p for p in pages if not f"{p}/".startswith(others)}
        episodes = self.calendar.by_show.get(name, ())
        dated = sorted(episodes, key=lambda one: (one.published, one.id))
        first = [path for one in dated if (path := page_path(one)) in own]
        return [*first, *sorted(own.difference(first))]

    def _map(self, name: str, table: Table, pages: Sequence[str]) -> _Versions:
        voices = self.press.voices
        turns = [
            [self._turns(name, path, table) for path in _in_each(voices, page)]
            for page in pages
        ]

        def made(moment: datetime) -> bytes | None:
            at_moment = ([_at(one, moment) for one in page] for page in turns)
            there = [[one for one in page if one] for page in at_moment]
            languages = [voice.language for voice in voices]
            listed = [page for page in there if len(page) == len(voices)]
            return sitemap(listed, languages=languages) if listed else None

        return self._versions([one for page in turns for one in page], made)

    def _whole(self, found: Mapping[str, Rows]) -> Rows:
        """The map of all maps, and what leads crawlers to it."""
        turns = [
            self._turns(name, path, rows)
            for name, rows in found.items()
            for path in rows
        ]

        def made(moment: datetime) -> bytes | None:
            return sitemap_index(one for turn in turns if (one := _at(turn, moment)))

        base_url, voices = self.press.source.base_url, self.press.voices
        searches = [base_path(base_url) + path for path in _in_each(voices, SEARCH)]
        robots = robots_text(searches, maps=base_url + MAPS)
        told = self._text("txt", robots, since=self.calendar.at)
        return {MAPS: self._versions(turns, made), ROBOTS: (told,)}

    def _versions(
        self, turns: Sequence[_Turns], made: Callable[[datetime], bytes | None]
    ) -> _Versions:
        """Make a map for each moment at which something of it turns."""
        at = self.calendar.at
        due = {since for one in turns for since, _, _ in one if since > at}
        versions: list[Version] = []
        for moment in (at, *sorted(due)):
            if (text := made(moment)) is not None:
                versions.append(self._text("sitemap", text, since=moment))
            elif versions:
                versions.append(ended(moment))
        return settled(versions, at=at)

    def _turns(self, name: str, path: str, table: Table) -> _Turns:
        """When an address turns: what it then says, and since when it says that."""
        at, url = self.calendar.at, self.press.source.base_url + path
        held = version_at(self.before.get(name, {}).get(path, ()), at)
        found = []
        for version in table[path]:
            same = held is not None and held.same_content(version)
            now = held.since if held and same else self.changed.get(name, at)
            changed = now if version.since <= at else version.since
            found.append((version.since, url if version.key else None, changed))
        return found

    def _text(self, kind: str, text: bytes, *, since: datetime) -> Version:
        return self.press.leaf(kind, text, make=lambda: text, of=None, since=since)


def _at(turns: _Turns, moment: datetime) -> Mapped | None:
    """What an address is at a moment; None where it has nothing to show."""
    found = None
    for since, url, changed in turns:
        if since > moment:
            break
        found = (url, changed) if url else None
    return found


def _in_each(voices: Iterable[Voice], path: str) -> list[str]:
    return [voice.path(path) for voice in voices]


def _is_page(path: str, versions: _Versions) -> bool:
    """Whether people read it in a browser, by itself."""
    last = path.rpartition("/")[2]
    kinds = {version.type.partition(";")[0] for version in versions if version.key}
    return kinds == {"text/html"} and "." not in last and last != "embed"
