"""What an import would do: read each feed, and say every clash at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from peru_media.errors import FeedRefusedError, FetchError, RefusedError
from peru_media.model.disclosure import Mask
from peru_media.model.parsed import ParsedEpisode, ParsedFeed
from peru_media.model.parsed_namespaces import (
    ParsedDublinCore,
    ParsedGoogleplay,
    ParsedMedia,
)
from peru_media.model.value import digest
from peru_media.parsing import LIMIT, parse_feed
from peru_media.parsing.further import Further, further_elements
from peru_media.parsing.subscriptions import is_opml, parse_opml
from peru_media.publishing.importing.conversion import Around, convert
from peru_media.publishing.importing.desk import FeedSource, ImportDesk, Wish
from peru_media.publishing.importing.disagreement import disagreements
from peru_media.publishing.importing.downloads import Downloads, Missing
from peru_media.publishing.importing.episodes import guid_of
from peru_media.publishing.importing.finishing import to_fetch
from peru_media.publishing.importing.fitting import shown
from peru_media.publishing.importing.losses import losses
from peru_media.publishing.importing.outcome import Plan
from peru_media.publishing.importing.rehearsal import rehearsed
from peru_media.publishing.importing.web_pages import refuse_page
from peru_media.rendering.addresses import feed_path

__all__ = ["Planned", "plan_import", "room_name"]

_FOUND = 200
_PAGES = 500


class Planned(NamedTuple):
    """What can be imported, and a sentence for each feed of several that cannot."""

    plans: tuple[Plan, ...]
    failures: tuple[str, ...] = ()


class _ListFoundError(Exception):
    """What lies at an address is a list of feeds."""

    def __init__(self, urls: tuple[str, ...]) -> None:
        self.urls = urls
        super().__init__(*urls)


def plan_import(
    sources: Sequence[FeedSource], desk: ImportDesk, wish: Wish, *, rehearsal: bool
) -> Planned:
    """Read every feed, and say what importing it would write; nothing is written.

    Args:
        sources: feeds by address, or as they lie in files.
        desk: where it is done.
        wish: what is asked.
        rehearsal: whether the feed itself is kept nowhere either.

    Raises:
        FetchError: the only feed could not be had.
        FeedRefusedError: it is none, or could do harm.
        RefusedError: a show would take the place of another one.
    """
    plans: list[Plan] = []
    failures: list[str] = []
    every = [*sources]
    try:
        for source in every:  # which grows by the feeds of a list
            try:
                plans.append(_read(source, desk, wish, rehearsal=rehearsal))
            except _ListFoundError as found:
                _expect_one_level(source, sources)
                _forget([source], desk, rehearsal=rehearsal)
                every += _listed(found.urls, wish)
            except (FeedRefusedError, FetchError) as error:
                if len(every) == 1:
                    raise
                failures.append(f"{shown(source.name)}: {error}")
        _refuse(plans, desk)
    except (FeedRefusedError, RefusedError):
        _forget(every, desk, rehearsal=rehearsal)
        raise
    return Planned(tuple(plans), tuple(failures))


def _expect_one_level(source: FeedSource, asked: Sequence[FeedSource]) -> None:
    """Read a list that was asked for, and no list that a list leads to.

    Raises:
        FeedRefusedError: it is one.
    """
    if source not in asked:
        msg = f"{shown(source.name)} is a list in a list: import it by itself."
        raise FeedRefusedError(msg)


def _listed(urls: Sequence[str], wish: Wish) -> list[FeedSource]:
    """The feeds of a list that lies at an address.

    Raises:
        RefusedError: one name was given for several.
    """
    if wish.show is not None and len(urls) > 1:
        msg = "--show names one show, and this list has several"
        raise RefusedError(msg)
    return [FeedSource(name=url) for url in urls]


def room_name(source: str) -> str:
    """The name of the room that a source is imported in."""
    return digest(source.encode())[:16]


def _read(source: FeedSource, desk: ImportDesk, wish: Wish, *, rehearsal: bool) -> Plan:
    data, url = source.data, None
    if data is None:
        data, url = _fetched(source.name, desk, rehearsal=rehearsal), source.name
    if url is not None and is_opml(data):
        raise _ListFoundError(parse_opml(data))
    refuse_page(data, url=url)
    feed = parse_feed(data, url=url)
    further = _further(feed, data)
    if url is None:
        return _plan(source, feed, further, desk, wish)
    whole, further = _with_older(feed, further, desk, rehearsal=rehearsal)
    plan = _plan(source, whole, further, desk, wish)
    return _cut_again(plan, len(feed.episodes)) if whole is not feed else plan


def _cut_again(plan: Plan, items: int) -> Plan:
    """Let our own feed hold as many episodes as it did before."""
    show = plan.draft.show
    value = show.value.model_copy(update={"feed_items": items})
    changed = replace(plan.draft, show=replace(show, value=value))
    return replace(plan, draft=changed) if plan.draft.ours else plan


def _with_older(
    feed: ParsedFeed, further: Further, desk: ImportDesk, *, rehearsal: bool
) -> tuple[ParsedFeed, Further]:
    """Add the episodes of the older pages that a cut feed leads to (RFC 5005)."""
    seen = {feed.url}
    page = feed
    while (older := _older(page)) and older not in seen and len(seen) < _PAGES:
        seen.add(older)
        data = _fetched(older, desk, rehearsal=rehearsal, room=feed.url)
        page = parse_feed(data, url=older)
        more = _further(page, data).episodes or tuple(() for _ in page.episodes)
        less = further.episodes or tuple(() for _ in feed.episodes)
        known = {guid_of(one) for one in feed.episodes}
        new = [n for n, one in enumerate(page.episodes) if guid_of(one) not in known]
        episodes = (*feed.episodes, *(page.episodes[n] for n in new))
        feed = feed.model_copy(update={"episodes": episodes})
        extra = (*less, *(more[n] for n in new))
        further = Further(show=further.show, episodes=extra)
    return feed, further


def _older(feed: ParsedFeed) -> str | None:
    links = {one.rel: one.url for one in feed.links}
    return links.get("prev-archive") or links.get("next")


def _forget(
    sources: Sequence[FeedSource], desk: ImportDesk, *, rehearsal: bool
) -> None:
    """Let the next run look at the feeds anew: they may be others then."""
    for source in () if rehearsal else sources:
        desk.room(room_name(source.name)).close()


def _fetched(
    url: str, desk: ImportDesk, *, rehearsal: bool, room: str | None = None
) -> bytes:
    """The feed as it was when this import began, or as it is.

    Raises:
        FetchError: there is none; what is secret in its address is not told.
    """
    try:
        return _looked_up(url, desk) if rehearsal else _kept(url, desk, room or url)
    except FetchError as error:
        raise type(error)(Mask.of([url]).over(str(error))) from None


def _looked_up(url: str, desk: ImportDesk) -> bytes:
    answer = desk.web.request("GET", url, limit=LIMIT)
    if answer.status == _FOUND:
        return answer.body
    msg = f"There is no feed: {shown(url)}: the server answers {answer.status}"
    raise FetchError(msg)


def _kept(url: str, desk: ImportDesk, room: str) -> bytes:
    kept = desk.room(room_name(room))
    got = Downloads(desk.web, kept).fetch(url, limit=LIMIT)
    if isinstance(got, Missing):
        kept.close()
        at = "" if got.why.startswith("http") else f"{shown(url)}: "
        msg = f"There is no feed: {at}{got.why}"
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
    losing = losses(feed, rehearsed(draft, desk.site))
    notes = (*draft.notes, *losing, *disagreements(draft, desk.site))
    here = desk.site.show(draft.show.slug)
    own = [one.value.guid for one in desk.site.episodes_of(draft.show.slug)]
    present = [one.slug for one in draft.episodes if one.value.guid in own]
    locked = feed.podcast.locked
    return Plan(
        source=source.name,
        draft=draft,
        items=len(feed.episodes),
        wanted=to_fetch(draft, desk.site) if wish.media else (),
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
                f"{shown(plan.source)}: feeds/{slug} is another show, with another "
                "guid. Say --show and a name for the one that is imported"
            )
        taken[slug] = guid
    if wrong:
        raise RefusedError("\n".join(wrong))
