"""The itunes tags, as Apple wants them today."""

from dataclasses import dataclass

from peru_media.model.source import Category
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import ITUNES, NAMESPACES, Element, add, nest
from peru_media.rendering.ext.item import Channel, Item

__all__ = ["ItunesChannel", "ItunesItem"]


def _truth(value: object) -> str:
    """Write ``true`` or ``false``; ``yes`` and ``no`` are of the past (RULES C5)."""
    return "true" if value else "false"


@dataclass(frozen=True, slots=True)
class ItunesChannel:
    """What Apple wants to know of a show."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        """The ``itunes`` namespace."""
        return {"itunes": NAMESPACES["itunes"]}

    def extend_rss(self, rss: Element) -> None:
        """Write the tags into ``<channel>``."""
        channel, show = rss[0], self.channel.show
        picture = show.picture.address if show.picture else None
        add(channel, f"{ITUNES}author", show.author)
        _categories(channel, show.categories)
        add(channel, f"{ITUNES}explicit", _truth(show.explicit))
        add(channel, f"{ITUNES}image", href=self.channel.address(picture))
        add(channel, f"{ITUNES}type", show.type)
        self._owner(channel)
        add(channel, f"{ITUNES}new-feed-url", self.channel.address(show.new_url))
        add(channel, f"{ITUNES}complete", "Yes" if show.complete else None)
        add(channel, f"{ITUNES}block", None if show.visibility == "public" else "Yes")

    def _owner(self, channel: Element) -> None:
        owner = self.channel.show.owner
        if owner is not None:
            element = nest(channel, f"{ITUNES}owner")
            add(element, f"{ITUNES}name", owner.name)
            add(element, f"{ITUNES}email", owner.email)


def _categories(channel: Element, categories: tuple[Category, ...]) -> None:
    """Each category once, in the order given, with its subcategories in it."""
    found: dict[str, Element] = {}
    for category in categories:
        if category.name not in found:
            text = {"text": legal(category.name)}
            found[category.name] = nest(channel, f"{ITUNES}category", text)
        add(found[category.name], f"{ITUNES}category", text=category.sub)


@dataclass(frozen=True, slots=True)
class ItunesItem:
    """What Apple wants to know of an episode."""

    item: Item

    def extend_rss(self, item: Element) -> None:
        """Write the tags into ``<item>``."""
        episode = self.item.episode
        picture = episode.picture.address if episode.picture else None
        add(item, f"{ITUNES}duration", _whole_seconds(episode.enclosure.duration))
        add(item, f"{ITUNES}explicit", _truth(episode.explicit))
        add(item, f"{ITUNES}episode", _counted(episode.number))
        add(item, f"{ITUNES}season", _counted(self.item.season))
        add(item, f"{ITUNES}episodeType", episode.type)
        add(item, f"{ITUNES}image", href=self.item.address(picture))
        subtitle = legal(episode.subtitle or "").strip()
        add(item, f"{ITUNES}subtitle", subtitle or None)


def _whole_seconds(duration: float | None) -> str | None:
    return None if duration is None else str(max(1, round(duration)))


def _counted(number: int | None) -> str | None:
    """Apple counts from 1, so 0 is left out (RULES I12)."""
    return str(number) if number and number > 0 else None
