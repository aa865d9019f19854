"""What feeds say in the podcast namespace (podcastindex.org), tag by tag.

Feeds of others leave out what the namespace requires; so nothing is required
here, and a missing attribute is None or empty, with a repair that says so.
"""

from datetime import datetime

from peru_media.model.value import Value

__all__ = [
    "ParsedAlternateEnclosure",
    "ParsedBlock",
    "ParsedChapters",
    "ParsedChat",
    "ParsedContentLink",
    "ParsedEpisodeNumber",
    "ParsedFunding",
    "ParsedIntegrity",
    "ParsedLicense",
    "ParsedLocation",
    "ParsedLocked",
    "ParsedPerson",
    "ParsedPicture",
    "ParsedPodcastEpisode",
    "ParsedPodcastShow",
    "ParsedRecipient",
    "ParsedRemoteItem",
    "ParsedSeason",
    "ParsedSocialInteract",
    "ParsedSoundbite",
    "ParsedSourceFile",
    "ParsedTimeSplit",
    "ParsedTrailer",
    "ParsedTranscript",
    "ParsedTxt",
    "ParsedUpdateFrequency",
    "ParsedValue",
]


class ParsedLocked(Value):
    """Whether other hosts may take the show over (``locked``)."""

    locked: bool | None = None
    owner: str | None = None


class ParsedTranscript(Value):
    """Where the words of an episode lie (``transcript``)."""

    url: str = ""
    media_type: str | None = None
    language: str | None = None
    rel: str | None = None


class ParsedFunding(Value):
    """A way to support the show (``funding``)."""

    url: str = ""
    text: str = ""


class ParsedChapters(Value):
    """Where the chapters of an episode lie (``chapters``)."""

    url: str = ""
    media_type: str | None = None


class ParsedSoundbite(Value):
    """A stretch worth sharing, in seconds (``soundbite``)."""

    start: float | None = None
    duration: float | None = None
    title: str = ""


class ParsedPerson(Value):
    """Somebody named (``person``); None is a host, of the cast."""

    name: str = ""
    role: str | None = None
    group: str | None = None
    image: str | None = None
    url: str | None = None


class ParsedLocation(Value):
    """What a show is about, or where it is made (``location``)."""

    name: str = ""
    rel: str | None = None
    geo: str | None = None
    osm: str | None = None
    country: str | None = None


class ParsedSeason(Value):
    """The season of an episode (``season``)."""

    number: int | None = None
    name: str | None = None


class ParsedEpisodeNumber(Value):
    """The number of an episode, such as 315.5 (``episode``)."""

    number: float | None = None
    display: str | None = None


class ParsedTrailer(Value):
    """A trailer of the show (``trailer``); length in bytes."""

    title: str = ""
    url: str = ""
    published: datetime | None = None
    length: int | None = None
    media_type: str | None = None
    season: int | None = None


class ParsedLicense(Value):
    """Under which licence it may be used (``license``), as written."""

    name: str = ""
    url: str | None = None


class ParsedSourceFile(Value):
    """One address of an alternate enclosure (``source``)."""

    uri: str = ""
    media_type: str | None = None


class ParsedIntegrity(Value):
    """How to tell that a file is whole (``integrity``)."""

    type: str | None = None
    value: str | None = None


class ParsedAlternateEnclosure(Value):
    """The same episode in another form (``alternateEnclosure``); bits/s, bytes."""

    media_type: str | None = None
    length: int | None = None
    bitrate: float | None = None
    height: int | None = None
    language: str | None = None
    title: str | None = None
    rel: str | None = None
    codecs: str | None = None
    default: bool | None = None
    sources: tuple[ParsedSourceFile, ...] = ()
    integrity: ParsedIntegrity | None = None


class ParsedContentLink(Value):
    """Where else a live show is to be found (``contentLink``)."""

    url: str = ""
    text: str = ""


class ParsedSocialInteract(Value):
    """Where an episode is talked about (``socialInteract``)."""

    protocol: str | None = None
    uri: str | None = None
    account_id: str | None = None
    account_url: str | None = None
    priority: int | None = None


class ParsedBlock(Value):
    """Which service shall not list the show (``block``); None means all."""

    blocked: bool | None = None
    id: str | None = None


class ParsedTxt(Value):
    """Free text for machines (``txt``)."""

    text: str = ""
    purpose: str | None = None


class ParsedRemoteItem(Value):
    """A feed, or an episode of it, that lies elsewhere (``remoteItem``)."""

    feed_guid: str | None = None
    feed_url: str | None = None
    item_guid: str | None = None
    medium: str | None = None
    title: str | None = None


class ParsedUpdateFrequency(Value):
    """How often the show comes (``updateFrequency``)."""

    text: str = ""
    rrule: str | None = None
    start: datetime | None = None
    complete: bool | None = None


class ParsedRecipient(Value):
    """Who receives a share of a payment (``valueRecipient``)."""

    type: str | None = None
    address: str | None = None
    split: float | None = None
    name: str | None = None
    custom_key: str | None = None
    custom_value: str | None = None
    fee: bool | None = None


class ParsedTimeSplit(Value):
    """Who receives it for a stretch of an episode (``valueTimeSplit``)."""

    start: float | None = None
    duration: float | None = None
    remote_start: float | None = None
    remote_percentage: float | None = None
    remote_item: ParsedRemoteItem | None = None
    recipients: tuple[ParsedRecipient, ...] = ()


class ParsedValue(Value):
    """How listeners may pay (``value``)."""

    type: str | None = None
    method: str | None = None
    suggested: float | None = None
    recipients: tuple[ParsedRecipient, ...] = ()
    time_splits: tuple[ParsedTimeSplit, ...] = ()


class ParsedChat(Value):
    """Where listeners chat (``chat``)."""

    server: str | None = None
    protocol: str | None = None
    account_id: str | None = None
    space: str | None = None


class ParsedPicture(Value):
    """A picture for a purpose (``image``)."""

    url: str = ""
    alt: str | None = None
    aspect_ratio: str | None = None
    width: int | None = None
    height: int | None = None
    media_type: str | None = None
    purpose: str | None = None


class ParsedPodcastEpisode(Value):
    """All that an item says in the podcast namespace."""

    transcripts: tuple[ParsedTranscript, ...] = ()
    chapters: ParsedChapters | None = None
    soundbites: tuple[ParsedSoundbite, ...] = ()
    people: tuple[ParsedPerson, ...] = ()
    locations: tuple[ParsedLocation, ...] = ()
    season: ParsedSeason | None = None
    episode: ParsedEpisodeNumber | None = None
    license: ParsedLicense | None = None
    alternate_enclosures: tuple[ParsedAlternateEnclosure, ...] = ()
    funding: tuple[ParsedFunding, ...] = ()
    content_links: tuple[ParsedContentLink, ...] = ()
    social_interacts: tuple[ParsedSocialInteract, ...] = ()
    txts: tuple[ParsedTxt, ...] = ()
    values: tuple[ParsedValue, ...] = ()
    chat: ParsedChat | None = None
    images: tuple[ParsedPicture, ...] = ()


class ParsedPodcastShow(Value):
    """All that a channel says in the podcast namespace, but for live items."""

    guid: str | None = None
    locked: ParsedLocked | None = None
    medium: str | None = None
    funding: tuple[ParsedFunding, ...] = ()
    people: tuple[ParsedPerson, ...] = ()
    locations: tuple[ParsedLocation, ...] = ()
    trailers: tuple[ParsedTrailer, ...] = ()
    license: ParsedLicense | None = None
    blocks: tuple[ParsedBlock, ...] = ()
    txts: tuple[ParsedTxt, ...] = ()
    remote_items: tuple[ParsedRemoteItem, ...] = ()
    podroll: tuple[ParsedRemoteItem, ...] = ()
    update_frequency: ParsedUpdateFrequency | None = None
    podping: bool | None = None
    values: tuple[ParsedValue, ...] = ()
    publisher: ParsedRemoteItem | None = None
    chat: ParsedChat | None = None
    social_interacts: tuple[ParsedSocialInteract, ...] = ()
    images: tuple[ParsedPicture, ...] = ()
