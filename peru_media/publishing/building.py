"""Build everything that a release consists of, without sending any of it."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from peru_media.errors import MediaError
from peru_media.model.facts import CopyRecipe, FileFacts, made_from
from peru_media.model.release import (
    Ledger,
    LedgerEntry,
    Part,
    Root,
    Table,
    TablePart,
    shared_key,
    table_bytes,
    table_content,
    version_at,
)
from peru_media.model.site import Site
from peru_media.model.source import Episode, Source
from peru_media.model.value import digest
from peru_media.planning import settle
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live
from peru_media.rendering.assembly import (
    Copied,
    Deliverable,
    Workshop,
    assemble,
    deliverables,
)
from peru_media.rendering.choice import (
    Chosen,
    choose,
    copy_recipe,
    document_recipes,
    pictures_of,
)
from peru_media.rendering.release import Rendering, render

__all__ = ["HORIZON", "Build", "build", "survey"]

HORIZON = timedelta(days=90)
_REFRESH = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A release, complete but for its number; nothing of it is sent yet.

    Attributes:
        texts: rendered objects by key, as they are stored. files: media,
        documents and pictures that lie here. feeds: keys of the feeds among
        the texts. shared: tables, ledger and source, as they are stored.
        fresh: names of the tables whose content differs from the live ones.
        nothing: whether the live release already is all this.
    """

    at: datetime
    source: Source
    tables: Mapping[str, Table]
    parts: Mapping[str, TablePart]
    ledger: Part
    source_part: Part
    texts: Mapping[str, bytes]
    feeds: frozenset[str]
    feed_paths: tuple[str, ...]
    files: tuple[Deliverable, ...]
    shared: Mapping[str, bytes]
    fresh: tuple[str, ...]
    nothing: bool

    def contents(self) -> dict[Part, bytes]:
        """Every part that the root names, with its content."""
        parts = (*self.parts.values(), self.ledger, self.source_part)
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
            ledger=self.ledger,
            source=self.source_part,
            tombstones=live.root.tombstones if live.root else (),
            complete_until=self.at + HORIZON,
        )


def survey(site: Site, desk: Desk) -> dict[str, FileFacts]:
    """Measure every file of every show and episode folder, by project path."""
    names = sorted({name for show in site.shows for name in show.files})
    names += sorted({name for episode in site.episodes for name in episode.files})
    facts = desk.maker.facts([desk.root / name for name in names])
    return {
        name: facts[desk.root / name] for name in names if desk.root / name in facts
    }


def build(
    site: Site,
    desk: Desk,
    live: Live,
    *,
    facts: Mapping[str, FileFacts],
    at: datetime,
    now: datetime,
) -> Build:
    """Build the next release from what staff wrote, as it is to be from ``at`` on.

    ``now`` is the moment that ``publish: now`` means.

    Raises:
        MediaError: a copy could not be made, or a file changed meanwhile.
    """
    ledger = live.ledger()
    chosen = choose(site, facts=facts, ledger=ledger, at=now)
    recipes = _recipes(site, chosen, facts, desk.base_url)
    desk_of = Workshop(
        site=site,
        facts=facts,
        ledger=ledger,
        copies=_copies(desk, _wanted(site, chosen, recipes, ledger, facts)),
        pictures=_pictures(desk, site, chosen),
    )
    source = assemble(desk_of, chosen, base_url=desk.base_url)
    texts = _texts(desk, facts)
    typeset = _typeset(source, desk, live, at=at, texts=texts)
    entries = _ledger(ledger, source, chosen, recipes, at)
    files = deliverables(source, desk_of.copies, desk_of.pictures)
    return _bound(live, source, typeset, entries, files, at=at)


def _recipes(
    site: Site,
    chosen: tuple[Chosen, ...],
    facts: Mapping[str, FileFacts],
    base_url: str,
) -> dict[str, CopyRecipe]:
    """Recipes of the episodes' copies, by episode id, where their masters are here."""
    made = {
        one.id: copy_recipe(one, site, facts=facts, base_url=base_url) for one in chosen
    }
    return {name: recipe for name, recipe in made.items() if recipe is not None}


def _wanted(
    site: Site,
    chosen: tuple[Chosen, ...],
    recipes: Mapping[str, CopyRecipe],
    ledger: Ledger,
    facts: Mapping[str, FileFacts],
) -> list[CopyRecipe]:
    """Copies that have to be made: those that the live release does not hold."""
    places = {one.id: "public/" if one.open else "held/" for one in chosen}
    wanted = [
        recipe
        for name, recipe in recipes.items()
        if not _held(ledger.episodes.get(name), recipe, places[name])
    ]
    return wanted + list(document_recipes(chosen, site.shows, facts).values())


def _held(entry: LedgerEntry | None, recipe: CopyRecipe, place: str) -> bool:
    return (
        entry is not None
        and entry.enclosure is not None
        and entry.made_from == made_from(recipe)
        and entry.enclosure.key.startswith(place)
    )


def _copies(desk: Desk, recipes: list[CopyRecipe]) -> dict[str, Copied]:
    """Make the copies, and measure them."""
    desk.progress.start("copies", len(recipes), "files")
    made = {}
    for recipe in recipes:
        made[recipe.master] = desk.maker.copy(_located(recipe, desk))
        desk.progress.advance("copies", 1)
    desk.progress.finish("copies")
    facts = desk.maker.facts(made.values())
    hashes = {recipe.master: made_from(recipe) for recipe in recipes}
    return {
        master: Copied(path=path, facts=facts[path], made_from=hashes[master])
        for master, path in made.items()
    }


def _located(recipe: CopyRecipe, desk: Desk) -> CopyRecipe:
    """The recipe with its files as this machine finds them."""
    cover = str(desk.root / recipe.cover) if recipe.cover else None
    return recipe.model_copy(
        update={"master": str(desk.root / recipe.master), "cover": cover}
    )


def _pictures(desk: Desk, site: Site, chosen: tuple[Chosen, ...]) -> dict[str, Copied]:
    names = sorted(pictures_of(chosen, site.shows))
    made = {name: desk.maker.picture(desk.root / name) for name in names}
    facts = desk.maker.facts(made.values())
    return {name: Copied(path=path, facts=facts[path]) for name, path in made.items()}


def _texts(desk: Desk, facts: Mapping[str, FileFacts]) -> Callable[[str], bytes]:
    """Read a text by the hash that it was measured with."""
    paths = {found.sha256: name for name, found in facts.items()}

    def text(sha256: str) -> bytes:
        name = paths[sha256]
        content = (desk.root / name).read_bytes()
        if digest(content) != sha256:
            msg = f"{name}: the file changed while it was published. Publish again"
            raise MediaError(msg)
        return content

    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typeset:
    """Rendered and settled after the live release."""

    rendering: Rendering
    tables: Mapping[str, Table]
    changed: Mapping[str, datetime]
    fresh: tuple[str, ...]


def _typeset(
    source: Source,
    desk: Desk,
    live: Live,
    *,
    at: datetime,
    texts: Callable[[str], bytes],
) -> _Typeset:
    """Render; a table whose content is new is rendered as changed now."""
    before = live.tables()
    parts = live.root.tables if live.root else {}
    names = ("site", *(show.slug for show in source.shows))
    changed = {
        name: _last_turn(source, name, parts[name].changed, at) if name in parts else at
        for name in names
    }

    def rendered() -> tuple[Rendering, dict[str, Table]]:
        rendering = render(
            source,
            at=at,
            until=at + HORIZON,
            texts=texts,
            changed=changed,
            cache=desk.cache,
        )
        return rendering, _settled(rendering.tables, before, at)

    rendering, tables = rendered()
    fresh = tuple(
        name for name in tables if _differs(tables[name], before.get(name), at)
    )
    if fresh and parts:
        changed |= dict.fromkeys(fresh, at)
        rendering, tables = rendered()
    return _Typeset(rendering=rendering, tables=tables, changed=changed, fresh=fresh)


def _last_turn(source: Source, show: str, changed: datetime, at: datetime) -> datetime:
    """When a show last changed: by a publish, or by the timeline since then."""
    turns = [changed]
    for episode in source.episodes:
        if show in episode.shows or show == "site":
            turns += [
                m for m in (episode.published, episode.until) if m and changed < m <= at
            ]
    return max(turns)


def _settled(
    tables: Mapping[str, Table], before: Mapping[str, Table], at: datetime
) -> dict[str, Table]:
    names = sorted({*tables, *before})
    return {
        name: settle(tables.get(name, {}), before.get(name, {}), at=at)
        for name in names
    }


def _differs(table: Table, before: Table | None, at: datetime) -> bool:
    if before is None:
        return True
    return table_content(table, at) != table_content(_from_now(before, at), at)


def _from_now(table: Table, at: datetime) -> Table:
    """A table without the versions whose time is over."""
    left = {}
    for path, versions in table.items():
        held = version_at(versions, at)
        left[path] = tuple(v for v in versions if v is held or v.since > at)
    return left


def _ledger(
    ledger: Ledger,
    source: Source,
    chosen: tuple[Chosen, ...],
    recipes: Mapping[str, CopyRecipe],
    at: datetime,
) -> Ledger:
    """Remember every guid that goes out, and since when others do not."""
    masters = {one.id: one for one in chosen}
    entries = {
        name: entry if entry.retired else entry.model_copy(update={"retired": at})
        for name, entry in ledger.episodes.items()
        if name not in masters
    }
    for episode in source.episodes:
        known = ledger.episodes.get(episode.id)
        entries[episode.id] = _entry(
            episode, masters[episode.id], recipes.get(episode.id), known
        )
    shows = {**ledger.shows, **{show.slug: show.guid for show in source.shows}}
    return Ledger(shows=shows, episodes=entries)


def _entry(
    episode: Episode,
    chosen: Chosen,
    recipe: CopyRecipe | None,
    known: LedgerEntry | None,
) -> LedgerEntry:
    kept_from = known.made_from if known else None
    kept_master = known.master_sha256 if known else None
    return LedgerEntry(
        show=chosen.show.value.guid or "",
        guid=episode.guid,
        id=episode.id,
        name=episode.name,
        slug=episode.slug,
        first=known.first if known else episode.published,
        made_from=made_from(recipe) if recipe else kept_from,
        master_sha256=recipe.master_sha256 if recipe else kept_master,
        enclosure=episode.enclosure,
    )


def _bound(
    live: Live,
    source: Source,
    typeset: _Typeset,
    ledger: Ledger,
    files: tuple[Deliverable, ...],
    *,
    at: datetime,
) -> Build:
    """Bind tables, ledger and source to the parts that a root names."""
    contents = {name: table_bytes(table) for name, table in typeset.tables.items()}
    parts = {
        name: TablePart(
            key=shared_key(content),
            sha256=digest(content),
            content=table_content(typeset.tables[name], at),
            changed=typeset.changed.get(name, at),
        )
        for name, content in contents.items()
    }
    ledger_part, source_part = _part(ledger.to_bytes()), _part(source.to_bytes())
    shared = {parts[name].key: content for name, content in contents.items()}
    shared |= {ledger_part.key: ledger.to_bytes(), source_part.key: source.to_bytes()}
    return Build(
        at=at,
        source=source,
        tables=typeset.tables,
        parts=parts,
        ledger=ledger_part,
        source_part=source_part,
        texts=typeset.rendering.objects,
        feeds=_feed_keys(typeset),
        feed_paths=typeset.rendering.feeds,
        files=files,
        shared={key: gzip.compress(data, mtime=0) for key, data in shared.items()},
        fresh=typeset.fresh,
        nothing=_nothing(live, typeset, ledger_part, source_part, at),
    )


def _part(content: bytes) -> Part:
    return Part(key=shared_key(content), sha256=digest(content))


def _feed_keys(typeset: _Typeset) -> frozenset[str]:
    feeds = set(typeset.rendering.feeds)
    return frozenset(
        version.key
        for table in typeset.tables.values()
        for path, versions in table.items()
        if path in feeds
        for version in versions
        if version.key
    )


def _nothing(
    live: Live, typeset: _Typeset, ledger: Part, source: Part, at: datetime
) -> bool:
    """Whether the live release already is what is wanted, for long enough."""
    if live.root is None or typeset.fresh:
        return False
    same = live.root.ledger == ledger and live.root.source == source
    return same and live.root.complete_until >= at + _REFRESH
