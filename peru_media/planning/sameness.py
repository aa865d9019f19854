"""Which episodes really are the same, and whether their identity would change."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias

from peru_media.model.source import Episode, Show, Source
from peru_media.model.window import is_out

__all__ = ["Masters", "identity_changes", "same_episodes"]

Masters: TypeAlias = Mapping[str, str]
"""SHA-256 of the recording that an episode was made from, by the episode's id."""
_Trace: TypeAlias = Callable[[Episode], Hashable]


def same_episodes(
    before: Sequence[Episode], after: Sequence[Episode], *, masters: Masters
) -> Mapping[str, Episode]:
    """Say which episode of before each one really is, by the id of now.

    The same id; else the same recording, or the same title at the same moment,
    which is what a changed guid leaves behind.
    """
    return _paired(before, after, (_identity, *_traces(masters)))


def identity_changes(
    live: Source | None, wanted: Source, *, at: datetime, masters: Masters
) -> tuple[str, ...]:
    """Say in sentences whose identity a publish would change, and what to do.

    An episode that subscribers have and that would vanish and appear again under
    another guid, or a show under another ``podcast:guid``: every app would take it
    for something new, and download it again.
    """
    if live is None:
        return ()
    shows = tuple(_shows(live, wanted))
    known = {episode.id for episode in live.episodes}
    kept = {episode.id for episode in wanted.episodes}
    gone = [e for e in live.episodes if e.id not in kept and is_out(e, at)]
    fresh = [e for e in wanted.episodes if e.id not in known]
    found = _paired(gone, fresh, _traces(masters))
    episodes = (
        _episode_sentence(found[episode.id], episode)
        for episode in fresh
        if episode.id in found and found[episode.id].guid != episode.guid
    )
    moved = _moved_shows(live, wanted, gone=gone, fresh=fresh)
    return (*shows, *moved, *episodes)


def _paired(
    before: Sequence[Episode], after: Sequence[Episode], traces: Sequence[_Trace]
) -> Mapping[str, Episode]:
    """Pair each episode with one of before, and none twice, by one trace at a time."""
    pairs: dict[str, Episode] = {}
    old, new = list(before), list(after)
    for trace in traces:
        index = {trace(episode): episode for episode in reversed(old)}
        index.pop(None, None)
        for episode in new:
            found = index.pop(trace(episode), None)
            if found is not None:
                pairs[episode.id] = found
        taken = {episode.id for episode in pairs.values()}
        old = [episode for episode in old if episode.id not in taken]
        new = [episode for episode in new if episode.id not in pairs]
    return pairs


def _traces(masters: Masters) -> tuple[_Trace, ...]:
    return (partial(_recording, masters), _copy, _title_and_moment)


def _identity(episode: Episode) -> Hashable:
    return episode.id


def _recording(masters: Masters, episode: Episode) -> Hashable:
    """The recording; a stand-in may stand in for several episodes."""
    return None if episode.stand_in else masters.get(episode.id)


def _copy(episode: Episode) -> Hashable:
    return None if episode.stand_in else episode.enclosure.sha256


def _title_and_moment(episode: Episode) -> Hashable:
    return episode.title.strip(), episode.published


def _shows(live: Source, wanted: Source) -> Iterator[str]:
    """Shows of one name under two guids."""
    known = {show.slug: show for show in live.shows}
    for show in wanted.shows:
        former = known.get(show.slug)
        if former is not None and former.guid != show.guid:
            yield _show_sentence(show, former)


def _moved_shows(
    live: Source, wanted: Source, *, gone: Sequence[Episode], fresh: Sequence[Episode]
) -> Iterator[str]:
    """Shows that took their episodes along to another name and another guid."""
    before, after = _guids(live), _guids(wanted)
    left = {show.slug: show for show in live.shows if show.guid not in after}
    come = {show.slug: show for show in wanted.shows if show.guid not in before}
    owners = {e.guid: left[e.shows[0]] for e in gone if e.shows[0] in left}
    pairs = {
        come[e.shows[0]].slug: owners[e.guid]
        for e in fresh
        if e.shows[0] in come and e.guid in owners
    }
    for slug, former in pairs.items():
        if slug != former.slug:
            yield _show_sentence(come[slug], former)


def _guids(source: Source) -> set[str]:
    return {show.guid for show in source.shows}


def _show_sentence(show: Show, former: Show) -> str:
    return (
        f'the show "{show.title}" was published under the guid {former.guid}, and '
        f'would be another: put back "guid: {former.guid}" in '
        f"feeds/{show.slug}/show.md"
    )


def _episode_sentence(before: Episode, after: Episode) -> str:
    return (
        f'the episode "{after.title}" was published under the guid {before.guid}, '
        f"and would come out a second time under {after.guid}: put back "
        f'"guid: {before.guid}" in the episode.md of {after.slug}'
    )
