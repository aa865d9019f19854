"""Other shows that a show points to: recommended, published by, quoted from."""

from typing import Annotated, Literal

from pydantic import Field

from peru_media.model.scalars import Guid, Listed, Named, Uuid, WebAddress
from peru_media.model.tag import Tag

__all__ = ["Medium", "PodrollField", "PublisherField", "RemoteItemField"]

Medium = Literal[
    "podcast", "music", "video", "film", "audiobook", "newsletter", "blog",
    "publisher", "course", "mixed", "podcastL", "musicL", "videoL", "filmL",
    "audiobookL", "newsletterL", "blogL", "publisherL", "courseL",
]  # fmt: skip


class RemoteItemField(Tag):
    """Another show, or one episode of it (``podcast:remoteItem``)."""

    feed_guid: Uuid
    feed_url: WebAddress | None = None
    item_guid: Guid | None = None
    medium: Medium | None = None
    title: Named | None = None


class PublisherField(Tag):
    """The feed of who publishes the show (``podcast:publisher``)."""

    feed_guid: Uuid
    feed_url: WebAddress | None = None


class PodrollField(Tag):
    """Shows that listeners of this one may like (``podcast:podroll``)."""

    remote_item: Annotated[tuple[RemoteItemField, ...], Field(min_length=1), Listed]
