"""The difference between what is wanted and what is live, before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from peru_media.model.address import feed_path
from peru_media.model.release import Utc
from peru_media.model.source import Source
from peru_media.model.value import Value, digest
from peru_media.planning.changes import (
    EpisodeChange,
    ShowChange,
    compare,
    show_changes,
)
from peru_media.planning.forecast import Forecast, forecast
from peru_media.planning.sameness import Masters, identity_changes

__all__ = ["Against", "Plan", "plan", "refusals", "stale"]

LARGEST_LOSS = 20
LARGEST_SHARE = 5


class Plan(Value):
    """What a publish would do; good as long as nobody else publishes.

    Attributes:
        against: number of the live release, 0 before the first; against_sha256:
        hash of its root. source: hash of the public values that go live.
        at: the moment it was made, which ``publish: now`` means.
        sends: objects to send, by key, with their bytes.
        nothing: whether the live release already is what is wanted.
        moved_from: the base address of the live release, where it is another:
            then every address changes, and apps fetch every medium again.
        guids_kept: of so many guids_known.
        forecasts: what subscribers' apps will do, a show each.
        identity: sentences on whose identity would change; nothing is published
            until there are none.
    """

    target: str
    base_url: str
    at: Utc
    against: int
    against_sha256: str
    source: str
    episodes: tuple[EpisodeChange, ...] = ()
    shows: tuple[ShowChange, ...] = ()
    sends: dict[str, int] = {}  # noqa: RUF012  # pydantic copies defaults
    nothing: bool = False
    moved_from: str | None = None
    guids_known: int = 0
    guids_kept: int = 0
    forecasts: tuple[Forecast, ...] = ()
    identity: tuple[str, ...] = ()

    def counted(self, change: str) -> int:
        """How many episodes change in that way."""
        return sum(episode.change == change for episode in self.episodes)

    @property
    def lost(self) -> int:
        """How many episodes subscribers have now, and will not."""
        return sum(episode.lost for episode in self.episodes)


def refusals(plan: Plan, *, max_delete: int | None) -> tuple[str, ...]:
    """Say why a plan takes too much away to be believed; empty where it does not.

    More than 20 episodes in all, over a fifth of a feed, or a feed left empty,
    unless the number lost was named (``--max-delete``). An episode whose date is
    moved to the future is lost to subscribers as one that is taken away.
    """
    lost = plan.lost
    if max_delete is not None:
        if lost <= max_delete:
            return ()
        return (f"{lost} episodes would go, more than the {max_delete} you allowed",)
    found = [_move(show, plan) or _loss(show) for show in plan.shows]
    if lost > LARGEST_LOSS:
        found.append(f"{lost} episodes would go, more than {LARGEST_LOSS} at once")
    return tuple(reason for reason in found if reason)


def _move(show: ShowChange, plan: Plan) -> str:
    """A show whose folder got another name: its feed is there now, and not here."""
    asked = f"{plan.moved_from or plan.base_url}{feed_path(show.show)}"
    for one in plan.forecasts:
        if one.moved_from == asked and not show.after:
            return (
                f"the feed of {show.title} would move to {one.feed}, but every "
                f"subscriber's app asks {asked}"
            )
    return ""


def _loss(show: ShowChange) -> str:
    if show.before and not show.after:
        return f"the feed of {show.title} would be empty"
    if show.removed * LARGEST_SHARE > show.before:
        lost = f"{show.removed} of {show.before}"
        return f"the feed of {show.title} would lose {lost} episodes"
    return ""


@dataclass(frozen=True, slots=True)
class Against:
    """What a plan is made against: the live release's number, root hash and source.

    Before the first release: 0, "" and None. ``masters`` are the hashes of the
    recordings by episode id, of those that are live and of those that shall be;
    ``replaced`` are the ids of those whose recording was another.
    """

    number: int = 0
    sha256: str = ""
    source: Source | None = None
    masters: Masters = field(default_factory=dict)
    replaced: frozenset[str] = frozenset()


def plan(
    wanted: Source,
    live: Against,
    *,
    target: str,
    at: datetime,
    sends: Mapping[str, int],
    nothing: bool,
) -> Plan:
    """Make the plan of a publish; printable, savable, refused when stale."""
    known = {episode.id for episode in live.source.episodes} if live.source else set()
    moved = live.source is not None and live.source.base_url != wanted.base_url
    return Plan(
        target=target,
        base_url=wanted.base_url,
        at=at,
        against=live.number,
        against_sha256=live.sha256,
        source=digest(wanted.to_bytes()),
        episodes=compare(live.source, wanted, at=at, replaced=live.replaced),
        shows=show_changes(live.source, wanted, at=at),
        sends=dict(sends),
        nothing=nothing,
        moved_from=live.source.base_url if live.source and moved else None,
        guids_known=len(known),
        guids_kept=len(known & {episode.id for episode in wanted.episodes}),
        forecasts=forecast(live.source, wanted, at=at, masters=live.masters),
        identity=identity_changes(live.source, wanted, at=at, masters=live.masters),
    )


def stale(made: Plan, now: Plan) -> Sequence[str]:
    """Say in what way a saved plan no longer fits; empty where it does."""
    reasons = []
    if (made.target, made.base_url) != (now.target, now.base_url):
        reasons.append(f"it was made for {made.target} ({made.base_url})")
    if made.against_sha256 != now.against_sha256:
        reasons.append(
            f"it was made against release {made.against}, live is {now.against}"
        )
    if made.source != now.source:
        reasons.append("the files have changed since it was made")
    return reasons
