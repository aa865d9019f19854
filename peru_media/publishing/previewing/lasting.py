"""A file that cannot be read just now is shown as it was when it last could."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from peru_media.model.problem import Problem, Severity
from peru_media.model.site import Site

__all__ = ["lasting"]


def lasting(
    site: Site, before: Site | None, problems: Sequence[Problem]
) -> tuple[Site, frozenset[str]]:
    """Put shows and episodes back that were there before and are broken now.

    Consent records are never put back: what was agreed to may be what changed.

    Args:
        site: as it was read just now.
        before: as it was shown before; None the first time.
        problems: what reading found.

    Returns:
        The site to be shown, and the files of it that are those of before.
    """
    if before is None:
        return site, frozenset()
    broken = {p.place.path for p in problems if p.severity is Severity.ERROR}
    shows = [
        show
        for show in before.shows
        if site.show(show.slug) is None and show.path in broken
    ]
    there = {one.path for one in site.episodes}
    slugs = {show.slug for show in shows}
    episodes = [
        one
        for one in before.episodes
        if one.path not in there
        and (one.path in broken or slugs.intersection(one.value.show))
    ]
    whole = replace(
        site,
        shows=tuple(sorted((*site.shows, *shows), key=attrgetter("path"))),
        episodes=tuple(sorted((*site.episodes, *episodes), key=attrgetter("path"))),
    )
    stale = {show.path for show in shows} | {one.path for one in episodes}
    return whole, frozenset(stale)
