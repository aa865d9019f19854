"""What staff write: the fields of site, show, episode and consent files.

Every scalar arrives as the text that stands in the file; the types below give it
its meaning, so YAML never guesses. Field descriptions become the JSON Schema
that editors show (``peru-media schema``).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from peru_media.model.advice import AdviceError
from peru_media.model.edit import EditField
from peru_media.model.further import Extra, Namespace, Prefix
from peru_media.model.licence import Licence
from peru_media.model.location import LocationField
from peru_media.model.payment import FundingField
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.rates import KiloBits, SampleRate
from peru_media.model.scalars import (
    BaseUrl,
    ContributorId,
    Counting,
    Country,
    Day,
    Doi,
    Email,
    EpisodeId,
    FeedItems,
    FileName,
    FileOr,
    Flag,
    Guid,
    Line,
    Listed,
    Orcid,
    PageLanguage,
    Seconds,
    Sha256,
    Short,
    Slug,
    StoreAddress,
    Uuid,
    WebAddress,
    ZoneName,
)
from peru_media.model.taxonomy import Role
from peru_media.model.value import Value

__all__ = [
    "ChapterField",
    "CollectionField",
    "ConsentRecord",
    "DefaultsField",
    "DocumentField",
    "EditField",
    "EpisodeFile",
    "FunderField",
    "FundingField",
    "LocationField",
    "MediaField",
    "OnExpiry",
    "OrganisationField",
    "OwnerField",
    "PersonField",
    "Scope",
    "ShowFile",
    "SiteFile",
    "SoundbiteField",
    "SpotifyField",
    "TargetField",
    "TombstoneField",
    "TranscriptField",
    "WaiverField",
    "WithdrawnFile",
]


class OrganisationField(Value):
    """The organisation that publishes: its name, and its ROR address if it has one.

    ``contact`` is where people write who need something in another form, or want
    it removed; pages show it. ``guid`` is that of its publisher feed, where it had
    one before.
    """

    name: Line
    ror: WebAddress | None = None
    contact: Email | None = None
    guid: Uuid | None = None


class TargetField(Value):
    """One place to publish to.

    ``store`` is a folder or ``s3://bucket/prefix``. ``base_url`` is the address
    that listeners use. The rest describes a bucket.
    """

    store: StoreAddress
    base_url: BaseUrl
    endpoint: BaseUrl | None = None
    region: Line | None = None
    profile: Line | None = None
    addressing: Literal["auto", "path", "virtual"] = "auto"
    checksums: Literal["when_supported", "when_required"] = "when_required"
    media_base_url: BaseUrl | None = None
    purge: Line | None = None


class SiteFile(Value):
    """``feeds/site.yaml``: who publishes, in which time zone, and where to.

    ``languages`` are those of the pages' own words; the first has the plain
    addresses, each other lies below its own, such as ``/cy``.
    """

    organisation: OrganisationField
    timezone: ZoneName = "Europe/London"
    languages: Annotated[tuple[PageLanguage, ...], Field(min_length=1), Listed] = (
        "en-GB",
    )
    announce: Annotated[tuple[WebAddress, ...], Listed] = ()
    podping: WebAddress | None = None
    webhooks: Annotated[tuple[WebAddress, ...], Listed] = ()
    podroll: Flag = True
    targets: dict[Slug, TargetField]


class OwnerField(Value):
    """Who answers for the show; a role address keeps people's own mail private."""

    name: Line
    email: Email


class FunderField(Value):
    """Who paid for the work: name, ROR address, grant number."""

    name: Line
    ror: WebAddress | None = None
    grant: Line | None = None


class PersonField(Value):
    """Somebody named in a show or an episode.

    Either ``contributor``, the id of a consent record, or ``name``.
    """

    contributor: Line | None = None
    name: Line | None = None
    role: Role = "host"
    group: Line | None = None
    orcid: Orcid | None = None
    url: WebAddress | None = None
    image: FileName | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "PersonField":
        if (self.contributor is None) == (self.name is None):
            who, what = "A person", "needs either a name or a contributor, not both"
            fix = "Give the contributor's id, or else the name."
            raise AdviceError(who, what, fix, kind="together")
        return self


class CollectionField(Value):
    """A named group of episodes: name in addresses, title, season number."""

    name: Slug
    title: Line
    season: Counting | None = None
    description: str = ""


class DocumentField(Value):
    """A PDF that goes with an episode or a show."""

    file: FileName
    title: Line
    kind: Line = "report"
    doi: Doi | None = None
    authors: Annotated[tuple[Line, ...], Listed] = ()
    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    licence: Licence | None = None
    summary: str = ""
    accessible: Flag | None = None


class DefaultsField(Value):
    """What episodes take from their show: transcript rule, cover, and their sound.

    ``loudness`` in LUFS, bit rates in kbit/s, ``sample_rate`` in Hz (without one,
    that of the master's family).
    """

    transcript: Literal["required", "optional"] = "required"
    loudness: Annotated[float, Field(ge=-40, le=0)] = -16.0
    level: Flag = False
    bit_rate_mono: KiloBits = 96
    bit_rate_stereo: KiloBits = 128
    sample_rate: SampleRate | None = None
    cover: FileName | None = None


class SpotifyField(Value):
    """What Spotify alone asks: how many episodes it lists, and for which countries."""

    recent_count: Counting | None = None
    countries: Annotated[tuple[Country, ...], Listed] = ()


class ShowFile(Value):
    """``feeds/<show>/show.md``: one feed, one project's page."""

    title: Line
    guid: Uuid | None = None
    language: Line
    timezone: ZoneName | None = None
    author: Line | None = None
    owner: OwnerField | None = None
    categories: Annotated[tuple[Line, ...], Listed] = ()
    explicit: Flag = False
    type: Literal["episodic", "serial"] = "episodic"
    licence: Licence | None = None
    copyright: Line | None = None
    funding: Annotated[tuple[FundingField, ...], Listed] = ()
    funder: Annotated[tuple[FunderField, ...], Listed] = ()
    links: dict[str, WebAddress] = Field(default_factory=dict)
    people: tuple[PersonField, ...] = ()
    cover: FileName = "cover.png"
    defaults: DefaultsField = DefaultsField()
    visibility: Literal["public", "unlisted", "private"] = "public"
    locked: Flag = True
    documents: tuple[DocumentField, ...] = ()
    collections: tuple[CollectionField, ...] = ()
    feed_items: FeedItems = "all"
    complete: Flag = False
    simple_chapters: Flag = False
    spotify: SpotifyField | None = None
    podcast: PodcastShow = PodcastShow()
    namespaces: dict[Prefix, Namespace] = Field(default_factory=dict)
    extra: Extra = ""
    previous_url: WebAddress | None = None
    new_url: WebAddress | None = None


class MediaField(Value):
    """The one recording, film or PDF of an episode, or what stands in for it."""

    file: FileName | None = None
    sha256: Sha256 | None = None
    stand_in: Flag = False
    level: Flag | None = None


class ChapterField(Value):
    """A chapter: when it starts, what it is called, and what goes with it.

    ``end`` where that is not where the next begins. ``toc`` is false for one that
    no list shows, such as a picture for a moment.
    """

    start: Seconds
    end: Seconds | None = None
    title: Line
    toc: Flag = True
    location: LocationField | None = None
    url: WebAddress | None = None
    image: FileName | None = None
    image_alt: str | None = None


class WaiverField(Value):
    """Why there is no transcript for now, and until when; printed for the public."""

    reason: Line
    until: Day


class TranscriptField(Value):
    """The words of the recording: a file, how it was made, who checked it when."""

    file: FileName | None = None
    made_by: Literal["human", "machine", "machine-edited"] = "human"
    checked: Day | None = None
    waiver: WaiverField | None = None


class SoundbiteField(Value):
    """A stretch worth sharing: start and duration in seconds, and a title."""

    start: Seconds
    duration: Seconds
    title: Short = ""


class EpisodeFile(Value):
    """``episodes/<slug>/episode.md``: one thing to listen to, watch or read."""

    show: Annotated[tuple[Slug, ...], Field(min_length=1), Listed]
    guid: Guid | None = None
    number: Counting | None = None
    season: Counting | None = None
    collection: Slug | None = None
    type: Literal["full", "trailer", "bonus"] = "full"
    title: Line
    subtitle: Line | None = None
    publish: Line = "draft"
    media: Annotated[MediaField, FileOr] = MediaField()
    language: Line | None = None
    explicit: Flag | None = None
    content_note: Line | None = None
    licence: Licence | None = None
    people: tuple[PersonField, ...] = ()
    chapters: tuple[ChapterField, ...] = ()
    transcript: Annotated[TranscriptField, FileOr] = TranscriptField()
    documents: tuple[DocumentField, ...] = ()
    captions: FileName | None = None
    soundbites: tuple[SoundbiteField, ...] = ()
    location: Annotated[tuple[LocationField, ...], Listed] = ()
    related: Annotated[tuple[Slug, ...], Listed] = ()
    doi: Doi | None = None
    cite: Line | None = None
    edits: tuple[EditField, ...] = ()
    redirect_from: Annotated[tuple[Line, ...], Listed] = ()
    podcast: PodcastEpisode = PodcastEpisode()
    extra: Extra = ""


class Scope(StrEnum):
    """What a contributor agreed to."""

    PODCAST = "podcast"
    WEBSITE = "website"
    TRANSCRIPT = "transcript"
    VIDEO = "video"
    QUOTES = "quotes"
    ARCHIVE = "archive"


class OnExpiry(StrEnum):
    """What happens when a consent ends."""

    WITHDRAW = "withdraw"
    STOP_NEW = "stop-new"
    KEEP = "keep"


class ConsentRecord(Value):
    """``feeds/contributors/<id>.yaml``: what one person agreed to, and until when.

    Nothing of it but ``public_name`` may reach the output, the store or a log.
    """

    id: ContributorId
    public_name: Line
    name_kind: Literal["real", "pseudonym", "anonymous"]
    voice: Literal["as-recorded", "altered", "re-voiced"] = "as-recorded"
    scope: Annotated[tuple[Scope, ...], Field(min_length=1), Listed]
    obtained: Day
    form_ref: Line | None = None
    review: Day | None = None
    expires: Day | None = None
    on_expiry: OnExpiry = OnExpiry.WITHDRAW
    basis: Line | None = None
    withdrawn: Day | None = None

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        """Say who it is about in tracebacks, and nothing that they told us."""
        yield from (("id", self.id), ("public_name", self.public_name))


class TombstoneField(Value):
    """One line of ``feeds/withdrawn.yaml``: hashes, nothing readable."""

    guid: Sha256
    at: Line
    id: EpisodeId | None = None
    paths: tuple[Sha256, ...] = ()
    masters: tuple[Sha256, ...] = ()
    copies: tuple[Sha256, ...] = ()


class WithdrawnFile(Value):
    """``feeds/withdrawn.yaml``: tombstones that outlive any bucket."""

    withdrawn: tuple[TombstoneField, ...] = ()
