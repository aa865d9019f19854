"""Where ports meet adapters: settings and addresses become stores, desks and apps.

The only module that reads the clock and the environment.
"""

import getpass
import ipaddress
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from peru_media.caching.sqlite import SqliteCache
from peru_media.errors import SettingsError
from peru_media.model.files import SiteFile, TargetField
from peru_media.ports import Clock, Progress, Store

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from peru_media.publishing.desk import Desk

__all__ = [
    "Quiet",
    "SystemClock",
    "Target",
    "create_app",
    "open_desk",
    "open_store",
    "served_app",
    "served_environment",
    "target_named",
]

WORK = ".peru-media"
_SERVED = "PERU_MEDIA_SERVED"
_WHO = "PERU_MEDIA_BY"


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The present moment, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


class Quiet:
    """A progress that nobody hears."""

    def start(self, phase: str, total: int, unit: str) -> None:
        """Begin a phase."""

    def advance(self, phase: str, amount: int) -> None:
        """Add to a phase."""

    def finish(self, phase: str) -> None:
        """End a phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target by its name, with the folder of the project that it belongs to."""

    name: str
    root: Path
    field: TargetField

    @property
    def base_url(self) -> str:
        """The public address, without a slash at its end."""
        return self.field.base_url.rstrip("/")

    @property
    def folder(self) -> Path | None:
        """The folder that it stores in, or None for a bucket."""
        if self.field.store.startswith("s3://"):
            return None
        return (self.root / self.field.store).absolute()

    @property
    def here(self) -> bool:
        """Whether only this machine can reach it, so that stand-ins are welcome."""
        addresses = [self.field.base_url]
        if self.folder is None:
            addresses.append(self.field.endpoint or "https://amazonaws.com")
        return all(map(_is_loopback, addresses))


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def target_named(
    name: str, site: SiteFile, root: Path, *, base_url: str | None = None
) -> Target:
    """Find a target of the site.

    Raises:
        SettingsError: the site has no target of that name.
    """
    field = site.targets.get(name)
    if field is None:
        known = ", ".join(sorted(site.targets))
        msg = f'feeds/site.yaml has no target "{name}": it has {known}'
        raise SettingsError(msg)
    if base_url:
        field = field.model_copy(update={"base_url": base_url})
    return Target(name=name, root=root, field=field)


def open_store(target: Target, *, clock: Clock) -> Store:
    """Open the store that a target names: a folder, or a bucket.

    Credentials come the usual AWS way, or from the target's profile.

    Raises:
        SettingsError: the address of the bucket cannot be read.
    """
    if target.folder is not None:
        from peru_media.storage.folder import FolderStore  # noqa: PLC0415  # lazy

        return FolderStore(target.folder, clock=clock)
    from peru_media.storage.s3 import S3Settings, S3Store  # noqa: PLC0415  # lazy: boto3

    address = urlsplit(target.field.store)
    settings = S3Settings(
        bucket=address.netloc,
        prefix=address.path.strip("/"),
        endpoint=target.field.endpoint,
        region=target.field.region,
        profile=target.field.profile,
        addressing=target.field.addressing,
        checksums=target.field.checksums,
    )
    return S3Store(settings)


@contextmanager
def open_desk(
    target: Target, site: SiteFile, *, progress: Progress | None = None
) -> Iterator["Desk"]:
    """Set up the desk that publishing is done at, and clear it afterwards."""
    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3
    from peru_media.media import Maker  # noqa: PLC0415  # lazy
    from peru_media.publishing.desk import Desk  # noqa: PLC0415  # lazy

    clock = SystemClock()
    work = target.root / WORK
    cache = SqliteCache(work / "cache.sqlite")
    with Maker(
        cache=cache, copies=work / "copies", workers=os.cpu_count() or 2
    ) as maker:
        yield Desk(
            root=target.root,
            target=target.name,
            base_url=target.base_url,
            here=target.here,
            by=os.environ.get(_WHO) or getpass.getuser(),
            store=open_store(target, clock=clock),
            maker=maker,
            cache=cache,
            clock=clock,
            progress=progress or Quiet(),
            fetcher=WebFetcher(allowed=_origins(target)),
            hubs=site.announce,
        )


def _origins(target: Target) -> frozenset[str]:
    """Addresses that staff configured themselves, and that may be anywhere."""
    field = target.field
    urls = (field.base_url, field.media_base_url, field.endpoint)
    return frozenset(_origin(url) for url in urls if url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}:{port}"


def create_app(store: Store, *, media_base_url: str | None = None) -> "Starlette":
    """Make the app that serves a store's live release to listeners and readers.

    A Starlette application, to be run or mounted as any other; it needs nothing
    but the store, and turns to each new release by itself.
    """
    from peru_media.server.app import create_app as create  # noqa: PLC0415  # lazy
    from peru_media.server.settings import ServerSettings  # noqa: PLC0415  # lazy

    settings = ServerSettings(media_base_url=media_base_url)
    return create(store, clock=SystemClock(), settings=settings)


def served_environment(target: Target) -> dict[str, str]:
    """What a server process has to be told, as environment variables."""
    told = {
        "name": target.name,
        "root": str(target.root),
        "field": target.field.model_dump(mode="json"),
    }
    return {_SERVED: json.dumps(told)}


def served_app() -> "Starlette":
    """Make the app that ``peru-media serve`` was asked for, in a server process.

    Raises:
        SettingsError: the process was started in another way.
    """
    told = os.environ.get(_SERVED)
    if told is None:
        msg = "Start the server with peru-media serve"
        raise SettingsError(msg)
    fields = json.loads(told)
    target = Target(
        name=fields["name"],
        root=Path(fields["root"]),
        field=TargetField.model_validate(fields["field"]),
    )
    store = open_store(target, clock=SystemClock())
    return create_app(store, media_base_url=target.field.media_base_url)
