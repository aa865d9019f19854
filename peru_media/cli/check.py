"""``peru-media check``: find everything that is wrong, before anybody else does."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from peru_media.cli.exits import PROBLEMS
from peru_media.cli.findings import counted, listed, written
from peru_media.cli.looks import Files, keep, look, recall
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.names import episodes
from peru_media.errors import ContentError
from peru_media.model.problem import Problem, Severity
from peru_media.wiring import SystemClock

if TYPE_CHECKING:
    from peru_media.model.site import Site

__all__ = ["verb"]


@click.command("check")
@click.argument("slugs", nargs=-1, metavar="[SLUG]...", shell_complete=episodes)
@target_option
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@mannered
def verb(
    manners: Manners, *, slugs: tuple[str, ...], target: str, strict: bool
) -> int | None:
    """Find everything that is wrong, in all episodes or in those named.

    Schema, recordings, transcripts, covers, documents, dates, identity and
    consent; all problems at once. No network is needed.
    """
    clock = SystemClock()
    began = clock.monotonic()
    files = look(manners.project)
    folders = _chosen(files, slugs)
    problems = recall(manners.project, target, files, at=clock.now())
    if problems is None:
        problems = _anew(manners, target, files, at=clock.now())
    if slugs:
        problems = tuple(p for p in problems if p.place.path.startswith(folders))
    _show(manners, problems, folders, seconds=clock.monotonic() - began)
    least = Severity.WARN if strict else Severity.ERROR
    return PROBLEMS if any(p.severity >= least for p in problems) else None


def _chosen(files: Files, slugs: Sequence[str]) -> tuple[str, ...]:
    """The folders of the episodes that were named; of all where none was."""
    by_slug = {folder.split("/")[-2]: folder for folder in files.episodes}
    unknown = [slug for slug in slugs if slug not in by_slug]
    if unknown:
        msg = f'There is no episode "{unknown[0]}" below episodes/.'
        raise click.UsageError(msg)
    return tuple(by_slug[slug] for slug in slugs) or files.episodes


def _anew(
    manners: Manners, target: str, files: Files, *, at: datetime
) -> tuple[Problem, ...]:
    try:
        return _check(manners, target, files, at=at)
    except ContentError as error:
        return error.problems


def _check(
    manners: Manners, target: str, files: Files, *, at: datetime
) -> tuple[Problem, ...]:
    from peru_media.cli.projects import known_live, known_place, opened  # noqa: PLC0415  # not where nothing changed
    from peru_media.publishing.publishing import inspect  # noqa: PLC0415  # not where nothing changed

    with opened(manners, target) as project:
        live = known_live(project)
        site, read = project.site()
        _, problems = inspect(site, project.desk, live, read=read, at=at)
        keep(
            manners.project,
            target,
            files,
            problems,
            watched=[known_place(project.target)],
            valid=(at, _next_midnight(site, at)),
        )
    return problems


def _next_midnight(site: "Site", at: datetime) -> datetime:
    """When a day first ends for a show: a consent may end with it."""
    from peru_media.model.schedule import midnight_after  # noqa: PLC0415  # not where nothing changed

    zones = [site.zone(show) for show in site.shows]
    ends = [midnight_after(at.astimezone(zone).date(), zone) for zone in zones]
    return min(ends, default=at)


def _show(
    manners: Manners,
    problems: Sequence[Problem],
    folders: Sequence[str],
    *,
    seconds: float,
) -> None:
    for line in listed(problems):
        manners.say(line)
    errors = sum(p.severity is Severity.ERROR for p in problems)
    warnings = sum(p.severity is Severity.WARN for p in problems)
    manners.answer(
        errors=errors,
        warnings=warnings,
        episodes=len(folders),
        problems=written(problems),
    )
    if not errors and not warnings:
        all_right = f"{counted(len(folders), 'episode')}, nothing to put right"
        manners.say(f"check  OK  {all_right} ({seconds:.1f} s).   Next: make plan")
        return
    manners.say(
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')} "
        f"in {_where(problems, folders)} ({seconds:.1f} s). Nothing was changed."
    )


def _where(problems: Sequence[Problem], folders: Sequence[str]) -> str:
    paths = [problem.place.path for problem in problems]
    touched = sum(any(p.startswith(folder) for p in paths) for folder in folders)
    elsewhere = any(not p.startswith(tuple(folders)) for p in paths)
    text = f"{touched} of {counted(len(folders), 'episode')}"
    return f"{text} and in other files" if elsewhere else text
