"""A broadcast: announced, on air, or over."""

from typing import Annotated, Literal

from pydantic import Field

from peru_media.model.alternate import AlternateField, ImageField
from peru_media.model.location import LocationField
from peru_media.model.payment import FundingField, ValueField
from peru_media.model.scalars import (
    Guid,
    Line,
    Listed,
    MediaType,
    Moment,
    Named,
    Short,
    WebAddress,
)
from peru_media.model.social import ChatField, ContentLinkField, SocialField
from peru_media.model.tag import Tag
from peru_media.model.taxonomy import Role

__all__ = ["LiveEnclosureField", "LiveItemField", "LivePersonField"]


class LiveEnclosureField(Tag):
    """The stream of a broadcast, as every app understands it."""

    url: WebAddress
    type: MediaType
    length: Annotated[int, Field(ge=0)] = 0


class LivePersonField(Tag):
    """Somebody named in a broadcast, by a public name (``podcast:person``)."""

    name: Named
    role: Role = "host"
    group: Short | None = None
    url: WebAddress | None = None
    image: WebAddress | None = None


class LiveItemField(Tag):
    """A live broadcast (``podcast:liveItem``), with what an episode has too."""

    status: Literal["pending", "live", "ended"]
    start: Moment
    end: Moment | None = None
    title: Line
    guid: Guid
    description: Line | None = None
    link: WebAddress | None = None
    enclosure: LiveEnclosureField
    person: Annotated[tuple[LivePersonField, ...], Listed] = ()
    content_link: Annotated[tuple[ContentLinkField, ...], Field(min_length=1), Listed]
    alternate_enclosure: Annotated[tuple[AlternateField, ...], Listed] = ()
    location: Annotated[tuple[LocationField, ...], Listed] = ()
    funding: Annotated[tuple[FundingField, ...], Listed] = ()
    image: Annotated[tuple[ImageField, ...], Listed] = ()
    social_interact: Annotated[tuple[SocialField, ...], Listed] = ()
    chat: ChatField | None = None
    value: ValueField | None = None
