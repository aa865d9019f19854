"""The public values that a release is rendered from, and nothing private.

A source holds no consent record, no master and no draft: only what may be read
by anyone, so it can lie in the store and be rendered again (a rollback, a
withdrawal). Addresses are absolute, or paths below the target's base address.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from peru_media.model.enclosure import Enclosure
from peru_media.model.licence import Licence
from peru_media.model.location import LocationField
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.release import Utc
from peru_media.model.scalars import PageLanguage
from peru_media.model.value import Value, canonical

__all__ = [
    "Category",
    "Chapter",
    "Collection",
    "Document",
    "Enclosure",
    "Episode",
    "Funder",
    "Funding",
    "Owner",
    "Person",
    "Picture",
    "PictureFile",
    "Show",
    "Soundbite",
    "Source",
    "Spotify",
    "Transcript",
]


class PictureFile(Value):
    """A published picture: its address, hash, type, pixels and bytes."""

    address: str
    sha256: str
    media_type: str
    width: int
    height: int
    size: int = 0


class Picture(PictureFile):
    """A published picture with words for it.

    ``smaller`` are the same picture with fewer pixels, the smallest first.
    """

    alt: str = ""
    smaller: tuple[PictureFile, ...] = ()

    @property
    def sizes(self) -> tuple[PictureFile, ...]:
        """The picture in each of its sizes, the smallest first."""
        return (*self.smaller, self)


class Category(Value):
    """One of Apple's categories, with its subcategory if any."""

    name: str
    sub: str | None = None


class Owner(Value):
    """Who answers for the show."""

    name: str
    email: str


class Person(Value):
    """Somebody named in public, by their public name (``podcast:person``)."""

    name: str
    role: str = "host"
    group: str | None = None
    orcid: str | None = None
    url: str | None = None
    image: str | None = None


class Funding(Value):
    """A way to support the show (``podcast:funding``)."""

    url: str
    text: str = ""


class Funder(Value):
    """Who paid for the work."""

    name: str
    ror: str | None = None
    grant: str | None = None


class Collection(Value):
    """A named group of episodes (``podcast:season`` with its name)."""

    name: str
    title: str
    season: int
    description: str = ""


class Document(Value):
    """A published PDF that goes with an episode or a show.

    ``address`` is its public path, ``key`` the object behind it; size in bytes.
    """

    name: str
    address: str
    key: str
    sha256: str
    size: int
    title: str
    kind: str = "report"
    doi: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    licence: Licence | None = None
    summary: str = ""
    accessible: bool | None = None
    pages: int | None = None


class Chapter(Value):
    """A chapter: its start in seconds, its title, and what goes with it.

    ``end`` in seconds where it is not the next one's start; ``toc`` is false where
    no list shows it.
    """

    start: float
    end: float | None = None
    title: str
    toc: bool = True
    location: LocationField | None = None
    url: str | None = None
    image: str | None = None
    image_alt: str | None = None


class Transcript(Value):
    """The words of an episode, or captions: a text known by its hash.

    Its bytes come separately.
    """

    sha256: str
    media_type: str
    language: str
    made_by: Literal["human", "machine", "machine-edited"] = "human"
    checked: str | None = None


class Soundbite(Value):
    """A stretch worth sharing, in seconds (``podcast:soundbite``)."""

    start: float
    duration: float
    title: str = ""


class Episode(Value):
    """One thing to listen to, watch or read, complete enough to publish.

    Attributes:
        id: 20 hex digits; name: the slug at first publish, in file names.
        shows: slugs; its page lies in the first.
        guid: minted once (``<guid>``). published: ``<pubDate>``, UTC.
        until: when it ends and answers 410, or None. notes: Markdown.
        captions: what is shown over a film, where it is not the transcript.
        waiver: why it has no transcript for now, and until which day.
        enclosure: ``<enclosure>`` and ``<itunes:duration>``; measured.
        card: what other sites show beside a link to it.
    """

    id: str
    name: str
    slug: str
    shows: tuple[str, ...]
    guid: str
    title: str
    published: Utc
    until: Utc | None = None
    enclosure: Enclosure
    notes: str = ""
    subtitle: str | None = None
    number: int | None = None
    season: int | None = None
    collection: str | None = None
    type: Literal["full", "trailer", "bonus"] = "full"
    language: str
    explicit: bool = False
    content_note: str | None = None
    licence: Licence | None = None
    people: tuple[Person, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    transcript: Transcript | None = None
    captions: Transcript | None = None
    waiver: str | None = None
    waiver_until: date | None = None
    documents: tuple[Document, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    picture: Picture | None = None
    card: Picture | None = None
    related: tuple[str, ...] = ()
    doi: str | None = None
    cite: str | None = None
    redirect_from: tuple[str, ...] = ()
    stand_in: bool = False
    location: tuple[LocationField, ...] = ()
    podcast: PodcastEpisode | None = None
    extra: str = ""


class Spotify(Value):
    """What Spotify alone asks: how many episodes it lists, and for which countries."""

    recent_count: int | None = None
    countries: tuple[str, ...] = ()


class Show(Value):
    """One feed, one research project's page.

    Attributes:
        guid: ``<podcast:guid>``, minted once. description: Markdown.
        feed_items: how many of the newest episodes the feed holds; None for all.
        begun: when its first episode ever came out; from then on it has a feed,
        even an empty one, for a feed that is gone ends subscriptions.
        visibility: only public shows are listed anywhere.
        complete: whether no further episode will come. simple_chapters: whether
        chapters stand in the feed itself, too.
        namespaces: further prefixes and their addresses, which ``extra`` uses.
    """

    slug: str
    guid: str
    title: str
    description: str
    language: str
    timezone: str
    author: str | None = None
    owner: Owner | None = None
    categories: tuple[Category, ...] = ()
    explicit: bool = False
    type: Literal["episodic", "serial"] = "episodic"
    picture: Picture | None = None
    card: Picture | None = None
    licence: Licence | None = None
    copyright: str | None = None
    funding: tuple[Funding, ...] = ()
    funders: tuple[Funder, ...] = ()
    links: dict[str, str] = Field(default_factory=dict)
    people: tuple[Person, ...] = ()
    collections: tuple[Collection, ...] = ()
    documents: tuple[Document, ...] = ()
    visibility: Literal["public", "unlisted", "private"] = "public"
    locked: bool = True
    feed_items: int | None = None
    begun: Utc | None = None
    new_url: str | None = None
    complete: bool = False
    simple_chapters: bool = False
    spotify: Spotify | None = None
    podcast: PodcastShow | None = None
    namespaces: dict[str, str] = Field(default_factory=dict)
    extra: str = ""


class Source(Value):
    """Everything a release is rendered from.

    Attributes:
        organisation: who publishes. ror: its ROR address. contact: its e-mail
        address for everybody. languages: of the pages' own words, the first at
        the plain addresses.
        publisher_guid: ``podcast:guid`` of its publisher feed, where it has one
        from elsewhere. podroll: whether its shows recommend each other. hubs: who
        tells apps that a public feed has news (WebSub).
        base_url: the target's public address, without a trailing slash.
        episodes: in no particular order; each names its shows.
        pictures: those that chapters and people name by their address.
    """

    organisation: str
    ror: str | None = None
    contact: str | None = None
    languages: Annotated[tuple[PageLanguage, ...], Field(min_length=1)] = ("en-GB",)
    publisher_guid: str | None = None
    podroll: bool = True
    hubs: tuple[str, ...] = ()
    timezone: str
    base_url: str
    shows: tuple[Show, ...] = ()
    episodes: tuple[Episode, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical(self.sparse())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Source":
        """Read what ``to_bytes`` wrote."""
        return cls.model_validate_json(data)
