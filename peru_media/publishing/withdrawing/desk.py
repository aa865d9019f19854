"""The desk that a withdrawal is done at: each target, and the project's books."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from peru_media.model.release import Tombstone
from peru_media.model.site import Site
from peru_media.ports import Clock
from peru_media.publishing.desk import Desk

__all__ = ["Aim", "Books", "Purge", "WithdrawalDesk"]

Purge = Callable[[Sequence[str]], Sequence[str]]
"""Tell a cache to forget addresses; gives a sentence for each that it did not."""


class Books(Protocol):
    """The files of a project in which a withdrawal is written down."""

    def bury(self, stones: Sequence[Tombstone]) -> None:
        """Add to ``feeds/withdrawn.yaml`` what it does not say yet."""
        ...

    def buried(self) -> tuple[Tombstone, ...]:
        """The tombstones of ``feeds/withdrawn.yaml``."""
        ...

    def hashes(self, paths: Sequence[str]) -> Sequence[str]:
        """SHA-256 of each of these files of the project that lies there."""
        ...

    def take_down(self, path: str) -> None:
        """Make an episode a draft, if it is none."""
        ...

    def take_back(self, path: str, day: date) -> None:
        """Write into a consent record since when it holds no more."""
        ...

    def order(self, name: str) -> bytes | None:
        """What was kept of a withdrawal that has not come to its end."""
        ...

    def keep(self, name: str, data: bytes) -> None:
        """Keep what a withdrawal needs until its end, for our eyes alone."""
        ...

    def forget(self, name: str) -> None:
        """Forget it again."""
        ...

    def receive(self, name: str, data: bytes) -> str:
        """Put a receipt, or what belongs to it, where staff find it; says where."""
        ...

    def clear(self, slugs: Sequence[str]) -> None:
        """Remove what this machine made for itself, and old words of these."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One target of a withdrawal.

    Attributes:
        base_url: its public address, no slash at its end. media_base_url: where
            public media are fetched from, if that is somewhere else. here: whether
            only this machine can reach it.
        open: sets up the desk of the target; raises ``SettingsError``.
        purge: tells the caches before it; None where there are none.
    """

    name: str
    base_url: str
    media_base_url: str | None = None
    here: bool = False
    open: Callable[[], AbstractContextManager[Desk]]
    purge: Purge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalDesk:
    """Everything that a withdrawal works with.

    Attributes:
        site: what staff wrote. aims: the targets. key: gives what signs the receipt.
        turned: seconds after which every server has seen a new release.
        sleep: waits for so many seconds.
    """

    site: Site
    aims: tuple[Aim, ...]
    books: Books
    key: Callable[[], bytes]
    turned: float
    clock: Clock
    sleep: Callable[[float], None]
