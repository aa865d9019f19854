"""``peru-media import``: take shows over from any feed, with all their files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from peru_media.cli.exits import PROBLEMS
from peru_media.cli.figures import megabytes
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.names import shows
from peru_media.cli.projects import read_settings
from peru_media.errors import ContentError
from peru_media.model.address import slug_from
from peru_media.model.target import target_named
from peru_media.parsing.subscriptions import is_opml, parse_opml
from peru_media.ports import Progress
from peru_media.publishing.importing.desk import FeedSource, ImportDesk, Wish
from peru_media.publishing.importing.fitting import shown
from peru_media.publishing.importing.outcome import Imported, Plan
from peru_media.publishing.importing.planning import plan_import
from peru_media.publishing.importing.report import summary
from peru_media.publishing.importing.slugs import is_free
from peru_media.publishing.importing.story import REPORT, import_shows
from peru_media.reading import read_site
from peru_media.wiring import Quiet, open_import

__all__ = ["verb"]

_WEB = ("https://", "http://")


@click.command("import")
@click.argument("source", metavar="FEED|FILE|OPML")
@click.option(
    "--show", shell_complete=shows, help="The name of its folder; else from its title."
)
@click.option(
    "--limit", type=click.IntRange(min=1), help="Only so many of the newest items."
)
@click.option("--no-media", is_flag=True, help="Fetch no files: only what feeds say.")
@click.option(
    "--dry-run", is_flag=True, help="Show what would be done, and do nothing."
)
@target_option
@mannered
def verb(  # noqa: PLR0913  # one an option
    manners: Manners,
    *,
    source: str,
    show: str | None,
    limit: int | None,
    no_media: bool,
    dry_run: bool,
    target: str,
) -> int | None:
    """Take a show over: its episodes, with guids and dates, and all their files.

    FEED is the address of a feed, FILE a feed on this computer, OPML a list of
    feeds, at an address or in a file. Nothing that is here already is changed, but
    a draft that waited for its recording gets its date with it. Cut off at any point,
    the same command goes on where it stopped. What could not be kept, and what to
    set up at the old host, is in import-report.md.
    """
    if show is not None and not is_free(show):
        raise click.BadParameter(_no_name(show), param_hint="--show")
    sources = _sources(source)
    if show is not None and len(sources) > 1:
        msg = "--show names one show, and this list has several"
        raise click.UsageError(msg)
    wish = Wish(show=show, limit=limit, media=not no_media)
    with _opened(manners, target) as desk:
        plans, failures = plan_import(sources, desk, wish, rehearsal=dry_run)
        if dry_run or not plans:
            _planned(manners, plans, failures)
        else:
            with _stopping(manners, plans):
                done = import_shows(plans, desk, wish)
            _done(manners, done, failures)
    return _failed(manners, failures)


def _no_name(show: str) -> str:
    if show and slug_from(show) == show:
        return f'"{show}" has a meaning of its own here: choose another name'
    return f'"{show}" cannot be part of an address: use a-z, 0-9 and hyphens'


def _sources(source: str) -> tuple[FeedSource, ...]:
    """The feeds that are meant: one, or all of a list."""
    if source.lower().startswith(_WEB):
        return (FeedSource(name=source),)
    path = Path(source)
    if not path.is_file():
        msg = f"{source} is neither an address (https://…) nor a file"
        raise click.UsageError(msg)
    data = path.read_bytes()
    if is_opml(data):
        return tuple(FeedSource(name=url) for url in parse_opml(data))
    return (FeedSource(name=source, data=data),)


@contextmanager
def _opened(manners: Manners, target: str) -> Iterator[ImportDesk]:
    settings = read_settings(manners.root)
    site, problems = read_site(manners.root)
    if site is None:
        raise ContentError(problems)
    found = target_named(target, settings, manners.root)
    with (
        _progress(manners) as progress,
        open_import(found, site, progress=progress) as desk,
    ):
        yield desk


@contextmanager
def _stopping(manners: Manners, plans: Sequence[Plan]) -> Iterator[None]:
    """Let Ctrl-C say what is in the project by then."""
    try:
        yield
    except KeyboardInterrupt:
        new = [f"episodes/{slug}" for plan in plans for slug in plan.new]
        new += [f"feeds/{one.draft.show.slug}" for one in plans if not one.here]
        came = sum((manners.root / folder).is_dir() for folder in new)
        folders = f"{counted(came, 'folder')} came so far, each of them whole"
        msg = f"Stopped. {folders}. The same command goes on from there."
        raise KeyboardInterrupt(msg) from None


@contextmanager
def _progress(manners: Manners) -> Iterator[Progress]:
    if not manners.bars:
        yield Quiet()
        return
    from peru_media.cli.bars import Bars  # noqa: PLC0415  # rich, only on a terminal

    with Bars(colour=manners.colour) as bars:
        yield bars


def _failed(manners: Manners, failures: Sequence[str]) -> int | None:
    """Say which feeds of a list could not be read."""
    for failure in failures:
        manners.tell(failure)
    return PROBLEMS if failures else None


def _planned(manners: Manners, plans: Sequence[Plan], failures: Sequence[str]) -> None:
    """Say what would be written and fetched."""
    for plan in plans:
        fields = plan.fields()
        known = sum(one.length or 0 for one in plan.wanted)
        state = "there already" if plan.here else "new"
        manners.say(f"feeds/{fields['show']}  ({state})  from {plan.source}")
        manners.say(
            f"  {counted(plan.items, 'item')}: {len(plan.new)} new, "
            f"{len(plan.present)} here already; "
            f"{counted(len(plan.wanted), 'file')} to fetch, {megabytes(known)} known"
        )
        for line in _noted(plan):
            manners.say(f"  {line}")
    manners.say("Nothing was changed.")
    shows_planned = [plan.fields() for plan in plans]
    manners.answer(dry_run=True, shows=shows_planned, failures=[*failures])


def _noted(plan: Plan) -> Iterator[str]:
    """What is not kept as it is, each kind of it once."""
    kinds = Counter((one.tag, one.what) for one in plan.notes)
    if kinds:
        yield f"not kept as it is, or cleaned: {counted(len(plan.notes), 'thing')}"
    for (tag, what), number in sorted(kinds.items()):
        times = f" ({number} times)" if number > 1 else ""
        yield f"  {shown(tag)}: {shown(what)}{times}"


def _done(manners: Manners, done: Sequence[Imported], failures: Sequence[str]) -> None:
    """Say what was written, and what is next."""
    for one in done:
        manners.say(f"feeds/{one.plan.draft.show.slug}: {summary(one)}")
        for missing in one.missing[:1]:
            files = counted(len(one.missing), "file")
            first = f"the first of them {shown(missing.url)} ({shown(missing.why)})"
            manners.say(f"  {files} could not be had, {first}")
        if one.held:
            drafts = counted(len(one.held), "draft")
            manners.say(f"  {drafts}, to be looked at: see {REPORT}")
    manners.say(f"What became of each thing is in {REPORT}.  Next: make check")
    shows_done = [one.fields() for one in done]
    manners.answer(dry_run=False, report=REPORT, shows=shows_done, failures=[*failures])
