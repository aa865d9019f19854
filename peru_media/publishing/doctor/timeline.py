"""Is the live release complete, and is nothing left that should be gone?"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from peru_media.model.release import Root, Tombstone
from peru_media.planning import due
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rows import Row, fail, ok, warn
from peru_media.publishing.live import Live

__all__ = ["about_timeline", "about_withdrawn"]

_WARNING = timedelta(days=30)
_DAY = timedelta(days=1)
_TOPS = ("public", "held", "state/episodes")
_DOCS = "docs/doctor.md#what-was-withdrawn"


def about_timeline(patient: Patient, live: Live) -> Iterator[Row]:
    """Judge how far ahead the servers know, and whether an erasing was cut off."""
    if live.current is None or live.root is None:
        yield warn("release", "nothing is published there yet", "make publish")
        return
    root = live.root
    made = f"{root.made:%Y-%m-%d %H:%M} UTC"
    yield ok("release", f"release {root.number} is live, of {made}, by {root.by}")
    yield _ahead(patient, root)
    yield from _overdue(patient, live, root)


def _overdue(patient: Patient, live: Live, root: Root) -> Iterator[Row]:
    """Turning needs nobody, but erasing does."""
    source, now = live.source(), live.date or patient.clock.now()
    over = due(source, root, at=now).ended if source else ()
    name, erasing = patient.target.name, live.current and live.current.erasing
    if over:
        since = min(episode.until for episode in over if episode.until)
        tell = fail if now - since > _DAY else warn
        yield tell(
            "erasing",
            f"{_counted(len(over), 'episode')} ended on {since:%Y-%m-%d} or later, and "
            "the store still holds what nobody may hear any more",
            f"peru-media publish --due --target {name}, by a timer every five minutes",
            _DOCS,
        )
    elif erasing:
        yield warn(
            "erasing",
            f"{_counted(len(erasing), 'object')} are still to be erased: something "
            "was cut off, or is under way",
            f"peru-media publish --target {name} finishes what was begun",
            _DOCS,
        )
    else:
        yield ok("erasing", "nothing waits to be erased")


def about_withdrawn(patient: Patient, live: Live) -> Iterator[Row]:
    """See that nothing is left of what was withdrawn, and that all know of it."""
    if live.root is None:
        return
    graves = live.root.tombstones
    left = {key: None for grave in graves for key in _left(patient, grave)}
    if left:
        yield fail(
            "withdrawn",
            f"{len(left)} objects of something withdrawn are in the store: "
            f"{_some([*left])}",
            "withdraw it again, which goes on where it stopped",
            _DOCS,
        )
    elif graves:
        yield ok("withdrawn", f"nothing is left of the {len(graves)} withdrawn")
    yield _agreement(patient, graves)


def _ahead(patient: Patient, root: Root) -> Row:
    left = root.complete_until - patient.clock.now()
    until = f"{root.complete_until:%Y-%m-%d}"
    if left >= _WARNING:
        return ok("timeline", f"servers know what is due until {until}")
    tell = fail if left <= timedelta() else warn
    return tell(
        "timeline",
        f"servers know what is due until {until} alone",
        "make publish, which looks 90 days ahead",
    )


def _left(patient: Patient, grave: Tombstone) -> Iterator[str]:
    """Objects below the prefixes of something withdrawn, and what they once were."""
    for prefix in (f"{top}/{grave.id}/" for top in _TOPS) if grave.id else ():
        yield from (left.key for left in patient.store.list(prefix, former=True))


def _agreement(patient: Patient, graves: Sequence[Tombstone]) -> Row:
    """The file outlives any bucket, and the store any computer: both must know."""
    here = {line.guid for line in patient.withdrawn}
    there = {grave.guid for grave in graves}
    if there - here:
        return warn(
            "tombstones",
            f"{len(there - here)} withdrawals are in the store alone, and not in "
            "feeds/withdrawn.yaml",
            "bring in what the colleague who withdrew has committed",
            _DOCS,
        )
    if here - there:
        return fail(
            "tombstones",
            f"{len(here - there)} withdrawals in feeds/withdrawn.yaml are not known "
            "to the store",
            f"peru-media publish --target {patient.target.name}",
            _DOCS,
        )
    return ok("tombstones", "feeds/withdrawn.yaml and the store know the same")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _some(names: list[str]) -> str:
    more = len(names) - 3
    return ", ".join(names[:3]) + (f" and {more} more" if more > 0 else "")
