"""``peru-media collect``: delete what no release needs any more."""

from collections.abc import Iterator
from typing import Any

import click

from peru_media.cli.aims import Said, port_option
from peru_media.cli.figures import megabytes
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import opened
from peru_media.ports import Stored
from peru_media.publishing.collecting import Gathered, collect, gather

__all__ = ["verb"]

_KINDS = {
    "public/": "media that anyone could read",
    "held/": "media behind signed addresses",
    "assets/": "pictures and style sheets",
    "state/": "pages, feeds and transcripts",
    "releases/": "former releases",
}
_SHOWN = 20
_STOPPED = (
    "some of it is deleted, and nothing that anybody needs; run make collect to go on"
)


@click.command("collect")
@target_option
@click.option("--yes", is_flag=True, help="Do not ask before deleting.")
@click.option(
    "--dry-run", is_flag=True, help="Show what would be deleted, and do nothing."
)
@port_option
@mannered
def verb(
    manners: Manners, *, target: str, yes: bool, dry_run: bool, port: int | None
) -> None:
    """Delete what no release needs that is live, or that can be rolled back to.

    The last ten releases stay, and every one of the last seven days, with all that
    they need. What is younger than a day stays, for a colleague may be publishing;
    and so does every file that is not ours.
    """
    with opened(manners, target, said=Said(port=port)) as project:
        found = gather(project.desk, rehearsal=dry_run)
        if found is None:
            manners.answer(dry_run=dry_run, **_nothing())
            manners.say("Nothing is published there yet, so nothing is left over.")
            return
        for line in _drawn(found):
            manners.say(line)
        if dry_run or not found.going:
            _left(manners, found, dry_run=dry_run)
            return
        if not _agreed(manners, found, yes=yes):
            manners.tell("Nothing was deleted.")
            return
        try:
            collect(project.desk, found)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_STOPPED) from None
    manners.answer(dry_run=False, **_fields(found))
    manners.say(
        f"Deleted: {counted(len(found.going), 'object')}, {megabytes(found.size)}."
    )


def _drawn(found: Gathered) -> Iterator[str]:
    """What goes, by kind; media by name, for those cannot be made again here."""
    first, last = found.kept[-1], found.kept[0]
    span = f"release {last}" if first == last else f"releases {first} to {last}"
    yield f"Kept: all that {span} need{'s' if first == last else ''}."
    for prefix, kind in _KINDS.items():
        going = [one for one in found.going if one.key.startswith(prefix)]
        if going:
            size = megabytes(sum(one.size for one in going))
            yield f"  - {counted(len(going), 'object'):>14}  {size:>10}  {kind}"
        if prefix in {"public/", "held/"}:
            yield from _named(going)


def _named(going: list[Stored]) -> Iterator[str]:
    for one in going[:_SHOWN]:
        yield f"      {one.key.rpartition('/')[2]}  {megabytes(one.size)}"
    if len(going) > _SHOWN:
        yield f"      and {counted(len(going) - _SHOWN, 'more file')}"


def _left(manners: Manners, found: Gathered, *, dry_run: bool) -> None:
    manners.answer(dry_run=dry_run, **_fields(found))
    if found.going:
        manners.say("This was a rehearsal: nothing was deleted.   Next: make collect")
    else:
        manners.say("Nothing is left over.")


def _agreed(manners: Manners, found: Gathered, *, yes: bool) -> bool:
    """Ask a person whether it is meant.

    Raises:
        UsageError: nobody can be asked, and ``--yes`` was not said.
    """
    if yes:
        return True
    if not manners.asks:
        msg = (
            "Nobody is here to be asked: say --yes (make collect YES=1), "
            "or --dry-run to look first."
        )
        raise click.UsageError(msg)
    what = f"{counted(len(found.going), 'object')} ({megabytes(found.size)})"
    return click.confirm(f"Delete {what} for good?", err=True)


def _fields(found: Gathered) -> dict[str, Any]:
    return {
        "kept": list(found.kept),
        "objects": len(found.going),
        "bytes": found.size,
        "keys": [one.key for one in found.going],
    }


def _nothing() -> dict[str, Any]:
    return {"kept": [], "objects": 0, "bytes": 0, "keys": []}
