"""A source without somebody: their episodes, and whatever led to them."""

from collections.abc import Collection

from peru_media.model.graves import Graves
from peru_media.model.source import Episode, Person, Picture, Show, Source

__all__ = ["buried", "omitted"]


def buried(source: Source, graves: Graves) -> Source:
    """The source without what was withdrawn."""
    gone = {one.id for one in source.episodes if graves.holds(id=one.id, guid=one.guid)}
    return omitted(source, ids=gone)


def omitted(
    source: Source, *, ids: Collection[str] = (), names: Collection[str] = ()
) -> Source:
    """The source without these episodes, and without these people.

    Args:
        source: what is public.
        ids: of the episodes. Others that name one of them do so no more.
        names: public names of people, who are taken out of shows and of what is
            left of the episodes.
    """
    left = tuple(one for one in source.episodes if one.id not in ids)
    if len(left) == len(source.episodes) and not names:
        return source
    slugs = {one.slug for one in left}
    gone = {one.slug for one in source.episodes} - slugs
    episodes = tuple(_without(one, gone, names) for one in left)
    shows = tuple(_nameless(show, names) for show in source.shows)
    slim = source.model_copy(update={"episodes": episodes, "shows": shows})
    return slim.model_copy(update={"pictures": _shown(slim)})


def _without(
    episode: Episode, slugs: Collection[str], names: Collection[str]
) -> Episode:
    related = tuple(slug for slug in episode.related if slug not in slugs)
    people = _others(episode.people, names)
    if (related, people) == (episode.related, episode.people):
        return episode
    return episode.model_copy(update={"related": related, "people": people})


def _nameless(show: Show, names: Collection[str]) -> Show:
    people = _others(show.people, names)
    if people == show.people:
        return show
    return show.model_copy(update={"people": people})


def _others(people: tuple[Person, ...], names: Collection[str]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.name not in names)


def _shown(source: Source) -> tuple[Picture, ...]:
    """The pictures of chapters and people that something still names."""
    values = (*source.shows, *source.episodes)
    words = "\n".join(value.model_dump_json() for value in values)
    return tuple(one for one in source.pictures if one.address in words)
