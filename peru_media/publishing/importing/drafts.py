"""What an import is going to write, before anything is fetched or written."""

from dataclasses import dataclass
from typing import Literal

from peru_media.model.files import EpisodeFile, ShowFile

__all__ = ["Draft", "EpisodeDraft", "Note", "Role", "ShowDraft", "Wanted"]

Role = Literal[
    "medium", "cover", "transcript", "chapters", "person", "chapter", "image"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to fetch.

    Attributes:
        role: what it is to the show or episode.
        place: of a picture, whose it is: the number of the person, the chapter, or
            the ``podcast:image``.
        media_type, length: as the feed says, where it does.
    """

    url: str
    role: Role
    place: int = 0
    media_type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing for the report.

    Attributes:
        line: of the feed, from 1; 0 where it concerns no line.
        title: of the episode; empty for the show.
        tag: what it is about, such as ``itunes:keywords``.
        what: what became of it, and why.
        value: what the feed says there, shortened.
    """

    line: int = 0
    title: str = ""
    tag: str
    what: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDraft:
    """``show.md`` and its pictures."""

    slug: str
    value: ShowFile
    body: str = ""
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeDraft:
    """``episode.md`` and its files; ``line`` is that of its item in the feed."""

    slug: str
    value: EpisodeFile
    body: str = ""
    wanted: tuple[Wanted, ...] = ()
    line: int = 0

    @property
    def is_publishable(self) -> bool:
        """Whether the feed names a date, and something to listen to, watch or read."""
        has_medium = any(one.role == "medium" for one in self.wanted)
        return has_medium and self.value.publish != "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole show as it would be written, and what there is to say about it.

    Attributes:
        url: where the feed came from, if from the web.
        ours: whether the feed is one that peru_media wrote.
        episodes: in the order of the feed. cleaned: titles of those whose notes
            held what no app shows.
    """

    url: str | None
    ours: bool
    show: ShowDraft
    episodes: tuple[EpisodeDraft, ...] = ()
    notes: tuple[Note, ...] = ()
    cleaned: tuple[str, ...] = ()
