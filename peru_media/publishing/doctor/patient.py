"""Whom the doctor looks at: a target, its store, and this computer."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field

from peru_media.model.release import Tombstone
from peru_media.model.target import Target
from peru_media.ports import Clock, Fetcher, Inspector, Progress, Store
from peru_media.publishing.doctor.machine import Machine

__all__ = ["Patient"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Everything that an examination works with.

    Attributes:
        inspector: of a bucket; None for a folder.
        fetcher: speaks to servers as a stranger, without credentials.
        withdrawn: the lines of ``feeds/withdrawn.yaml``.
        token: letters that no other examination has, for the names of what is put
            into the store to try it; it is taken away again.
        cache: the project's, in which a publish finds what is wanting.
    """

    target: Target
    store: Store
    inspector: Inspector | None
    fetcher: Fetcher
    clock: Clock
    progress: Progress
    machine: Machine
    withdrawn: Sequence[Tombstone] = ()
    token: str
    cache: MutableMapping[str, bytes] = field(default_factory=dict)
