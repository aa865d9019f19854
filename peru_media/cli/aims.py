"""The address that a verb works for: as said, as last time, or of the site's file.

A publish to this computer may choose another port than ``feeds/site.yaml`` names.
That choice holds for the next verbs too, until another is said or the file changes.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click

from peru_media.cli.listening import PORT
from peru_media.cli.manners import Manners
from peru_media.model.files import SiteFile
from peru_media.model.target import Target, target_named
from peru_media.wiring import WORK

__all__ = [
    "NOTHING_SAID",
    "Said",
    "aimed",
    "as_last_time",
    "keep_address",
    "port_option",
    "said_port",
]

T = TypeVar("T", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Said:
    """What the options said: a whole address, or a port of this computer.

    Where neither was said, the last choice counts, if it is ``lasting``.
    """

    base_url: str | None = None
    port: int | None = None
    lasting: bool = True


NOTHING_SAID = Said()


def port_option(verb: T) -> T:
    """Give a verb the option for another port of this computer."""
    return click.option(
        "--port",
        type=PORT,
        help="Another port of this computer than the target's own.",
    )(verb)


def aimed(manners: Manners, name: str, settings: SiteFile, said: Said) -> Target:
    """Find a target with the address that this verb works for.

    Raises:
        SettingsError: the site has no such target.
        UsageError: a port was said, but the target is not on this computer.
    """
    root = manners.root
    plain = target_named(name, settings, root)
    address = said.base_url or said_port(plain, said.port)
    if address is None and said.lasting:
        address = _last(plain)
    return target_named(name, settings, root, base_url=address)


def as_last_time(target: Target, settings: SiteFile) -> str:
    """Say that an address is that of the last publish, and how to go back."""
    own = settings.targets[target.name].base_url.rstrip("/")
    return (
        f"At {target.base_url}, as last time. feeds/site.yaml says {own}: "
        f"back to that with make start PORT={urlsplit(own).port or 80}"
    )


def said_port(target: Target, port: int | None) -> str | None:
    """The address of a target at another port; None where none was said.

    Raises:
        UsageError: the target is not on this computer.
    """
    if port is None:
        return None
    if not target.here:
        msg = f"--port is for this computer, and target {target.name} is elsewhere."
        raise click.UsageError(msg)
    parts = urlsplit(target.base_url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return parts._replace(netloc=f"{host}:{port}").geturl()


def keep_address(target: Target, settings: SiteFile) -> None:
    """Let the address of a publish to this computer hold for the next verbs."""
    own = settings.targets[target.name].base_url
    place = _place(target)
    if not target.here or target.base_url == own.rstrip("/"):
        place.unlink(missing_ok=True)
        return
    draft = place.with_suffix(f".{os.getpid()}")
    text = json.dumps({"site": own, "base_url": target.base_url})
    draft.write_text(text, encoding="utf-8")
    draft.replace(place)


def _last(target: Target) -> str | None:
    """The address of the last publish; None if it was the file's, or that changed."""
    try:
        kept = json.loads(_place(target).read_bytes())
        if kept["site"] == target.field.base_url and target.here:
            return str(kept["base_url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # there was none, or of another form
    return None


def _place(target: Target) -> Path:
    return target.root / WORK / f"address-{target.name}.json"
