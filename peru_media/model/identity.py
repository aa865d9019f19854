"""Who an episode is: the id that the ledger knows it by, or the one it begins with."""

from datetime import datetime

from peru_media.model.address import episode_id
from peru_media.model.files import EpisodeFile
from peru_media.model.release import Ledger, LedgerEntry
from peru_media.model.site import Site, Written

__all__ = ["began", "identity"]


def identity(site: Site, episode: Written[EpisodeFile], ledger: Ledger) -> str | None:
    """The id of an episode for ever; None without a guid, or a show with one.

    It is made from the first show's guid. An episode that the ledger knows under
    another of its shows keeps its id, so the order of shows changes nothing; and
    so does one that moved here from a show in which nobody has its guid any more.
    """
    guid, own = episode.value.guid, _guids(site, episode.value.show)
    if guid is None or not own:
        return None
    ids = [episode_id(show, guid) for show in own]
    known = [name for name in ids if name in ledger.episodes]
    moved = [] if known else _left_behind(site, guid, ledger)
    return next(iter([*known, *moved, ids[0]]))


def _guids(site: Site, slugs: tuple[str, ...]) -> list[str]:
    shows = (site.show(slug) for slug in slugs)
    return [show.value.guid for show in shows if show is not None and show.value.guid]


def _left_behind(site: Site, guid: str, ledger: Ledger) -> list[str]:
    """Ids of the same guid in other shows of the site, where nobody has it now."""
    shows = {show.slug: show.value.guid for show in site.shows if show.value.guid}
    found = {episode_id(show, guid) for show in shows.values()} & ledger.episodes.keys()
    if not found:
        return []
    bearers = [e for e in site.episodes if e.value.guid == guid]
    taken = {
        episode_id(shows[s], guid) for e in bearers for s in e.value.show if s in shows
    }
    return sorted(name for name in found - taken if not ledger.episodes[name].retired)


def began(entry: LedgerEntry | None, at: datetime) -> datetime | None:
    """When an episode first came out; None as long as that is to come."""
    return entry.first if entry is not None and entry.first <= at else None
