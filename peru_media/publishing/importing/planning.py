"""What an import would do: read each feed, and say every clash at once."""

from collections.abc import Mapping, Sequence

from peru_media.errors import FeedRefusedError, FetchError, RefusedError
from peru_media.model.parsed import ParsedEpisode, ParsedFeed
from peru_media.model.parsed_namespaces import (
    ParsedDublinCore,
    ParsedGoogleplay,
    ParsedMedia,
)
from peru_media.model.value import digest
from peru_media.parsing import LIMIT, parse_feed
from peru_media.parsing.further import Further, further_elements
from peru_media.publishing.importing.conversion import Around, convert
from peru_media.publishing.importing.desk import FeedSource, ImportDesk, Wish
from peru_media.publishing.importing.downloads import Downloads, Missing
from peru_media.publishing.importing.losses import losses
from peru_media.publishing.importing.outcome import Plan
from peru_media.publishing.importing.rehearsal import rehearsed
from peru_media.rendering.addresses import feed_path

__all__ = ["plan_import", "room_name"]

_FOUND = 200


def plan_import(
    sources: Sequence[FeedSource], desk: ImportDesk, wish: Wish, *, rehearsal: bool
) -> tuple[Plan, ...]:
    """Read every feed, and say what importing it would write; nothing is written.

    Args:
        sources: feeds by address, or as they lie in files.
        desk: where it is done.
        wish: what is asked.
        rehearsal: whether the feed itself is kept nowhere either.

    Raises:
        FetchError: a feed could not be had.
        FeedRefusedError: one is none, or could do harm.
        RefusedError: a show would take the place of another one.
    """
    try:
        plans = [_read(source, desk, wish, rehearsal=rehearsal) for source in sources]
        _refuse(plans, desk)
    except (FeedRefusedError, RefusedError):
        _forget(sources, desk, rehearsal=rehearsal)
        raise
    return tuple(plans)


def room_name(source: str) -> str:
    """The name of the room that a source is imported in."""
    return digest(source.encode())[:16]


def _read(source: FeedSource, desk: ImportDesk, wish: Wish, *, rehearsal: bool) -> Plan:
    data, url = source.data, None
    if data is None:
        data, url = _fetched(source.name, desk, rehearsal=rehearsal), source.name
    feed = parse_feed(data, url=url)
    return _plan(source, feed, _further(feed, data), desk, wish)


def _forget(
    sources: Sequence[FeedSource], desk: ImportDesk, *, rehearsal: bool
) -> None:
    """Let the next run look at the feeds anew: they may be others then."""
    for source in () if rehearsal else sources:
        desk.room(room_name(source.name)).close()


def _fetched(url: str, desk: ImportDesk, *, rehearsal: bool) -> bytes:
    """The feed as it was when this import began, or as it is."""
    if rehearsal:
        answer = desk.web.request("GET", url, limit=LIMIT)
        if answer.status == _FOUND:
            return answer.body
        msg = f"{url}: the server answers {answer.status}, so there is no feed"
        raise FetchError(msg)
    got = Downloads(desk.web, desk.room(room_name(url))).fetch(url, limit=LIMIT)
    if isinstance(got, Missing):
        desk.room(room_name(url)).close()
        at = "" if got.why.startswith("http") else f"{url}: "
        msg = f"{at}{got.why}, so there is no feed"
        raise FetchError(msg)
    return got.path.read_bytes()


def _further(feed: ParsedFeed, data: bytes) -> Further:
    """What stands in the smaller namespaces, where anything does."""
    empty = (ParsedDublinCore(), ParsedMedia(), ParsedGoogleplay())
    heads: list[ParsedFeed | ParsedEpisode] = [feed, *feed.episodes]
    if all((one.dc, one.media, one.googleplay) == empty for one in heads):
        return Further()
    return further_elements(data)


def _plan(
    source: FeedSource, feed: ParsedFeed, further: Further, desk: ImportDesk, wish: Wish
) -> Plan:
    room = desk.room(room_name(source.name))
    around = Around(
        site=desk.site,
        taken=room.taken(),
        show=wish.show,
        limit=wish.limit,
        earlier=_earlier(room.notes()),
    )
    draft = convert(feed, further, around)
    notes = (*draft.notes, *losses(feed, rehearsed(draft, desk.site)))
    here = desk.site.show(draft.show.slug)
    own = [one.value.guid for one in desk.site.episodes_of(draft.show.slug)]
    present = [one.slug for one in draft.episodes if one.value.guid in own]
    locked = feed.podcast.locked
    return Plan(
        source=source.name,
        draft=draft,
        items=len(feed.episodes),
        here=here is not None,
        present=tuple(present),
        notes=notes,
        repairs=feed.repairs,
        new_address=desk.base_url + feed_path(draft.show.slug),
        locked=bool(locked and locked.locked),
    )


def _earlier(notes: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Which folder each guid got when this import was begun."""
    return {
        str(note["guid"]): str(note["placing"]).rpartition("/")[2]
        for note in notes
        if "guid" in note and "placing" in note
    }


def _refuse(plans: Sequence[Plan], desk: ImportDesk) -> None:
    """Let no show take the place of another: neither one here, nor one of the same run.

    Raises:
        RefusedError: each that would.
    """
    taken = {show.slug: show.value.guid for show in desk.site.shows}
    wrong = []
    for plan in plans:
        slug, guid = plan.draft.show.slug, plan.draft.show.value.guid
        if taken.get(slug, guid) != guid:
            wrong.append(
                f"{plan.source}: feeds/{slug} is another show, with another guid. "
                "Say --show and a name for the one that is imported"
            )
        taken[slug] = guid
    if wrong:
        raise RefusedError("\n".join(wrong))
