"""Where the parts of a fire drill meet, as those of all else do in ``wiring``.

Like that, it may read the environment, and is imported by the verb's help, so what
costs time to import waits until it is used.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from peru_media.errors import SettingsError
from peru_media.model.target import Target
from peru_media.wiring import WORK, SystemClock, open_desk, open_store

if TYPE_CHECKING:
    from subprocess import Popen

    from starlette.applications import Starlette

    from peru_media.model.files import SiteFile
    from peru_media.publishing.desk import Desk
    from peru_media.publishing.doctor.drill import Drilled, Seed
    from peru_media.publishing.doctor.patient import Patient
    from peru_media.publishing.doctor.rows import Row
    from peru_media.publishing.withdrawing.story import Withdrawn

__all__ = ["drilled_app", "fire_drill"]

_DRILLED = "PERU_MEDIA_DRILLED"
_POLL = 0.2
_SECONDS_TO_START = 30.0


def fire_drill(patient: "Patient", site: "SiteFile") -> "Row":
    """Rehearse a withdrawal on this machine, on a copy of what is live.

    The copy is in a temporary folder, without anybody's media, and served at the
    loopback alone; both are gone afterwards.
    """
    import tempfile  # noqa: PLC0415  # lazy

    from peru_media.publishing.doctor.drill import Seed, copied, rehearsed  # noqa: PLC0415  # lazy
    from peru_media.publishing.doctor.rows import warn  # noqa: PLC0415  # lazy
    from peru_media.publishing.live import read_live  # noqa: PLC0415  # lazy

    live = read_live(patient.store, {})
    source = live.source()
    if source is None or not source.shows:
        what = "nothing is published, so a withdrawal cannot be rehearsed"
        return warn("drill", what, "make publish")
    with tempfile.TemporaryDirectory(prefix="peru-media-drill-") as folder:
        target = _scratch_target(Path(folder))
        copied(live, open_store(target))
        seed = Seed(word=f"canary{patient.token}")
        return rehearsed(_drilled(seed, target, site, release=live.number))


def drilled_app() -> "Starlette":
    """Make the app that serves the copy of a drill, in a server process.

    Raises:
        SettingsError: the process was started in another way.
    """
    from peru_media.server.app import create_app  # noqa: PLC0415  # lazy
    from peru_media.server.settings import ServerSettings  # noqa: PLC0415  # lazy
    from peru_media.storage.folder import FolderStore  # noqa: PLC0415  # lazy

    folder = os.environ.get(_DRILLED)
    if folder is None:
        msg = "Rehearse a withdrawal with peru-media doctor --fire-drill"
        raise SettingsError(msg)
    clock = SystemClock()
    settings = ServerSettings(poll_seconds=_POLL)
    return create_app(
        FolderStore(Path(folder), clock=clock), clock=clock, settings=settings
    )


def _scratch_target(root: Path) -> Target:
    """A target in a folder of its own, at a port that nobody has."""
    import socket  # noqa: PLC0415  # lazy

    from peru_media.model.files import TargetField  # noqa: PLC0415  # lazy: pydantic

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (root / "feeds").mkdir()
    (root / WORK).mkdir()
    field = TargetField(store="store", base_url=f"http://127.0.0.1:{port}")
    return Target(name="drill", root=root, field=field)


def _drilled(
    seed: "Seed", target: Target, site: "SiteFile", *, release: int
) -> "Drilled":
    from peru_media.publishing.doctor.drill import Drilled, planted, traces  # noqa: PLC0415  # lazy

    store, clock = open_store(target), SystemClock()
    with _silent_desk(target, site) as desk:
        planted(seed, desk)
    before = len(traces(store, seed.word))
    with _serving(target):
        began = clock.monotonic()
        withdrawn = _withdrawn(seed, target, site)
        seconds = clock.monotonic() - began
    return Drilled(
        release=release,
        before=before,
        after=traces(store, seed.word),
        objects=sum(1 for _ in store.list("")),
        seconds=seconds,
        withdrawn=withdrawn,
    )


@contextmanager
def _silent_desk(target: Target, site: "SiteFile") -> Iterator["Desk"]:
    """A desk from which nobody is told of anything."""
    from dataclasses import replace  # noqa: PLC0415  # lazy

    with open_desk(target, site) as desk:
        yield replace(desk, ears=())


def _withdrawn(seed: "Seed", target: Target, site: "SiteFile") -> "Withdrawn":
    """Withdraw the made-up episode as any other, by the same story."""
    import time  # noqa: PLC0415  # lazy

    from peru_media.model.site import Site, Written  # noqa: PLC0415  # lazy: pydantic
    from peru_media.publishing.withdrawing.desk import Aim, WithdrawalDesk  # noqa: PLC0415  # lazy
    from peru_media.publishing.withdrawing.foreseeing import foresee  # noqa: PLC0415  # lazy
    from peru_media.publishing.withdrawing.order import Order  # noqa: PLC0415  # lazy
    from peru_media.publishing.withdrawing.story import withdraw  # noqa: PLC0415  # lazy
    from peru_media.reading.books import ProjectBooks  # noqa: PLC0415  # lazy

    clock = SystemClock()
    aim = Aim(
        name=target.name,
        base_url=target.base_url,
        here=True,
        open=lambda: _silent_desk(target, site),
    )
    desk = WithdrawalDesk(
        site=Site(site=Written(path="feeds/site.yaml", slug="", value=site)),
        aims=(aim,),
        books=ProjectBooks(target.root),
        key=seed.word.encode,
        turned=2 * _POLL,
        clock=clock,
        sleep=time.sleep,
    )
    order = Order(kind="episode", name=seed.slug, by="fire drill", at=clock.now())
    return withdraw(foresee(order, desk), desk)


@contextmanager
def _serving(target: Target) -> Iterator[None]:
    """Serve the copy by a process of its own, as the real one is."""
    import subprocess  # noqa: PLC0415  # lazy

    port = target.base_url.rpartition(":")[2]
    code = (
        "from peru_media.server.running import run; run({!r}, port={}, stop_timeout=1)"
    )
    process = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", code.format("peru_media.drills:drilled_app", port)],
        env={**os.environ, _DRILLED: str(target.folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(target.base_url, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_START)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(url: str, process: "Popen[bytes]") -> None:
    """Wait until the server answers, or came to an end; the look from outside tells."""
    import time  # noqa: PLC0415  # lazy

    from peru_media.errors import FetchError  # noqa: PLC0415  # lazy
    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3

    fetcher, until = WebFetcher(allowed=frozenset({url})), time.monotonic()
    until += _SECONDS_TO_START
    while process.poll() is None and time.monotonic() < until:
        with suppress(FetchError):
            if fetcher.request("GET", f"{url}/readyz").status == 200:  # noqa: PLR2004  # OK
                return
        time.sleep(_POLL)
