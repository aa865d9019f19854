"""Which episodes subscribers have in their feed at a moment."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter, eq

from peru_media.model.source import Episode, Show, Source

__all__ = ["begins", "feed_window", "is_out", "out_in"]


def is_out(episode: Episode, at: datetime) -> bool:
    """Whether subscribers may have it at a moment: begun, and not ended."""
    return episode.published <= at and (episode.until is None or at < episode.until)


def out_in(source: Source | None, show: str, at: datetime) -> list[Episode]:
    """The episodes of a show that are out; a private show has no readers."""
    listening = (one for one in source.shows if one.slug == show) if source else ()
    if source is None or all(one.visibility == "private" for one in listening):
        return []
    return [one for one in source.episodes if show in one.shows and is_out(one, at)]


def feed_window(show: Show, episodes: Iterable[Episode]) -> list[Episode]:
    """The episodes that a feed holds, newest first; of one moment, by guid."""
    date = attrgetter("published")
    found = sorted(episodes, key=date, reverse=True)
    dates = [one.published for one in found]
    if any(map(eq, dates, dates[1:])):
        found.sort(key=attrgetter("guid"))
        found.sort(key=date, reverse=True)
    return found[: show.feed_items]


def begins(source: Source) -> dict[str, datetime]:
    """When each public show's first episode comes out, by the show's slug.

    A show without any is not there yet, and named nowhere. An episode whose page
    lies in a private show is served elsewhere.
    """
    public = {show.slug for show in source.shows if show.visibility == "public"}
    private = {show.slug for show in source.shows if show.visibility == "private"}
    firsts: dict[str, datetime] = {}
    for episode in source.episodes:
        held = episode.shows[0] in private
        if not held and (episode.until is None or episode.published < episode.until):
            for slug in public.intersection(episode.shows):
                first = firsts.get(slug, episode.published)
                firsts[slug] = min(first, episode.published)
    return firsts
