"""``peru-media check``: find everything that is wrong, before anybody else does."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peru_media.cli.exits import PROBLEMS
from peru_media.cli.feeds import is_feed
from peru_media.cli.findings import counted, listed, stand_ins, summary, written
from peru_media.cli.forms import Form, Result, form_options, tell
from peru_media.cli.looks import Files, keep, look, recall
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.names import episodes
from peru_media.errors import ContentError
from peru_media.model.problem import Problem, Severity
from peru_media.wiring import SystemClock

if TYPE_CHECKING:
    from peru_media.checks.reports import Meaning
    from peru_media.model.site import Site

__all__ = ["verb"]


@click.command("check")
@click.argument("words", nargs=-1, metavar="[SLUG|FEED]...", shell_complete=episodes)
@target_option
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--online", is_flag=True, help="Ask the servers of a feed, too.")
@click.option(
    "--limit",
    type=click.IntRange(0, 10_000),
    default=20,
    show_default=True,
    help="Of how many of the newest episodes --online asks for the parts.",
)
@form_options
@mannered
def verb(  # noqa: PLR0913  # one parameter an option
    manners: Manners,
    *,
    words: tuple[str, ...],
    target: str,
    strict: bool,
    online: bool,
    limit: int,
    form: str,
    out: Path | None,
) -> int | None:
    """Find everything that is wrong: in all episodes, in those named, or in a feed.

    Of episodes: schema, recordings, transcripts, covers, documents, dates, identity
    and consent; all problems at once. No network is needed.

    A FEED is anybody's: an address (https://...), a file, or - for what comes through
    a pipe. A file below episodes/ means its episode. With --online the servers of the
    feed are asked for its media, artwork, transcripts, chapters and pages; only public
    addresses are, unless the feed is that of the target.
    """
    if out is not None:
        _expect_report(out, words, root=_root(manners))
    feeds = [word for word in words if is_feed(word, root=_root(manners))]
    if feeds:
        result = _of_feed(manners, words, online=online, newest=limit, target=target)
    elif online:
        msg = "--online asks the servers of a feed: name its address or its file."
        raise click.UsageError(msg)
    else:
        result = _of_episodes(manners, words, target=target)
    tell(manners, Form(name=form, out=out, strict=strict), result)
    least = Severity.WARN if strict else Severity.ERROR
    return PROBLEMS if any(p.severity >= least for p in result.problems) else None


def _expect_report(out: Path, words: Sequence[str], *, root: Path | None) -> None:
    """Refuse to write the report over what is checked.

    Raises:
        UsageError: the file is one that staff write, or one that was named.
    """
    place = out.resolve()
    own = [root.resolve() / name for name in ("feeds", "episodes")] if root else []
    named = [Path(word).resolve() for word in words]
    if place in named or any(place.is_relative_to(folder) for folder in own):
        msg = f"--out {out}: a report would take the place of what is checked there."
        raise click.UsageError(msg)


def _root(manners: Manners) -> Path | None:
    """The folder of the project; None outside of one."""
    there = (manners.project / "feeds").is_dir()
    return manners.project.absolute() if there else None


def _of_feed(
    manners: Manners, words: Sequence[str], *, online: bool, newest: int, target: str
) -> Result:
    """Judge the one feed that was named.

    Raises:
        UsageError: something else was named, too.
    """
    from peru_media.cli.feeds import feed_result  # noqa: PLC0415  # lazy

    if len(words) > 1:
        msg = "Name one feed at a time, and no episodes beside it."
        raise click.UsageError(msg)
    return feed_result(manners, words[0], online=online, newest=newest, target=target)


def _of_episodes(manners: Manners, slugs: Sequence[str], *, target: str) -> Result:
    clock = SystemClock()
    began = clock.monotonic()
    files = look(manners.root)
    folders = _chosen(files, slugs)
    problems = recall(manners.root, target, files, at=clock.now())
    if problems is None:
        problems = _anew(manners, target, files, at=clock.now())
    if slugs:
        problems = tuple(p for p in problems if p.place.path.startswith(folders))
    return _result(problems, folders, seconds=clock.monotonic() - began)


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


def _result(
    problems: Sequence[Problem], folders: Sequence[str], *, seconds: float
) -> Result:
    errors = sum(p.severity is Severity.ERROR for p in problems)
    warnings = sum(p.severity is Severity.WARN for p in problems)
    took = f" ({seconds:.1f} s)"
    last = summary(problems, folders, took=took)
    if not errors and not warnings:
        all_right = f"{counted(len(folders), 'episode')}, nothing to put right"
        last = f"check  OK  {all_right}{took}.   Next: make plan"
    return Result(
        problems=problems,
        lines=(*listed(problems), *stand_ins(problems), last),
        fields={
            "errors": errors,
            "warnings": warnings,
            "episodes": len(folders),
            "problems": written(problems),
        },
        meanings=_meanings,
        seconds=seconds,
    )


def _meanings() -> "Mapping[str, Meaning]":
    """What every code means, of reading and of the rules."""
    from peru_media.checks import RULES  # noqa: PLC0415  # for reports alone
    from peru_media.checks.reports import Meaning, meanings  # noqa: PLC0415  # for reports alone
    from peru_media.reading import MEANINGS, REASONS  # noqa: PLC0415  # for reports alone

    of_reading = {
        code: Meaning(title=title, **REASONS[code]._asdict())
        for code, title in MEANINGS.items()
    }
    return of_reading | meanings(RULES)
