"""What holds when: the moments at which something begins or ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from peru_media.model.release import Version
from peru_media.model.source import Episode, Show, Source

__all__ = [
    "Calendar",
    "Rows",
    "Span",
    "ended",
    "lifetime",
    "moments",
    "settled",
    "span_of",
    "visible",
]

Rows = dict[str, tuple[Version, ...]]
"""Versions by public path, as a table holds them."""


def moments(source: Source, *, at: datetime, until: datetime) -> tuple[datetime, ...]:
    """Name every moment in (``at``, ``until``] at which something is due.

    An episode comes out, or it ends; private shows are served elsewhere.
    """
    calendar = Calendar(source=source, at=at, until=until)
    return calendar.moments(calendar.episodes)[1:]


@dataclass(frozen=True, slots=True)
class Span:
    """From when on something is there, and until when, or None."""

    start: datetime
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it is there at a moment."""
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """A source between two moments: from the one that is now to the horizon."""

    source: Source
    at: datetime
    until: datetime

    @cached_property
    def shows(self) -> dict[str, Show]:
        """The shows that are rendered, by slug: all but private ones."""
        kept = (show for show in self.source.shows if show.visibility != "private")
        return {show.slug: show for show in kept}

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """The episodes that are rendered: their page's show is, and in this time."""
        return tuple(
            one
            for one in self.source.episodes
            if one.shows[0] in self.shows
            and one.published <= self.until
            and (one.until is None or one.published < one.until)
        )

    @cached_property
    def by_show(self) -> dict[str, list[Episode]]:
        """The episodes of each show."""
        found: dict[str, list[Episode]] = {slug: [] for slug in self.shows}
        for episode in self.episodes:
            for slug in episode.shows:
                found.get(slug, []).append(episode)
        return found

    @cached_property
    def by_date(self) -> dict[str, list[Episode]]:
        """The episodes of each show, the oldest first."""
        return {
            slug: sorted(episodes, key=lambda one: (one.published, one.guid))
            for slug, episodes in self.by_show.items()
        }

    @cached_property
    def by_slug(self) -> dict[str, Episode]:
        """The episodes by the name that others call them."""
        return {episode.slug: episode for episode in self.episodes}

    def moments(
        self, episodes: Iterable[Episode], *, also: Iterable[datetime] = ()
    ) -> tuple[datetime, ...]:
        """Now, and every later moment at which one of the episodes begins or ends.

        ``also`` are further moments that count, where they are still to come.
        """
        ends = (edge for e in episodes for edge in (e.published, e.until))
        edges = (*ends, *also)
        due = {edge for edge in edges if edge and self.at < edge <= self.until}
        return (self.at, *sorted(due))


def span_of(episode: Episode) -> Span:
    """The life of an episode."""
    return Span(episode.published, episode.until)


def visible(episodes: Iterable[Episode], at: datetime) -> list[Episode]:
    """The episodes that are out at a moment and have not ended."""
    return [
        one
        for one in episodes
        if one.published <= at and (one.until is None or at < one.until)
    ]


def lifetime(
    content: Version, spans: Sequence[Span], calendar: Calendar
) -> tuple[Version, ...]:
    """The versions of an address that is there in some spans, and else has ended."""
    there = any(span.holds(calendar.at) for span in spans)
    edges = {max(calendar.at, span.start) for span in spans}
    edges |= {span.end for span in spans if span.end}
    versions = [
        _since(edge, content)
        if any(span.holds(edge) for span in spans)
        else ended(edge)
        for edge in edges
        if edge <= calendar.until and not (there and edge < calendar.at)
    ]
    return settled(versions, at=calendar.at)


def _since(moment: datetime, content: Version) -> Version:
    return content if content.since == moment else replace(content, since=moment)


def ended(since: datetime) -> Version:
    """What an address answers once its episode has ended."""
    return Version(since=since, gone="ended")


def settled(versions: Iterable[Version], *, at: datetime) -> tuple[Version, ...]:
    """Keep the version that holds at a moment, and each later one that differs."""
    kept: list[Version] = []
    for version in sorted(versions, key=lambda version: version.since):
        if kept and version.same_content(kept[-1]):
            continue
        if version.since <= at:
            kept.clear()
        kept.append(version)
    return tuple(kept)
