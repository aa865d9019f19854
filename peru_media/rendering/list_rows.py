"""The addresses of a show's lists: its own page, older episodes, its collections."""

from collections.abc import Iterator, Sequence

from peru_media.model.address import show_path
from peru_media.model.release import Version
from peru_media.model.source import Episode, Show
from peru_media.rendering.addresses import collection_path, list_path
from peru_media.rendering.listing import Cut, Listing, cut, listing
from peru_media.rendering.press import Press
from peru_media.rendering.timeline import Calendar, Rows, ended, settled, visible
from peru_media.rendering.voice import Voice

__all__ = ["list_rows"]

_Page = tuple[str, Listing, tuple[Episode, ...]]


def list_rows(press: Press, calendar: Calendar, show: Show) -> Rows:
    """The project's page, and every page that its list of episodes goes on at."""
    table: Rows = {}
    for voice in press.voices:
        table |= _in_voice(press, calendar, show, voice)
    return table


def _in_voice(press: Press, calendar: Calendar, show: Show, voice: Voice) -> Rows:
    found: dict[str, list[Version]] = {}
    before: dict[str, object] = {}
    episodes = calendar.by_show[show.slug]
    for moment in calendar.moments(episodes):
        newest_first = _newest_first(visible(episodes, moment))
        front = cut(newest_first)
        older = list_path(show.slug, len(front.pages)) if front.pages else None
        page = press.show(
            show, front.front, voice, older=older, total=len(newest_first), since=moment
        )
        found.setdefault(show_path(show.slug), []).append(page)
        seen: dict[str, object] = {}
        for path, head, listed in _lists(show, newest_first, front):
            seen[path] = (head, [one.id for one in listed])
            if before.get(path) != seen[path]:
                made = press.listing(head, path, listed, voice, since=moment)
                found.setdefault(path, []).append(made)
        for path in before.keys() - seen.keys():
            found[path].append(ended(moment))
        before = seen
    return {
        voice.path(path): settled(versions, at=calendar.at)
        for path, versions in found.items()
    }


def _lists(show: Show, newest_first: list[Episode], front: Cut) -> Iterator[_Page]:
    """Every page of a list but the show's own."""
    yield from _older(listing(show), show_path(show.slug), show.slug, front)
    for collection in show.collections:
        mine = [one for one in newest_first if one.collection == collection.name]
        if mine:
            parts = cut(mine)
            first = collection_path(show.slug, collection.name)
            below = f"{show.slug}/collections/{collection.name}"
            older = list_path(below, len(parts.pages)) if parts.pages else None
            head = listing(show, collection)
            yield first, head.model_copy(update={"older": older}), parts.front
            yield from _older(head, first, below, parts)


def _older(head: Listing, first: str, below: str, parts: Cut) -> Iterator[_Page]:
    last = len(parts.pages)
    for number, episodes in enumerate(parts.pages, start=1):
        older = list_path(below, number - 1) if number > 1 else None
        newer = list_path(below, number + 1) if number < last else first
        changes = {"number": number, "older": older, "newer": newer}
        yield list_path(below, number), head.model_copy(update=changes), episodes


def _newest_first(episodes: Sequence[Episode]) -> list[Episode]:
    return sorted(episodes, key=lambda one: (-one.published.timestamp(), one.guid))
