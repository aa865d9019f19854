"""The desk that an import is done at: its ports, and where it leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from peru_media.model.site import Site
from peru_media.model.value import Value
from peru_media.ports import Downloader, Fetcher, MediaMaker, Progress, Workroom

__all__ = ["Compose", "FeedSource", "ImportDesk", "Web", "Wish"]

Compose = Callable[[Value, str], bytes]


class Web(Downloader, Fetcher, Protocol):
    """Whoever can ask a web server, and bring large files from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSource:
    """A feed to import: its address, or a file's name with what is in it."""

    name: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of an import.

    Attributes:
        show: the name that the show is to have. limit: how many of the first items.
        media: whether files are fetched at all.
    """

    show: str | None = None
    limit: int | None = None
    media: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDesk:
    """Everything that an import works with.

    Attributes:
        site: what staff wrote so far. base_url: where listeners will find the site.
        room: gives the room of an import by its name.
        compose: writes fields and notes as a file that staff could have written.
    """

    site: Site
    base_url: str
    web: Web
    maker: MediaMaker
    room: Callable[[str], Workroom]
    compose: Compose
    progress: Progress
