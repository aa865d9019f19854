"""A disk that is full, or read-only, at any moment leaves what was there."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from peru_media.errors import AccessDeniedError, StoreError
from peru_media.storage.folder import FolderStore
from tests.clocks import SetClock
from tests.storage.suite import TEXT, body_of

_CALLS = ("open", "mkdir", "replace", "fsync", "utime")


class Disk:
    """Fails at one step of all that changes files, counted from 1."""

    def __init__(self, fault: int) -> None:
        self.at = 0
        self.made: list[str] = []
        self._fault = fault

    def step(self, name: str) -> None:
        self.made.append(name)
        if len(self.made) == self.at:
            raise OSError(self._fault, os.strerror(self._fault))


class _File(io.FileIO):
    """A file that is opened and written through the disk above."""

    disk: Disk

    def write(self, data: Any) -> int:
        self.disk.step("write")
        return super().write(data)


@contextmanager
def failing(disk: Disk) -> Iterator[None]:
    """Let this very process have that disk."""

    def through(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if name != "mkdir" or not Path(arguments[0]).is_dir():
                disk.step(name)
            return real(*arguments, **named)

        return call

    def opened(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if not set(mode) & set("wxa"):
            return real_open(path, mode, *rest, **named)
        disk.step("open")
        file = _File(path, mode.replace("b", ""))
        file.disk = disk
        return file

    real_open = Path.open
    with pytest.MonkeyPatch.context() as patch:
        for name in _CALLS:
            patch.setattr(os, name, through(name, getattr(os, name)))
        patch.setattr(Path, "open", opened)
        yield


def _write(store: FolderStore) -> None:
    """Replace an object, and store one in a folder that is new."""
    store.put("a", b"new", meta=TEXT)
    store.put("state/shared/b", b"second", meta=TEXT, if_absent=True)


def _begun(root: Path) -> FolderStore:
    store = FolderStore(root, clock=SetClock())
    store.put("a", b"old", meta=TEXT)
    return store


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (errno.ENOSPC, StoreError, "there is no room left .* Make room"),
        (errno.EDQUOT, StoreError, "there is no room left .* Make room"),
        (errno.EROFS, AccessDeniedError, "may not do that here .* Let it read"),
        (errno.EACCES, AccessDeniedError, "may not do that here .* Let it read"),
        (errno.EIO, StoreError, "the folder does not do it"),
    ],
    ids=lambda value: errno.errorcode.get(value, "") if isinstance(value, int) else "",
)
def test_a_disk_that_fails_at_any_step_leaves_whole_objects(
    fault: int,
    error: type[StoreError],
    said: str,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    disk = Disk(fault)
    begun = _begun(tmp_path / "whole")
    with failing(disk):
        _write(begun)
    steps = len(disk.made)
    for at in range(1, steps + 1):
        disk = Disk(fault)
        root = tmp_path / f"store-{at}"
        store = _begun(root)
        disk.at = at
        with failing(disk), pytest.raises(error, match=said):
            _write(store)

        held = {one.key: body_of(store, one.key) for one in store.list("")}
        assert held["a"] in {b"old", b"new"}
        assert held.get("state/shared/b", b"second") == b"second"
        assert {*held} <= {"a", "state/shared/b"}
        assert [*(root / "~drafts").iterdir()] == []
        store.delete(["state/shared/b"])
        _write(store)
        assert body_of(store, "a") == b"new"
    record_property(
        "figure",
        f"a folder whose disk says {errno.errorcode[fault]} at each of {steps} steps: "
        "half objects 0, drafts left 0",
    )
