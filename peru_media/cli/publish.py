"""``peru-media publish``: check, plan, send and verify, whole or not at all."""

from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from peru_media.cli.aims import Said, keep_address, port_option
from peru_media.cli.drawing import changes, drawn
from peru_media.cli.due import turned
from peru_media.cli.exits import UNVERIFIED
from peru_media.cli.figures import megabytes
from peru_media.cli.findings import counted, listed, serious, stand_ins
from peru_media.cli.foreseen import foreseen
from peru_media.cli.listening import LOOPBACK, expect_free, own_port
from peru_media.cli.looks import fingerprint, look
from peru_media.cli.manners import Manners, base_url_option, mannered
from peru_media.cli.moments import settle_moments
from peru_media.cli.projects import Opened, opened, remember
from peru_media.cli.reports import addresses, fields, outside, so_far
from peru_media.cli.saved import saved_plan
from peru_media.errors import StoreError
from peru_media.model.release import Root
from peru_media.planning import Plan
from peru_media.publishing import memo
from peru_media.publishing.careful import warning
from peru_media.publishing.desk import Desk
from peru_media.publishing.publishing import Prepared, Published, prepare, publish

__all__ = ["verb"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What one call asks for."""

    saved: Plan | None
    yes: bool
    dry_run: bool
    max_delete: int | None
    announce: bool


@click.command("publish")
@click.argument(
    "plan", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--target", help="Where to, by its name in feeds/site.yaml; else local.")
@click.option("--yes", is_flag=True, help="Do not ask before sending.")
@click.option(
    "--max-delete",
    type=click.IntRange(min=0),
    help="How many episodes may go, where more than usual do.",
)
@click.option(
    "--dry-run", is_flag=True, help="Show what would be done, and do nothing."
)
@click.option(
    "--due",
    is_flag=True,
    help="Publish nothing new: erase what has ended, announce what has come out.",
)
@click.option("--no-announce", is_flag=True, help="Tell nobody of the news.")
@base_url_option
@port_option
@mannered
def verb(  # noqa: PLR0913  # one an option
    manners: Manners,
    *,
    plan: Path | None,
    target: str | None,
    yes: bool,
    max_delete: int | None,
    dry_run: bool,
    due: bool,
    no_announce: bool,
    base_url: str | None,
    port: int | None,
) -> int | None:
    """Publish what the files say; or a plan that was saved, if it still fits.

    Checks everything, plans, asks, sends media before pages before feeds, and
    makes it all visible in one step. Cut off at any point, the last release
    stays live, and the next publish goes on.
    """
    saved = saved_plan(plan) if plan else None
    wish = _Wish(
        saved=saved,
        yes=yes,
        dry_run=dry_run,
        max_delete=max_delete,
        announce=not no_announce,
    )
    target = target or (saved.target if saved else "local")
    if saved and not port:
        base_url = base_url or saved.base_url
    if due and saved:
        msg = "A saved plan and --due are two things: say one of them."
        raise click.UsageError(msg)
    with opened(manners, target, said=Said(base_url, port)) as project:
        if due:
            turned(manners, project, dry_run=dry_run, announce=not no_announce)
            return None
        return _Publish(manners=manners, project=project, wish=wish).run()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Publish:
    """One publish, from the files to the last line."""

    manners: Manners
    project: Opened
    wish: _Wish

    def run(self) -> int | None:
        """Publish, unless nothing is new since the last time.

        Where a server is about to be started, only if it could listen.
        """
        if self.manners.starting:
            expect_free(LOOPBACK, own_port(self.project.target))
        files = look(self.project.desk.root)
        inputs = fingerprint(self.project.desk.root, files)
        known = None if self.wish.saved else memo.recall(self.project.desk, inputs)
        if known is not None:
            self._nothing(known)
            if not self.wish.dry_run:
                keep_address(self.project.target, self.project.settings)
            return None
        settled = files.settled(self.project.desk.clock.now())
        return self._publish(inputs if settled else None)

    def _publish(self, inputs: str | None) -> int | None:
        site, read = self.project.site()
        desk, wish = self.project.desk, self.wish
        prepared = prepare(
            site,
            desk,
            read=read,
            saved=wish.saved,
            max_delete=wish.max_delete,
            rehearsal=wish.dry_run,
        )
        self._show(prepared)
        if wish.dry_run:
            self._rehearsed(prepared)
            return None
        if not self._agreed(prepared):
            self.manners.tell("Nothing was published.")
            return None
        published = self._send(prepared)
        code = self._report(published, prepared)
        remember(self.project, _root(prepared, desk))
        keep_address(self.project.target, self.project.settings)
        edited = settle_moments(self.manners, site, prepared.build.source, desk.root)
        if inputs and not edited:
            memo.remember(desk, inputs, prepared, published)
        return code

    def _send(self, prepared: Prepared) -> Published:
        desk = self.project.desk
        try:
            return publish(
                prepared, desk if self.wish.announce else replace(desk, ears=())
            )
        except KeyboardInterrupt:
            raise KeyboardInterrupt(so_far(desk, prepared.live.number)) from None
        except StoreError:
            if said := so_far(desk, prepared.live.number):
                self.manners.tell(said)
            raise

    def _show(self, prepared: Prepared) -> None:
        problems = prepared.problems
        for line in (*listed(serious(problems)), *stand_ins(problems)):
            self.manners.tell(line)
        episodes = counted(len(prepared.build.source.episodes), "episode")
        self.manners.say(f"check  OK {episodes}     plan  {changes(prepared)}")

    def _agreed(self, prepared: Prepared) -> bool:
        """Ask a person whether it is meant.

        Raises:
            UsageError: nobody can be asked, and ``--yes`` was not said.
        """
        if prepared.plan.nothing:
            return True
        if self.wish.yes:
            for line in foreseen(prepared.plan):
                self.manners.say(line)
            return True
        if not self.manners.asks:
            msg = (
                "Nobody is here to be asked: say --yes (make publish YES=1), "
                "or --dry-run to look first."
            )
            raise click.UsageError(msg)
        for line in drawn(prepared, zone=self._zone):
            self.manners.say(line)
        return click.confirm(f"Publish to {prepared.plan.target}?", err=True)

    def _rehearsed(self, prepared: Prepared) -> None:
        for line in drawn(prepared, zone=self._zone):
            self.manners.say(line)
        self.manners.answer(dry_run=True, plan=prepared.plan.model_dump(mode="json"))
        self.manners.say("This was a rehearsal: nothing was sent.   Next: make publish")

    def _nothing(self, published: Published) -> None:
        base_url = self.project.target.base_url
        self.manners.answer(**fields(published))
        self.manners.say(
            f"Nothing to publish: release {published.release} is what the files say.\n"
            f" {base_url}/"
        )

    def _report(self, published: Published, prepared: Prepared) -> int | None:
        """Say what is live now, before anything else can go wrong."""
        if prepared.plan.nothing:
            self._nothing(published)
            return None
        self.manners.answer(**fields(published))
        self.manners.say(
            f" release {published.release} is live: "
            f"{counted(published.sent, 'object')}, {megabytes(published.sent_bytes)}."
        )
        if careful := warning(prepared.live.store, self.project.desk.cache):
            self.manners.tell(careful)
        seen = outside(published, starting=self.manners.starting)
        for line in (*seen, *addresses(published, prepared)):
            self.manners.say(f" {line}")
        verified = published.verified
        return UNVERIFIED if verified and verified.problems else None

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.project.settings.timezone)


def _root(prepared: Prepared, desk: Desk) -> Root | None:
    """The root of what is live after a publish."""
    if prepared.plan.nothing:
        return prepared.live.root
    return prepared.build.root(prepared.live, by=desk.by)
