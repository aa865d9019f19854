"""What the tags are made from: a show as a channel, an episode as an item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from peru_media.model.source import Collection, Episode, Show
from peru_media.rendering.addresses import absolute, chapters_path, followed, page_path

__all__ = ["Archive", "Channel", "Item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Where the pages beside a page of a feed are found (RFC 5005, section 4).

    Attributes:
        older, newer: the pages next to it, if any. current: the feed itself.
        final: whether it is a page that never changes.
    """

    older: str | None = None
    newer: str | None = None
    current: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A show as one feed.

    Attributes:
        base_url: the only origin of absolute addresses.
        built: when the feed last changed (``<lastBuildDate>``), aware.
        path: where this form of the feed is found. page: what it is the feed of.
        archive: the pages beside it, where it is one of several.
        hubs: addresses at which apps ask to be told of news (WebSub).
        paged: whether its episodes have pages that their items may lead to.
    """

    show: Show
    base_url: str
    built: datetime
    path: str
    page: str
    archive: Archive | None = None
    hubs: tuple[str, ...] = ()
    paged: bool = True

    def address(self, path: str | None) -> str | None:
        """The whole address of a public path or of a page elsewhere."""
        return absolute(self.base_url, path)

    @property
    def told(self) -> tuple[str, ...]:
        """The hubs whose addresses may be followed."""
        return tuple(hub for hub in self.hubs if followed(hub))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An episode in a feed, with all that it takes from its show.

    Attributes:
        collection: the show's collection that the episode names, if any.
        html: its notes as HTML.
        namespaces: further prefixes of the feed around it, and their addresses.
        simple_chapters: whether its chapters stand in the feed itself, too.
        page: where its page is, if that is none of ours; empty without any.
        chapters: the same of the file of its chapters.
    """

    episode: Episode
    collection: Collection | None
    base_url: str
    html: str
    namespaces: Mapping[str, str] = field(default_factory=dict)
    simple_chapters: bool = False
    page: str | None = None
    chapters: str | None = None

    def address(self, path: str | None) -> str | None:
        """The whole address of a public path or of a page elsewhere."""
        return absolute(self.base_url, path)

    @property
    def link(self) -> str | None:
        """The whole address of its page, if it has one."""
        return self.address(page_path(self.episode) if self.page is None else self.page)

    @property
    def chapters_link(self) -> str | None:
        """The whole address of the file of its chapters, if there is one."""
        if self.chapters is not None:
            return self.address(self.chapters)
        return (
            self.address(chapters_path(self.episode)) if self.episode.chapters else None
        )

    @property
    def season(self) -> int | None:
        """The episode's season; without one, that of its collection."""
        if self.episode.season is None and self.collection is not None:
            return self.collection.season
        return self.episode.season

    @property
    def season_name(self) -> str | None:
        """The name of the season, where a collection gives it one."""
        named = self.collection is not None and self.collection.season == self.season
        return self.collection.title if self.collection and named else None
