"""The whole project: every file that staff wrote, read and compared."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    ShowFile,
    SiteFile,
    WithdrawnFile,
)
from peru_media.model.problem import Place, Problem
from peru_media.model.site import Site, Written
from peru_media.model.value import Value
from peru_media.reading.agreement import (
    Known,
    contributor_problems,
    episode_problems,
    folder_problems,
    show_problems,
)
from peru_media.reading.documents import read
from peru_media.reading.folders import Finds, Found, find
from peru_media.reading.problems import error
from peru_media.reading.strays import stray_problems

__all__ = ["no_site", "read_site"]

T = TypeVar("T", bound=Value)

_SITE = "feeds/site.yaml"
_WITHDRAWN = "feeds/withdrawn.yaml"
_CONTRIBUTORS = "feeds/contributors/"


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """Read everything that staff wrote, and say everything that is wrong with it.

    A file with a problem is left out of the site, and so is an episode of a show
    that is left out: each episode of the answer finds its shows, its collection
    and its moment. That files named in fields exist is not looked at.

    Args:
        root: the project's folder, with ``feeds/`` and ``episodes/`` in it.

    Returns:
        The site, or None where its own file cannot be used; and the problems of
        all files at once, by path, line and column.
    """
    reading = _Reading(root)
    site = reading.run()
    return site, tuple(sorted(reading.problems, key=_order))


def no_site() -> Problem:
    """What is wrong with a project that has nothing of its own yet."""
    what = "There is no file that says who publishes, and where to."
    fix = (
        "Write it, with the fields organisation and targets: docs/fields.md shows how "
        "a project begins."
    )
    return error("E100", Place(_SITE), what, fix)


def _order(problem: Problem) -> tuple[Place, str]:
    return problem.place, problem.code


class _Reading:
    """One reading of one project; problems gather as it goes."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.problems: list[Problem] = []

    def run(self) -> Site | None:
        feeds = self._find("feeds", "show.md")
        episodes = self._find("episodes", "episode.md")
        site = self._site(feeds)
        known = Known(
            shows={show.slug: show for show in self._all(feeds.found, ShowFile)},
            folders={_folder(found) for found in feeds.found},
            timezone=site.value.timezone if site else None,
        )
        known = self._sound(known)
        self.problems += stray_problems(episodes.loose)
        taken = tuple(self._episodes(episodes.found, known))
        contributors = tuple(self._contributors(feeds.loose))
        withdrawn = self._one(_WITHDRAWN, WithdrawnFile, feeds.loose)
        return (
            None
            if site is None
            else Site(
                site=site,
                shows=tuple(known.shows.values()),
                episodes=taken,
                contributors=contributors,
                withdrawn=withdrawn.value.withdrawn if withdrawn else (),
            )
        )

    def _find(self, top: str, name: str) -> Finds:
        finds = find(self._root, top, name=name)
        self.problems += finds.problems
        return finds

    def _site(self, feeds: Finds) -> Written[SiteFile] | None:
        if _SITE not in feeds.loose:
            self.problems.append(no_site())
        return self._one(_SITE, SiteFile, feeds.loose)

    def _one(self, path: str, model: type[T], loose: list[str]) -> Written[T] | None:
        """A file of a fixed name, where there is one."""
        found = Found(path, ())
        return self._read(found, model, slug="") if path in loose else None

    def _all(self, found: Iterable[Found], model: type[T]) -> list[Written[T]]:
        """Every show, or every episode, whose folder and file are as they must be."""
        found = tuple(found)
        wrong = list(folder_problems(item.path for item in found))
        self.problems += wrong
        refused = {problem.place.path for problem in wrong}
        read_ones = [
            (item, self._read(item, model, slug=_folder(item))) for item in found
        ]
        return [one for item, one in read_ones if one and item.path not in refused]

    def _sound(self, known: Known) -> Known:
        """Leave out the shows in which one thing does not fit another."""
        problems = {
            slug: list(show_problems(show, known)) for slug, show in known.shows.items()
        }
        self.problems += [one for found in problems.values() for one in found]
        kept = {slug: known.shows[slug] for slug in known.shows if not problems[slug]}
        return replace(known, shows=kept)

    def _episodes(
        self, found: Iterable[Found], known: Known
    ) -> Iterator[Written[EpisodeFile]]:
        for episode in self._all(found, EpisodeFile):
            problems = list(episode_problems(episode, known))
            self.problems += problems
            if not problems and all(show in known.shows for show in episode.value.show):
                yield episode

    def _contributors(self, loose: list[str]) -> Iterator[Written[ConsentRecord]]:
        for path in loose:
            name = path.removeprefix(_CONTRIBUTORS)
            if name == path or "/" in name or not name.endswith(".yaml"):
                continue
            slug = name.removesuffix(".yaml")
            record = self._read(Found(path, ()), ConsentRecord, slug=slug, secret=True)
            problems = list(contributor_problems(record)) if record else []
            self.problems += problems
            if record and not problems:
                yield record

    def _read(
        self, found: Found, model: type[T], *, slug: str, secret: bool = False
    ) -> Written[T] | None:
        answer = read(self._root, found, model=model, slug=slug, secret=secret)
        if isinstance(answer, Written):
            return answer
        self.problems += answer
        return None


def _folder(found: Found) -> str:
    """The name of the folder that a file lies in."""
    return found.path.split("/")[-2]
