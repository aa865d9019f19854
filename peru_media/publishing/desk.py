"""The desk that a publish is done at: its ports, its target, its time."""

from collections.abc import MutableMapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from peru_media.ports import Clock, Fetcher, MediaMaker, Progress, Store
from peru_media.publishing.ears import Ear

__all__ = ["Desk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that a publish works with.

    Attributes:
        root: the project's folder, which holds ``feeds/`` and ``episodes/``.
        target: name of the target. base_url: its public address, no slash at
        its end. here: whether it is this machine, where stand-ins are allowed.
        by: who publishes, as colleagues will read it.
        ears: who is told of news. workers: how many objects go out at a time.
        executor: helps with a first build; None where there is one processor.
    """

    root: Path
    target: str
    base_url: str
    here: bool
    by: str
    store: Store
    maker: MediaMaker
    cache: MutableMapping[str, bytes]
    clock: Clock
    progress: Progress
    fetcher: Fetcher
    ears: tuple[Ear, ...] = ()
    workers: int = 8
    executor: Executor | None = None
