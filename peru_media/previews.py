"""Where the parts of a preview meet, as those of all else do in ``wiring``.

Like that, it may read the environment, and is imported by the verb's help, so what
costs time to import waits until it is used.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from peru_media.errors import SettingsError
from peru_media.wiring import Quiet, SystemClock, open_making

if TYPE_CHECKING:
    from peru_media.model.proof import Proof
    from peru_media.ports import Lender
    from peru_media.publishing.previewing.proofs import Proofer
    from peru_media.publishing.previewing.standing import StandingClock
    from peru_media.server.proof_app import ProofApp

__all__ = ["preview", "previewed_app"]

_PREVIEWED = "PERU_MEDIA_PREVIEWED"


def preview(root: Path, *, port: int, at: datetime | None, drafts: bool) -> None:
    """Show a project to whoever writes it, until a signal ends it.

    Only this computer can reach it. Nothing is published, and nothing is written
    but caches in ``.peru-media/``.

    Args:
        root: the project's folder.
        port: TCP port at 127.0.0.1.
        at: the moment to show the site at; None for the present one.
        drafts: whether drafts are shown, and what is scheduled for later.
    """
    from peru_media.server.running import run  # noqa: PLC0415  # lazy: granian

    moment = at.isoformat() if at else None
    told = {"root": str(root), "port": port, "at": moment, "drafts": drafts}
    os.environ[_PREVIEWED] = json.dumps(told)
    run("peru_media.previews:previewed_app", port=port, stop_timeout=2)


def previewed_app() -> "ProofApp":
    """Make the app that ``peru-media preview`` was asked for, in its server process.

    Raises:
        SettingsError: the process was started in another way.
    """
    from peru_media.publishing.previewing.standing import StandingClock  # noqa: PLC0415  # lazy
    from peru_media.server.app import create_app  # noqa: PLC0415  # lazy
    from peru_media.server.proof_app import ProofApp  # noqa: PLC0415  # lazy
    from peru_media.storage.lending import LendingStore  # noqa: PLC0415  # lazy

    told = json.loads(os.environ.get(_PREVIEWED, "null"))
    if told is None:
        msg = "Start the preview with peru-media preview"
        raise SettingsError(msg)
    present = StandingClock(SystemClock())
    store = LendingStore(clock=present, name="preview")

    def work(tell: Callable[["Proof"], None], stop: Event) -> None:
        from peru_media.reading.watching import changes  # noqa: PLC0415  # lazy

        with _proofer(told, store=store, present=present) as proofer:
            for proof in proofer.proofs(changes(Path(told["root"]), stop=stop)):
                tell(proof)

    return ProofApp(create_app(store, clock=present), work=work, port=told["port"])


@contextmanager
def _proofer(
    told: dict[str, Any], *, store: "Lender", present: "StandingClock"
) -> Iterator["Proofer"]:
    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3
    from peru_media.publishing.desk import Desk  # noqa: PLC0415  # lazy: pydantic
    from peru_media.publishing.previewing.hasty import HastyMaker  # noqa: PLC0415  # lazy
    from peru_media.publishing.previewing.proofs import Proofer, Wish  # noqa: PLC0415  # lazy
    from peru_media.reading import read_site  # noqa: PLC0415  # lazy

    root = Path(told["root"])
    at = datetime.fromisoformat(told["at"]) if told["at"] else None
    with open_making(root) as (maker, cache):
        desk = Desk(
            root=root,
            target="preview",
            base_url=f"http://127.0.0.1:{told['port']}",
            here=True,
            by="preview",
            store=store,
            maker=HastyMaker(maker),
            cache=cache,
            clock=SystemClock(),
            progress=Quiet(),
            fetcher=WebFetcher(allowed=frozenset()),
        )
        yield Proofer(
            desk,
            store=store,
            present=present,
            read=lambda: read_site(root),
            wish=Wish(at=at, drafts=told["drafts"]),
        )
