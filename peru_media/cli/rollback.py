"""``peru-media rollback``: say again what a former release said, as a new one."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import click

from peru_media.cli.aims import Said, port_option
from peru_media.cli.drawing import drawn
from peru_media.cli.exits import UNVERIFIED
from peru_media.cli.figures import megabytes
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import Opened, opened, remember
from peru_media.cli.reports import fields, outside, so_far
from peru_media.publishing.publishing import Published, publish
from peru_media.publishing.rollback import Rollback, prepare_rollback

__all__ = ["verb"]

_NEXT = (
    "The files are as they were: the next publish brings their state again. "
    "Mend them first."
)


_STOPPED = "nothing was published; run make rollback to go on"


@click.command("rollback")
@click.argument("release", required=False, type=click.IntRange(min=1))
@target_option
@click.option("--yes", is_flag=True, help="Do not ask before publishing.")
@click.option(
    "--max-delete",
    type=click.IntRange(min=0),
    help="How many episodes may go, where more than usual do.",
)
@click.option(
    "--dry-run", is_flag=True, help="Show what would be done, and do nothing."
)
@click.option("--no-announce", is_flag=True, help="Tell nobody of the news.")
@port_option
@mannered
def verb(  # noqa: PLR0913  # one an option
    manners: Manners,
    *,
    release: int | None,
    target: str,
    yes: bool,
    max_delete: int | None,
    dry_run: bool,
    no_announce: bool,
    port: int | None,
) -> int | None:
    """Bring back what RELEASE said; else the release before the live one.

    It goes out as a new release, made of what the store still has. Whoever was
    withdrawn since, and whoever's consent has ended, stays out. No file changes, so
    the next publish brings the state of the files again.
    """
    with opened(manners, target, said=Said(port=port)) as project:
        site, read = project.site()
        made = prepare_rollback(
            site,
            project.desk,
            read=read,
            release=release,
            max_delete=max_delete,
            rehearsal=dry_run,
        )
        if dry_run or made.prepared.plan.nothing or not _agreed(manners, made, yes=yes):
            _left(manners, project, made, dry_run=dry_run)
            return None
        desk = replace(project.desk, ears=()) if no_announce else project.desk
        try:
            published = publish(made.prepared, desk)
        except KeyboardInterrupt:
            said = so_far(desk, made.prepared.live.number)
            raise KeyboardInterrupt(said or _STOPPED) from None
        remember(project, made.prepared.build.root(made.prepared.live, by=desk.by))
        return _report(manners, made, published)


def _agreed(manners: Manners, made: Rollback, *, yes: bool) -> bool:
    """Ask a person whether it is meant.

    Raises:
        UsageError: nobody can be asked, and ``--yes`` was not said.
    """
    if yes:
        for line in _stays_out(made):
            manners.say(line)
        return True
    if not manners.asks:
        msg = (
            "Nobody is here to be asked: say --yes (make rollback YES=1), "
            "or --dry-run to look first."
        )
        raise click.UsageError(msg)
    _show(manners, made)
    target = made.prepared.plan.target
    return click.confirm(f"Bring back release {made.release} on {target}?", err=True)


def _show(manners: Manners, made: Rollback) -> None:
    zone = ZoneInfo(made.prepared.build.source.timezone)
    manners.say(f"Back to what release {made.release} said:")
    for line in (*drawn(made.prepared, zone=zone), *_stays_out(made)):
        manners.say(line)
    manners.say(_NEXT)


def _stays_out(made: Rollback) -> list[str]:
    lines = [f"  ! stays out  {one.title}: {one.reason}" for one in made.objections]
    if made.withdrawn:
        lines.append(
            f"  ! stays out  {counted(made.withdrawn, 'episode')} withdrawn since"
        )
    return lines


def _left(manners: Manners, project: Opened, made: Rollback, *, dry_run: bool) -> None:
    """Say why nothing was done: a rehearsal, nothing to do, or somebody said no."""
    prepared = made.prepared
    if dry_run or prepared.plan.nothing:
        plan = prepared.plan.model_dump(mode="json")
        manners.answer(dry_run=dry_run, plan=plan, **_fields(made))
    if dry_run:
        _show(manners, made)
        manners.say("This was a rehearsal: nothing was sent.")
    elif prepared.plan.nothing:
        manners.say(
            f"Nothing to do: release {prepared.live.number}, which is live on "
            f"{project.target.name}, says what release {made.release} said."
        )
    else:
        manners.tell("Nothing was changed.")


def _report(manners: Manners, made: Rollback, published: Published) -> int | None:
    manners.answer(dry_run=False, **fields(published), **_fields(made))
    manners.say(
        f" release {published.release} is live, and says what release {made.release} "
        f"said: {counted(published.sent, 'object')}, {megabytes(published.sent_bytes)}."
    )
    for line in outside(published, starting=manners.starting):
        manners.say(f" {line}")
    manners.say(_NEXT)
    verified = published.verified
    return UNVERIFIED if verified and verified.problems else None


def _fields(made: Rollback) -> dict[str, Any]:
    """What JSON says beside the plan."""
    return {
        "back_to": made.release,
        "stays_out": [
            {"slug": one.slug, "title": one.title, "reason": one.reason}
            for one in made.objections
        ],
        "withdrawn": made.withdrawn,
    }
