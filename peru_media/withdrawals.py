"""Where the parts of a withdrawal meet, as those of all else do in ``wiring``.

Like that, it may read the environment, and is imported by the verb's help, so what
costs time to import waits until it is used.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from peru_media.errors import SettingsError
from peru_media.model.target import Target
from peru_media.wiring import WORK, Quiet, SystemClock, open_desk

if TYPE_CHECKING:
    from peru_media.model.files import SiteFile
    from peru_media.model.site import Site
    from peru_media.ports import Progress
    from peru_media.publishing.desk import Desk
    from peru_media.publishing.withdrawing.desk import Aim, Purge, WithdrawalDesk
    from peru_media.publishing.withdrawing.order import Order, Reason

__all__ = [
    "caches_of",
    "new_order",
    "open_withdrawal",
    "receipt_key",
    "wait_for_servers",
]

_KEY = "PERU_MEDIA_RECEIPT_KEY"
_WHO = "PERU_MEDIA_BY"
_SHORTEST = 16
_LENGTH = 32


def new_order(
    kind: 'Literal["episode", "contributor"]', name: str, *, reason: "Reason"
) -> "Order":
    """Write an order down: what, why, by whom, and now."""
    import getpass  # noqa: PLC0415  # lazy

    from peru_media.publishing.withdrawing.order import Order  # noqa: PLC0415  # lazy

    by = os.environ.get(_WHO) or getpass.getuser()
    at = SystemClock().now()
    return Order(kind=kind, name=name, reason=reason, by=by, at=at)


def open_withdrawal(
    root: Path,
    site: "Site",
    targets: Sequence[Target],
    *,
    progress: "Progress | None" = None,
) -> "WithdrawalDesk":
    """Set up the desk that a withdrawal is done at.

    Args:
        root: the project's folder.
        site: what staff wrote.
        targets: that it is done on.
        progress: hears how far it has come.
    """
    from peru_media.publishing.withdrawing.desk import WithdrawalDesk  # noqa: PLC0415  # lazy
    from peru_media.reading.books import ProjectBooks  # noqa: PLC0415  # lazy
    from peru_media.server.settings import ServerSettings  # noqa: PLC0415  # lazy

    settings = site.site.value
    return WithdrawalDesk(
        site=site,
        aims=tuple(_aim(target, settings, progress or Quiet()) for target in targets),
        books=ProjectBooks(root),
        key=lambda: receipt_key(root),
        turned=2 * ServerSettings().poll_seconds,
        clock=SystemClock(),
        sleep=time.sleep,
    )


def caches_of(target: Target) -> "Purge | None":
    """How the caches before a target are told; None where there are none."""
    from peru_media.fetching import WebFetcher  # noqa: PLC0415  # lazy: urllib3
    from peru_media.fetching.purging import CommandPurge, HttpPurge  # noqa: PLC0415  # lazy

    said = target.field.purge
    if said is None:
        return None
    if said == "PURGE":
        return HttpPurge(WebFetcher(allowed=target.origins))
    return CommandPurge(said)


def wait_for_servers() -> None:
    """Wait until every server has seen what is live."""
    from peru_media.server.settings import ServerSettings  # noqa: PLC0415  # lazy

    time.sleep(2 * ServerSettings().poll_seconds)


def receipt_key(root: Path) -> bytes:
    """The key of the unit that signs receipts: of the environment, or of a file.

    The file is made at its first use, and only its owner may read it.

    Raises:
        SettingsError: the key is too short to be one.
    """
    said = os.environ.get(_KEY)
    if said is not None:
        return _expect_key(said.encode(), f"The key in {_KEY}")
    path = root / WORK / "receipt.key"
    if not path.exists():
        _make_key(path)
    return _expect_key(path.read_bytes(), f"The key in {path}")


def _expect_key(key: bytes, name: str) -> bytes:
    if len(key.strip()) < _SHORTEST:
        msg = f"{name} is too short: give it at least {_SHORTEST} characters"
        raise SettingsError(msg)
    return key.strip()


def _make_key(path: Path) -> None:
    import secrets  # noqa: PLC0415  # lazy

    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_LENGTH) + "\n")
    try:
        os.link(draft, path)  # never over one that somebody made meanwhile
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _aim(target: Target, site: "SiteFile", progress: "Progress") -> "Aim":
    from peru_media.publishing.withdrawing.desk import Aim  # noqa: PLC0415  # lazy

    @contextmanager
    def opened() -> Iterator["Desk"]:
        with open_desk(target, site, progress=progress) as desk:
            yield desk

    return Aim(
        name=target.name,
        base_url=target.base_url,
        media_base_url=target.field.media_base_url,
        here=target.here,
        open=opened,
        purge=caches_of(target),
    )
