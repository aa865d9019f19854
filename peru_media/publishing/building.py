"""Build everything that a release consists of, without sending any of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.contents import medium_of
from peru_media.model.facts import CopyRecipe, FileFacts, made_from
from peru_media.model.graves import Graves
from peru_media.model.release import Ledger, LedgerEntry
from peru_media.model.site import Site
from peru_media.model.source import Source
from peru_media.publishing.binding import Build, bound
from peru_media.publishing.cards import cards
from peru_media.publishing.desk import Desk
from peru_media.publishing.entries import forgotten, remembered
from peru_media.publishing.live import Live
from peru_media.publishing.pictures import hang
from peru_media.publishing.redaction import redacted
from peru_media.publishing.texts import texts_of
from peru_media.publishing.typesetting import typeset
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

__all__ = ["Assembled", "Build", "assembled", "build", "survey"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """What staff wrote as public values, with all that lies here of it.

    Attributes:
        ledger: what is remembered from then on. files: copies and pictures.
        texts: gives transcripts and waveforms by their hash.
    """

    source: Source
    ledger: Ledger
    files: tuple[Deliverable, ...]
    texts: Callable[[str], bytes]


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

    What the edits of an episode take out is taken out before anything else. ``now``
    is the moment that ``publish: now`` means.

    Raises:
        MediaError: a copy could not be made, or a file changed meanwhile.
    """
    graves = Graves.of(site.withdrawn, live.root.tombstones if live.root else ())
    made = assembled(site, desk, live, facts=facts, at=at, now=now)
    source = made.source
    set_up = typeset(source, desk, live, at=at, texts=made.texts, graves=graves)
    return bound(live, source, set_up, made.ledger, made.files, at=at)


def assembled(
    site: Site,
    desk: Desk,
    live: Live,
    *,
    facts: Mapping[str, FileFacts],
    at: datetime,
    now: datetime,
) -> Assembled:
    """Make the public values of what staff wrote, and the copies and pictures of it.

    As ``build``, before anything is rendered.

    Raises:
        MediaError: as ``build``.
    """
    graves = Graves.of(site.withdrawn, live.root.tombstones if live.root else ())
    ledger = forgotten(live.ledger(), graves)
    edited = redacted(site, facts, desk.root)
    site, facts = edited.site, edited.facts
    chosen = choose(site, facts=facts, ledger=ledger, at=now)
    recipes = _recipes(site, chosen, facts, desk.base_url)
    pictures = hang(desk, site, chosen, facts)
    workshop = Workshop(
        site=site,
        facts=facts,
        ledger=ledger,
        copies=_copies(
            desk, _wanted(site, chosen, recipes, _sound(ledger, live), facts)
        ),
        pictures=pictures,
        cards=cards(desk, site, chosen, pictures),
    )
    source = assemble(workshop, chosen, base_url=desk.base_url)
    return Assembled(
        source=source,
        ledger=remembered(ledger, source, chosen, recipes, at),
        files=deliverables(source, workshop.copies, pictures | dict(workshop.cards)),
        texts=texts_of(desk, live, facts, made=edited.texts),
    )


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


def _sound(ledger: Ledger, live: Live) -> Ledger:
    """The ledger without the copies that the store has lost."""
    sound = {
        name: entry
        for name, entry in ledger.episodes.items()
        if entry.enclosure is None or entry.enclosure.key not in live.wanting
    }
    return Ledger(shows=ledger.shows, episodes=sound)


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
