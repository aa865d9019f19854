"""Build everything that a release consists of, without sending any of it."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from peru_media.model.contents import medium_of
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
from peru_media.model.source import Source
from peru_media.model.value import digest
from peru_media.publishing.desk import Desk
from peru_media.publishing.entries import remembered
from peru_media.publishing.live import Live
from peru_media.publishing.pictures import hang
from peru_media.publishing.texts import texts_of
from peru_media.publishing.typesetting import HORIZON, Typeset, typeset
from peru_media.rendering.assembly import assemble
from peru_media.rendering.choice import (
    Chosen,
    choose,
    copy_recipe,
    document_recipes,
)
from peru_media.rendering.copied import Copied
from peru_media.rendering.delivery import Deliverable, deliverables
from peru_media.rendering.marks import located
from peru_media.rendering.workshop import Workshop

__all__ = ["Build", "build", "survey"]

_REFRESH = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A release, complete but for its number; nothing of it is sent yet.

    Attributes:
        texts: rendered objects by key, as they are stored. feeds: keys of the
        feeds among them, in every form. feed_paths: those that apps subscribe to;
        form_paths: of their other forms. files: media, documents and pictures that
        lie here. shared: tables, ledger and source, as they are stored. fresh:
        names of the tables whose content differs from the live ones. nothing:
        whether the live release already is all this. masters: hashes of all
        recordings by episode id, of former ones too.
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
    form_paths: tuple[str, ...]
    files: tuple[Deliverable, ...]
    shared: Mapping[str, bytes]
    fresh: tuple[str, ...]
    nothing: bool
    masters: Mapping[str, str]

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
    """Measure every file of every show and episode folder, by project path.

    The recording of each episode is heard from end to end, once.
    """
    names = sorted({name for show in site.shows for name in show.files})
    names += sorted({name for episode in site.episodes for name in episode.files})
    facts = desk.maker.facts([desk.root / name for name in names])
    found = {
        name: facts[desk.root / name] for name in names if desk.root / name in facts
    }
    return found | _heard(site, desk, found)


def _heard(
    site: Site, desk: Desk, facts: Mapping[str, FileFacts]
) -> dict[str, FileFacts]:
    """The facts of the episodes' recordings, with how they sound."""
    media = {medium_of(episode, facts) for episode in site.episodes}
    paths = {desk.root / name: name for name in facts if name in media}
    heard = desk.maker.hear(
        {path: facts[name] for path, name in paths.items()}, progress=desk.progress
    )
    return {paths[path]: one for path, one in heard.items()}


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
    workshop = Workshop(
        site=site,
        facts=facts,
        ledger=ledger,
        copies=_copies(desk, _wanted(site, chosen, recipes, ledger, facts)),
        pictures=hang(desk, site, chosen),
    )
    source = assemble(workshop, chosen, base_url=desk.base_url)
    texts = texts_of(desk, live, facts)
    typeset_source = typeset(source, desk, live, at=at, texts=texts)
    entries = remembered(ledger, source, chosen, recipes, at)
    files = deliverables(source, workshop.copies, workshop.pictures)
    return _bound(live, source, typeset_source, entries, files, at=at)


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
    wanted = [
        recipe
        for name, recipe in recipes.items()
        if not _held(ledger.episodes.get(name), recipe)
    ]
    return wanted + list(document_recipes(chosen, site.shows, facts).values())


def _held(entry: LedgerEntry | None, recipe: CopyRecipe) -> bool:
    """Whether the store has this very copy; what is retired may be collected."""
    if entry is None or entry.enclosure is None or entry.retired is not None:
        return False
    return entry.made_from == made_from(recipe)


def _copies(desk: Desk, recipes: list[CopyRecipe]) -> dict[str, Copied]:
    """Make the copies, and measure them."""
    desk.progress.start("copies", len(recipes), "files")
    paths = desk.maker.copies(
        [_located(recipe, desk) for recipe in recipes],
        advance=lambda number: desk.progress.advance("copies", number),
    )
    desk.progress.finish("copies")
    made = {recipe.master: path for recipe, path in zip(recipes, paths, strict=True)}
    facts = desk.maker.facts(made.values())
    hashes = {recipe.master: made_from(recipe) for recipe in recipes}
    return {
        master: Copied(path=path, facts=facts[path], made_from=hashes[master])
        for master, path in made.items()
    }


def _located(recipe: CopyRecipe, desk: Desk) -> CopyRecipe:
    """The recipe with its files as this machine finds them."""
    cover = str(desk.root / recipe.cover) if recipe.cover else None
    tags = located(recipe.tags, desk.root)
    return recipe.model_copy(
        update={"master": str(desk.root / recipe.master), "cover": cover, "tags": tags}
    )


def _bound(
    live: Live,
    source: Source,
    typeset: Typeset,
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
        feed_paths=_answering(typeset, typeset.rendering.feeds, at),
        form_paths=_answering(typeset, typeset.rendering.forms, at),
        files=files,
        shared={key: gzip.compress(data, mtime=0) for key, data in shared.items()},
        fresh=typeset.fresh,
        nothing=_nothing(live, typeset, ledger_part, source_part, at),
        masters=ledger.masters(),
    )


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
    feeds = {*typeset.rendering.feeds, *typeset.rendering.forms}
    return frozenset(
        version.key
        for table in typeset.tables.values()
        for path, versions in table.items()
        if path in feeds
        for version in versions
        if version.key
    )


def _nothing(
    live: Live, typeset: Typeset, ledger: Part, source: Part, at: datetime
) -> bool:
    """Whether the live release already is what is wanted, for long enough."""
    if live.root is None or typeset.fresh:
        return False
    same = live.root.ledger == ledger and live.root.source == source
    return same and live.root.complete_until >= at + _REFRESH
