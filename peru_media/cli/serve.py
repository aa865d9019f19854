"""``peru-media serve``: serve the live release to listeners and readers."""

from collections.abc import Iterator
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

import click

from peru_media.cli.aims import NOTHING_SAID, aimed
from peru_media.cli.listening import LOOPBACK, PORT, answers, expect_free, own_port
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import read_settings
from peru_media.errors import StoreError
from peru_media.model.release import version_at
from peru_media.model.target import Target
from peru_media.publishing.live import Live, read_live
from peru_media.wiring import SystemClock, open_store, serve

__all__ = ["verb"]

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # compared, not bound


@click.command("serve")
@target_option
@click.option("--bind", default=LOOPBACK, show_default=True, help="Address.")
@click.option(
    "--port",
    type=PORT,
    help="Port; else the target's own on this machine, or 8000.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes; one a core is plenty.",
)
@click.option(
    "--log",
    type=click.Choice(["json", "text"]),
    help="Write a line for each request to stderr, without who asked.",
)
@mannered
def verb(
    manners: Manners,
    *,
    target: str,
    bind: str,
    port: int | None,
    workers: int,
    log: Literal["json", "text"] | None,
) -> None:
    """Serve what the store of a target holds, until Ctrl-C.

    It turns to each new release by itself, and needs neither feeds/ nor
    episodes/ for it. Start as many as you like. A monitor reads /healthz,
    /readyz and /metrics: docs/server.md.
    """
    found = aimed(manners, target, read_settings(manners.root), NOTHING_SAID)
    port = port or own_port(found)
    expect_free(bind, port)
    tell = Thread(target=_tell, args=(manners, found, bind, port), daemon=True)
    tell.start()
    serve(found, host=bind, port=port, workers=workers, log=log)


def _tell(manners: Manners, target: Target, bind: str, port: int) -> None:
    """Say where to look, as soon as somebody answers there."""
    if not answers(_EVERYWHERE.get(bind, bind), port, "/healthz"):
        return
    here = _at(bind, port)
    live = _live(manners, target)
    if live is None or live.root is None:
        if live is not None:
            store = target.field.store
            manners.tell(f"Nothing is published in {store} yet: make publish")
        manners.answer(address=f"http://{here}/", release=0, feeds=[])
        return
    home = live.root.base_url
    if target.here and not _leads_here(home, port):
        home = f"http://{_at(_EVERYWHERE.get(bind, bind), port)}"
    feeds = _feeds(live, home)
    manners.answer(
        address=f"http://{here}/", release=live.number, home=f"{home}/", feeds=feeds
    )
    manners.say(f"Serving release {live.number} at http://{here}   (Ctrl-C stops)")
    manners.say(f"  page  {home}/")
    for feed in feeds:
        manners.say(f"  feed  {feed}")
    for line in _elsewhere(live.root.base_url, port, target):
        manners.tell(line)


def _at(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _live(manners: Manners, target: Target) -> Live | None:
    try:
        return read_live(open_store(target), {})
    except StoreError as error:
        manners.tell(
            f"The store of target {target.name} cannot be read just now; "
            f"the server goes on trying. {error}"
        )
        return None


def _leads_here(home: str, port: int) -> bool:
    """Whether the address that a release was made for has this port."""
    return (urlsplit(home).port or 80) == port


def _elsewhere(home: str, port: int, target: Target) -> Iterator[str]:
    """Say where pages and feeds lead, if that is not to this server."""
    path = urlsplit(home).path
    if target.here and not _leads_here(home, port):
        yield (
            f"What feeds and pages name leads to {home}/, and not here: "
            f"make start PORT={port} publishes for this port"
        )
    elif target.here and path:
        yield (
            f"Pages and feeds lead to {home}/: a proxy has to answer there, and take "
            f"{path} away before it asks this server"
        )


def _feeds(live: Live, base_url: str) -> list[str]:
    """Addresses of the shows' feeds that are there now."""
    now = SystemClock().now()
    paths = {
        f"/{name}/feed.xml": table.get(f"/{name}/feed.xml", ())
        for name, table in live.tables().items()
    }
    held = {path: version_at(versions, now) for path, versions in paths.items()}
    there = [path for path, version in held.items() if version and version.key]
    return [base_url + path for path in sorted(there)]
