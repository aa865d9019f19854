"""The values that developers make a feed of, without our folders, store or server.

What a show has to have is what PSP-1 (the Podcast Standards Project's
specification) asks of every feed; so a feed that can be built has it. A wrong
value cannot be built: it ends in a ``FieldError`` that names every field.
"""

from collections.abc import Sequence
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from peru_media.model import files, licence, notices
from peru_media.model.address import podcast_guid
from peru_media.model.advice import AdviceError
from peru_media.model.further import Declared, Extra, prefixes_of
from peru_media.model.given import Given
from peru_media.model.location import LocationField
from peru_media.model.moment import local_moment
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.scalars import (
    Counting,
    Country,
    Orcid,
    Uuid,
    WebAddress,
    ZoneName,
)
from peru_media.model.settled import Settled
from peru_media.model.taxonomy import Role
from peru_media.model.texts import (
    Aware,
    CategoryName,
    Description,
    EpisodeTags,
    Identity,
    Label,
    Listing,
    MediaKind,
    Prose,
    ShowTags,
    Tongue,
    Words,
    ending_type,
)

__all__ = [
    "Chapter",
    "Episode",
    "Funding",
    "Licence",
    "Location",
    "Media",
    "Owner",
    "Person",
    "Show",
    "Soundbite",
    "Spotify",
    "Transcript",
]


class Owner(Given, files.OwnerField):
    """Who answers for a show: ``name``, and ``email``, best that of a role."""


class Funding(Given, files.FundingField):
    """A way to support a show: ``url``, and ``text`` up to 128 characters."""


class Licence(Given, licence.Licence):
    """What others may do with it: ``name``, and ``url`` of its text.

    The address of ``CC-BY-4.0``, ``CC0-1.0`` and their like is known, as is
    ``ARR``, all rights reserved.
    """


class Location(Given, LocationField):
    """A place that it is about or comes from (``podcast:location``).

    ``name``; ``geo`` such as ``geo:53.47,-2.24``; ``osm`` such as ``R146656``;
    ``country``, two capitals; ``rel``, ``subject`` or ``creator``.
    """


class Soundbite(Given, files.SoundbiteField):
    """A stretch worth sharing: ``start`` and ``duration`` in seconds, ``title``."""


class Spotify(Given):
    """What Spotify alone asks.

    ``recent_count``: how many episodes it lists; ``countries``: two capitals each.
    """

    recent_count: Counting | None = None
    countries: Annotated[Sequence[Country], Listing] = ()


class Person(Given):
    """Somebody named in public (``podcast:person``).

    Attributes:
        name: up to 128 characters.
        role: of the namespace's list, such as ``guest`` or ``sound designer``.
        group: of the same list; left out, it is the group of the role.
        url: of their page; left out, that of their ORCID.
        image: address of a picture. orcid: only the digits.
    """

    name: Label
    role: Role = "host"
    group: Label | None = None
    url: WebAddress | None = None
    image: WebAddress | None = None
    orcid: Orcid | None = None


class Chapter(Given):
    """A chapter: ``start`` in seconds, ``title``, ``url`` and ``image``."""

    start: Annotated[float, Field(ge=0)]
    title: Words
    url: WebAddress | None = None
    image: WebAddress | None = None


class Transcript(Given, notices.TextLinkField):
    """Where the words of an episode lie (``podcast:transcript``).

    ``url``; ``type``, ``text/vtt`` where you have the choice; ``language``;
    ``rel="captions"`` where it has times.
    """


class Media(Given):
    """The one recording, film or PDF of an episode (``<enclosure>``).

    Attributes:
        url: its whole address. size: in bytes, exactly what a server answers in
            Content-Length; 0 only where nobody can know it.
        type: media type; left out, it is told from the ending of the address.
        seconds: how long it plays (``itunes:duration``, rounded); None for a PDF.
    """

    url: WebAddress
    size: Annotated[int, Field(ge=0)]
    type: MediaKind = ""
    seconds: Annotated[float, Field(ge=0)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _told_by_its_ending(cls, value: object) -> object:
        if not isinstance(value, dict) or value.get("type"):
            return value
        url = value.get("url")
        kind = ending_type(url) if isinstance(url, str) else ""
        if kind is None:
            who, what = "Its address", "has no ending that tells its type"
            fix = 'Give type, such as type="audio/mpeg".'
            raise AdviceError(who, what, fix, kind="together")
        return value | {"type": kind}


class Episode(Given):
    """One thing to listen to, watch or read (``<item>``).

    Attributes:
        title: without numbers and without the show's name.
        guid: tells apps which episode this is. Make it once, keep it for ever: a
            new one is a new episode, downloaded again (``<guid>``).
        published: aware (``<pubDate>``). media: the one enclosure.
        notes: Markdown. notes_html: the same as HTML; give one of both. Tags that
            apps do not show, scripts and pictures go.
        link: its page. subtitle: a few words. number, season: from 1.
        season_name: what the season is called, up to 128 characters.
        explicit, language: the show's where left out. image: its own cover.
        people: they take the place of the show's. chapters: stand in the feed
            itself (Podlove Simple Chapters); chapters_url: JSON that more apps read.
        podcast: every other tag of the podcast namespace.
        extra: XML of other namespaces, with the prefixes that the show declares.
    """

    title: Words
    guid: Identity
    published: Aware
    media: Media
    notes: Prose = ""
    notes_html: Prose = ""
    link: WebAddress | None = None
    subtitle: Words | None = None
    number: Counting | None = None
    season: Counting | None = None
    season_name: Label | None = None
    type: Literal["full", "trailer", "bonus"] = "full"
    explicit: bool | None = None
    language: Tongue | None = None
    image: WebAddress | None = None
    people: Annotated[Sequence[Person], Listing] = ()
    chapters: Annotated[Sequence[Chapter], Listing] = ()
    chapters_url: WebAddress | None = None
    transcripts: Annotated[Sequence[Transcript], Listing] = ()
    soundbites: Annotated[Sequence[Soundbite], Listing] = ()
    locations: Annotated[Sequence[Location], Listing] = ()
    licence: Licence | None = None
    podcast: EpisodeTags = PodcastEpisode()
    extra: Extra = ""

    @model_validator(mode="after")
    def _agrees(self) -> "Episode":
        if self.notes and self.notes_html:
            who, what = "The notes", "are given as Markdown and as HTML"
            raise AdviceError(who, what, "Give one of both.", kind="together")
        if self.season_name and self.season is None:
            who, what = "The season", "has a name and no number"
            raise AdviceError(who, what, "Give season too.", kind="together")
        return self


class Show(Given):
    """One feed (``<channel>``).

    The first eight are what PSP-1 asks of every feed, and have no default.

    Attributes:
        title: of the show alone. link: its page. feed_url: where this feed is.
        description: plain words, at most 4000 bytes of UTF-8.
        language: such as ``en-GB``. categories: Apple's, such as ``Science >
            Social Sciences``; the first counts most.
        image: address of the cover, square, 1400 to 3000 pixels, JPEG or PNG.
        explicit: whether it has words that children should not hear.
        guid: ``podcast:guid``; left out, it is the one that everybody works out
            from the feed's address. Give the old one when the feed moves.
        copyright: who holds the rights; ``Copyright``, ``©`` and a year go.
        licence: such as ``Licence(name="CC-BY-4.0")``.
        type: ``serial`` is heard from the oldest on, and needs numbers.
        locked: whether other hosts must ask before they take the show over.
        listed: False asks directories to leave it out (``itunes:block``).
        complete: no further episode will come. new_feed_url: where it moved to.
        hubs: addresses at which apps ask to be told of news (WebSub).
        timezone: of dates without zone in ``podcast``.
        podcast: every other tag of the podcast namespace.
        namespaces: further prefixes and their addresses. extra: XML that uses them.
    """

    title: Words
    link: WebAddress
    feed_url: WebAddress
    description: Description
    language: Tongue
    categories: Annotated[Sequence[CategoryName], Field(min_length=1), Listing]
    image: WebAddress
    explicit: bool
    guid: Uuid | None = None
    author: Words | None = None
    owner: Owner | None = None
    copyright: Words | None = None
    licence: Licence | None = None
    type: Literal["episodic", "serial"] = "episodic"
    locked: bool = True
    listed: bool = True
    complete: bool = False
    new_feed_url: WebAddress | None = None
    people: Annotated[Sequence[Person], Listing] = ()
    funding: Annotated[Sequence[Funding], Listing] = ()
    locations: Annotated[Sequence[Location], Listing] = ()
    spotify: Spotify | None = None
    hubs: Annotated[Sequence[WebAddress], Listing] = ()
    timezone: ZoneName = "UTC"
    podcast: ShowTags = PodcastShow()
    namespaces: Declared = Settled()
    extra: Extra = ""

    @property
    def identity(self) -> str:
        """The ``podcast:guid`` that stands in the feed."""
        return self.guid or podcast_guid(self.feed_url)

    @model_validator(mode="after")
    def _clocked(self) -> "Show":
        for _, text in self.podcast.dates():
            local_moment(text, ZoneInfo(self.timezone))
        return self

    @model_validator(mode="after")
    def _declared(self) -> "Show":
        unknown = sorted(prefixes_of(self.extra) - self.namespaces.keys())
        if unknown:
            who, what = f'The prefix "{unknown[0]}" of extra', "is not declared"
            fix = f'Give namespaces={{"{unknown[0]}": its address}}.'
            raise AdviceError(who, what, fix, kind="together")
        if len({*self.namespaces.values()}) < len(self.namespaces):
            who, what = "namespaces", "have two prefixes for one address"
            raise AdviceError(who, what, "Keep one of the two.", kind="together")
        return self
