"""Where an episode's page leads on: to related episodes, and to those beside it."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.source import Episode
from peru_media.rendering.timeline import Calendar, visible

__all__ = ["Ways", "ways_from"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The episodes that a page may lead to, in the time that a release knows.

    Attributes:
        related: those that staff name.
        earlier: those before it in its show, the nearest first, until one that is
            out all the time. later: the same after it.
    """

    related: tuple[Episode, ...] = ()
    earlier: tuple[Episode, ...] = ()
    later: tuple[Episode, ...] = ()

    def at(self, moment: datetime) -> "Ways":
        """What is out of them at a moment, and the nearest alone on either side."""
        return Ways(
            related=tuple(visible(self.related, moment)),
            earlier=tuple(visible(self.earlier, moment)[:1]),
            later=tuple(visible(self.later, moment)[:1]),
        )

    def all(self) -> tuple[Episode, ...]:
        """Every one of them."""
        return *self.related, *self.earlier, *self.later


def ways_from(episode: Episode, calendar: Calendar) -> Ways:
    """Find where the page of an episode leads on, now and later."""
    named = [calendar.by_slug.get(slug) for slug in episode.related]
    row = calendar.by_date[episode.shows[0]]
    place = bisect_left(row, _order(episode), key=_order)
    after = range(place + 1, len(row))
    return Ways(
        related=tuple(one for one in named if one and one is not episode),
        earlier=_nearest((row[at] for at in reversed(range(place))), calendar.at),
        later=_nearest((row[at] for at in after), calendar.at),
    )


def _nearest(episodes: Iterable[Episode], at: datetime) -> tuple[Episode, ...]:
    found: list[Episode] = []
    for one in episodes:
        found.append(one)
        if one.published <= at and one.until is None:
            break
    return tuple(found)


def _order(episode: Episode) -> tuple[datetime, str]:
    return episode.published, episode.guid
