"""What a subscriber would find broken in a store, at any moment."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from xml.etree import ElementTree as ET

from peru_media.errors import ObjectNotFoundError
from peru_media.model.release import Table, version_at
from peru_media.ports import Store
from peru_media.publishing.live import Live, read_live, unpack

__all__ = ["broken", "broken_feeds", "guids"]

_CHANNEL = "/feed.xml"


def broken(store: Store, at: datetime) -> list[str]:
    """Every public path that leads nowhere, and every enclosure that does."""
    live = read_live(store, {})
    tables = live.tables()
    every = {path: v for table in tables.values() for path, v in table.items()}
    missing = []
    for path, versions in every.items():
        version = version_at(versions, at)
        if version and version.key and not _is_there(store, version.key):
            missing.append(path)
    return [*missing, *_lost(live, tables, at)]


def broken_feeds(store: Store, at: datetime) -> list[str]:
    """What podcast apps would miss: feeds, and what their enclosures lead to."""
    live = read_live(store, {})
    return [*_lost(live, live.tables(), at)]


def guids(store: Store, at: datetime) -> list[str]:
    """Every guid of every feed, as often as it stands there."""
    live = read_live(store, {})
    feeds = _feeds(live, live.tables(), at)
    return [str(item.text) for feed in feeds for item in feed.iter("guid")]


def _lost(live: Live, tables: Mapping[str, Table], at: datetime) -> Iterator[str]:
    every = {path: v for table in tables.values() for path, v in table.items()}
    for feed in _feeds(live, tables, at):
        link = next(feed.iter("link")).text or ""
        base = link[: link.index("/", len("https://"))]
        for enclosure in feed.iter("enclosure"):
            path = str(enclosure.get("url")).removeprefix(base)
            version = version_at(every.get(path, ()), at)
            if not version or not version.key or not _is_there(live.store, version.key):
                yield path


def _feeds(
    live: Live, tables: Mapping[str, Table], at: datetime
) -> Iterator[ET.Element]:
    """The feed of each show."""
    for table in tables.values():
        for path, versions in table.items():
            if path.endswith(_CHANNEL) and path.count("/") > 1:
                version = version_at(versions, at)
                if version is not None and version.key:
                    yield ET.fromstring(unpack(live.store, version.key))  # noqa: S314  (our own)


def _is_there(store: Store, key: str) -> bool:
    try:
        return store.head(key).size > 0
    except ObjectNotFoundError:
        return False
