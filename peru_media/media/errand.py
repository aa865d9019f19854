"""One request about a media file, answered in whatever process an executor uses."""

import atexit
import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peru_media.media.child import Limits, Reply, Request
from peru_media.media.pool import Pool

__all__ = ["answered", "dismiss", "unseen"]

_ELSEWHERE = (
    "is not the same on the computer {host}: masters and copies must lie at the same "
    "place on every computer of the cluster, on a disk that they share."
)
_idle: dict[tuple[int, Limits], list[Pool]] = {}


def answered(request: Request, limits: Limits) -> Reply:
    """Have a limited child of this process answer one request.

    Children are kept for the next request, as many as there are threads that ask at
    the same time; a process that is forked has its own. A file that is written takes
    its place in one step, so that a request may be answered twice, even at once.
    """
    if not _is_seen(request):
        fault = f"It {_ELSEWHERE.format(host=platform.node())}"
        return Reply(fault=fault, lasting=False)
    with _child(limits) as pool, _draft(request) as drafted:
        [(_, reply)] = pool.run([drafted])
        if reply.value is not None and "out" in request:
            Path(drafted["out"]).replace(request["out"])
    return reply


def unseen(sign: str, version: str) -> str:
    """Tell why this computer cannot help another one; nothing where it can.

    Args:
        sign: path of a file that the other one has just made in its folder of copies.
        version: that of its peru-media.
    """
    from peru_media import __version__  # noqa: PLC0415  # each worker its own

    if version != __version__:
        return (
            f"The computer {platform.node()} has peru-media {__version__}, and this "
            f"one {version}: install the same there."
        )
    path = Path(sign)
    if not path.exists():
        return f"The folder {path.parent} {_ELSEWHERE.format(host=platform.node())}"
    try:
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError:
        return (
            f"The computer {platform.node()} cannot write into {path.parent}: let its "
            "workers run as the person who publishes."
        )
    return ""


def dismiss() -> None:
    """Stop the children of this process that nobody uses just now."""
    for (process, _), shelf in list(_idle.items()):
        while process == os.getpid() and shelf:
            shelf.pop().close()


atexit.register(dismiss)


@contextmanager
def _child(limits: Limits) -> Iterator[Pool]:
    shelf = _idle.setdefault((os.getpid(), limits), [])
    try:
        pool = shelf.pop()
    except IndexError:
        pool = Pool(workers=1, limits=limits)
    try:
        yield pool
    finally:
        shelf.append(pool)


@contextmanager
def _draft(request: Request) -> Iterator[Request]:
    """The same request, but for a file of its own beside the one that is wanted."""
    if "out" not in request:
        yield request
        return
    out = Path(request["out"])
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f"{out.name}.")
    os.close(handle)
    try:
        yield request | {"out": name}
    finally:
        Path(name).unlink(missing_ok=True)


def _is_seen(request: Request) -> bool:
    """Whether the files of a request are here as whoever asks sees them."""
    there = "out" not in request or Path(request["out"]).exists()
    source = _source(request)
    if source is None:
        return there
    try:
        looked = os.stat(source)  # noqa: PTH116  # asked of every file, and faster
    except (OSError, ValueError):
        return False
    return there and looked.st_size == request.get("size", looked.st_size)


def _source(request: Request) -> str | None:
    """The file that a request is about; None for a card without a cover."""
    if "path" in request:
        return str(request["path"])
    recipe: dict[str, str | None] = request["recipe"]
    return recipe.get("master") or recipe.get("cover")
