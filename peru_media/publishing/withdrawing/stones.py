"""The tombstones of an order: hashes of everything by which somebody could return."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from peru_media.model.graves import path_hash, united
from peru_media.model.release import Tombstone
from peru_media.model.value import digest
from peru_media.publishing.withdrawing.addresses import Addresses
from peru_media.publishing.withdrawing.history import History
from peru_media.publishing.withdrawing.order import Concerned

__all__ = ["stones_of"]


def stones_of(
    episodes: Sequence[Concerned],
    places: Sequence[tuple[History, Addresses]],
    masters: Mapping[str, Sequence[str]],
    *,
    at: datetime,
) -> tuple[Tombstone, ...]:
    """Make the tombstones of some episodes.

    Args:
        episodes: that are withdrawn.
        places: what each store knows of them.
        masters: SHA-256 of the recordings that lie here, by the episodes' files.
        at: when they are withdrawn.
    """
    return united(
        Tombstone(
            guid=digest(episode.guid.encode()),
            at=at,
            id=name,
            paths=_sorted(_paths(name, places)),
            masters=_sorted([*_masters(name, places), *_here(episode, masters)]),
            copies=_sorted(_copies(name, places)),
        )
        for episode in episodes
        for name in episode.ids
    )


def _sorted(hashes: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(sorted({*hashes}))


def _paths(name: str, places: Sequence[tuple[History, Addresses]]) -> Iterator[str]:
    for _, addresses in places:
        yield from (path_hash(path) for path in addresses.roots.get(name, ()))


def _masters(name: str, places: Sequence[tuple[History, Addresses]]) -> Iterator[str]:
    for history, _ in places:
        for entry in history.entries:
            if entry.id == name and entry.master_sha256:
                yield entry.master_sha256


def _here(episode: Concerned, masters: Mapping[str, Sequence[str]]) -> Sequence[str]:
    return masters.get(episode.path or "", ())


def _copies(name: str, places: Sequence[tuple[History, Addresses]]) -> Iterator[str]:
    for history, _ in places:
        yield from (e.enclosure.sha256 for e in history.episodes() if e.id == name)
        for entry in history.entries:
            if entry.id == name and entry.enclosure:
                yield entry.enclosure.sha256
        yield from _stored(name, history)


def _stored(name: str, history: History) -> Iterator[str]:
    """The hashes of every medium that a table ever named."""
    for table in history.tables:
        for path, versions in table.items():
            if path.startswith(f"/media/{name}/"):
                yield from (version.sha256 for version in versions if version.sha256)
