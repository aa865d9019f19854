"""Where the parts of an examination meet, as those of all else do in ``wiring``.

Like that, it may read the environment, and is imported by the verb's help, so what
costs time to import waits until it is used.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from peru_media.model.target import Target, origin_of
from peru_media.wiring import WORK, Quiet, SystemClock, bucket_settings, open_store

if TYPE_CHECKING:
    from peru_media.model.files import SiteFile
    from peru_media.ports import Inspector, Progress
    from peru_media.publishing.doctor.machine import FolderFacts, Machine
    from peru_media.publishing.doctor.patient import Patient

__all__ = ["machine", "open_patient"]

_PARTS = (
    "PIL.Image", "av", "babel", "boto3", "click", "feedgen", "granian", "jinja2",
    "lameenc", "lxml.etree", "markdown_it", "mutagen", "nh3", "pikepdf", "pydantic",
    "rich", "segno", "sqlite3", "starlette", "tzdata", "urllib3", "watchfiles", "yaml",
)  # fmt: skip
_CREDENTIALS = {
    "AWS_CONFIG_FILE": "~/.aws/config",
    "AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials",
}
_SECRET = b"secret_access_key"
_OTHERS_READ = stat.S_IRGRP | stat.S_IROTH


@contextmanager
def open_patient(
    target: Target, site: "SiteFile", *, progress: "Progress | None" = None
) -> Iterator["Patient"]:
    """Set up a target to be looked at, with this computer and its project.

    Raises:
        SettingsError: its store cannot be what the settings say.
        ContentError: ``feeds/withdrawn.yaml`` cannot be read.
    """
    import secrets  # noqa: PLC0415  # lazy

    from peru_media.caching.sqlite import SqliteCache  # noqa: PLC0415  # lazy
    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3
    from peru_media.publishing.doctor.patient import Patient  # noqa: PLC0415  # lazy
    from peru_media.reading.books import ProjectBooks  # noqa: PLC0415  # lazy

    clock = SystemClock()
    inspector = _inspector(target)
    with SqliteCache(target.root / WORK / "cache.sqlite") as cache:
        yield Patient(
            target=target,
            store=open_store(target, clock=clock),
            inspector=inspector,
            fetcher=WebFetcher(allowed=target.origins | _origin(inspector)),
            clock=clock,
            progress=progress or Quiet(),
            machine=machine(target, site.timezone),
            withdrawn=ProjectBooks(target.root).buried(),
            token=secrets.token_hex(8),
            cache=cache,
        )


def machine(target: Target, zone: str) -> "Machine":
    """Find out about this computer, and the project on it."""
    import shutil  # noqa: PLC0415  # lazy
    from zoneinfo import available_timezones  # noqa: PLC0415  # lazy

    from peru_media.publishing.doctor.machine import Machine  # noqa: PLC0415  # lazy

    root = target.root
    return Machine(
        python=sys.version_info[:3],
        missing=tuple(name for name in _PARTS if not _loads(name)),
        zone=zone,
        zone_known=zone in available_timezones(),
        free=shutil.disk_usage(root).free,
        unreadable=tuple(sorted(_unreadable(root))),
        exposed=tuple(sorted(_exposed(root))),
        folder=_folder(target.folder) if target.folder else None,
    )


def _inspector(target: Target) -> "Inspector | None":
    if target.folder is not None:
        return None
    from peru_media.storage.s3_inspector import S3Inspector  # noqa: PLC0415  # lazy

    return S3Inspector(bucket_settings(target))


def _origin(inspector: "Inspector | None") -> frozenset[str]:
    """The bucket's own address, which may name the bucket in its host."""
    origin = origin_of(inspector.address("x")) if inspector else None
    return frozenset([origin] if origin else [])


def _loads(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:  # missing, or made for another computer
        return False
    return True


def _unreadable(root: Path) -> Iterator[str]:
    for top in ("feeds", "episodes"):
        for path in (root / top).rglob("*"):
            needed = os.R_OK | (os.X_OK if path.is_dir() else 0)
            if not os.access(path, needed):
                yield path.relative_to(root).as_posix()


def _exposed(root: Path) -> Iterator[str]:
    """Files with secrets of a store, or of the unit, that others here may read."""
    for variable, usual in _CREDENTIALS.items():
        path = Path(os.environ.get(variable, usual)).expanduser()
        if _is_open(path) and _SECRET in path.read_bytes():
            yield str(path)
    key = root / WORK / "receipt.key"
    if _is_open(key):
        yield str(key)


def _is_open(path: Path) -> bool:
    """Whether there is such a file, and others on this computer may read it."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) and bool(mode & _OTHERS_READ)


def _folder(path: Path) -> "FolderFacts":
    from peru_media.publishing.doctor.machine import FolderFacts  # noqa: PLC0415  # lazy

    nearest = next(one for one in (path, *path.parents) if one.exists())
    return FolderFacts(
        path=str(path),
        there=path.exists(),
        writable=os.access(nearest, os.W_OK | os.X_OK),
        for_all=path.exists() and bool(path.stat().st_mode & stat.S_IWOTH),
    )
