"""``peru-media plan``: show what a publish would change, and change nothing."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from peru_media.cli.aims import Said, port_option
from peru_media.cli.drawing import drawn
from peru_media.cli.exits import CHANGES
from peru_media.cli.findings import listed, serious, stand_ins
from peru_media.cli.manners import (
    Manners,
    base_url_option,
    mannered,
    target_option,
)
from peru_media.cli.projects import opened, remember
from peru_media.cli.saved import expect_plan_or_nothing
from peru_media.publishing.publishing import prepare

__all__ = ["verb"]


@click.command("plan")
@target_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Save the plan in this file, for: peru-media publish FILE",
)
@click.option("--exit-code", is_flag=True, help="End with 10 if changes are pending.")
@base_url_option
@port_option
@mannered
def verb(
    manners: Manners,
    *,
    target: str,
    out: Path | None,
    exit_code: bool,
    base_url: str | None,
    port: int | None,
) -> int | None:
    """Compare the files with what is live, and show what a publish would change."""
    if out is not None:
        expect_plan_or_nothing(out)
    with opened(manners, target, said=Said(base_url, port)) as project:
        site, read = project.site()
        prepared = prepare(site, project.desk, read=read, rehearsal=True)
        remember(project, prepared.live.root)
    problems = prepared.problems
    for line in (*listed(serious(problems)), *stand_ins(problems)):
        manners.tell(line)
    for line in drawn(prepared, zone=ZoneInfo(project.settings.timezone)):
        manners.say(line)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(prepared.plan.model_dump_json(indent=1) + "\n", encoding="utf-8")
    manners.answer(plan=prepared.plan.model_dump(mode="json"))
    manners.say(_next(out, nothing=prepared.plan.nothing))
    return CHANGES if exit_code and not prepared.plan.nothing else None


def _next(out: Path | None, *, nothing: bool) -> str:
    if nothing:
        return "Nothing to publish: what is live is what the files say."
    if out is None:
        return "Next: make publish"
    return (
        f"Plan saved: {out} (good until someone else publishes, or a file changes)."
        f"   Next: make publish PLAN={out}"
    )
