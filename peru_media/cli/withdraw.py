"""``peru-media withdraw``: take somebody out of everything, and prove it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click

from peru_media.cli.aims import NOTHING_SAID, aimed
from peru_media.cli.exits import UNVERIFIED
from peru_media.cli.manners import Manners, mannered
from peru_media.cli.names import contributors, episodes
from peru_media.cli.watching import watched
from peru_media.cli.withdrawals import drawn, fields, result, told
from peru_media.errors import ContentError
from peru_media.model.letters import visible
from peru_media.model.problem import Problem
from peru_media.model.receipt import verified
from peru_media.model.site import Site
from peru_media.model.target import Target
from peru_media.publishing.withdrawing.foreseeing import Foreseen, foresee
from peru_media.publishing.withdrawing.order import Order, Reason
from peru_media.publishing.withdrawing.story import Withdrawn, withdraw
from peru_media.reading import read_site
from peru_media.withdrawals import new_order, open_withdrawal, receipt_key

__all__ = ["verb"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_UNREACHED, _MISUSED = 5, 2
_CUT_OFF = "the withdrawal was cut off: the same command goes on where it stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What one call asks for."""

    order: Order
    targets: tuple[Target, ...]
    confirm: str | None
    dry_run: bool


@click.command("withdraw")
@click.argument("slug", required=False, shell_complete=episodes)
@click.option(
    "--contributor",
    shell_complete=contributors,
    help="A contributor by the id of their record: all that they are in.",
)
@click.option(
    "--reason",
    type=click.Choice(get_args(Reason)),
    default="consent",
    show_default=True,
    help="Why: consent was taken back, it was an error, or for legal reasons.",
)
@click.option("--target", help="Only there; else on every target of feeds/site.yaml.")
@click.option(
    "--confirm", metavar="ID", help="Confirm without being asked, by the same id."
)
@click.option(
    "--dry-run", is_flag=True, help="Show what would be done, and do nothing."
)
@click.option(
    "--verify",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="RECEIPT",
    help="Check that a receipt is as it was signed, and do nothing else.",
)
@mannered
def verb(  # noqa: PLR0913  # one an option
    manners: Manners,
    *,
    slug: str | None,
    contributor: str | None,
    reason: Reason,
    target: str | None,
    confirm: str | None,
    dry_run: bool,
    verify: Path | None,
) -> int | None:
    """Withdraw an episode, or a contributor with all that they are in, for good.

    Takes it out of feeds and pages first, then erases every copy and every older
    release, empties caches, asks every address from outside, and writes a signed
    receipt into build/withdrawals/. Nothing brings it back. Cut off anywhere, the
    same command goes on.
    """
    if verify is not None:
        _check(manners, verify)
        return None
    name = slug or contributor
    if name is None or (slug and contributor):
        msg = "Say an episode's name, or --contributor with an id: one of them."
        raise click.UsageError(msg)
    if not _NAME.fullmatch(name):
        msg = f'"{visible(name)}" is no name of an episode, and no id.'
        raise click.UsageError(msg)
    kind = "episode" if slug else "contributor"
    site = _site(manners, name)
    wish = _Wish(
        order=new_order(kind, name, reason=reason),  # type: ignore[arg-type]  # one of two
        targets=_targets(manners, site, target),
        confirm=confirm,
        dry_run=dry_run,
    )
    return _run(manners, wish, site)


def _targets(manners: Manners, site: Site, name: str | None) -> tuple[Target, ...]:
    """One target or all, each at the address of its last publish.

    Raises:
        SettingsError: the site has no such target.
    """
    settings = site.site.value
    names = (name,) if name else tuple(settings.targets)
    return tuple(aimed(manners, one, settings, NOTHING_SAID) for one in names)


def _check(manners: Manners, path: Path) -> None:
    """Say of a receipt whether it is ours."""
    receipt = verified(path.read_bytes(), receipt_key(manners.root))
    manners.answer(receipt=receipt.model_dump(mode="json"), valid=True)
    manners.say(
        f"The receipt is as it was signed: {receipt.kind} {visible(receipt.name)}, "
        f"withdrawn by {visible(receipt.by)}, {receipt.finished:%Y-%m-%d %H:%M} UTC."
    )


def _site(manners: Manners, name: str) -> Site:
    """What staff wrote; files with mistakes stand in nobody's way, but are named.

    Raises:
        ContentError: what a withdrawal itself must read or write cannot be read.
    """
    site, problems = read_site(manners.root)
    own = {"feeds/site.yaml", "feeds/withdrawn.yaml", f"feeds/contributors/{name}.yaml"}
    fatal = [one for one in problems if one.place.path in own]
    if site is None or fatal:
        raise ContentError(fatal or problems)
    for path in _unread(site, problems):
        manners.tell(
            f"{visible(path)} cannot be read, so nobody can tell whether it is "
            "concerned: make check says why"
        )
    return site


def _unread(site: Site, problems: tuple[Problem, ...]) -> Iterator[str]:
    known = {one.path for one in site.episodes}
    paths = dict.fromkeys(problem.place.path for problem in problems)
    yield from (
        path for path in paths if path.endswith("/episode.md") and path not in known
    )


def _run(manners: Manners, wish: _Wish, site: Site) -> int | None:
    with watched(manners) as progress:
        desk = open_withdrawal(manners.root, site, wish.targets, progress=progress)
        foreseen = foresee(wish.order, desk)
        if foreseen.nothing:
            _nothing(manners, foreseen)
            return None
        for line in drawn(foreseen):
            manners.say(line)
        if wish.dry_run:
            _rehearsed(manners, foreseen)
            return None
        if not _agreed(manners, wish, foreseen):
            manners.tell("That is not the same: nothing was changed.")
            return _MISUSED
        manners.tell("This takes some time: servers turn first, and proof comes last.")
        try:
            done = withdraw(foreseen, desk)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(_CUT_OFF) from None
        return _report(manners, done)


def _nothing(manners: Manners, foreseen: Foreseen) -> None:
    manners.answer(**fields(foreseen), nothing=True)
    manners.say("Nothing of it is published any more, and it cannot come back.")


def _rehearsed(manners: Manners, foreseen: Foreseen) -> None:
    manners.answer(**fields(foreseen), dry_run=True)
    manners.say("This was a rehearsal: nothing was changed.")


def _agreed(manners: Manners, wish: _Wish, foreseen: Foreseen) -> bool:
    """Have the id typed; nothing else confirms it.

    Raises:
        UsageError: nobody can be asked, or ``--confirm`` says something else.
    """
    name = foreseen.docket.order.name
    if wish.confirm is not None:
        if wish.confirm != name:
            msg = f'--confirm must be the same as what is withdrawn: "{name}".'
            raise click.UsageError(msg)
        return True
    if not manners.asks:
        msg = (
            f"Nobody is here to type the id: say --confirm {name}, or --dry-run to "
            "look first."
        )
        raise click.UsageError(msg)
    what = "contributor id" if wish.order.kind == "contributor" else "name"
    typed = click.prompt(
        f"Type the {what} to go on", err=True, default="", show_default=False
    )
    return bool(typed.strip() == name)


def _report(manners: Manners, done: Withdrawn) -> int | None:
    """Say what is gone, what is left to do, and what cannot be called back."""
    manners.answer(**result(done))
    for gone in done.gone:
        for line in told(gone):
            manners.say(f" {line}")
    for path in done.papers:
        manners.say(f" {path}")
    for target, why in done.left.items():
        manners.tell(f"{target} is not done: {visible(why)}")
    if done.left:
        manners.tell("The same command goes on with what is left.")
        return _UNREACHED
    return _ended(manners, done)


def _ended(manners: Manners, done: Withdrawn) -> int | None:
    for sentence in done.receipt.beyond if done.receipt else ():
        manners.say(f" {sentence}")
    if not done.proven:
        manners.tell(
            "Not everything could be shown to be gone from outside: run the same "
            "command again, which asks again."
        )
        return UNVERIFIED
    return None
