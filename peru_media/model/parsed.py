"""What a feed of anybody says, element by element, and what was put right in it.

Nothing is invented: what a feed does not say is None or empty. Texts have no
white space at their ends; addresses are absolute where that can be told; moments
are aware and in UTC; lengths of time are seconds. The fields of each namespace
stand apart (``itunes``, ``podcast``, …), so that nothing hides anything else.
"""

from datetime import datetime
from typing import Literal

from peru_media.model.parsed_namespaces import (
    ParsedDublinCore,
    ParsedGoogleplay,
    ParsedItunesEpisode,
    ParsedItunesShow,
    ParsedMedia,
    ParsedSpotify,
)
from peru_media.model.parsed_podcast import ParsedPodcastEpisode, ParsedPodcastShow
from peru_media.model.value import Value

__all__ = [
    "ParsedAuthor",
    "ParsedCategory",
    "ParsedChapter",
    "ParsedEnclosure",
    "ParsedEpisode",
    "ParsedFeed",
    "ParsedImage",
    "ParsedLink",
    "ParsedLiveItem",
    "ParsedSource",
    "Repair",
    "UnknownElement",
]


class Repair(Value):
    """One thing in a feed that was put right, or read as well as it could be.

    Attributes:
        line: counted from 1, in the bytes given; 0 where it concerns no line.
        column: counted from 1; 0 where only the line is known.
        code: short and lasting, such as ``unclosed-tag``.
        what: a sentence for people.
    """

    line: int
    column: int = 0
    code: str
    what: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.what} ({self.code})"


class UnknownElement(Value):
    """An element that no field holds, with all that lies in it, as XML.

    ``namespace`` is empty for an element without one.
    """

    namespace: str
    name: str
    xml: str


class ParsedEnclosure(Value):
    """A file to listen to, watch or read (``<enclosure>``, ``atom:link``)."""

    url: str = ""
    length: int | None = None
    media_type: str | None = None


class ParsedImage(Value):
    """The picture of a channel (``<image>``), which is not Apple's."""

    url: str | None = None
    title: str | None = None
    link: str | None = None
    width: int | None = None
    height: int | None = None
    description: str | None = None


class ParsedLink(Value):
    """A link that says what it leads to (``atom:link``)."""

    url: str = ""
    rel: str = "alternate"
    media_type: str | None = None
    language: str | None = None
    title: str | None = None
    length: int | None = None


class ParsedAuthor(Value):
    """Who wrote it (``author`` of RSS or Atom)."""

    name: str | None = None
    email: str | None = None
    uri: str | None = None


class ParsedCategory(Value):
    """A category of RSS or Atom; those of Apple are elsewhere."""

    name: str = ""
    domain: str | None = None
    label: str | None = None


class ParsedSource(Value):
    """The feed that an episode was taken from (``<source>``)."""

    url: str | None = None
    title: str | None = None


class ParsedChapter(Value):
    """A chapter that stands in the feed itself (``psc:chapter``), in seconds."""

    start: float | None = None
    title: str = ""
    url: str | None = None
    image: str | None = None


class ParsedEpisode(Value):
    """One ``<item>`` or ``<entry>``.

    Attributes:
        line: where it begins in the feed.
        description: ``description``, or Atom's ``summary``; mostly HTML.
        content: ``content:encoded``, or Atom's ``content``; HTML.
        content_type: Atom's ``type`` of it, or None.
        permalink: what ``isPermaLink`` says of the guid; None if it says nothing.
        published: ``pubDate``, or Atom's ``published``. updated: Atom's.
        links: ``atom:link``, all of them; ``link`` is the one to read at.
    """

    line: int = 0
    title: str | None = None
    link: str | None = None
    description: str | None = None
    content: str | None = None
    content_type: str | None = None
    guid: str | None = None
    permalink: bool | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[ParsedAuthor, ...] = ()
    contributors: tuple[ParsedAuthor, ...] = ()
    categories: tuple[ParsedCategory, ...] = ()
    comments: str | None = None
    copyright: str | None = None
    source: ParsedSource | None = None
    enclosures: tuple[ParsedEnclosure, ...] = ()
    links: tuple[ParsedLink, ...] = ()
    chapters: tuple[ParsedChapter, ...] = ()
    itunes: ParsedItunesEpisode = ParsedItunesEpisode()
    podcast: ParsedPodcastEpisode = ParsedPodcastEpisode()
    googleplay: ParsedGoogleplay = ParsedGoogleplay()
    media: ParsedMedia = ParsedMedia()
    dc: ParsedDublinCore = ParsedDublinCore()
    unknown: tuple[UnknownElement, ...] = ()


class ParsedLiveItem(Value):
    """A show on air (``podcast:liveItem``): when, and the episode that it is."""

    status: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    episode: ParsedEpisode = ParsedEpisode()


class ParsedFeed(Value):
    """A feed, as its owner wrote it.

    Attributes:
        format: ``rss`` (0.9x and 2.0), ``rdf`` (RSS 0.90 and 1.0) or ``atom``.
        version: as the feed says it, or None.
        url: where it came from, as the caller said.
        episodes: in the order of the feed, as are all lists.
        updated: ``lastBuildDate``, or Atom's ``updated``.
        guid: Atom's ``id``; that of the podcast namespace is ``podcast.guid``.
        repairs: what was put right, by line as far as known.
    """

    format: Literal["rss", "rdf", "atom"]
    version: str | None = None
    url: str | None = None
    title: str | None = None
    link: str | None = None
    description: str | None = None
    language: str | None = None
    copyright: str | None = None
    guid: str | None = None
    managing_editor: str | None = None
    web_master: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[ParsedAuthor, ...] = ()
    contributors: tuple[ParsedAuthor, ...] = ()
    categories: tuple[ParsedCategory, ...] = ()
    generator: str | None = None
    docs: str | None = None
    ttl: int | None = None
    rating: str | None = None
    skip_hours: tuple[str, ...] = ()
    skip_days: tuple[str, ...] = ()
    image: ParsedImage | None = None
    icon: str | None = None
    logo: str | None = None
    links: tuple[ParsedLink, ...] = ()
    itunes: ParsedItunesShow = ParsedItunesShow()
    podcast: ParsedPodcastShow = ParsedPodcastShow()
    live_items: tuple[ParsedLiveItem, ...] = ()
    spotify: ParsedSpotify = ParsedSpotify()
    googleplay: ParsedGoogleplay = ParsedGoogleplay()
    media: ParsedMedia = ParsedMedia()
    dc: ParsedDublinCore = ParsedDublinCore()
    unknown: tuple[UnknownElement, ...] = ()
    episodes: tuple[ParsedEpisode, ...] = ()
    repairs: tuple[Repair, ...] = ()
