"""What time has brought about in a release since it was made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peru_media.model.address import media_key
from peru_media.model.release import Root
from peru_media.model.source import Episode, Source

__all__ = ["LEAST_AHEAD", "Due", "due", "opened"]

LEAST_AHEAD = timedelta(days=60)
"""A timeline that reaches less far is laid out anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a moment has brought about.

    Attributes:
        begun: episodes that came out since the release was made.
        ended: those whose time is over, which the store still holds.
        waiting: those that are out, in a public show and without an end, whose media
            nobody but our servers may read yet.
        short: whether the timeline should be laid out further.
    """

    begun: tuple[Episode, ...] = ()
    ended: tuple[Episode, ...] = ()
    waiting: tuple[Episode, ...] = ()
    short: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the store is as it should be."""
        return not (self.ended or self.waiting or self.short)


def due(source: Source, root: Root, *, at: datetime) -> Due:
    """Find what a moment has brought about since a release was made of a source."""
    public = {show.slug for show in source.shows if show.visibility == "public"}
    out = [one for one in source.episodes if one.published <= at]
    there = [one for one in out if one.until is None or at < one.until]
    free = (one for one in there if one.until is None and one.shows[0] in public)
    return Due(
        begun=tuple(one for one in there if one.published > root.made),
        ended=tuple(one for one in out if one.until and one.until <= at),
        waiting=tuple(one for one in free if opened(one) != one),
        short=root.complete_until < at + LEAST_AHEAD,
    )


def opened(episode: Episode) -> Episode:
    """The episode with its medium where anyone may read it."""
    medium = episode.enclosure
    name = medium.key.rpartition("/")[2]
    key = media_key(episode.id, medium.sha256, name, public=True)
    enclosure = medium.model_copy(update={"key": key})
    return episode.model_copy(update={"enclosure": enclosure})
