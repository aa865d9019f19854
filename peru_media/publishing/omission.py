"""A source without somebody: their episodes, and whatever led to them."""

from collections.abc import Collection

from peru_media.model.graves import Graves
from peru_media.model.source import Episode, Picture, Show, Source

__all__ = ["buried", "omitted"]


def buried(source: Source, graves: Graves) -> Source:
    """The source without what was withdrawn."""
    gone = {one.id for one in source.episodes if graves.holds(id=one.id, guid=one.guid)}
    return omitted(source, ids=gone)


def omitted(
    source: Source,
    *,
    ids: Collection[str] = (),
    people: Collection[tuple[str, str]] = (),
) -> Source:
    """The source without these episodes, and without these people of its shows.

    Args:
        source: what is public.
        ids: of the episodes. Others that name one of them do so no more.
        people: each the slug of a show, and the public name of somebody who is
            not to stand in it any more.
    """
    left = tuple(one for one in source.episodes if one.id not in ids)
    if len(left) == len(source.episodes) and not people:
        return source
    slugs = {one.slug for one in left}
    gone = {one.slug for one in source.episodes} - slugs
    episodes = tuple(_unrelated(one, gone) for one in left)
    shows = tuple(_nameless(show, people) for show in source.shows)
    slim = source.model_copy(update={"episodes": episodes, "shows": shows})
    return slim.model_copy(update={"pictures": _shown(slim)})


def _unrelated(episode: Episode, slugs: Collection[str]) -> Episode:
    related = tuple(slug for slug in episode.related if slug not in slugs)
    if related == episode.related:
        return episode
    return episode.model_copy(update={"related": related})


def _nameless(show: Show, people: Collection[tuple[str, str]]) -> Show:
    left = tuple(one for one in show.people if (show.slug, one.name) not in people)
    return show if left == show.people else show.model_copy(update={"people": left})


def _shown(source: Source) -> tuple[Picture, ...]:
    """The pictures of chapters and people that something still names."""
    values = (*source.shows, *source.episodes)
    words = "\n".join(value.model_dump_json() for value in values)
    return tuple(one for one in source.pictures if one.address in words)
