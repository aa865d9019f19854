"""Folders that were meant as episodes, but lack the file that makes them one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from peru_media.model.contents import has_the_name_of_a_medium
from peru_media.model.problem import Place, Problem
from peru_media.reading.problems import warning

__all__ = ["stray_problems"]

_EPISODE = "episode.md"


def stray_problems(loose: Iterable[str]) -> Iterator[Problem]:
    """Every folder with a recording, film or PDF that no episode.md speaks of.

    Args:
        loose: the files below ``episodes/`` that belong to no episode.
    """
    folders: dict[str, list[str]] = defaultdict(list)
    for path in loose:
        folder, _, name = path.rpartition("/")
        folders[folder].append(name)
    for folder, names in sorted(folders.items()):
        media = sorted(filter(has_the_name_of_a_medium, names))
        if media:
            what = f"{media[0]} lies here, but no {_EPISODE}, so it is no episode."
            yield warning("W154", Place(f"{folder}/"), what, _advice(folder, names))


def _advice(folder: str, names: list[str]) -> str:
    if "/" not in folder:
        return f"Move it into a folder of its own, with an {_EPISODE}."
    meant = sorted(name for name in names if name.lower().startswith("episode."))
    if meant:
        return f"Rename {meant[0]} to {_EPISODE}."
    return f"Write {_EPISODE} beside it (peru-media new makes one), or remove it."
