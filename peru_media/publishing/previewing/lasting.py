"""A file that cannot be read just now is shown as it was when it last could."""

from collections.abc import Collection, Sequence
from dataclasses import replace

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
    shows = _missing(before.shows, site.shows, broken)
    slugs = {show.slug for show in shows}
    episodes = [
        one
        for one in _missing(before.episodes, site.episodes, None)
        if one.path in broken or slugs.intersection(one.value.show)
    ]
    whole = replace(
        site,
        shows=tuple(sorted((*site.shows, *shows), key=lambda one: one.path)),
        episodes=tuple(sorted((*site.episodes, *episodes), key=lambda one: one.path)),
    )
    return whole, frozenset(one.path for one in (*shows, *episodes))
