"""What subscribers' apps will do once a release is live, counted for each show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from peru_media.model.address import feed_path
from peru_media.model.source import Episode, Show, Source
from peru_media.model.value import Value
from peru_media.model.window import feed_window, out_in
from peru_media.planning.apps import APP_RULES, AppRule, recognised
from peru_media.planning.sameness import Masters, same_episodes

__all__ = ["Forecast", "Outcome", "forecast"]

_EXAMPLES = 3
_UNSEEN = frozenset(
    {
        "card",
        "cite",
        "documents",
        "doi",
        "redirect_from",
        "related",
        "until",
        "waiver",
        "waiver_until",
    }
)
_SEEN = tuple(name for name in Episode.model_fields if name not in _UNSEEN)


class Outcome(Value):
    """What the apps of one rule will do with the episodes of a feed.

    Attributes:
        rule: its name. words: what these apps know episodes by. apps: some of them.
        new: shown as new, and they are. changed: known, with something new to
            show. unchanged: known, as they were. again: there before, but taken
            for new ones: downloaded again. lost: not in the feed any more.
        titles: of the first few that are downloaded again.
    """

    rule: str
    words: str
    apps: tuple[str, ...]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    again: int = 0
    lost: int = 0
    titles: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """New, changed, unchanged, downloaded again, lost."""
        return self.new, self.changed, self.unchanged, self.again, self.lost


class Forecast(Value):
    """What becomes of one show's feed in the apps of its subscribers, at once.

    Attributes:
        show: its slug. feed: the address of its feed.
        moved_from: the address that subscribers' apps ask now, where it is another.
        outcomes: one for each rule; the first is that of the guids.
    """

    show: str
    title: str
    feed: str
    moved_from: str | None = None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, kw_only=True)
class _Change:
    """The same feed before and after."""

    before: Sequence[Episode]
    after: Sequence[Episode]
    bases: tuple[str, str]
    masters: Masters

    @cached_property
    def same(self) -> Mapping[str, Episode]:
        """Which episode of before each one really is, by the id of now."""
        return same_episodes(self.before, self.after, masters=self.masters)

    @cached_property
    def differing(self) -> frozenset[str]:
        """The ids of those that are the same, and that have news for an app."""
        moved = self.bases[0] != self.bases[1]
        pairs = ((self.same.get(one.id), one) for one in self.after)
        return frozenset(
            one.id for old, one in pairs if old and (moved or _differs(old, one))
        )

    def changes(self, known: Mapping[str, Episode]) -> int:
        """How many of those that an app knows have news for it."""
        mistaken = sum(self.same.get(name) is not old for name, old in known.items())
        return mistaken + sum(
            name in self.differing and self.same[name] is old
            for name, old in known.items()
        )


def forecast(
    live: Source | None, wanted: Source, *, at: datetime, masters: Masters
) -> tuple[Forecast, ...]:
    """Say for each show what its subscribers' apps will do, as it is at a moment.

    What comes out or ends later by itself counts then, not now. A feed that holds
    the newest episodes alone (``feed_items``) counts with these.

    Args:
        live: what subscribers have; None before the first release.
        wanted: what they will have.
        at: the moment of the release.
        masters: hashes of the episodes' recordings by id, of both.
    """
    found = []
    for show in wanted.shows:
        former = _former(live, show)
        before = _window(live, former, at)
        after = _window(wanted, show, at)
        if before or after:
            bases = (live.base_url if live else "", wanted.base_url)
            change = _Change(before=before, after=after, bases=bases, masters=masters)
            found.append(_of_show(show, former, change))
    return tuple(found)


def _former(live: Source | None, show: Show) -> Show | None:
    """The show that is live now: the one of its guid, or else of its name."""
    shows = live.shows if live else ()
    same = [one for one in shows if one.guid == show.guid]
    return next(iter([*same, *(one for one in shows if one.slug == show.slug)]), None)


def _window(source: Source | None, show: Show | None, at: datetime) -> list[Episode]:
    return feed_window(show, out_in(source, show.slug, at)) if show else []


def _of_show(show: Show, former: Show | None, change: _Change) -> Forecast:
    feed = change.bases[1] + feed_path(show.slug)
    asked = change.bases[0] + feed_path(former.slug) if former else feed
    return Forecast(
        show=show.slug,
        title=show.title,
        feed=feed,
        moved_from=asked if change.before and asked != feed else None,
        outcomes=tuple(_outcome(rule, change) for rule in APP_RULES),
    )


def _outcome(rule: AppRule, change: _Change) -> Outcome:
    known = recognised(change.before, change.after, keys=rule.keys, bases=change.bases)
    kept = {episode.id for episode in (*known.values(), *change.same.values())}
    strange = [episode for episode in change.after if episode.id not in known]
    again = [episode for episode in strange if episode.id in change.same]
    changed = change.changes(known)
    return Outcome(
        rule=rule.name,
        words=rule.words,
        apps=rule.apps,
        new=len(strange) - len(again),
        changed=changed,
        unchanged=len(known) - changed,
        again=len(again),
        lost=sum(episode.id not in kept for episode in change.before),
        titles=tuple(episode.title for episode in again[:_EXAMPLES]),
    )


def _differs(before: Episode, after: Episode) -> bool:
    """Whether an app has something new to show."""
    return before != after and any(
        _shown(before, name) != _shown(after, name) for name in _SEEN
    )


def _shown(episode: Episode, name: str) -> object:
    """What an app sees of a field: where a medium lies in the store is hidden."""
    found: object = getattr(episode, name)
    return episode.enclosure.address if name == "enclosure" else found
