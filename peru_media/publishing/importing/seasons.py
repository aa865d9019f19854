"""Seasons with a name become collections."""

from collections.abc import Iterable
from dataclasses import dataclass

from peru_media.model.files import CollectionField
from peru_media.model.parsed import ParsedEpisode
from peru_media.publishing.importing.fitting import cut
from peru_media.publishing.importing.slugs import Slugs

__all__ = ["Season", "Seasons", "season_of"]


@dataclass(frozen=True, slots=True)
class Season:
    """The season of an episode: a number from 1, and a name if it has one."""

    number: int
    name: str = ""


def season_of(episode: ParsedEpisode) -> Season | None:
    """What an item says of its season, to Apple or to the newer apps."""
    said = episode.podcast.season
    number = said.number if said and said.number else episode.itunes.season
    if number is None or number < 1:
        return None
    return Season(number, cut(said.name) if said else "")


class Seasons:
    """The collections of a show, one for each named season.

    Attributes:
        collections: by number and name, in that order.
    """

    def __init__(self, episodes: Iterable[ParsedEpisode]) -> None:
        found = {season_of(one) for one in episodes}
        named = {one for one in found if one is not None and one.name}
        slugs = Slugs(frozenset())
        self.collections = {
            season: CollectionField(
                name=slugs.take(season.name, otherwise=f"season-{season.number}"),
                title=season.name,
                season=season.number,
            )
            for season in sorted(named, key=lambda one: (one.number, one.name))
        }

    def collection(self, season: Season | None) -> str | None:
        """The name of the collection of a season, where it has one."""
        found = self.collections.get(season) if season else None
        return found.name if found else None
