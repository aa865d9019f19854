"""Bind everything that a release consists of: what the next root will name."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.listeners import PRIVATE_FEED
from peru_media.model.release import (
    Ledger,
    Part,
    PrivatePart,
    Root,
    Table,
    TablePart,
    Tombstone,
    shared_key,
    table_bytes,
    table_content,
    version_at,
)
from peru_media.model.source import Source
from peru_media.model.value import canonical, digest
from peru_media.planning import LEAST_AHEAD
from peru_media.publishing.live import Live
from peru_media.publishing.searching import Searchable
from peru_media.publishing.typesetting import HORIZON, Typeset
from peru_media.rendering.delivery import Deliverable
from peru_media.rendering.private_rows import marker_of

__all__ = ["Build", "bound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A release, complete but for its number; nothing of it is sent yet.

    Attributes:
        texts: rendered objects by key, as they are stored. feeds: keys of the
        feeds among them, in every form. feed_paths: those that apps subscribe to;
        form_paths: of their other forms. files: media, documents and pictures that
        lie here. shared: tables, ledger and source, as they are stored. fresh:
        names of the tables whose content differs from the live ones. nothing:
        whether the live release already is all this. remembered: the
        ledger, of former episodes too. searchable: the search files.
        imprint: what pages that are made when asked for say of the site.
        notices: the pages of a server's own, for what is not there.
        private, private_parts: the tables of private shows, by slug.
        tombstones: of all that was ever withdrawn.
    """

    at: datetime
    source: Source
    tables: Mapping[str, Table]
    parts: Mapping[str, TablePart]
    private: Mapping[str, Table]
    private_parts: Mapping[str, PrivatePart]
    ledger: Part
    source_part: Part
    texts: Mapping[str, bytes]
    feeds: frozenset[str]
    feed_paths: tuple[str, ...]
    form_paths: tuple[str, ...]
    files: tuple[Deliverable, ...]
    shared: Mapping[str, bytes]
    fresh: tuple[str, ...]
    nothing: bool
    remembered: Ledger
    searchable: Searchable
    imprint: Part
    notices: Part
    tombstones: tuple[Tombstone, ...] = ()

    def every(self) -> tuple[Table, ...]:
        """Every table, also those of private shows."""
        return *self.tables.values(), *self.private.values()

    def contents(self) -> dict[Part, bytes]:
        """Every part that says what the release is, with its content."""
        tables = (*self.parts.values(), *self.private_parts.values())
        parts = (*tables, self.ledger, self.source_part)
        return {part: gzip.decompress(self.shared[part.key]) for part in parts}

    def root(self, live: Live, *, by: str) -> Root:
        """The root that makes it the next release."""
        return Root(
            number=live.number + 1,
            made=self.at,
            by=by,
            previous=live.current.key if live.current else None,
            base_url=self.source.base_url,
            tables=dict(self.parts),
            private=dict(self.private_parts),
            listeners=live.root.listeners if live.root else None,
            ledger=self.ledger,
            source=self.source_part,
            search=self.searchable.parts,
            imprint=self.imprint,
            notices=self.notices,
            tombstones=self.tombstones,
            complete_until=self.at + HORIZON,
        )


def bound(
    live: Live,
    source: Source,
    typeset: Typeset,
    ledger: Ledger,
    files: tuple[Deliverable, ...],
    *,
    at: datetime,
) -> Build:
    """Bind tables, ledger, source and the rest to the parts that a root names."""
    contents = {name: table_bytes(table) for name, table in typeset.tables.items()}
    closed = {name: table_bytes(table) for name, table in typeset.private.items()}
    imprint = canonical(typeset.rendering.imprint.sparse())
    own = ledger.to_bytes(), source.to_bytes(), imprint, typeset.rendering.notices
    named = [_part(content) for content in own]
    return Build(
        at=at,
        source=source,
        tables=typeset.tables,
        parts=_table_parts(source, typeset, contents, at),
        private=typeset.private,
        private_parts=_private_parts(source, typeset, closed, at),
        ledger=named[0],
        source_part=named[1],
        imprint=named[2],
        notices=named[3],
        texts=typeset.rendering.objects,
        searchable=typeset.searchable,
        feeds=_feed_keys(typeset),
        feed_paths=_answering(typeset, typeset.rendering.feeds, at),
        form_paths=_answering(typeset, typeset.rendering.forms, at),
        files=files,
        shared=_packed([*contents.values(), *closed.values(), *own]),
        fresh=typeset.fresh,
        nothing=_nothing(live, typeset, named, at),
        tombstones=typeset.graves.tombstones,
        remembered=ledger,
    )


def _table_parts(
    source: Source, typeset: Typeset, contents: Mapping[str, bytes], at: datetime
) -> dict[str, TablePart]:
    hidden = {show.slug for show in source.shows if show.visibility != "public"}
    return {
        name: TablePart(
            key=shared_key(content),
            sha256=digest(content),
            content=table_content(typeset.tables[name], at),
            changed=typeset.changed.get(name, at),
            listed=name not in hidden,
        )
        for name, content in contents.items()
    }


def _private_parts(
    source: Source, typeset: Typeset, contents: Mapping[str, bytes], at: datetime
) -> dict[str, PrivatePart]:
    return {
        show.slug: PrivatePart(
            key=shared_key(contents[show.slug]),
            sha256=digest(contents[show.slug]),
            content=table_content(typeset.private[show.slug], at),
            changed=typeset.changed.get(show.slug, at),
            listed=False,
            guid=show.guid,
            marker=marker_of(source, show),
        )
        for show in source.shows
        if show.slug in contents
    }


def _packed(contents: Iterable[bytes]) -> dict[str, bytes]:
    return {shared_key(one): gzip.compress(one, mtime=0) for one in contents}


def _answering(
    typeset: Typeset, paths: tuple[str, ...], at: datetime
) -> tuple[str, ...]:
    """Those of the feeds that there are just now, and not only later."""
    tables = typeset.tables.values()
    held = {p: version_at(t[p], at) for t in tables for p in paths if p in t}
    return tuple(path for path, version in held.items() if version and version.key)


def _part(content: bytes) -> Part:
    return Part(key=shared_key(content), sha256=digest(content))


def _feed_keys(typeset: Typeset) -> frozenset[str]:
    feeds = {*typeset.rendering.feeds, *typeset.rendering.forms, PRIVATE_FEED}
    return frozenset(
        version.key
        for table in (*typeset.tables.values(), *typeset.private.values())
        for path, versions in table.items()
        if path in feeds
        for version in versions
        if version.key
    )


def _nothing(live: Live, typeset: Typeset, named: list[Part], at: datetime) -> bool:
    """Whether the live release already is what is wanted, for long enough."""
    root = live.root
    if root is None or typeset.fresh or live.wanting:
        return False
    same = (
        [root.ledger, root.source, root.imprint, root.notices] == named,
        root.search == typeset.searchable.parts,
        root.tombstones == typeset.graves.tombstones,
    )
    return all(same) and root.complete_until >= at + LEAST_AHEAD
