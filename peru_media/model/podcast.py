"""The tags of the podcast namespace that have no field of their own elsewhere.

Each has the tag's name, in words joined by underscores; one thing can stand for a
list of one. Guid, licence, people, funding, chapters, soundbites and the episode's
own transcript are fields of the show or episode (podcastindex.org, state of 2026-05).
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import model_validator

from peru_media.model.advice import AdviceError
from peru_media.model.alternate import (
    AlternateField,
    ImageField,
    IntegrityField,
    SourceField,
)
from peru_media.model.live import LiveEnclosureField, LiveItemField, LivePersonField
from peru_media.model.location import LocationField
from peru_media.model.notices import (
    BlockField,
    NumberingField,
    TextLinkField,
    TrailerField,
    TxtField,
    UpdateFrequencyField,
)
from peru_media.model.payment import (
    FundingField,
    RecipientField,
    TimeSplitField,
    ValueField,
)
from peru_media.model.remote import (
    Medium,
    PodrollField,
    PublisherField,
    RemoteItemField,
)
from peru_media.model.scalars import Flag, Listed
from peru_media.model.social import ChatField, ContentLinkField, SocialField
from peru_media.model.tag import Tag

__all__ = [
    "AlternateField",
    "BlockField",
    "ChatField",
    "ContentLinkField",
    "FundingField",
    "ImageField",
    "IntegrityField",
    "LiveEnclosureField",
    "LiveItemField",
    "LivePersonField",
    "LocationField",
    "Medium",
    "NumberingField",
    "PodcastEpisode",
    "PodcastShow",
    "PodrollField",
    "PublisherField",
    "RecipientField",
    "RemoteItemField",
    "SocialField",
    "SourceField",
    "TextLinkField",
    "TimeSplitField",
    "TrailerField",
    "TxtField",
    "UpdateFrequencyField",
    "ValueField",
]


class PodcastShow(Tag):
    """What a show says in the podcast namespace."""

    medium: Medium | None = None
    location: Annotated[tuple[LocationField, ...], Listed] = ()
    trailer: Annotated[tuple[TrailerField, ...], Listed] = ()
    update_frequency: UpdateFrequencyField | None = None
    podping: Flag = False
    image: Annotated[tuple[ImageField, ...], Listed] = ()
    social_interact: Annotated[tuple[SocialField, ...], Listed] = ()
    chat: ChatField | None = None
    block: Annotated[tuple[BlockField, ...], Listed] = ()
    txt: Annotated[tuple[TxtField, ...], Listed] = ()
    value: ValueField | None = None
    publisher: PublisherField | None = None
    podroll: PodrollField | None = None
    remote_item: Annotated[tuple[RemoteItemField, ...], Listed] = ()
    live_item: Annotated[tuple[LiveItemField, ...], Listed] = ()

    def dates(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every date among the tags as it is written, with the steps to it."""
        for number, trailer in enumerate(self.trailer):
            yield ("trailer", number, "published"), trailer.published
        if self.update_frequency and self.update_frequency.dtstart:
            yield ("update_frequency", "dtstart"), self.update_frequency.dtstart
        for number, live in enumerate(self.live_item):
            yield ("live_item", number, "start"), live.start
            if live.end:
                yield ("live_item", number, "end"), live.end

    @model_validator(mode="after")
    def _blocked_once(self) -> "PodcastShow":
        services = [block.id or "all services" for block in self.block]
        twice = next((name for name in services if services.count(name) > 1), None)
        if twice:
            who, what = "block", f"says twice whether it holds for {twice}"
            raise AdviceError(who, what, "Keep one of the two.", kind="together")
        return self


class PodcastEpisode(Tag):
    """What an episode says in the podcast namespace."""

    episode: NumberingField | None = None
    transcript: Annotated[tuple[TextLinkField, ...], Listed] = ()
    alternate_enclosure: Annotated[tuple[AlternateField, ...], Listed] = ()
    content_link: Annotated[tuple[ContentLinkField, ...], Listed] = ()
    funding: Annotated[tuple[FundingField, ...], Listed] = ()
    image: Annotated[tuple[ImageField, ...], Listed] = ()
    social_interact: Annotated[tuple[SocialField, ...], Listed] = ()
    chat: ChatField | None = None
    txt: Annotated[tuple[TxtField, ...], Listed] = ()
    value: ValueField | None = None
