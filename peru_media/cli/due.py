"""``peru-media publish --due``: what time has brought about, by hand or by a timer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from peru_media.cli.figures import moment
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners
from peru_media.cli.projects import Opened
from peru_media.errors import ContentError
from peru_media.model.release import Tombstone
from peru_media.publishing.turning import Turned, turn
from peru_media.reading.books import ProjectBooks

__all__ = ["turned"]


def turned(manners: Manners, project: Opened, *, dry_run: bool, announce: bool) -> None:
    """Do what is due, and say it. Nobody is asked: it was agreed when published."""
    desk = project.desk if announce else replace(project.desk, ears=())
    done = turn(desk, withdrawn=_withdrawn(manners), rehearsal=dry_run)
    manners.answer(dry_run=dry_run, **_fields(done))
    zone = ZoneInfo(project.settings.timezone)
    for line in (*_found(done, zone), _end(done, dry_run=dry_run)):
        manners.say(line)


def _withdrawn(manners: Manners) -> tuple[Tombstone, ...]:
    """Who is withdrawn by the files; nobody, where that file cannot be read."""
    try:
        return ProjectBooks(manners.root).buried()
    except ContentError:
        manners.tell("feeds/withdrawn.yaml cannot be read: make check says why")
        return ()


def _fields(done: Turned) -> dict[str, Any]:
    found = done.due
    return {
        "release": done.release,
        "begun": [one.slug for one in found.begun],
        "ended": [one.slug for one in found.ended],
        "opened": [one.slug for one in found.waiting],
        "erased": done.erased,
        "announced": [
            {"hub": told.hub, "ok": told.ok, "sentence": told.sentence}
            for told in done.announced
        ],
    }


def _found(done: Turned, zone: ZoneInfo) -> Iterator[str]:
    for one in done.due.begun:
        yield f" {one.slug} came out on {moment(one.published, zone)}"
    for one in done.due.ended:
        when = moment(one.until, zone) if one.until else ""
        yield f" {one.slug} ended on {when}"
    for told in done.announced:
        yield f" announced: {told.sentence}"


def _end(done: Turned, *, dry_run: bool) -> str:
    if dry_run:
        return "This was a rehearsal: nothing was sent, and nothing erased."
    if done.published is None:
        return "Nothing else is due."
    erased = f", {counted(done.erased, 'object')} erased" if done.erased else ""
    return f"release {done.release} is live{erased}."
