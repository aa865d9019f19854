"""The store's own formats: current, root, tables, ledger and tombstones.

A store in use is dear to change, so each of them says its ``format`` and every
field is here from the start. All are canonical JSON (sorted, compact, UTF-8):
equal values are equal bytes. Times are ISO 8601 in UTC, to the second, ending
in ``Z``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, Field, PlainSerializer

from peru_media.model.enclosure import Enclosure
from peru_media.model.moment import parse_utc, utc_text
from peru_media.model.value import Value, canonical, digest

__all__ = [
    "CURRENT_KEY",
    "FORMAT",
    "Current",
    "Ledger",
    "LedgerEntry",
    "Part",
    "PrivatePart",
    "Root",
    "SearchPart",
    "Table",
    "TablePart",
    "Tombstone",
    "Utc",
    "Version",
    "parse_row",
    "parse_table",
    "root_key",
    "shared_key",
    "shared_key_of",
    "table_bytes",
    "table_content",
    "table_rows",
    "version_at",
]

FORMAT = 1
CURRENT_KEY = "current.json"

Utc = Annotated[
    datetime,
    AfterValidator(lambda moment: moment.astimezone(UTC).replace(microsecond=0)),
    PlainSerializer(utc_text, return_type=str),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a public path answers from a moment on.

    Attributes:
        since: from when, UTC (``from`` in the file).
        key: the object to send, or None where the address is gone.
        gone: why it is gone: ``withdrawn``, ``ended`` or ``removed``.
        type: media type with its charset.
        size: bytes of the content, before any compression.
        sha256: hex digest of the content, before any compression.
        cache: the Cache-Control class: ``page``, ``feed``, ``media``, ``asset``
            or ``none``; the server turns it into seconds.
    """

    since: datetime
    key: str | None = None
    gone: str | None = None
    type: str = ""
    size: int = 0
    sha256: str = ""
    cache: str = ""

    def same_content(self, other: "Version") -> bool:
        """Whether both answer with the same content, since whenever."""
        mine = (self.key, self.gone, self.type, self.sha256, self.cache)
        return mine == (other.key, other.gone, other.type, other.sha256, other.cache)


Table = Mapping[str, tuple[Version, ...]]


def version_at(versions: Sequence[Version], at: datetime) -> Version | None:
    """Pick the version that holds at a moment; None before the first one."""
    held = None
    for version in versions:
        if version.since > at:
            break
        held = version
    return held


def _version_fields(version: Version) -> dict[str, Any]:
    fields: dict[str, Any] = {"from": utc_text(version.since)}
    if version.gone:
        return fields | {"gone": version.gone}
    return fields | {
        "key": version.key,
        "type": version.type,
        "size": version.size,
        "sha256": version.sha256,
        "cache": version.cache,
    }


def table_bytes(table: Table) -> bytes:
    """Write a table as canonical JSON: public path to its versions, oldest first."""
    rows = {
        path: [_version_fields(v) for v in versions] for path, versions in table.items()
    }
    return canonical({"format": FORMAT, "paths": rows})


def parse_table(data: bytes) -> dict[str, tuple[Version, ...]]:
    """Read what ``table_bytes`` wrote."""
    moments: dict[str, datetime] = {}

    def version(fields: dict[str, Any]) -> Version:
        text = fields.pop("from")
        since = moments.get(text) or moments.setdefault(text, parse_utc(text))
        return Version(since=since, **fields)

    rows = json.loads(data)["paths"]
    return {path: tuple(map(version, versions)) for path, versions in rows.items()}


def table_rows(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Walk over a table without parsing it: each public path and its row's JSON.

    For a server that holds many paths and is asked for few; ``parse_row`` reads
    a row. The bytes ``}],"/`` can only lie between two rows, for inside a JSON
    text a quotation mark is escaped, and behind one that ends a text stands no
    slash.
    """
    head = b'{"format":%d,"paths":{"' % FORMAT
    at, end = len(head), len(data) - len(b"}}")
    while at < end:
        found = data.find(b'}],"/', at, end)
        stop = end if found < 0 else found + len(b"}]")
        quote = data.index(b'":[{', at, stop)
        path = json.loads(data[at - 1 : quote + 1])
        yield path, data[quote + 2 : stop]
        at = stop + len(b',"')


def parse_row(row: bytes) -> tuple[Version, ...]:
    """Read one row of ``table_rows``: the versions of a path, oldest first."""
    return tuple(
        Version(since=parse_utc(fields.pop("from")), **fields)
        for fields in json.loads(row)
    )


def table_content(table: Table, at: datetime) -> str:
    """Hash a table apart from each path's present ``from``.

    So a publish with nothing new compares equal whenever it runs: what holds at
    ``at`` counts by its content alone, what comes later with its moment.
    """
    rows = {}
    for path, versions in table.items():
        fields = [_version_fields(version) for version in versions]
        if versions[0].since <= at:
            fields[0].pop("from")
        rows[path] = fields
    return digest(canonical(rows))


class Part(Value):
    """One shared object that a root names, by key and hash of its content."""

    key: str
    sha256: str


class TablePart(Part):
    """A table that a root names.

    Attributes:
        content: ``table_content`` of it.
        changed: when this table's content last changed by a publish, UTC; feeds
            give it as ``lastBuildDate`` until a later version of theirs holds.
        listed: whether search engines may know of what it holds.
    """

    content: str
    changed: Utc
    listed: bool = True


class PrivatePart(TablePart):
    """The table of a private show, whose paths lie below each listener's address.

    Attributes:
        guid: of the show, which its listeners are known by.
        marker: stands in its texts where the token of a listener belongs; as long
            as one, so that filling it in changes no length.
    """

    guid: str
    marker: str


class SearchPart(Part):
    """A search file that a root names; no address gives it out.

    ``made_from`` tells a file again that another version of SQLite would write with
    other bytes.
    """

    made_from: str


class Tombstone(Value):
    """What the site remembers of something withdrawn: hashes, nothing readable.

    Attributes:
        guid: SHA-256 of the guid. at: when. id: see ``episode_id``, a hash itself.
        paths: SHA-256 of each address that it had; whatever lies below is withdrawn
        with it. masters, copies: SHA-256 of each recording and published copy.
    """

    guid: str
    at: Utc
    id: str = ""
    paths: tuple[str, ...] = ()
    masters: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


class LedgerEntry(Value):
    """What the site remembers of one guid for ever.

    Attributes:
        show: guid of the show. guid: of the episode. id: see ``episode_id``.
        name: the slug at first publish, in file names of media for ever.
        slug: the slug of now. first: the first date.
        made_from: hash of the recipe of the published copy.
        master_sha256: hash of the recording it was made from.
        enclosure: the copy itself, so that it is kept where its master is absent.
        retired: since when it is in no feed any more, or None.
        edits: how many edits its file had when it was last published.
        edited: hash of what was taken out of the sound of the copy.
    """

    show: str
    guid: str
    id: str
    name: str
    slug: str
    first: Utc
    made_from: str | None = None
    master_sha256: str | None = None
    enclosure: Enclosure | None = None
    retired: Utc | None = None
    edits: int = 0
    edited: str | None = None


class Ledger(Value):
    """Every guid the site ever published.

    Attributes:
        shows: slug of a show -> its guid, and ``publisher``, which no show can be
        called, -> that of the publisher's feed. episodes: id -> its entry.
    """

    format: int = FORMAT
    shows: dict[str, str] = Field(default_factory=dict)
    episodes: dict[str, LedgerEntry] = Field(default_factory=dict)

    def masters(self) -> dict[str, str]:
        """The hash of the recording behind each episode, by id, where it is known."""
        known = self.episodes.items()
        return {name: e.master_sha256 for name, e in known if e.master_sha256}

    def sounds(self) -> dict[str, tuple[str, str | None]]:
        """The same, each with the hash of what was taken out of it."""
        masters = self.masters()
        return {name: (masters[name], self.episodes[name].edited) for name in masters}

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical(
            self.model_dump(mode="json", exclude_defaults=True) | {"format": FORMAT}
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote."""
        return cls.model_validate_json(data)


class Root(Value):
    """One complete published state of the site; everything it needs is named here.

    Attributes:
        number: 1, 2, 3… made: when, UTC. by: who published, as they named
            themselves. previous: key of the root before, or None.
        base_url: the public address the release was rendered for.
        tables: ``site`` and one a show, by the show's slug.
        private: those of private shows, by slug; no public address leads there.
        listeners: who may hear private shows, by hashes of their tokens.
        search: the files of everything public that is searched.
        imprint: what pages that are made when asked for say of the site.
        notices: the pages of a server's own, for what is not there.
        complete_until: up to when the timeline is complete.
    """

    format: int = FORMAT
    number: int
    made: Utc
    by: str
    previous: str | None = None
    base_url: str
    tables: dict[str, TablePart]
    private: dict[str, PrivatePart] = Field(default_factory=dict)
    listeners: Part | None = None
    ledger: Part
    source: Part
    search: tuple[SearchPart, ...] = ()
    imprint: Part | None = None
    notices: Part | None = None
    tombstones: tuple[Tombstone, ...] = ()
    complete_until: Utc

    def parts(self) -> tuple[Part, ...]:
        """Every shared object that it names."""
        others = (one for one in (self.imprint, self.notices, self.listeners) if one)
        return *self.described(), *self.search, *others

    def described(self) -> tuple[Part, ...]:
        """Those of them that say what the release is, and that a plan reads."""
        tables = (*self.tables.values(), *self.private.values())
        return *tables, self.ledger, self.source

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical(self.model_dump(mode="json"))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote."""
        return cls.model_validate_json(data)


class Current(Value):
    """The one mutable object: which release is live, and what is being erased.

    Attributes:
        release: number of the root. key: its name. sha256: of its bytes.
        erasing: keys that a withdrawal or a collection is deleting just now. until:
        of these, only what was stored by that moment; None for all of it. erased: how
        many lists were cleared under this release, so that it is never again the
        same bytes, with the same etag, that somebody read before a deletion.
    """

    format: int = FORMAT
    release: int
    key: str
    sha256: str
    erasing: tuple[str, ...] = ()
    until: AwareDatetime | None = None
    erased: int | None = None

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical(self.model_dump(mode="json", exclude_none=True))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote."""
        return cls.model_validate_json(data)


def root_key(number: int, data: bytes) -> str:
    """Name a root: ``releases/<number>-<sha256[:12]>.json``."""
    return f"releases/{number}-{digest(data)[:12]}.json"


def shared_key(content: bytes) -> str:
    """Name a shared object by the hash of its content: ``state/shared/…``."""
    return shared_key_of(digest(content))


def shared_key_of(sha256: str) -> str:
    """Name a shared object whose content has this hash."""
    return f"state/shared/{sha256[:20]}"
