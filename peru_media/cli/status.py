"""``peru-media status``: which episodes are drafts, scheduled, out, or changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from peru_media.cli.aims import Said, port_option
from peru_media.cli.figures import day, moment
from peru_media.cli.findings import counted, summary
from peru_media.cli.looks import look
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import Opened, opened, remember
from peru_media.errors import ContentError, RefusedError
from peru_media.model.files import EpisodeFile
from peru_media.model.graves import Graves
from peru_media.model.release import LedgerEntry, Root
from peru_media.model.schedule import publish_moment
from peru_media.model.site import Site, Written
from peru_media.model.value import digest
from peru_media.planning import Due, due
from peru_media.publishing.live import Live, read_live
from peru_media.publishing.publishing import Prepared, prepare

__all__ = ["verb"]

_WARNING = timedelta(days=30)
_WIDEST = 44


@click.command("status")
@target_option
@port_option
@mannered
def verb(manners: Manners, *, target: str, port: int | None) -> None:
    """List every episode with what it is now, here and where it is published.

    Draft, scheduled, published, changed (here, since it was published), new
    (here, and to be published), removed, or withdrawn.
    """
    with opened(manners, target, said=Said(port=port)) as project:
        site, _ = project.site()
        live = read_live(project.desk.store, project.desk.cache)
        remember(project, live.root)
        prepared, hindrance = _planned(project)
        now = project.desk.clock.now()
        found = _due(live, now)
    rows = list(_rows(site, live, prepared, now))
    manners.answer(
        release=live.number,
        made=str(live.root.made) if live.root else None,
        by=live.root.by if live.root else None,
        complete_until=str(live.root.complete_until) if live.root else None,
        overdue=[one.slug for one in found.ended],
        erasing=len(live.current.erasing) if live.current else 0,
        episodes=[row.fields() for row in rows],
    )
    zone = ZoneInfo(project.settings.timezone)
    heading = _heading(project, live.root, zone, now)
    for line in (*heading, *_overdue(live, found), *_table(rows)):
        manners.say(line)
    manners.say(hindrance or _next(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One line of the table."""

    state: str
    show: str
    slug: str
    title: str
    number: int | None = None
    at: datetime | None = None
    zone: ZoneInfo | None = None

    def fields(self) -> dict[str, Any]:
        """What JSON says of it."""
        return {
            "state": self.state,
            "show": self.show,
            "slug": self.slug,
            "title": self.title,
            "number": self.number,
            "at": self.at and self.at.isoformat(),
        }


def _due(live: Live, now: datetime) -> Due:
    """What time has brought about since the last publish."""
    source = live.source()
    return due(source, live.root, at=now) if source and live.root else Due()


def _overdue(live: Live, found: Due) -> Iterator[str]:
    """What waits to be erased: nobody can reach it, and it is still in the store."""
    if found.ended:
        what = counted(len(found.ended), "episode")
        yield f"  ! {what} ended and not erased yet: peru-media publish --due"
    if live.current and live.current.erasing:
        what = counted(len(live.current.erasing), "object")
        yield f"  ! {what} of a withdrawal still to erase: run it again, or publish"


def _planned(project: Opened) -> tuple[Prepared | None, str]:
    """What a publish would change; where it would be refused, why."""
    site, read = project.site()
    episodes = look(project.desk.root).episodes
    try:
        return prepare(site, project.desk, read=read, rehearsal=True), ""
    except ContentError as error:
        return None, f"{summary(error.problems, episodes)}   Next: make check"
    except RefusedError as error:
        return None, f"{error}   Next: make check"


def _rows(
    site: Site, live: Live, prepared: Prepared | None, now: datetime
) -> Iterator[_Row]:
    entries = live.ledger().episodes.values()
    known = {entry.guid: entry for entry in entries if entry.retired is None}
    plan = prepared.plan.episodes if prepared else ()
    changed = {change.slug for change in plan if change.change == "changed"}
    graves = Graves.of(site.withdrawn, live.root.tombstones if live.root else ())
    for episode in site.episodes:
        entry = known.pop(episode.value.guid or "", None)
        guid = digest((episode.value.guid or "").encode())
        yield _row(
            site,
            episode,
            entry,
            now=now,
            changed=episode.slug in changed,
            buried=guid in graves.guids,
        )
    for entry in known.values():
        yield _Row(state="removed", show="", slug=entry.slug, title="not here any more")


def _row(
    site: Site,
    episode: Written[EpisodeFile],
    entry: LedgerEntry | None,
    *,
    now: datetime,
    changed: bool,
    buried: bool,
) -> _Row:
    show = site.show(episode.value.show[0])
    zone = site.zone(show) if show else ZoneInfo(site.site.value.timezone)
    at = publish_moment(episode.value, zone, now=entry.first if entry else now)
    state = "withdrawn" if buried else _state(entry, at, now, changed=changed)
    return _Row(
        state=state,
        show=episode.value.show[0],
        slug=episode.slug,
        title=episode.value.title,
        number=episode.value.number,
        at=at,
        zone=zone,
    )


def _state(
    entry: LedgerEntry | None, at: datetime | None, now: datetime, *, changed: bool
) -> str:
    if at is None:
        return "removed" if entry else "draft"
    if entry is None:
        return "new"
    if changed:
        return "changed"
    return "scheduled" if at > now else "published"


def _heading(
    project: Opened, root: Root | None, zone: ZoneInfo, now: datetime
) -> Iterator[str]:
    where = f"Target {project.target.name} ({project.target.base_url})"
    if root is None:
        yield f"{where}      nothing is published there yet"
        return
    made = moment(root.made, zone)
    yield f"{where}      release {root.number}, {made}, by {root.by}"
    if root.complete_until - now < _WARNING:
        until = day(root.complete_until, zone)
        yield f"  ! The server knows what is scheduled until {until}: make publish"


def _table(rows: list[_Row]) -> Iterator[str]:
    names = {row.slug: _name(row) for row in rows}
    name = min(max(map(len, names.values()), default=0), _WIDEST)
    title = min(max((len(row.title) for row in rows), default=0), _WIDEST)
    for row in rows:
        when = moment(row.at, row.zone) if row.at and row.zone else ""
        start = f"  {row.state:<9}  {names[row.slug]:<{name}}"
        yield f"{start}  {row.title:<{title}}  {when}".rstrip()


def _name(row: _Row) -> str:
    return f"{row.show} / {row.number}" if row.number else row.show or row.slug


def _next(rows: list[_Row]) -> str:
    states: Mapping[str, int] = {
        state: sum(row.state == state for row in rows)
        for state in ("new", "changed", "removed")
    }
    pending = sum(states.values())
    if pending:
        return f"{counted(pending, 'change')} to publish.   Next: make plan"
    return "What is published is what the files say."
