"""The tags of the podcast namespace (podcastindex.org, state of 2026-05)."""

from collections.abc import Iterable
from dataclasses import dataclass

from peru_media.model.licence import LICENCES, Licence
from peru_media.model.source import Person, Soundbite
from peru_media.rendering.addresses import chapters_path, transcript_path
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import NAMESPACES, PODCAST, Element, add
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.words import decimal

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


@dataclass(frozen=True, slots=True)
class PodcastItem:
    """What the newer apps want to know of an episode."""

    item: Item

    def extend_rss(self, item: Element) -> None:
        """Write the tags into ``<item>``."""
        own, episode = self.item, self.item.episode
        season = None if own.season is None else str(own.season)
        add(item, f"{PODCAST}season", season, name=(own.season_name or "")[:_SHORT])
        number = None if episode.number is None else str(episode.number)
        add(item, f"{PODCAST}episode", number)
        _people(item, episode.people, own)
        self._texts(item)
        for soundbite in episode.soundbites:
            _soundbite(item, soundbite)
        _licence(item, episode.licence)

    def _texts(self, item: Element) -> None:
        own, episode = self.item, self.item.episode
        if episode.transcript is not None:
            add(
                item,
                f"{PODCAST}transcript",
                url=own.address(transcript_path(episode)),
                type=episode.transcript.media_type,
                language=episode.transcript.language,
            )
        if episode.chapters:
            url, kind = own.address(chapters_path(episode)), "application/json+chapters"
            add(item, f"{PODCAST}chapters", url=url, type=kind)


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
                group=person.group,
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
