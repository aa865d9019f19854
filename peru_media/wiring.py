"""Where ports meet adapters: settings and addresses become stores, desks and apps.

The only module that reads the clock and the environment. It is imported by every
verb, so whatever costs time to import waits until it is used.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from peru_media.errors import SettingsError
from peru_media.media.processors import processors
from peru_media.model.target import Target, origin_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from starlette.applications import Starlette

    from peru_media.caching.sqlite import SqliteCache
    from peru_media.model.files import SiteFile
    from peru_media.model.site import Site
    from peru_media.ports import Clock, MediaMaker, Progress, Store, Transcriber
    from peru_media.publishing.desk import Desk
    from peru_media.publishing.ears import Ear
    from peru_media.publishing.importing.desk import ImportDesk
    from peru_media.publishing.probing import Prober
    from peru_media.storage.s3_settings import S3Settings

__all__ = [
    "WORK",
    "Quiet",
    "Surroundings",
    "SystemClock",
    "bucket_settings",
    "create_app",
    "open_desk",
    "open_import",
    "open_maker",
    "open_making",
    "open_prober",
    "open_store",
    "open_transcriber",
    "secrets_around",
    "serve",
    "served_app",
    "served_environment",
    "surroundings",
]

WORK = ".peru-media"
_SERVED = "PERU_MEDIA_SERVED"
_STARTING = "PERU_MEDIA_STARTING"
_WHO = "PERU_MEDIA_BY"
_CLUSTER = "PERU_MEDIA_CLUSTER"
_MODEL = "PERU_MEDIA_MODEL"
_PODPING = "PERU_MEDIA_PODPING_TOKEN"
_WEBHOOKS = "PERU_MEDIA_WEBHOOKS"
_LONGEST_ANSWER = 60
_SECRET = ("CREDENTIAL", "KEY", "PASSWORD", "SECRET", "TOKEN")


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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the environment asks of a command: ``CI`` and ``NO_COLOR``.

    ``starting`` says that a server is started right afterwards (``make start``).
    """

    ci: bool
    no_color: bool
    starting: bool = False


def surroundings() -> Surroundings:
    """Read what the environment asks of a command."""
    return Surroundings(
        ci=os.environ.get("CI", "").lower() not in {"", "0", "false"},
        no_color=bool(os.environ.get("NO_COLOR")),
        starting=bool(os.environ.get(_STARTING)),
    )


def secrets_around() -> tuple[str, ...]:
    """What the environment holds that must reach no output: keys, tokens, passwords."""
    return tuple(
        value
        for name, value in os.environ.items()
        if any(word in name.upper() for word in _SECRET)
    )


def open_store(
    target: Target, *, clock: "Clock | None" = None, hasty: bool = False
) -> "Store":
    """Open the store that a target names: a folder, or a bucket.

    Credentials come the usual AWS way, or from the target's profile. ``clock`` is
    that of a folder; a bucket has its own. ``hasty`` gives up on a bucket that does
    not answer within seconds, as suits a server, which has others to answer.

    Raises:
        SettingsError: its address is neither a folder nor that of a bucket.
    """
    if ":/" in target.field.store and not target.field.store.startswith("s3://"):
        msg = (
            f"Target {target.name} stores in {target.field.store}, which is neither "
            "a folder nor a bucket: write it like s3://example-bucket/media"
        )
        raise SettingsError(msg)
    if target.folder is not None:
        from peru_media.storage.folder import FolderStore  # noqa: PLC0415  # lazy

        return FolderStore(target.folder, clock=clock or SystemClock())
    from peru_media.storage.s3 import S3Store  # noqa: PLC0415  # lazy: boto3

    settings = bucket_settings(target)
    if hasty:
        settings = replace(settings, attempts=2, connect_timeout=3, read_timeout=5)
    return S3Store(settings)


def bucket_settings(target: Target) -> "S3Settings":
    """What must be known of a target's bucket."""
    from urllib.parse import urlsplit  # noqa: PLC0415  # lazy

    from peru_media.storage.s3_settings import S3Settings  # noqa: PLC0415  # lazy

    address = urlsplit(target.field.store)
    return S3Settings(
        bucket=address.netloc,
        prefix=address.path.strip("/"),
        endpoint=target.field.endpoint,
        region=target.field.region,
        profile=target.field.profile,
        addressing=target.field.addressing,
        checksums=target.field.checksums,
    )


def _guarded(
    target: Target,
    cache: "SqliteCache",
    clock: "Clock",
    progress: "Progress",
) -> "Store":
    """The target's store, asked again for about a minute where it does not answer.

    A bucket is tried for whether it tells colleagues apart; a folder does.
    """
    import random  # noqa: PLC0415  # lazy
    import secrets  # noqa: PLC0415  # lazy

    from peru_media.publishing.careful import CarefulStore  # noqa: PLC0415  # lazy
    from peru_media.storage.patient import PatientStore  # noqa: PLC0415  # lazy

    patient = PatientStore(
        open_store(target, clock=clock),
        clock=clock,
        sleep=time.sleep,
        chance=random.random,
        progress=progress,
    )
    if target.folder is not None:
        return patient
    return CarefulStore(
        store=patient,
        cache=cache,
        clock=clock,
        token=lambda: secrets.token_hex(8),
        sleep=time.sleep,
    )


@contextmanager
def open_desk(
    target: Target,
    site: "SiteFile",
    *,
    progress: "Progress | None" = None,
    executor: "Executor | None" = None,
) -> Iterator["Desk"]:
    """Set up the desk that publishing is done at, and clear it afterwards.

    An ``executor`` does the heavy work on media: any of ``concurrent.futures``'s kind,
    of this computer or of several that share its disk. It is left open.
    """
    import getpass  # noqa: PLC0415  # lazy

    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3
    from peru_media.publishing.desk import Desk  # noqa: PLC0415  # lazy: pydantic
    from peru_media.publishing.workers import Workers  # noqa: PLC0415  # lazy

    clock, count = SystemClock(), processors()
    work = target.root / WORK
    with (
        _helpers(work, executor) as helpers,
        _maker(work, helpers) as (maker, cache),
        Workers(count) as workers,
    ):
        yield Desk(
            root=target.root,
            target=target.name,
            base_url=target.base_url,
            here=target.here,
            by=os.environ.get(_WHO) or getpass.getuser(),
            store=_guarded(target, cache, clock, progress or Quiet()),
            maker=maker,
            cache=cache,
            clock=clock,
            progress=progress or Quiet(),
            fetcher=WebFetcher(allowed=target.origins),
            ears=_ears(site),
            executor=workers if count > 1 else None,
        )


@contextmanager
def open_import(
    target: Target, site: "Site", *, progress: "Progress | None" = None
) -> Iterator["ImportDesk"]:
    """Set up the desk that an import is done at, and clear it afterwards.

    The addresses of the target may lie anywhere; all others must be public.
    """
    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3
    from peru_media.publishing.importing.desk import ImportDesk  # noqa: PLC0415  # lazy
    from peru_media.reading.composing import composed  # noqa: PLC0415  # lazy
    from peru_media.reading.workroom import FolderRoom  # noqa: PLC0415  # lazy

    work = target.root / WORK
    with _helpers(work) as helpers, _maker(work, helpers) as (maker, _):
        yield ImportDesk(
            site=site,
            base_url=target.base_url,
            web=WebFetcher(allowed=target.origins),
            maker=maker,
            room=lambda name: FolderRoom(target.root, name=name),
            compose=composed,
            progress=progress or Quiet(),
        )


@contextmanager
def open_maker(root: Path) -> Iterator["MediaMaker"]:
    """Set up the reading of media files for a project, and clear it afterwards."""
    with _maker(root / WORK) as (maker, _):
        yield maker


def open_transcriber(root: Path, model: Path | None) -> "Transcriber":
    """Set up the model that drafts transcripts: this one, or what the machine has.

    Raises:
        SettingsError: no model was named, or it cannot be used.
    """
    from peru_media.media.transcribing import LocalTranscriber  # noqa: PLC0415  # lazy

    named = model or os.environ.get(_MODEL)
    if not named:
        msg = (
            "Say where the model lies: --model PATH (make transcribe MODEL=PATH), or "
            f"{_MODEL}=PATH for all times; docs/words.md tells how to come by one"
        )
        raise SettingsError(msg)
    return LocalTranscriber(
        model=Path(named).expanduser(), work=root / WORK, threads=processors()
    )


@contextmanager
def open_prober(
    url: str | None = None,
    *,
    ours: Target | None = None,
    progress: "Progress | None" = None,
) -> Iterator["Prober"]:
    """Set up somebody who asks the servers of a feed, and clear up afterwards.

    Only public addresses are asked, whatever the feed says; but where the feed's own
    address, ``url``, is one of our target's, that target's addresses may be, too.
    """
    import tempfile  # noqa: PLC0415  # lazy

    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3
    from peru_media.publishing.probing import Prober  # noqa: PLC0415  # lazy: pydantic

    own = ours.origins if ours else frozenset()
    allowed = own if url and origin_of(url) in own else frozenset()
    with tempfile.TemporaryDirectory(prefix="peru-media-") as folder:
        work = Path(folder)
        with _maker(work) as (maker, _):
            yield Prober(
                fetcher=WebFetcher(allowed=allowed, longest=_LONGEST_ANSWER),
                maker=maker,
                folder=work,
                clock=SystemClock(),
                progress=progress or Quiet(),
            )


@contextmanager
def open_making(root: Path) -> Iterator[tuple["MediaMaker", "SqliteCache"]]:
    """Set up the reading of media files, with the cache that it remembers by."""
    with _maker(root / WORK) as both:
        yield both


@contextmanager
def _maker(
    work: Path, executor: "Executor | None" = None
) -> Iterator[tuple["MediaMaker", "SqliteCache"]]:
    from peru_media.caching.sqlite import SqliteCache  # noqa: PLC0415  # lazy
    from peru_media.media.maker import Maker  # noqa: PLC0415  # lazy

    copies, count = work / "copies", processors()
    with (
        SqliteCache(work / "cache.sqlite") as cache,
        Maker(cache=cache, copies=copies, workers=count, executor=executor) as maker,
    ):
        yield maker, cache


@contextmanager
def _helpers(
    work: Path, executor: "Executor | None" = None
) -> Iterator["Executor | None"]:
    """Whoever helps with a project's media: those given, a cluster, or nobody."""
    address = os.environ.get(_CLUSTER)
    if executor is not None or not address:
        yield executor
        return
    from peru_media import __version__  # noqa: PLC0415  # lazy
    from peru_media.media.cluster import Cluster  # noqa: PLC0415  # lazy

    with Cluster(address, shared=work / "copies", version=__version__) as cluster:
        yield cluster


def _ears(site: "SiteFile") -> tuple["Ear", ...]:
    """Whoever is to be told of news, by the site's file and by the environment."""
    from peru_media.publishing.ears import Hub, Podping, Webhook  # noqa: PLC0415  # lazy

    token = os.environ.get(_PODPING)
    secret = os.environ.get(_WEBHOOKS, "").split()
    gates = [Podping(site.podping, token)] if site.podping and token else []
    hooks = [Webhook(url) for url in (*site.webhooks, *secret)]
    return *map(Hub, site.announce), *gates, *hooks


def create_app(store: "Store", *, media_base_url: str | None = None) -> "Starlette":
    """Make the app that serves a store's live release to listeners and readers.

    A Starlette application, to be run or mounted as any other; it needs nothing
    but the store, and turns to each new release by itself.
    """
    from peru_media.server.app import create_app as create  # noqa: PLC0415  # lazy
    from peru_media.server.settings import ServerSettings  # noqa: PLC0415  # lazy

    settings = ServerSettings(media_base_url=media_base_url)
    return create(store, clock=SystemClock(), settings=settings)


def serve(
    target: Target,
    *,
    host: str,
    port: int,
    workers: int,
    log: Literal["json", "text"] | None = None,
) -> None:
    """Serve a target's live release in processes of their own, until a signal ends it.

    They are told by the environment what they serve. ``log`` is how each request is
    written to stderr, without who asked; None for warnings alone.
    """
    from peru_media.server.running import run  # noqa: PLC0415  # lazy: granian

    os.environ.update(served_environment(target, logged=log is not None))
    run("peru_media.wiring:served_app", host=host, port=port, workers=workers, log=log)


def served_environment(target: Target, *, logged: bool = False) -> dict[str, str]:
    """What a server process has to be told, as environment variables."""
    import json  # noqa: PLC0415  # lazy

    told = {
        "name": target.name,
        "root": str(target.root),
        "field": target.field.model_dump(mode="json"),
        "logged": logged,
    }
    return {_SERVED: json.dumps(told)}


def served_app() -> "Starlette":
    """Make the app that ``peru-media serve`` was asked for, in a server process.

    Raises:
        SettingsError: the process was started in another way.
    """
    import json  # noqa: PLC0415  # lazy

    from peru_media.model.files import TargetField  # noqa: PLC0415  # lazy: pydantic

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
    from peru_media.server.app import create_app as create  # noqa: PLC0415  # lazy
    from peru_media.server.settings import ServerSettings  # noqa: PLC0415  # lazy

    settings = ServerSettings(
        media_base_url=target.field.media_base_url, log_requests=fields["logged"]
    )
    store = open_store(target, hasty=True)
    return create(store, clock=SystemClock(), settings=settings)
