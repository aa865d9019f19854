"""The site as staff wrote it: every file read, with the place of every field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from peru_media.model.files import (
    ConsentRecord,
    EpisodeFile,
    ShowFile,
    SiteFile,
    TombstoneField,
    WithdrawnFile,
)
from peru_media.model.guide import described
from peru_media.model.problem import Place
from peru_media.model.schedule import publish_moment
from peru_media.model.value import Value

__all__ = ["Site", "Steps", "Written", "due", "schema"]

T = TypeVar("T", bound=Value)
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Generic[T]):
    """A file that staff wrote, read: its value, its text, and where each field stands.

    Attributes:
        path: relative to the project, forward slashes.
        slug: name of its folder (show, episode) or file (contributor); "" for the site.
        value: the fields. body: the Markdown below them, with its own newlines.
        places: steps to a field, such as ``("people", 0, "role")``, to its place;
            the key's place for a mapping's field, the item's for a list's.
        values: the same steps to the place where the field's value begins.
        body_line: the line on which the body begins, from 1.
        files: every other file below its folder, relative to the project, sorted.
    """

    path: str
    slug: str
    value: T
    body: str = ""
    places: Mapping[Steps, Place] = field(default_factory=dict)
    values: Mapping[Steps, Place] = field(default_factory=dict)
    body_line: int = 1
    files: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The folder it lies in, ending in a slash."""
        return self.path[: self.path.rindex("/") + 1]

    def place(self, *steps: str | int) -> Place:
        """Where a field stands, or its nearest parent that is written down."""
        return self._near(self.places, steps)

    def value_place(self, *steps: str | int) -> Place:
        """Where the value of a field begins, or of its nearest parent."""
        return self._near(self.values, steps)

    def file(self, name: str) -> str:
        """The path, relative to the project, of a file that the fields name."""
        return self.folder + name

    def _near(self, places: Mapping[Steps, Place], steps: Steps) -> Place:
        while steps and steps not in places:
            steps = steps[:-1]
        return places.get(steps, Place(self.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything one organisation publishes, as staff wrote it."""

    site: Written[SiteFile]
    shows: tuple[Written[ShowFile], ...] = ()
    episodes: tuple[Written[EpisodeFile], ...] = ()
    contributors: tuple[Written[ConsentRecord], ...] = ()
    withdrawn: tuple[TombstoneField, ...] = ()

    def show(self, slug: str) -> Written[ShowFile] | None:
        """The show of that name."""
        return next((show for show in self.shows if show.slug == slug), None)

    def contributor(self, name: str) -> Written[ConsentRecord] | None:
        """The consent record with that id."""
        return next((c for c in self.contributors if c.value.id == name), None)

    def zone(self, show: Written[ShowFile]) -> ZoneInfo:
        """The time zone of a show: its own, else the site's."""
        return ZoneInfo(show.value.timezone or self.site.value.timezone)

    def episodes_of(self, show: str) -> Iterator[Written[EpisodeFile]]:
        """Every episode that lies in a show."""
        return (e for e in self.episodes if show in e.value.show)


def due(site: Site, episode: Written[EpisodeFile], *, at: datetime) -> datetime | None:
    """When an episode comes out, UTC: None for a draft, ``at`` for ``now``.

    A date is read in the time zone of the episode's first show.

    Raises:
        AdviceError: not a date, or a time that the clocks skip or repeat; never
            for an episode that reading has taken into the site.
    """
    show = site.show(episode.value.show[0])
    zone = site.zone(show) if show else ZoneInfo(site.site.value.timezone)
    return publish_moment(episode.value, zone, now=at)


def schema() -> dict[str, Any]:
    """JSON Schemas of every file that staff write, by the file's name.

    JSON Schema 2020-12, for editors that complete and check while one types.
    """
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **described(model),
            "title": title,
        }
        for name, (model, title) in _FILES.items()
    }


_FILES: dict[str, tuple[type[Value], str]] = {
    "site.yaml": (SiteFile, "The site: feeds/site.yaml"),
    "show.md": (ShowFile, "A show: feeds/<show>/show.md"),
    "episode.md": (EpisodeFile, "An episode: episodes/<slug>/episode.md"),
    "contributor.yaml": (ConsentRecord, "A consent: feeds/contributors/<id>.yaml"),
    "withdrawn.yaml": (WithdrawnFile, "What was withdrawn: feeds/withdrawn.yaml"),
}
