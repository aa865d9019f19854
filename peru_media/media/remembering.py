"""Remember what files measured, so that an unchanged file is never read twice."""

import os
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Generic, Protocol, TypeVar, runtime_checkable

from pydantic import ValidationError

from peru_media.model.value import Value

__all__ = ["Fingerprint", "Memory", "fingerprint"]

_FORMAT = 6
_RACY_NS = 2_000_000_000

T = TypeVar("T", bound=Value)

Fingerprint = tuple[int, int, int, int]


@runtime_checkable
class _Batched(Protocol):
    """A cache that takes and gives many entries at once."""

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]: ...

    def set_many(self, entries: Mapping[str, bytes]) -> None: ...


def fingerprint(stat: os.stat_result) -> Fingerprint:
    """What changes whenever a file does: size, both its times, and its inode."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


class Memory(Generic[T]):
    """What was measured of files, held only as long as the file is the same.

    Args:
        cache: outlasts the run; an entry that cannot be read counts as none.
        kind: of what is measured, a word. model: the value that it is.
    """

    def __init__(
        self, cache: MutableMapping[str, bytes], *, kind: str, model: type[T]
    ) -> None:
        self._cache = cache
        self._kind = kind
        self._model = model
        self._known: dict[Path, tuple[Fingerprint, T]] = {}

    def recall(self, prints: Mapping[Path, Fingerprint]) -> dict[Path, T]:
        """Give the facts of those files that are as they were."""
        found, new = {}, []
        for path, mark in prints.items():
            entry = self._known.get(path)
            if entry is not None and entry[0] == mark:
                found[path] = entry[1]
            else:
                new.append(path)
        for path, stored in self._stored(new).items():
            facts = self._parsed(stored, prints[path])
            if facts:
                self._known[path] = prints[path], facts
                found[path] = facts
        return found

    def keep(
        self,
        found: Mapping[Path, T],
        prints: Mapping[Path, Fingerprint],
        *,
        began_ns: int,
    ) -> None:
        """Remember facts, apart from files that are too young to be trusted.

        A file that changed less than two seconds before it was read could change
        again without its time showing it (git calls such a file racily clean).

        Args:
            found: what was measured.
            prints: how the files looked before.
            began_ns: the file system's own time when the reading began.
        """
        settled = {
            path: facts
            for path, facts in found.items()
            if prints[path][1] < began_ns - _RACY_NS
        }
        self._known |= {path: (prints[path], facts) for path, facts in settled.items()}
        entries = {
            self._key(path): _mark(prints[path]) + _json(facts)
            for path, facts in settled.items()
        }
        if isinstance(self._cache, _Batched):
            self._cache.set_many(entries)
        else:
            self._cache.update(entries)

    def _stored(self, paths: list[Path]) -> dict[Path, bytes]:
        keys = {path: self._key(path) for path in paths}
        if isinstance(self._cache, _Batched):
            found = self._cache.get_many(keys.values())
        else:
            found = {
                key: self._cache[key] for key in keys.values() if key in self._cache
            }
        return {path: found[key] for path, key in keys.items() if key in found}

    def _key(self, path: Path) -> str:
        return f"{self._kind}:{path}"

    def _parsed(self, entry: bytes, mark: Fingerprint) -> T | None:
        """What an entry holds; None where it is of another state of the file."""
        wanted = _mark(mark)
        if not entry.startswith(wanted):
            return None
        try:
            return self._model.model_validate_json(entry[len(wanted) :])
        except ValidationError:
            return None


def _mark(mark: Fingerprint) -> bytes:
    return f"{_FORMAT} {' '.join(map(str, mark))}\n".encode()


def _json(facts: Value) -> bytes:
    """As short as it can be: it is read far more often than written."""
    return facts.model_dump_json(exclude_defaults=True).encode()
