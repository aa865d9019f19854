"""What a subscriber would find broken in a store, at any moment."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from xml.etree import ElementTree as ET

from peru_media.errors import ObjectNotFoundError
from peru_media.model.release import CURRENT_KEY, Current, Table, version_at
from peru_media.ports import Fetched, Store
from peru_media.publishing.live import Live, read_live, unpack

__all__ = ["Onlooker", "broken", "guids"]

_CHANNEL = "/feed.xml"


def broken(store: Store, at: datetime) -> list[str]:
    """Every public path that leads nowhere, and every enclosure that does."""
    live = read_live(store, {})
    tables = live.tables()
    every = {path: v for table in tables.values() for path, v in table.items()}
    missing = []
    for path, versions in every.items():
        version = version_at(versions, at)
        if version and version.key and not _leads(store, version.key):
            missing.append(path)
    return [*missing, *_lost(live, tables, at)]


class Onlooker:
    """A podcast app that looks again and again: at the feeds, and for each enclosure.

    A feed that it has read is read again when another release is live.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._release = ""
        self._enclosures: list[tuple[str, str]] = []

    def look(self, at: datetime) -> list[str]:
        """What could not be had just now."""
        fetched = self._store.get(CURRENT_KEY)
        assert isinstance(fetched, Fetched)
        current = Current.from_bytes(fetched.body)
        if current.key != self._release:
            live = read_live(self._store, {})
            self._enclosures = [*_enclosures(live, live.tables(), at)]
            self._release = current.key
        return [path for path, key in self._enclosures if not _leads(self._store, key)]


def guids(store: Store, at: datetime) -> list[str]:
    """Every guid of every feed, as often as it stands there."""
    live = read_live(store, {})
    feeds = _feeds(live, live.tables(), at)
    return [str(item.text) for feed in feeds for item in feed.iter("guid")]


def _lost(live: Live, tables: Mapping[str, Table], at: datetime) -> Iterator[str]:
    for path, key in _enclosures(live, tables, at):
        if not _leads(live.store, key):
            yield path


def _enclosures(
    live: Live, tables: Mapping[str, Table], at: datetime
) -> Iterator[tuple[str, str]]:
    """Every enclosure of every feed, and the object that it leads to, or nothing."""
    every = {path: v for table in tables.values() for path, v in table.items()}
    for feed in _feeds(live, tables, at):
        link = next(feed.iter("link")).text or ""
        base = link[: link.index("/", len("https://"))]
        for enclosure in feed.iter("enclosure"):
            path = str(enclosure.get("url")).removeprefix(base)
            version = version_at(every.get(path, ()), at)
            yield path, (version.key or "") if version else ""


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


def _leads(store: Store, key: str) -> bool:
    try:
        return bool(key) and store.head(key).size > 0
    except ObjectNotFoundError:
        return False
