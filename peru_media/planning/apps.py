"""How podcast apps know an episode again, each kind of app by a rule of its own.

Every claim about an app has its source here: its documentation, its code, or what
its users and makers wrote in public. An app that is not named says nothing of it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from peru_media.model.source import Episode

__all__ = ["APP_RULES", "AppRule", "Key", "recognised"]

Key = Callable[[Episode, str], Hashable]
"""What an app remembers of an episode, given the base address of its site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppRule:
    """What some apps know an episode by, and which apps these are.

    Attributes:
        name: short, for programs. words: ends "apps that know episodes by …".
        apps: those known to do so. keys: tried one after the other.
    """

    name: str
    words: str
    apps: tuple[str, ...]
    keys: tuple[Key, ...]


def recognised(
    before: Sequence[Episode],
    after: Sequence[Episode],
    *,
    keys: Sequence[Key],
    bases: tuple[str, str],
) -> Mapping[str, Episode]:
    """Say which episode of before an app takes each one for, by the id of now.

    Every key in its turn, over those that are still unknown. What an app knows
    stays known, however often it stands in a feed. Linear in the number of episodes.

    Args:
        before: what stood in the feed.
        after: what will.
        keys: what the app goes by, the first one first.
        bases: the site's base address before and after.
    """
    known: dict[str, Episode] = {}
    own = {episode.id: episode for episode in before}
    for key in keys:
        index = {key(episode, bases[0]): episode for episode in reversed(before)}
        for episode in after:
            now = key(episode, bases[1])
            if episode.id not in known and now in index:
                mine = own.get(episode.id)
                same = mine is not None and key(mine, bases[0]) == now
                known[episode.id] = mine if mine and same else index[now]
    return known


def _guid(episode: Episode, _base_url: str) -> Hashable:
    return episode.guid


def _address(episode: Episode, base_url: str) -> Hashable:
    return base_url + episode.enclosure.address


def _title(episode: Episode, _base_url: str) -> Hashable:
    return episode.title.strip()


def _title_and_date(episode: Episode, _base_url: str) -> Hashable:
    return episode.title.strip(), episode.published.date()


def _alike(episode: Episode, base_url: str) -> Hashable:
    """Title and day, and the same kind of medium (AntennaPod's last guess)."""
    kind = episode.enclosure.media_type.partition("/")[0]
    return _title_and_date(episode, base_url), kind


APP_RULES = (
    # Apple, RSS requirements: guid. gPodder 3.11: model.py, get_new_episodes.
    # audiobookshelf: issue 2986. newsboat: issue 1729.
    AppRule(
        name="guid",
        words="their guid",
        apps=("Apple Podcasts", "audiobookshelf", "gPodder", "newsboat"),
        keys=(_guid,),
    ),
    # AntennaPod: FeedItemDuplicateGuesser.java; pull request 4839.
    AppRule(
        name="guid-address-title-date",
        words="their guid, else the address of the file, else title and date",
        apps=("AntennaPod",),
        keys=(_guid, _address, _alike),
    ),
    # Airsonic-Advanced: issue 505. castget: issue 67. podget: issue 65; it goes on
    # with the file of that name that it has (wget -c), whatever the new one holds.
    # gpodder.net: the API of episode actions names an episode by its address.
    AppRule(
        name="address",
        words="the address of the file",
        apps=("Airsonic-Advanced", "castget", "gpodder.net", "podget"),
        keys=(_address,),
    ),
    # PinePods: issue 792, "episodetitle = $2 OR episodeurl = $3".
    AppRule(
        name="address-title",
        words="the address of the file, else the title",
        apps=("PinePods",),
        keys=(_address, _title),
    ),
    # podcast-dl: issue 139; its archive keeps names made of date and title.
    AppRule(
        name="title-date",
        words="title and date",
        apps=("podcast-dl",),
        keys=(_title_and_date,),
    ),
)
