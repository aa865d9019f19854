"""What other namespaces say: Podlove's chapters, Spotify's hints, any given XML."""

from dataclasses import dataclass

from peru_media.model.further import OWN_NAMESPACES
from peru_media.model.source import Chapter
from peru_media.rendering.ext.element import (
    PSC,
    SPOTIFY,
    Element,
    add,
    bare,
    nest,
    parsed,
)
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.ext.lines import Lines

__all__ = ["FurtherChannel", "FurtherItem"]


@dataclass(frozen=True, slots=True)
class FurtherChannel:
    """What a show says in namespaces that few feeds have."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        """Those that the show or its episodes use, and no others."""
        show = self.channel.show
        used = {"psc"} if show.simple_chapters else set()
        used |= {"spotify"} if show.spotify else set()
        own = {prefix: OWN_NAMESPACES[prefix] for prefix in sorted(used)}
        return own | show.namespaces

    def extend_rss(self, rss: Element) -> None:
        """Write the elements into ``<channel>``."""
        channel, show = rss[0], self.channel.show
        if show.spotify is not None:
            count, countries = show.spotify.recent_count, show.spotify.countries
            recent = str(count) if count else None
            add(channel, f"{SPOTIFY}limit", recentCount=recent)
            add(channel, f"{SPOTIFY}countryOfOrigin", " ".join(countries).lower())
        channel.extend(parsed(show.extra, show.namespaces) if show.extra else ())


@dataclass(frozen=True, slots=True)
class FurtherItem:
    """What an episode says in namespaces that few feeds have."""

    item: Item

    def extend_rss(self, item: Lines) -> None:
        """Write the elements into ``<item>``."""
        own, episode = self.item, self.item.episode
        shown = [one for one in episode.chapters if one.toc]
        if own.simple_chapters and shown:
            _chapters(item, own, shown)
        for element in parsed(episode.extra, own.namespaces) if episode.extra else ():
            item.raw(bare(element, self._declared()))

    def _declared(self) -> dict[str, str]:
        """What the feed around the item declares beside the usual namespaces."""
        own = {"psc": OWN_NAMESPACES["psc"]} if self.item.simple_chapters else {}
        return own | dict(self.item.namespaces)


def _chapters(item: Element, own: Item, shown: list[Chapter]) -> None:
    """Chapters in the feed itself (Podlove Simple Chapters 1.2), earliest first."""
    outer = nest(item, f"{PSC}chapters", {"version": "1.2"})
    for chapter in sorted(shown, key=lambda one: one.start):
        add(
            outer,
            f"{PSC}chapter",
            start=_clock(chapter.start),
            title=chapter.title,
            href=own.address(chapter.url),
            image=own.address(chapter.image),
        )


def _clock(seconds: float) -> str:
    """Normal play time to the millisecond: ``00:01:30.000``."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, left = divmod(whole, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours:02d}:{rest:02d}:{left:02d}.{thousandths:03d}"
