"""What each reader does not read, and why: found in its released version.

A lack that is no lack any more makes its test say so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["LACKS", "Lack"]


def _every(_: Mapping[str, str]) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something of a tag that a reader leaves out.

    Attributes:
        why: in words for the page of readers.
        only: the attributes of it that are left out; without any, all of it is.
        first: whether only the first tag of several is read.
        where: which of them are read.
        mixed: whether its values stand in what the reader says all the same.
    """

    why: str
    only: frozenset[str] = frozenset()
    first: bool = False
    where: Callable[[Mapping[str, str]], bool] = _every
    mixed: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing of the tag is read."""
        return not (self.only or self.first or self.where is not _every)


def _all(why: str, *paths: str) -> dict[str, Lack]:
    return {path: Lack(why=why, mixed=why in _MIXED) for path in paths}


def _only(why: str, path: str, *attributes: str) -> dict[str, Lack]:
    return {path: Lack(why=why, only=frozenset(attributes))}


def _has(name: str) -> Callable[[Mapping[str, str]], bool]:
    return lambda values: name in values


_UNKNOWN = "does not know the tag"
_LAST = "keeps the attributes of the last one alone, and no text"
_OLD = "knows the podcast namespace by its first address alone"
_FLAT = "gives all names in one list"
_MIXED = {_LAST, _FLAT}
_PODCAST = (
    "podcast:locked", "podcast:funding", "podcast:person", "podcast:location",
    "podcast:license", "podcast:trailer", "podcast:updateFrequency",
    "podcast:podping", "podcast:image", "podcast:socialInteract", "podcast:chat",
    "podcast:block", "podcast:txt", "podcast:value",
    "podcast:value/podcast:valueRecipient", "podcast:value/podcast:valueTimeSplit",
    "podcast:value/podcast:valueTimeSplit/podcast:valueRecipient",
    "podcast:value/podcast:valueTimeSplit/podcast:remoteItem",
    "podcast:publisher/podcast:remoteItem", "podcast:podroll/podcast:remoteItem",
    "podcast:remoteItem", "podcast:liveItem",
)  # fmt: skip
_OF_ITEMS = (
    "podcast:funding", "podcast:person", "podcast:location", "podcast:license",
    "podcast:image", "podcast:socialInteract", "podcast:chat", "podcast:txt",
    "podcast:value", "podcast:value/podcast:valueRecipient",
    "podcast:value/podcast:valueTimeSplit",
    "podcast:value/podcast:valueTimeSplit/podcast:valueRecipient",
    "podcast:value/podcast:valueTimeSplit/podcast:remoteItem",
    "podcast:season", "podcast:episode", "podcast:transcript", "podcast:chapters",
    "podcast:soundbite", "podcast:contentLink", "podcast:alternateEnclosure",
    "podcast:alternateEnclosure/podcast:source",
    "podcast:alternateEnclosure/podcast:integrity",
)  # fmt: skip
_BASICS_OF_LIVE = ("title", "description", "link", "guid", "enclosure")
_OF_LIVE = (
    *_BASICS_OF_LIVE,
    "podcast:person", "podcast:funding", "podcast:location", "podcast:image",
    "podcast:contentLink", "podcast:socialInteract", "podcast:chat",
    "podcast:alternateEnclosure",
    "podcast:alternateEnclosure/podcast:source",
    "podcast:alternateEnclosure/podcast:integrity", "podcast:value",
    "podcast:value/podcast:valueRecipient", "podcast:value/podcast:valueTimeSplit",
    "podcast:value/podcast:valueTimeSplit/podcast:valueRecipient",
    "podcast:value/podcast:valueTimeSplit/podcast:remoteItem",
)  # fmt: skip


def _everywhere(why: str) -> dict[str, Lack]:
    """The tags of the podcast namespace, wherever they stand."""
    return {
        **_all(why, *_PODCAST),
        **_all(why, *(f"item/{name}" for name in _OF_ITEMS)),
        **_all(why, *(f"podcast:liveItem/{name}" for name in _OF_LIVE)),
    }


_SPLIT = "podcast:value/podcast:valueTimeSplit"
_SHARE = "leaves out what is only said where people are paid"
_ONE = "reads the first one, and neither country nor rel"
_PLACE = Lack(why=_ONE, only=frozenset({"rel", "country"}), first=True)

LACKS: Mapping[str, Mapping[str, Lack]] = {
    "peru_media": {
        **_all("knows one version alone", "item/psc:chapters"),
    },
    "feedparser": {
        **_everywhere(_LAST),
        **_all("takes that of a broadcast for the show's", "description"),
        **_all("takes the owner for the author", "itunes:author"),
        **_all("knows yes and no alone", "itunes:explicit", "item/itunes:explicit"),
        **_all(
            _FLAT,
            "itunes:category",
            "itunes:category/itunes:category",
        ),
        **_all(_LAST, "spotify:limit"),
    },
    "podcastparser": {
        **_everywhere(_OLD),
        **_all(_OLD, "podcast:guid", "podcast:medium"),
        **_all(
            _UNKNOWN,
            *("atom:link", "copyright", "lastBuildDate", "itunes:block"),
            *("itunes:complete", "spotify:limit", "spotify:countryOfOrigin"),
            *("media:rating", "item/media:rating", "item/psc:chapters"),
        ),
        **_all("takes description or content, not both", "item/description"),
        **_only("does not tell it", "item/guid", "isPermaLink"),
        **_only("rounds to seconds", "item/psc:chapters/psc:chapter", "start"),
    },
    "podcast-partytime": {
        **_only("keeps the address alone", "atom:link", "rel", "type"),
        **_only("does not tell it", "item/guid", "isPermaLink"),
        **_only("does not tell it", "podcast:liveItem/guid", "isPermaLink"),
        **_all(
            _UNKNOWN,
            *("podcast:image", "item/podcast:image", "podcast:liveItem/podcast:image"),
            *("item/podcast:contentLink", "item/podcast:funding"),
            *("podcast:liveItem/podcast:funding", "podcast:liveItem/podcast:location"),
            *("podcast:liveItem/podcast:socialInteract", "podcast:socialInteract"),
            *("podcast:podping", "podcast:updateFrequency"),
            *("item/psc:chapters", "item/psc:chapters/psc:chapter"),
            *("spotify:limit", "spotify:countryOfOrigin"),
            *("media:rating", "item/media:rating"),
        ),
        "podcast:location": _PLACE,
        "item/podcast:location": _PLACE,
        "item/podcast:socialInteract": Lack(
            why="leaves out that comments are not wanted", where=_has("uri")
        ),
        **{
            f"{place}{_SPLIT}": Lack(
                why=_SHARE, only=frozenset({"remoteStartTime", "remotePercentage"})
            )
            for place in ("", "item/", "podcast:liveItem/")
        },
        **_only(
            "reads every length as 0",
            "podcast:liveItem/podcast:alternateEnclosure",
            "length",
        ),
        **_only(
            "knows what it is without saying so",
            "podcast:publisher/podcast:remoteItem",
            "medium",
        ),
        **_all("joins the lines", "description", "item/description"),
        **_all("takes escaped signs for mark-up", "item/content:encoded"),
    },
    "feedsmith": {
        **_all(
            _UNKNOWN,
            *("item/podcast:contentLink", "item/podcast:funding", "item/psc:chapters"),
            *(f"podcast:liveItem/{name}" for name in _BASICS_OF_LIVE),
            *("podcast:liveItem/podcast:funding", "podcast:socialInteract"),
        ),
    },
}
