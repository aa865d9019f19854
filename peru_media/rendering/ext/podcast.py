"""The tags of the podcast namespace (podcastindex.org, state of 2026-05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from peru_media.model.licence import LICENCES, Licence
from peru_media.model.podcast import PodcastEpisode
from peru_media.model.source import Person, Soundbite
from peru_media.model.taxonomy import group_of
from peru_media.model.transcripts import KINDS, TIMED
from peru_media.rendering.addresses import transcript_paths
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import NAMESPACES, PODCAST, Element, add
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.ext.notices import notices
from peru_media.rendering.ext.payment import payments
from peru_media.rendering.ext.tags import (
    alternates,
    chat,
    content_links,
    fundings,
    given,
    images,
    locations,
    social,
    txts,
)
from peru_media.rendering.words import STAND_IN, STAND_IN_PURPOSE, decimal

__all__ = ["PodcastChannel", "PodcastItem"]

_SHORT = 128
_ORCID = "https://orcid.org/"


@dataclass(frozen=True, slots=True)
class PodcastChannel:
    """What the newer apps want to know of a show."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        """The ``podcast`` namespace."""
        return {"podcast": NAMESPACES["podcast"]}

    def extend_rss(self, rss: Element) -> None:
        """Write the tags into ``<channel>``."""
        channel, show = rss[0], self.channel.show
        add(channel, f"{PODCAST}guid", show.guid.lower())
        locked = "yes" if show.locked else "no"
        owner = show.owner.email if show.owner else None
        add(channel, f"{PODCAST}locked", locked, owner=owner)
        _licence(channel, show.licence)
        for funding in show.funding:
            url = self.channel.address(funding.url)
            if url:
                add(channel, f"{PODCAST}funding", funding.text[:_SHORT], url=url)
        _people(channel, show.people, self.channel)
        if show.podcast is not None:
            notices(channel, show.podcast, zone=ZoneInfo(show.timezone))


@dataclass(frozen=True, slots=True)
class PodcastItem:
    """What the newer apps want to know of an episode."""

    item: Item

    def extend_rss(self, item: Element) -> None:
        """Write the tags into ``<item>``."""
        own, episode = self.item, self.item.episode
        season = None if own.season is None else str(own.season)
        add(item, f"{PODCAST}season", season, name=(own.season_name or "")[:_SHORT])
        self._number(item)
        _people(item, episode.people, own)
        self._texts(item)
        for soundbite in episode.soundbites:
            _soundbite(item, soundbite)
        _licence(item, episode.licence)
        locations(item, episode.location)
        if episode.podcast is not None:
            _spoken_of(item, episode.podcast)
        if episode.stand_in:
            add(item, f"{PODCAST}txt", STAND_IN, purpose=STAND_IN_PURPOSE)

    def _number(self, item: Element) -> None:
        """The number as the newer apps show it: decimals and words are allowed."""
        episode = self.item.episode
        number = None if episode.number is None else str(episode.number)
        said = episode.podcast.episode if episode.podcast else None
        if said is None:
            add(item, f"{PODCAST}episode", number)
        else:
            words = decimal(said.number)
            add(item, f"{PODCAST}episode", words, display=said.display)

    def _texts(self, item: Element) -> None:
        own, episode = self.item, self.item.episode
        for ending, path in transcript_paths(episode).items():
            add(
                item,
                f"{PODCAST}transcript",
                url=own.address(path),
                type=KINDS[ending],
                language=episode.transcript.language if episode.transcript else None,
                rel="captions" if ending in TIMED else None,
            )
        if own.chapters_link:
            kind = "application/json+chapters"
            add(item, f"{PODCAST}chapters", url=own.chapters_link, type=kind)


def _spoken_of(item: Element, said: PodcastEpisode) -> None:
    """What an episode says that has no field of its own."""
    for text in said.transcript:
        attributes = given(
            url=text.url, type=text.type, language=text.language, rel=text.rel
        )
        add(item, f"{PODCAST}transcript", **attributes)
    alternates(item, said.alternate_enclosure)
    content_links(item, said.content_link)
    fundings(item, said.funding)
    images(item, said.image)
    social(item, said.social_interact)
    chat(item, said.chat)
    txts(item, said.txt)
    payments(item, said.value)


def _people(parent: Element, people: Iterable[Person], at: Channel | Item) -> None:
    """Everybody named; an item's list takes the place of its channel's."""
    for person in people:
        profile = f"{_ORCID}{person.orcid}" if person.orcid else None
        name = legal(person.name).strip()[:_SHORT]
        if name:
            add(
                parent,
                f"{PODCAST}person",
                name,
                role=person.role,
                group=person.group or group_of(person.role),
                img=at.address(person.image),
                href=at.address(person.url) or profile,
            )


def _licence(parent: Element, licence: Licence | None) -> None:
    if licence is not None:
        known = licence.name in LICENCES
        name = licence.name.lower() if known else licence.name[:_SHORT]
        add(parent, f"{PODCAST}license", name, url=licence.url)


def _soundbite(item: Element, soundbite: Soundbite) -> None:
    add(
        item,
        f"{PODCAST}soundbite",
        soundbite.title[:_SHORT],
        startTime=decimal(soundbite.start),
        duration=decimal(soundbite.duration),
    )
