"""What a proof says above each page: what becomes of it, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from peru_media.model.address import episode_path, show_path
from peru_media.model.problem import Problem, Severity
from peru_media.model.proof import Notice, State, gravest_first
from peru_media.model.site import Site

__all__ = ["doubtful", "notices"]

_HOME = "/"
_STALE = "This is how it was when its file could last be read."


def notices(
    site: Site,
    states: Mapping[str, tuple[State, str]],
    problems: Sequence[Problem],
    *,
    stale: Container[str],
) -> dict[str, Notice]:
    """Make the notice of every page, by its public path.

    A problem stands above the page of the episode or the show in whose folder it
    lies; all others stand above the first page. ``stale`` are the files that are
    shown as they were before.
    """
    by_folder = _by_folder(site, problems)
    found = {_HOME: Notice(path=_HOME, title="", problems=gravest_first(by_folder[""]))}
    for show in site.shows:
        path = show_path(show.slug)
        found[path] = Notice(
            path=path,
            title=show.value.title,
            sentence=_STALE if show.path in stale else "",
            problems=gravest_first(by_folder[show.folder]),
        )
    for episode in site.episodes:
        path = episode_path(episode.value.show[0], episode.slug)
        state, sentence = states[episode.path]
        said = (sentence, _STALE if episode.path in stale else "")
        found[path] = Notice(
            path=path,
            title=episode.value.title,
            state=state,
            sentence=" ".join(filter(None, said)),
            problems=gravest_first(by_folder[episode.folder]),
        )
    return found


def doubtful(
    site: Site, problems: Sequence[Problem], *, least: Severity
) -> frozenset[str]:
    """The files of the episodes in whose folders a problem as grave as this lies."""
    errors = [one for one in problems if one.severity >= least]
    by_folder = _by_folder(site, errors)
    return frozenset(one.path for one in site.episodes if one.folder in by_folder)


def _by_folder(
    site: Site, problems: Sequence[Problem]
) -> defaultdict[str, tuple[Problem, ...]]:
    """The problems in each folder of an episode or a show; of all others under ""."""
    folders = {one.folder for one in site.shows}
    folders |= {one.folder for one in site.episodes}
    found: defaultdict[str, tuple[Problem, ...]] = defaultdict(tuple)
    for problem in problems:
        above = (folder for folder in _above(problem.place.path) if folder in folders)
        found[next(above, "")] += (problem,)
    return found


def _above(path: str) -> Iterator[str]:
    """A folder itself, and the folders that a path lies in, the nearest first."""
    parts = path.split("/")[:-1]
    while parts:
        yield "/".join(parts) + "/"
        parts = parts[:-1]
