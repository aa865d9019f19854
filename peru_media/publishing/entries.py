"""What the ledger remembers of every episode, whether it goes out or not."""

from collections.abc import Mapping
from datetime import datetime

from peru_media.model.edits import edits_hash
from peru_media.model.facts import CopyRecipe, made_from
from peru_media.model.graves import Graves
from peru_media.model.identity import began
from peru_media.model.release import (
    Ledger,
    LedgerEntry,
)
from peru_media.model.source import Episode, Source
from peru_media.rendering.choice import (
    Chosen,
)
from peru_media.rendering.unit import PUBLISHER_NAME, Unit

__all__ = ["forgotten", "recalled", "remembered"]


def remembered(
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
            episode, masters[episode.id], recipes.get(episode.id), known, at
        )
    shows = {**ledger.shows, **{show.slug: show.guid for show in source.shows}}
    shows[PUBLISHER_NAME] = Unit(source=source).guid
    return Ledger(shows=shows, episodes=entries)


def recalled(source: Source, now: Ledger, then: Ledger, *, at: datetime) -> Ledger:
    """Remember what a source says that is public again, and all that was ever out.

    ``then`` is the ledger of the release that the source comes from: it knows what
    its copies were made of. ``now`` is the live one: what it has forgotten was
    withdrawn, and stays so.
    """
    here = {
        episode.id: episode for episode in source.episodes if episode.id in now.episodes
    }
    entries = {
        name: entry if entry.retired else entry.model_copy(update={"retired": at})
        for name, entry in now.episodes.items()
        if name not in here
    }
    for name, episode in here.items():
        made = then.episodes.get(name, now.episodes[name])
        entries[name] = now.episodes[name].model_copy(
            update={
                "slug": episode.slug,
                "made_from": made.made_from,
                "master_sha256": made.master_sha256,
                "edited": made.edited,
                "enclosure": episode.enclosure,
                "retired": None,
            }
        )
    return Ledger(shows=now.shows, episodes=entries)


def forgotten(ledger: Ledger, graves: Graves) -> Ledger:
    """The ledger without those who were withdrawn."""
    if not graves.tombstones:
        return ledger
    entries = {
        name: entry
        for name, entry in ledger.episodes.items()
        if not graves.holds(id=name, guid=entry.guid)
    }
    return ledger.model_copy(update={"episodes": entries})


def _entry(
    episode: Episode,
    chosen: Chosen,
    recipe: CopyRecipe | None,
    known: LedgerEntry | None,
    at: datetime,
) -> LedgerEntry:
    """The entry of one episode; its first date is settled once it has come.

    An episode that moved to another show keeps the show that its id is made of.
    """
    kept_from = known.made_from if known else None
    kept_master = known.master_sha256 if known else None
    kept_edits = known.edited if known else None
    return LedgerEntry(
        show=known.show if known else chosen.show.value.guid or "",
        guid=episode.guid,
        id=episode.id,
        name=episode.name,
        slug=episode.slug,
        first=began(known, at) or episode.published,
        made_from=made_from(recipe) if recipe else kept_from,
        master_sha256=recipe.master_sha256 if recipe else kept_master,
        enclosure=episode.enclosure,
        edits=len(chosen.written.value.edits),
        edited=edits_hash(recipe.edits) if recipe else kept_edits,
    )
