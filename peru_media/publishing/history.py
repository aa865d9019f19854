"""History: the releases that were live, as far as the store still has them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from pydantic import ValidationError

from peru_media.errors import DamagedObjectError, ObjectNotFoundError
from peru_media.model.release import Current, Root
from peru_media.model.value import digest
from peru_media.planning import EpisodeChange, compare
from peru_media.ports import Fetched
from peru_media.publishing.live import Live

__all__ = ["Entry", "chronicle", "releases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one release was: by whom, when, and what it changed.

    Attributes:
        live: whether it is the live one. changes: what it did to each episode that it
        changed, against the release before; None where that is not in the store.
    """

    root: Root
    live: bool
    changes: tuple[EpisodeChange, ...] | None


def releases(live: Live) -> Iterator[Live]:
    """Give the live release and those before it, the newest first.

    Each root names the one before. A root that was never live, because its publish
    was cut off, is named by none; and behind one that is gone nothing is left.

    Raises:
        DamagedObjectError: a root is not the one that its key names.
    """
    found: Live | None = live if live.root else None
    while found is not None:
        yield found
        key = found.root.previous if found.root else None
        found = _opened(live, key) if key else None


def chronicle(live: Live) -> tuple[Entry, ...]:
    """Say of each release that is left what it changed, the newest first.

    Raises:
        DamagedObjectError: the store gave other bytes than were published.
    """
    known = list(releases(live))
    return tuple(
        _entry(one, earlier, live=one is live)
        for one, earlier in zip_longest(known, known[1:])
    )


def _opened(live: Live, key: str) -> Live | None:
    """An earlier release by the key of its root; None where that is gone."""
    try:
        fetched = live.store.get(key)
    except ObjectNotFoundError:
        return None
    body = fetched.body if isinstance(fetched, Fetched) else b""
    sha256 = digest(body)
    try:
        root = Root.from_bytes(body)
    except ValidationError as error:
        raise _damaged(key) from error
    if not key.endswith(f"/{root.number}-{sha256[:12]}.json"):
        raise _damaged(key)
    current = Current(release=root.number, key=key, sha256=sha256)
    return replace(live, cache={}, current=current, etag=None, root=root)


def _damaged(key: str) -> DamagedObjectError:
    return DamagedObjectError(f"{key}: the store gave something else than a release")


def _entry(one: Live, earlier: Live | None, *, live: bool) -> Entry:
    assert one.root is not None  # noqa: S101  # only those with one are given
    return Entry(root=one.root, live=live, changes=_changes(one, one.root, earlier))


def _changes(
    one: Live, root: Root, earlier: Live | None
) -> tuple[EpisodeChange, ...] | None:
    """What differs from the release before; None where nobody can tell any more."""
    if earlier is None and root.previous is not None:
        return None
    try:
        wanted, then = one.source(), earlier.source() if earlier else None
        new = one.ledger().masters()
        old = earlier.ledger().masters() if earlier else {}
    except ObjectNotFoundError:
        return None
    assert wanted is not None  # noqa: S101  # a root names its source
    other = {name for name, master in new.items() if old.get(name) != master}
    found = compare(then, wanted, at=root.made, replaced=other)
    return tuple(change for change in found if change.change != "same")
