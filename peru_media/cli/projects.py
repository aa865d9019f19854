"""The project that a verb works on: read, aimed at a target, set up for work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peru_media.cli.aims import NOTHING_SAID, Said, aimed, as_last_time
from peru_media.cli.manners import Manners
from peru_media.cli.watching import watched
from peru_media.errors import ContentError, StoreError
from peru_media.model.files import SiteFile
from peru_media.model.problem import Problem
from peru_media.model.release import Current, Root
from peru_media.model.site import Site, Written
from peru_media.model.target import Target
from peru_media.model.value import digest
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live, read_live
from peru_media.reading import read_site
from peru_media.reading.documents import read
from peru_media.reading.folders import Found
from peru_media.reading.project import no_site
from peru_media.wiring import WORK, open_desk

__all__ = ["Opened", "known_live", "known_place", "opened", "read_settings", "remember"]

_AS_WRITTEN = Said(lasting=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project with the desk at which one of its targets is worked on."""

    settings: SiteFile
    target: Target
    desk: Desk

    def site(self) -> tuple[Site, tuple[Problem, ...]]:
        """Read everything that staff wrote, with the problems of reading.

        Raises:
            ContentError: the file of the site cannot be used.
        """
        site, problems = read_site(self.desk.root)
        if site is None:
            raise ContentError(problems)
        return site, problems


@contextmanager
def opened(
    manners: Manners,
    target: str,
    *,
    said: Said = NOTHING_SAID,
) -> Iterator[Opened]:
    """Read the settings of the site, and set up the desk of a target.

    At a terminal, people can watch what takes long.

    Raises:
        ContentError: the file of the site cannot be used.
        SettingsError: the site has no such target.
    """
    settings = read_settings(manners.root)
    found = aimed(manners, target, settings, said)
    if said == NOTHING_SAID and found != aimed(manners, target, settings, _AS_WRITTEN):
        manners.tell(as_last_time(found, settings))
    with (
        watched(manners) as progress,
        open_desk(found, settings, progress=progress) as desk,
    ):
        yield Opened(settings=settings, target=found, desk=desk)


def read_settings(root: Path) -> SiteFile:
    """Read ``feeds/site.yaml`` alone.

    Raises:
        ContentError: it is missing, or cannot be used.
    """
    name = "feeds/site.yaml"
    if not (root / name).exists():
        raise ContentError((no_site(),))
    found = read(root, Found(name, ()), model=SiteFile, slug="")
    if isinstance(found, Written):
        return found.value
    raise ContentError(found)


def known_live(project: Opened) -> Live:
    """What is live as far as this machine knows; no network is used.

    A folder is read; of a bucket, what was seen at the last plan or publish.
    """
    store, cache = project.desk.store, project.desk.cache
    try:
        if project.target.folder is not None:
            return read_live(store, cache)
        data = known_place(project.target).read_bytes()
    except (StoreError, FileNotFoundError):
        return Live(store=store, cache=cache)
    root = Root.from_bytes(data)
    current = Current(release=root.number, key="", sha256=digest(data))
    live = Live(store=store, cache=cache, current=current, root=root)
    known = f"part/{root.ledger.sha256}" in cache
    return live if known else Live(store=store, cache=cache)


def known_place(target: Target) -> Path:
    """The file that tells what is live: the folder's own, or what was last seen."""
    if target.folder is not None:
        return target.folder / "current.json"
    return target.root / WORK / f"live-{target.name}.json"


def remember(project: Opened, root: Root | None) -> None:
    """Keep what a bucket showed as live, for checks without network."""
    if project.target.folder is not None or root is None:
        return
    place = known_place(project.target)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_bytes(root.to_bytes())
    draft.replace(place)
