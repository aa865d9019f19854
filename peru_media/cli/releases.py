"""``peru-media releases``: who published what when, as far as it can be undone."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import click

from peru_media.cli.aims import Said, port_option
from peru_media.cli.figures import moment
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import opened, remember
from peru_media.planning import EpisodeChange
from peru_media.publishing.history import Entry, chronicle
from peru_media.publishing.live import read_live

__all__ = ["verb"]

_MARKS = {"new": "+", "changed": "~", "removed": "-"}
_SHOWN = 8


@click.command("releases")
@target_option
@port_option
@mannered
def verb(manners: Manners, *, target: str, port: int | None) -> None:
    """List the releases that the store still has: when, by whom, what changed.

    The newest stands first. Any of them can be brought back, with: rollback
    """
    with opened(manners, target, said=Said(port=port)) as project:
        live = read_live(project.desk.store, project.desk.cache)
        remember(project, live.root)
        found = chronicle(live)
    manners.answer(target=target, releases=[_fields(one) for one in found])
    zone = ZoneInfo(project.settings.timezone)
    manners.say(_heading(project.target.name, project.target.base_url, found))
    for one in found:
        for line in _lines(one, zone):
            manners.say(line)
    if len(found) > 1:
        again = found[1].root.number
        manners.say(f"Next: make rollback, for release {again}; RELEASE=n for another")


def _heading(name: str, base_url: str, found: tuple[Entry, ...]) -> str:
    if not found:
        return f"Target {name} ({base_url})      nothing is published there yet"
    return f"Target {name} ({base_url})      {counted(len(found), 'release')}"


def _lines(one: Entry, zone: ZoneInfo) -> Iterator[str]:
    root = one.root
    mark = "   live" if one.live else ""
    yield f"  {root.number:>4}  {moment(root.made, zone)}, by {_plain(root.by)}{mark}"
    if one.changes is None:
        yield "        the release before is not in the store any more"
        return
    for change in one.changes[:_SHOWN]:
        yield f"        {_MARKS[change.change]} {_plain(change.title)}{_what(change)}"
    if len(one.changes) > _SHOWN:
        yield f"        and {counted(len(one.changes) - _SHOWN, 'more change')}"
    if not one.changes:
        yield "        no episode changed"


def _plain(text: str) -> str:
    """A text of the store on one line, without what would steer a terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _what(change: EpisodeChange) -> str:
    return f" ({', '.join(change.what)})" if change.what else ""


def _fields(one: Entry) -> dict[str, Any]:
    """What JSON says of it; ``changes`` is null where nobody can tell any more."""
    changes = one.changes
    return {
        "release": one.root.number,
        "made": one.root.made.isoformat(),
        "by": one.root.by,
        "live": one.live,
        "changes": changes and [change.model_dump(mode="json") for change in changes],
    }
