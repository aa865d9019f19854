"""Draw what other sites show beside links: a card a show, and one an episode."""

from collections import Counter
from collections.abc import Iterator, Mapping

from peru_media.model.card import CardRecipe
from peru_media.model.contents import cover_of
from peru_media.model.site import Site
from peru_media.publishing.desk import Desk
from peru_media.rendering.choice import Chosen, show_cover_of
from peru_media.rendering.copied import Copied

__all__ = ["cards"]

_MOST = 200
"""A show of more episodes has one card for them all: each weighs some 80 kB."""


def cards(
    desk: Desk,
    site: Site,
    chosen: tuple[Chosen, ...],
    pictures: Mapping[str, Copied],
) -> dict[str, Copied]:
    """Draw the cards that are wanted, by the path of what they are of.

    Args:
        desk: where the work is done.
        site: shows and episodes.
        chosen: the episodes that go out.
        pictures: the published ones, by the path of their original.

    Raises:
        MediaError: a cover is damaged.
    """
    recipes = dict(_recipes(site, chosen, pictures))
    paths = desk.maker.cards(list(recipes.values()))
    made = desk.maker.facts(paths)
    pairs = zip(recipes, paths, strict=False)  # there are none where time is short
    return {name: Copied(path=path, facts=made[path]) for name, path in pairs}


def _recipes(
    site: Site,
    chosen: tuple[Chosen, ...],
    pictures: Mapping[str, Copied],
) -> Iterator[tuple[str, CardRecipe]]:
    organisation = site.site.value.organisation.name
    for show in site.shows:
        if show.value.visibility == "private":  # nobody sees a link to it
            continue
        below = (organisation,)
        cover = _cover((show_cover_of(show),), pictures)
        yield show.path, CardRecipe(title=show.value.title, below=below, **cover)
    many = Counter(one.show.slug for one in chosen)
    for one in chosen:
        private = one.show.value.visibility == "private"
        if not private and many[one.show.slug] <= _MOST:
            yield one.written.path, _of_episode(one, pictures, organisation)


def _of_episode(
    chosen: Chosen, pictures: Mapping[str, Copied], organisation: str
) -> CardRecipe:
    episode, show = chosen.written.value, chosen.show
    covers = (cover_of(chosen.written), show_cover_of(show))
    return CardRecipe(
        title=episode.title,
        below=(show.value.title, organisation),
        badge="Stand-in" if episode.media.stand_in else "",
        **_cover(covers, pictures),
    )


def _cover(
    paths: tuple[str | None, ...], pictures: Mapping[str, Copied]
) -> dict[str, str]:
    """The first of these pictures that is there, no larger than a card shows it."""
    for path in paths:
        if (copied := pictures.get(path or "")) is not None:
            small = [*copied.smaller, copied][:2][-1]
            return {"cover": str(small.path), "cover_sha256": small.facts.sha256}
    return {}
