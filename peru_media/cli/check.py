"""``peru-media check``: find everything that is wrong, before anybody else does."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peru_media.cli.exits import PROBLEMS
from peru_media.cli.findings import counted, listed, stand_ins, summary, written
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
    files = look(manners.root)
    folders = _chosen(files, slugs)
    problems = recall(manners.root, target, files, at=clock.now())
    if problems is None:
        problems = _anew(manners, target, files, at=clock.now())
    if slugs:
        problems = tuple(p for p in problems if p.place.path.startswith(folders))
    _show(manners, problems, folders, seconds=clock.monotonic() - began)
    least = Severity.WARN if strict else Severity.ERROR
    return PROBLEMS if any(p.severity >= least for p in problems) else None


def _chosen(files: Files, named: Sequence[str]) -> tuple[str, ...]:
    """The folders of the episodes that were named; of all where none was."""
    by_slug = {folder.split("/")[-2]: folder for folder in files.episodes}
    slugs = [_slug(text, by_slug) for text in named]
    return tuple(by_slug[slug] for slug in slugs) or files.episodes


def _slug(text: str, known: Collection[str]) -> str:
    """The episode that is meant by its name, or by the path of its folder or file.

    Raises:
        UsageError: there is none.
    """
    path = Path(text)
    parts = path.absolute().parts if path.exists() else path.parts
    for part in reversed(parts):
        if part in known:
            return part
    msg = f'There is no episode "{text}" below episodes/.{_alike(text, known)}'
    raise click.UsageError(msg)


def _alike(text: str, known: Collection[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # rare

    near = get_close_matches(text, list(known), n=1)
    return f' Did you mean "{near[0]}"?' if near else ""


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
    from peru_media.cli.aims import Said  # noqa: PLC0415  # not where nothing changed
    from peru_media.cli.projects import known_live, known_place, opened  # noqa: PLC0415  # not where nothing changed
    from peru_media.publishing.publishing import inspect  # noqa: PLC0415  # not where nothing changed

    with opened(manners, target, said=Said(lasting=False)) as project:
        live = known_live(project)
        site, read = project.site()
        _, problems = inspect(site, project.desk, live, read=read, at=at)
        keep(
            manners.root,
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
    for line in (*listed(problems), *stand_ins(problems)):
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
    manners.say(summary(problems, folders, took=f" ({seconds:.1f} s)"))
