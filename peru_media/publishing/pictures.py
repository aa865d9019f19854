"""Make the pictures that a release shows, each in the sizes that it is shown in."""

from collections.abc import Mapping
from dataclasses import replace

from peru_media.model.artwork import smaller_widths
from peru_media.model.facts import FileFacts
from peru_media.model.site import Site
from peru_media.publishing.desk import Desk
from peru_media.rendering.choice import Chosen, covers_of, pictures_of
from peru_media.rendering.copied import Copied

__all__ = ["hang"]

_Sized = tuple[str, int | None]


def hang(
    desk: Desk,
    site: Site,
    chosen: tuple[Chosen, ...],
    facts: Mapping[str, FileFacts],
) -> dict[str, Copied]:
    """Make every picture that is there as large as it is, covers smaller, too.

    Args:
        desk: where the work is done.
        site: shows and episodes.
        chosen: the episodes that go out.
        facts: of the files that are there; others are left out.

    Raises:
        MediaError: one is no picture, or damaged.
    """
    named = sorted(pictures_of(chosen, site.shows))
    names = [name for name in named if name in facts and facts[name].picture]
    whole = _made(desk, [(name, None) for name in names])
    covers = covers_of(chosen, site.shows)
    wanted: list[_Sized] = [
        (name, width)
        for (name, _), copied in whole.items()
        if name in covers and copied.facts.picture
        for width in smaller_widths(copied.facts.picture.width)
    ]
    made = _made(desk, wanted)
    return {
        name: replace(
            copied, smaller=tuple(one for key, one in made.items() if key[0] == name)
        )
        for (name, _), copied in whole.items()
    }


def _made(desk: Desk, wanted: list[_Sized]) -> dict[_Sized, Copied]:
    """Pictures by name and pixels across, in the order that is wanted."""
    paths = desk.maker.pictures([(desk.root / name, width) for name, width in wanted])
    facts = desk.maker.facts(paths)
    return {
        key: Copied(path=path, facts=facts[path])
        for key, path in zip(wanted, paths, strict=True)
    }
