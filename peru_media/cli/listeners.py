"""``peru-media listeners``: who may hear a private show, each by their own address."""

import secrets
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import click

from peru_media.cli.aims import Said, port_option
from peru_media.cli.figures import day
from peru_media.cli.findings import counted
from peru_media.cli.labels import forget_others, keep_label, labels
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import Opened, opened
from peru_media.model.letters import visible
from peru_media.model.listeners import TOKEN_BYTES, Listener
from peru_media.publishing.listeners import let_in, listeners_of, revoke
from peru_media.publishing.live import read_live

__all__ = ["verb"]


@click.command("listeners")
@click.argument("action", type=click.Choice(["add", "list", "revoke"]))
@click.argument("which", metavar="SHOW|ID")
@click.option("--name", help="What you call them; it stays on this computer.")
@target_option
@port_option
@mannered
def verb(  # one an option
    manners: Manners,
    *,
    action: str,
    which: str,
    name: str | None,
    target: str,
    port: int | None,
) -> None:
    """Let people hear a private show: add SHOW, list SHOW, revoke ID.

    Each gets an address of their own, which is shown once and kept nowhere: send
    it to them alone. Revoking ends one address within a minute, and no other.
    """
    with opened(manners, target, said=Said(port=port)) as project:
        if action == "add":
            _add(manners, project, which, name)
        elif action == "revoke":
            _revoke(manners, project, which)
        else:
            _list(manners, project, which)


def _add(manners: Manners, project: Opened, show: str, name: str | None) -> None:
    added = let_in(project.desk, show, randomness=secrets.token_bytes(TOKEN_BYTES))
    if name:
        keep_label(project.desk.root, project.target.name, added.id, name)
    manners.answer(show=show, id=added.id, feed_url=added.feed_url)
    aim = project.target.name
    there = "" if aim == "local" else f" TARGET={aim}"
    for line in (
        f"Listener {added.id} of {show}. This address is shown only now:",
        f" {added.feed_url}",
        "Whoever has it can listen: send it to them alone. They add it to their app",
        "as a podcast by its address.",
        f"To end it: make listeners REVOKE={added.id}{there}",
    ):
        manners.say(line)


def _revoke(manners: Manners, project: Opened, name: str) -> None:
    ended = revoke(project.desk, name)
    root, target = project.desk.root, project.target.name
    forget_others(root, target, labels(root, target).keys() - {name})
    manners.answer(id=name, revoked=ended.revoked and ended.revoked.isoformat())
    manners.say(
        f"The address of listener {name} has ended: within a minute it answers "
        "nobody any more. What they have downloaded stays with them."
    )


def _list(manners: Manners, project: Opened, show: str) -> None:
    live = read_live(project.desk.store, project.desk.cache)
    found = listeners_of(live, show)
    root, target = project.desk.root, project.target.name
    forget_others(root, target, live.listeners().listening)
    called = labels(root, target)
    manners.answer(
        show=show,
        listeners=[_fields(name, one, called) for name, one in found.items()],
    )
    zone = ZoneInfo(project.settings.timezone)
    for line in _lines(found, called, zone):
        manners.say(line)
    there = sum(one.revoked is None for one in found.values())
    manners.say(f"{counted(there, 'listener')} of {show}.")


def _fields(
    name: str, listener: Listener, called: Mapping[str, str]
) -> dict[str, str | None]:
    return {
        "id": name,
        "name": called.get(name),
        "since": listener.since.isoformat(),
        "revoked": listener.revoked.isoformat() if listener.revoked else None,
    }


def _lines(
    found: Mapping[str, Listener], called: Mapping[str, str], zone: ZoneInfo
) -> Iterator[str]:
    for name, one in found.items():
        ended = f"ended {day(one.revoked, zone)}" if one.revoked else "listens"
        label = visible(called.get(name, ""))
        since = f"since {day(one.since, zone)}"
        yield f"  {name}  {since}  {ended:<21}  {label}".rstrip()
