"""What was withdrawn, looked up: by guid, by id, by address, by hash."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Self

from peru_media.model.files import TombstoneField
from peru_media.model.moment import parse_utc, utc_text
from peru_media.model.release import Tombstone
from peru_media.model.value import digest

__all__ = ["Graves", "lies_in", "path_hash", "tombstone_field", "unearthed", "united"]

_DEEPEST = 9
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Graves:
    """Tombstones, and what they answer."""

    tombstones: tuple[Tombstone, ...] = ()

    @classmethod
    def of(
        cls, fields: Iterable[TombstoneField], stored: Iterable[Tombstone] = ()
    ) -> Self:
        """Those of ``feeds/withdrawn.yaml``, and those of a release."""
        return cls(united(stored, map(unearthed, fields)))

    @cached_property
    def guids(self) -> frozenset[str]:
        """SHA-256 of each withdrawn guid."""
        return frozenset(one.guid for one in self.tombstones)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of withdrawn episodes."""
        return frozenset(one.id for one in self.tombstones if one.id)

    @cached_property
    def paths(self) -> frozenset[str]:
        """SHA-256 of each withdrawn address."""
        return frozenset(path for one in self.tombstones for path in one.paths)

    def holds(self, *, id: str, guid: str) -> bool:  # noqa: A002  # the field's own name
        """Whether an episode was withdrawn; its guid counts where no id is known."""
        if id in self.ids:
            return True
        known = digest(guid.encode())
        return any(one.guid == known and not one.id for one in self.tombstones)

    def hides(self, path: str) -> bool:
        """Whether an address was withdrawn, or lies below one that was."""
        return lies_in(path, self.paths)

    def owns(self, key: str) -> bool:
        """Whether an object belongs to a withdrawn episode alone."""
        return not self.ids.isdisjoint(key.split("/")[:-1])


def lies_in(path: str, hashes: Collection[str]) -> bool:
    """Whether one of these hashes is that of an address, or of one above it."""
    return bool(hashes) and any(path_hash(one) in hashes for one in _upwards(path))


def path_hash(path: str) -> str:
    """What a tombstone says of an address."""
    return digest(path.encode(errors="surrogatepass"))


def united(*groups: Iterable[Tombstone]) -> tuple[Tombstone, ...]:
    """All tombstones of several lists, each of an episode once, in one order.

    What the lists say of the same episode is put together, with the first date.
    """
    known: dict[tuple[str, str], Tombstone] = {}
    for one in (stone for group in groups for stone in group):
        name = one.guid, one.id
        known[name] = _together(known[name], one) if name in known else one
    return tuple(known[name] for name in sorted(known))


def unearthed(field: TombstoneField) -> Tombstone:
    """A line of ``feeds/withdrawn.yaml`` as a release has it.

    It counts whatever its date: one that cannot be read is long ago.
    """
    try:
        at = parse_utc(field.at)
    except ValueError:
        at = _LONG_AGO
    return Tombstone(
        guid=field.guid,
        at=at,
        id=field.id or "",
        paths=field.paths,
        masters=field.masters,
        copies=field.copies,
    )


def tombstone_field(stone: Tombstone) -> TombstoneField:
    """A tombstone as a line of ``feeds/withdrawn.yaml``."""
    return TombstoneField(
        guid=stone.guid,
        at=utc_text(stone.at),
        id=stone.id or None,
        paths=stone.paths,
        masters=stone.masters,
        copies=stone.copies,
    )


def _together(one: Tombstone, other: Tombstone) -> Tombstone:
    return Tombstone(
        guid=one.guid,
        at=min(one.at, other.at),
        id=one.id,
        paths=_both(one.paths, other.paths),
        masters=_both(one.masters, other.masters),
        copies=_both(one.copies, other.copies),
    )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def _upwards(path: str) -> Iterator[str]:
    """An address, and each above it but that of the whole site.

    Of what lies deeper than any address of ours only the upper end counts: somebody
    may ask for thousands of levels, again and again.
    """
    path = "/".join(path.split("/", _DEEPEST)[:_DEEPEST])
    while len(path) > 1:
        yield path
        path = path[: path.rindex("/")] if "/" in path else ""
