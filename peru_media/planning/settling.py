"""A new table takes its place after the live one: nothing changes that need not."""

from collections.abc import Collection
from datetime import datetime, timedelta

from peru_media.model.release import Table, Version, version_at

__all__ = ["settle"]

_LASTING = timedelta(days=7)


def settle(
    wanted: Table,
    live: Table,
    *,
    at: datetime,
    elsewhere: Collection[str] = (),
) -> dict[str, tuple[Version, ...]]:
    """Let a wanted table take its place after the live one.

    An unchanged object keeps its own ``from``. An address that vanishes answers
    as removed from now on, and for ever; style sheets and pictures do so in seven
    days, for pages that readers still have open. ``elsewhere`` are the addresses of
    all wanted tables: what moved into another is not removed.
    """
    settled = {
        path: _keep_since(versions, live.get(path, ()), at)
        for path, versions in wanted.items()
    }
    gone = [path for path in live if path not in settled and path not in elsewhere]
    media = {_medium(path) for path in (*wanted, *elsewhere)} if gone else set()
    for path in gone:
        held = version_at(live[path], at)
        moved = _medium(path) is not None and _medium(path) in media
        if held is not None and not moved:
            settled[path] = _after(path, held, live[path][-1], at)
    return settled


def _keep_since(
    wanted: tuple[Version, ...], live: tuple[Version, ...], at: datetime
) -> tuple[Version, ...]:
    """The wanted versions, after what holds now."""
    first, held = wanted[0], version_at(live, at)
    if held is None:
        return wanted
    if first.since > at:
        return (held if held.gone else Version(since=at, gone="removed"), *wanted)
    return (held, *wanted[1:]) if first.same_content(held) else wanted


def _medium(path: str) -> str | None:
    """``/media/<id>``: with another hash, the server leads to the present copy."""
    return path[: path.index("/", 7)] if path.startswith("/media/") else None


def _after(
    path: str, held: Version, last: Version, at: datetime
) -> tuple[Version, ...]:
    if held.gone:
        return (held,)
    if not path.startswith("/assets/"):
        return (Version(since=at, gone="removed"),)
    end = at + _LASTING
    ending = last.gone and last.since <= end
    return held, last if ending else Version(since=end, gone="removed")
