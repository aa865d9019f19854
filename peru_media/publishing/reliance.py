"""Reliance: what a release needs that was published before, and is not made anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from peru_media.errors import ObjectNotFoundError
from peru_media.model.address import is_text
from peru_media.model.release import Version
from peru_media.model.source import Source
from peru_media.ports import Meta, Store, Stored
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live
from peru_media.publishing.publishing import Prepared
from peru_media.publishing.reach import reach
from peru_media.publishing.sending import FOR_EVER, Parcel

__all__ = ["Reliance", "reliance"]

_ELSEWHERE = {"public": "held", "held": "public"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliance:
    """Media, documents and pictures of a former release.

    Attributes:
        parcels: those that are there. Nothing of them is sent, unless one has to lie
        where others may read it, or may not; but they are looked at again before the
        swap, so that a collection that takes one stops the publish. missing: what is
        not there any more, by its title, or else by its address.
    """

    parcels: tuple[Parcel, ...]
    missing: tuple[str, ...]


def reliance(made: Prepared, desk: Desk, live: Live) -> Reliance:
    """Look for everything that a release needs, and that is not live."""
    needed, copied = _needed(made), {one.key for one in _copied(made, live)}
    parcels, missing = [], []
    for key in sorted(needed.keys() - reach(live)):
        found = _found(desk.store, key)
        if found is not None:
            parcels.append(_parcel(key, needed[key][1], found))
        elif key not in copied:
            missing.append(needed[key][0])
    titles = _titles(made.build.source)
    named = dict.fromkeys(titles.get(path, path) for path in missing)
    return Reliance(parcels=tuple(parcels), missing=tuple(named))


def _needed(made: Prepared) -> Mapping[str, tuple[str, Version]]:
    """Each object that is not made anew, with an address that it answers at."""
    return {
        version.key: (path, version)
        for table in made.build.every()
        for path, versions in table.items()
        for version in versions
        if version.key and version.key not in made.build.texts
    }


def _copied(made: Prepared, live: Live) -> Iterator[Parcel]:
    """What is copied from where the same medium lies that is live."""
    entries, there = live.ledger().episodes.values(), reach(live)
    same = {
        one.enclosure.key: one.enclosure.sha256
        for one in entries
        if one.enclosure and one.enclosure.key in there
    }
    for parcel in made.parcels:
        if parcel.copied_from and same.get(parcel.copied_from) == parcel.sha256:
            yield parcel


def _found(store: Store, key: str) -> Stored | None:
    """The object, or the same where others may read it, or may not."""
    top, _, rest = key.partition("/")
    for name in (key, f"{_ELSEWHERE[top]}/{rest}" if top in _ELSEWHERE else key):
        try:
            return store.head(name)
        except ObjectNotFoundError:
            continue
    return None


def _parcel(key: str, version: Version, stored: Stored) -> Parcel:
    packed = "gzip" if is_text(version.type) else ""
    return Parcel(
        stage="media",
        key=key,
        size=stored.size,
        sha256=stored.sha256 or version.sha256,
        meta=Meta(
            media_type=version.type, cache_control=FOR_EVER, content_encoding=packed
        ),
        copied_from=stored.key,
    )


def _titles(source: Source) -> dict[str, str]:
    """What people call what lies at an address."""
    found = {
        one.enclosure.address: f'the recording of "{one.title}"'
        for one in source.episodes
    }
    documents = [one for episode in source.episodes for one in episode.documents]
    documents += [one for show in source.shows for one in show.documents]
    return found | {one.address: f'the document "{one.title}"' for one in documents}
