"""``peru-media doctor``: look at a target as a whole, and say what to do."""

from collections.abc import Iterable, Iterator
from typing import Any

import click

from peru_media.checkups import open_patient
from peru_media.cli.aims import Said, aimed, port_option
from peru_media.cli.exits import SETTINGS
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import read_settings
from peru_media.cli.watching import watched
from peru_media.drills import fire_drill as rehearse
from peru_media.model.letters import visible
from peru_media.publishing.doctor.examination import examine
from peru_media.publishing.doctor.rows import Row, Verdict

__all__ = ["verb"]

_COLOURS = {Verdict.OK: "green", Verdict.WARN: "yellow", Verdict.FAIL: "red"}


@click.command("doctor")
@target_option
@port_option
@click.option(
    "--read-data", is_flag=True, help="Read every byte of the live release as well."
)
@click.option(
    "--fire-drill",
    is_flag=True,
    help="Rehearse a withdrawal on a copy on this computer as well.",
)
@mannered
def verb(
    manners: Manners,
    *,
    target: str,
    port: int | None,
    read_data: bool,
    fire_drill: bool,
) -> int | None:
    """Find what is wrong with a target before listeners or strangers do.

    Looks at this computer, the settings, what your credentials may do and what
    anybody may do without any, the clock, the live release and its objects, and
    what listeners get at the public address. Small objects are put into the store
    to try it, and taken away again; nothing that is published is changed.
    """
    settings = read_settings(manners.root)
    found = aimed(manners, target, settings, Said(port=port))
    with (
        watched(manners) as progress,
        open_patient(found, settings, progress=progress) as patient,
    ):
        rows = list(_told(manners, examine(patient, read_data=read_data)))
        if fire_drill:
            rows += _told(manners, [rehearse(patient, settings)])
    failed = _count(rows, Verdict.FAIL)
    manners.answer(
        target=found.name,
        base_url=found.base_url,
        healthy=failed == 0,
        rows=[_fields(row) for row in rows],
    )
    manners.say(_summary(rows))
    return SETTINGS if failed else None


def _told(manners: Manners, rows: Iterable[Row]) -> Iterator[Row]:
    """Say each answer as soon as it is known."""
    for row in rows:
        manners.say(_line(row))
        yield row


def _line(row: Row) -> str:
    mark = click.style(f"{row.verdict:<4}", fg=_COLOURS[row.verdict])
    advice = f" -> {row.fix}" if row.fix else ""
    place = f" ({row.docs})" if row.docs else ""
    return f"{mark}  {visible(row.what + advice)}{place}"


def _fields(row: Row) -> dict[str, Any]:
    return {
        "about": row.about,
        "verdict": str(row.verdict),
        "what": row.what,
        "fix": row.fix,
        "docs": row.docs,
    }


def _summary(rows: list[Row]) -> str:
    failed, warned = _count(rows, Verdict.FAIL), _count(rows, Verdict.WARN)
    if not failed and not warned:
        return f"All is well: {counted(len(rows), 'question')} asked."
    return (
        f"{failed} FAIL, {counted(warned, 'warning')} "
        f"of {counted(len(rows), 'question')}."
    )


def _count(rows: list[Row], verdict: Verdict) -> int:
    return sum(row.verdict is verdict for row in rows)
