"""The unit behind the shows: its own feed, and what its shows say of each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from peru_media.model.address import feed_path, podcast_guid
from peru_media.model.podcast import PodcastShow
from peru_media.model.release import Ledger
from peru_media.model.remote import PodrollField, PublisherField, RemoteItemField
from peru_media.model.source import Show, Source
from peru_media.model.window import begins
from peru_media.rendering.addresses import EVERYTHING, PUBLISHER

__all__ = ["PUBLISHER_NAME", "Unit", "publisher_guid"]

PUBLISHER_NAME = "publisher"
_TITLE = 128


def publisher_guid(ledger: Ledger, base_url: str) -> str:
    """The guid that the publisher's feed keeps, wherever the site moves.

    The ledger has it beside those of the shows; no show may have that name.
    """
    known = ledger.shows.get(PUBLISHER_NAME)
    return known or podcast_guid(base_url + PUBLISHER)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Everything public of a source, as one publisher.

    Unlisted and private shows are named nowhere, and name nobody.
    """

    source: Source

    @cached_property
    def begins(self) -> Mapping[str, datetime]:
        """Since when each public show has been there, by its slug."""
        return begins(self.source)

    def turns(self, show: Show) -> set[datetime]:
        """The moments at which another show begins that this one recommends."""
        return {since for slug, since in self.begins.items() if self._rolls(show, slug)}

    def others(self, show: Show, at: datetime) -> tuple[Show, ...]:
        """The shows that this one recommends at a moment: the unit's other ones."""
        out = (one for one in self.source.shows if self.begins.get(one.slug, at) <= at)
        return tuple(one for one in out if self._rolls(show, one.slug))

    def _rolls(self, show: Show, other: str) -> bool:
        """Whether a show recommends another of the unit by itself."""
        own = show.podcast is not None and show.podcast.podroll is not None
        willing = self.source.podroll and show.slug in self.begins and not own
        return willing and other in self.begins and other != show.slug

    def introduced(self, show: Show, others: Iterable[Show]) -> Show:
        """A show with what it says of its publisher, and of the unit's others."""
        if show.slug not in self.begins:
            return show
        said = show.podcast or PodcastShow()
        own: dict[str, object] = {}
        if said.publisher is None:
            url = self.source.base_url + PUBLISHER
            own["publisher"] = PublisherField.model_construct(
                feed_guid=self.guid, feed_url=url
            )
        items = tuple(self._item(one, titled=True) for one in others)
        if said.podroll is None and items:
            own["podroll"] = PodrollField.model_construct(remote_item=items)
        return show.model_copy(update={"podcast": said.model_copy(update=own)})

    @property
    def guid(self) -> str:
        """The publisher's own ``podcast:guid``: as written down, or by the rule."""
        own = self.source.publisher_guid
        return own or publisher_guid(Ledger(), self.source.base_url)

    def publisher(self, shows: Iterable[Show]) -> Show:
        """The publisher's feed: no episodes, but every show that names it."""
        listed = list(shows)
        known = [show for show in listed if self._names_us(show)]
        words = f"All shows that {self.source.organisation} publishes."
        items = tuple(self._item(show) for show in known)
        podcast = PodcastShow().model_copy(
            update={"medium": "publisher", "remote_item": items}
        )
        return self._channel(listed, description=words).model_copy(
            update={"guid": self.guid, "podcast": podcast}
        )

    def everything(self, shows: Iterable[Show]) -> Show:
        """The channel of everything; directories are asked not to list it."""
        words = f"Everything that {self.source.organisation} publishes."
        guid = podcast_guid(f"{self.source.base_url}{EVERYTHING}")
        return self._channel(list(shows), description=words).model_copy(
            update={"guid": guid, "visibility": "unlisted"}
        )

    def _channel(self, shows: list[Show], *, description: str) -> Show:
        first = shows[0] if shows else None
        return Show(
            slug="",
            guid="",
            title=self.source.organisation,
            description=description,
            language=first.language if first else "en",
            timezone=self.source.timezone,
            author=self.source.organisation,
            categories=first.categories if first else (),
            explicit=any(show.explicit for show in shows),
            picture=first.picture if first else None,
        )

    def _names_us(self, show: Show) -> bool:
        """Whether the link goes both ways: apps discard one that does not."""
        named = show.podcast.publisher if show.podcast else None
        return named is None or named.feed_guid == self.guid

    def _item(self, show: Show, *, titled: bool = False) -> RemoteItemField:
        return RemoteItemField.model_construct(  # checked when it was read
            feed_guid=show.guid.lower(),
            feed_url=self.source.base_url + feed_path(show.slug),
            medium=show.podcast.medium if show.podcast else None,
            title=show.title[:_TITLE] if titled else None,
        )
