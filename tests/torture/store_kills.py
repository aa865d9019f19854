"""SeaweedFS itself is killed in the middle of a publish, and started again."""

import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from peru_media.errors import StoreError
from peru_media.model.value import digest
from peru_media.ports import Body, Fetched, Store, Stored
from peru_media.storage.patient import PatientStore
from peru_media.storage.s3 import S3Settings, S3Store
from peru_media.wiring import Quiet, SystemClock
from tests.newsroom import Newsroom
from tests.onlooker import broken
from tests.seaweed import Mortal, Seaweed, mortal
from tests.stores import CountingStore

__all__ = ["ROUNDS", "play", "run"]

ROUNDS = 6
_CALLS = (1, 3, 9, 20, 40, 45)


class _Murderer(CountingStore):
    """Kill the server at one call, and remember what it acknowledged."""

    def __init__(self, store: Store, server: Mortal, *, at: int) -> None:
        super().__init__(store)
        self._server = server
        self._at = at
        self._lock = threading.Lock()
        self.acknowledged: dict[str, str | None] = {}
        self.restarting = threading.Timer(1.0, server.start)

    def _before(self, verb: str, key: str) -> None:
        super()._before(verb, key)
        with self._lock:
            if len(self.calls) == self._at:
                self._server.kill()
                self.restarting.start()

    def put(self, key: str, body: Body, **how: Any) -> Stored:  # handed on as it is
        stored = super().put(key, body, **how)
        self.acknowledged[key] = stored.sha256
        return stored

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        wanted = [*keys]
        super().delete(wanted, until=until)
        for key in wanted:
            self.acknowledged.pop(key, None)


def play(folder: Path, at: Sequence[int]) -> tuple[int, int]:
    """Kill the store itself at these calls of a publish, and start it a second later.

    Returns how many objects were acknowledged, and how many of them were lost.
    """
    acknowledged = lost = 0
    with mortal(folder / "weed") as server, Newsroom.opened(folder) as room:
        environment = server.seaweed.environment()
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            for number in at:
                store = _bucket(server.seaweed)
                murderer = _Murderer(store, server, at=number)
                room.publish(_patient(murderer), cache={}, workers=4)
                murderer.restarting.join()
                assert number <= len(murderer.calls)
                acknowledged += len(murderer.acknowledged)
                lost += sum(
                    _sha256_of(store, key) != sha256
                    for key, sha256 in murderer.acknowledged.items()
                )
                assert not broken(store, room.clock.now())
    return acknowledged, lost


def _sha256_of(store: Store, key: str) -> str:
    """What lies there by now, by its bytes."""
    try:
        fetched = store.get(key)
    except StoreError:
        return "lost"
    return digest(fetched.body) if isinstance(fetched, Fetched) else ""


def _patient(store: Store) -> PatientStore:
    return PatientStore(
        store,
        clock=SystemClock(),
        sleep=time.sleep,
        chance=random.random,
        progress=Quiet(),
    )


def _bucket(server: Seaweed) -> S3Store:
    settings = S3Settings(
        bucket=server.make_bucket(versioned=True),
        endpoint=server.endpoint,
        region="us-east-1",
        addressing="path",
    )
    return S3Store(settings)


def run(say: Callable[[str], None], *, rounds: int) -> None:
    """Kill it at calls early and late."""
    calls = _CALLS[:rounds]
    with tempfile.TemporaryDirectory(prefix="peru-media-") as name:
        acknowledged, lost = play(Path(name), calls)
    say(
        f"SIGKILLs of SeaweedFS under a publish {len(calls)}, objects "
        f"acknowledged {acknowledged}, lost {lost}, publishes that failed 0"
    )
    assert not lost
