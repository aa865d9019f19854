"""What feeds say in the smaller namespaces: Apple's, Spotify's, media and more."""

from datetime import datetime

from peru_media.model.value import Value

__all__ = [
    "ParsedCredit",
    "ParsedDublinCore",
    "ParsedGoogleplay",
    "ParsedItunesCategory",
    "ParsedItunesEpisode",
    "ParsedItunesShow",
    "ParsedMedia",
    "ParsedMediaContent",
    "ParsedOwner",
    "ParsedRating",
    "ParsedSpotify",
    "ParsedThumbnail",
]


class ParsedItunesCategory(Value):
    """One of Apple's categories, with those inside it."""

    name: str = ""
    subs: tuple[str, ...] = ()


class ParsedOwner(Value):
    """Who answers for a show (``itunes:owner``)."""

    name: str | None = None
    email: str | None = None


class ParsedItunesShow(Value):
    """What a channel tells Apple; ``explicit`` is true for ``yes`` and ``true``."""

    title: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    author: str | None = None
    owner: ParsedOwner | None = None
    categories: tuple[ParsedItunesCategory, ...] = ()
    keywords: tuple[str, ...] = ()
    explicit: bool | None = None
    image: str | None = None
    type: str | None = None
    new_feed_url: str | None = None
    block: bool | None = None
    complete: bool | None = None
    verify: str | None = None


class ParsedItunesEpisode(Value):
    """What an item tells Apple; ``duration`` in seconds."""

    title: str | None = None
    subtitle: str | None = None
    summary: str | None = None
    author: str | None = None
    categories: tuple[ParsedItunesCategory, ...] = ()
    keywords: tuple[str, ...] = ()
    duration: float | None = None
    explicit: bool | None = None
    image: str | None = None
    episode: int | None = None
    season: int | None = None
    episode_type: str | None = None
    block: bool | None = None
    closed_captioned: bool | None = None
    order: int | None = None


class ParsedSpotify(Value):
    """What a channel tells Spotify.

    Attributes:
        limit: how many of the newest episodes to show.
        countries: codes of the countries of origin, most relevant first.
    """

    limit: int | None = None
    countries: tuple[str, ...] = ()


class ParsedGoogleplay(Value):
    """What was once told to Google's directory."""

    author: str | None = None
    email: str | None = None
    owner: str | None = None
    description: str | None = None
    categories: tuple[str, ...] = ()
    explicit: bool | None = None
    image: str | None = None
    block: bool | None = None
    new_feed_url: str | None = None


class ParsedMediaContent(Value):
    """One file of Media RSS (``media:content``); seconds, bytes, kbit/s, kHz."""

    url: str | None = None
    length: int | None = None
    media_type: str | None = None
    medium: str | None = None
    default: bool | None = None
    expression: str | None = None
    bitrate: float | None = None
    frame_rate: float | None = None
    sampling_rate: float | None = None
    channels: int | None = None
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    language: str | None = None


class ParsedThumbnail(Value):
    """A small picture (``media:thumbnail``)."""

    url: str | None = None
    width: int | None = None
    height: int | None = None
    time: str | None = None


class ParsedCredit(Value):
    """Who did what (``media:credit``)."""

    name: str = ""
    role: str | None = None
    scheme: str | None = None


class ParsedRating(Value):
    """For whom it is (``media:rating``), in the words of a scheme.

    Attributes:
        name: such as ``nonadult``.
        scheme: whose word that is; ``urn:simple`` is meant where none is named.
    """

    name: str = ""
    scheme: str | None = None


class ParsedMedia(Value):
    """Media RSS, with what lies in a ``media:group`` beside the rest."""

    contents: tuple[ParsedMediaContent, ...] = ()
    thumbnails: tuple[ParsedThumbnail, ...] = ()
    title: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    ratings: tuple[ParsedRating, ...] = ()
    credits: tuple[ParsedCredit, ...] = ()

    @property
    def rating(self) -> str | None:
        """What the first rating says; None where there is none."""
        return self.ratings[0].name if self.ratings else None


class ParsedDublinCore(Value):
    """Dublin Core, as libraries write it."""

    title: str | None = None
    description: str | None = None
    creators: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    publisher: str | None = None
    date: datetime | None = None
    type: str | None = None
    format: str | None = None
    identifier: str | None = None
    source: str | None = None
    language: str | None = None
    rights: str | None = None
