"""Releases made by hand, whole and true, for whatever reads a store.

    clock = SetClock(NOON)
    store = MemoryStore(clock=clock)
    publish_release(store, {"/story": page("<h1>Story</h1>")})
    publish_release(store, {"/story": gone()}, number=2)

Each path is given one planned version or a list of them, oldest first.
"""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from peru_media.model.address import (
    CONTENT_TYPES,
    asset_key,
    is_text,
    media_key,
    text_key,
)
from peru_media.model.release import (
    CURRENT_KEY,
    Current,
    Ledger,
    Part,
    Root,
    SearchPart,
    TablePart,
    Tombstone,
    Version,
    root_key,
    shared_key,
    table_bytes,
    table_content,
)
from peru_media.model.value import digest
from peru_media.ports import Meta, Store

__all__ = [
    "BASE_URL",
    "EPISODE",
    "LONG_AGO",
    "NOON",
    "Planned",
    "asset",
    "content",
    "feed",
    "gone",
    "medium",
    "page",
    "publish_release",
    "put_part",
]

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
EPISODE = "0123456789abcdef0123"
BASE_URL = "https://media.example.org"


@dataclass(frozen=True)
class Planned:
    """A version of a path, and the bytes to store for it, where it has any."""

    version: Version
    body: bytes | None = None

    def at(self, since: datetime) -> "Planned":
        """The same from another moment on."""
        return replace(self, version=replace(self.version, since=since))


def content(
    body: bytes, *, media_type: str, cache: str, key: str, since: datetime = LONG_AGO
) -> Planned:
    """Any content; text is stored as gzip."""
    version = Version(
        since=since,
        key=key,
        type=media_type,
        size=len(body),
        sha256=digest(body),
        cache=cache,
    )
    stored = gzip.compress(body, 6, mtime=0) if is_text(media_type) else body
    return Planned(version, stored)


def page(html: str, *, kind: str = "page", episode: str = EPISODE) -> Planned:
    """A text of one episode: a page, or another kind of ``CONTENT_TYPES``."""
    body = html.encode()
    key = text_key(episode, digest(body))
    return content(body, media_type=CONTENT_TYPES[kind], cache="page", key=key)


def feed(xml: str | bytes) -> Planned:
    """A feed."""
    body = xml.encode() if isinstance(xml, str) else xml
    key = shared_key(body)
    return content(body, media_type=CONTENT_TYPES["feed"], cache="feed", key=key)


def asset(body: bytes, *, media_type: str = "image/png") -> Planned:
    """A picture or a style sheet."""
    key = asset_key(digest(body), media_type)
    return content(body, media_type=media_type, cache="asset", key=key)


def medium(
    body: bytes,
    *,
    name: str = "story.mp3",
    media_type: str = "audio/mpeg",
    episode: str = EPISODE,
    public: bool = True,
) -> Planned:
    """A recording, or a document."""
    key = media_key(episode, digest(body), name, public=public)
    return content(body, media_type=media_type, cache="media", key=key)


def gone(reason: str = "withdrawn", *, since: datetime = LONG_AGO) -> Planned:
    """A notice that something was here."""
    return Planned(Version(since=since, gone=reason))


def publish_release(  # noqa: PLR0913  # what a release may have
    store: Store,
    paths: Mapping[str, Planned | Sequence[Planned]],
    *,
    number: int = 1,
    made: datetime = LONG_AGO,
    base_url: str = BASE_URL,
    erasing: Sequence[str] = (),
    search: Sequence[SearchPart] = (),
    imprint: Part | None = None,
    notices: Part | None = None,
    tombstones: Sequence[Tombstone] = (),
    source: bytes = b"{}",
) -> Root:
    """Store a release and make it live: objects first, ``current.json`` last."""
    planned = {
        path: [versions] if isinstance(versions, Planned) else list(versions)
        for path, versions in paths.items()
    }
    for versions in planned.values():
        for one in versions:
            if one.body is not None and one.version.key is not None:
                meta = Meta(media_type=one.version.type)
                store.put(one.version.key, one.body, meta=meta)
    root = Root(
        number=number,
        made=made,
        by="tests",
        base_url=base_url,
        tables=_put_tables(store, planned, made),
        ledger=put_part(store, Ledger().to_bytes()),
        source=put_part(store, source),
        search=tuple(search),
        imprint=imprint,
        notices=notices,
        tombstones=tuple(tombstones),
        complete_until=made + timedelta(days=90),
    )
    _swap(store, root, erasing)
    return root


def _of_the_site(path: str) -> bool:
    return path.count("/") == 1 or path.startswith("/assets/")


def _put_tables(
    store: Store, planned: Mapping[str, Sequence[Planned]], made: datetime
) -> dict[str, TablePart]:
    """One table for the site, and one for all else, as for a show."""
    tables: dict[str, TablePart] = {}
    for name in ("site", "show"):
        table = {
            path: tuple(one.version for one in versions)
            for path, versions in planned.items()
            if (name == "site") == _of_the_site(path)
        }
        part = put_part(store, table_bytes(table))
        hashed = table_content(table, made)
        tables[name] = TablePart(
            key=part.key, sha256=part.sha256, content=hashed, changed=made
        )
    return tables


def put_part(store: Store, data: bytes) -> Part:
    """Store something that a root names."""
    part = Part(key=shared_key(data), sha256=digest(data))
    meta = Meta(media_type="application/json", content_encoding="gzip")
    store.put(part.key, gzip.compress(data, mtime=0), meta=meta)
    return part


def _swap(store: Store, root: Root, erasing: Sequence[str]) -> None:
    body = root.to_bytes()
    key = root_key(root.number, body)
    meta = Meta(media_type="application/json")
    store.put(key, body, meta=meta)
    current = Current(
        release=root.number, key=key, sha256=digest(body), erasing=tuple(erasing)
    )
    store.put(CURRENT_KEY, current.to_bytes(), meta=meta)
