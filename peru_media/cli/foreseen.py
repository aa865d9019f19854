"""What subscribers' apps will do, as people read it: a show a line, or a few."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from peru_media.cli.figures import moment
from peru_media.cli.findings import counted
from peru_media.planning import EpisodeChange, Forecast, Outcome, Plan

__all__ = ["foreseen", "promise"]

_COUNTED = ("new", "changed", "unchanged", "downloaded again", "lost")
_MARGIN = " " * 14


def foreseen(plan: Plan) -> Iterator[str]:
    """Say for each show with news what apps will do, and where apps differ.

    The first line goes by the guids, as the specification wants it and as most
    apps do; further ones name the apps that go by something else. Before them
    stand the pages and the feeds that move.
    """
    for change in plan.episodes:
        if change.moved_from is not None:
            yield f"  ! moves     {_moved_page(change, change.moved_from)}"
    for one in plan.forecasts:
        if one.moved_from is not None:
            yield f"  ! moves     {_moved(one, one.moved_from)}"
        if any(outcome.unchanged != sum(outcome.counts) for outcome in one.outcomes):
            yield from _show(one)


def promise(plan: Plan, *, zone: ZoneInfo) -> str:
    """What keeping every guid means for those who have subscribed already."""
    lost = [one for one in plan.episodes if one.lost]
    if lost:
        leave = "leaves" if len(lost) == 1 else "leave"
        return f"; {counted(len(lost), 'episode')} {leave} the feed{_until(lost, zone)}"
    if plan.guids_kept != plan.guids_known:
        return ""
    if any(outcome.again for one in plan.forecasts for outcome in one.outcomes):
        return " - apps that go by them will re-download nothing"
    return " - listeners will re-download nothing"


def _until(lost: list[EpisodeChange], zone: ZoneInfo) -> str:
    """When the one episode that leaves comes again, if it does."""
    (first, *others) = lost
    if others or first.change == "removed" or first.published is None:
        return ""
    return f" until {moment(first.published, zone)}"


def _show(forecast: Forecast) -> Iterator[str]:
    first, *others = forecast.outcomes
    differing = [one for one in others if one.counts != first.counts]
    whose = f"{_apps(first)}: " if differing else ""
    yield f"  > apps      {forecast.show}: {whose}{_counts(first)}"
    for outcome in differing:
        yield _MARGIN + _exception(outcome, first)


def _apps(outcome: Outcome) -> str:
    return f"{', '.join(outcome.apps)} (by {outcome.words})"


def _counts(outcome: Outcome) -> str:
    pairs = zip(outcome.counts, _COUNTED, strict=True)
    return ", ".join(f"{count} {word}" for count, word in pairs)


def _exception(outcome: Outcome, first: Outcome) -> str:
    """What these apps do that the others do not."""
    rows = zip(outcome.counts, first.counts, _COUNTED, strict=True)
    differing = [f"{count} {word}" for count, usual, word in rows if count > usual]
    return f"{_apps(outcome)}: {', '.join(differing)}{_titles(outcome)}"


def _titles(outcome: Outcome) -> str:
    if not outcome.titles:
        return ""
    more = ", ..." if outcome.again > len(outcome.titles) else ""
    return f" ({', '.join(outcome.titles)}{more})"


def _moved_page(change: EpisodeChange, moved_from: str) -> str:
    return (
        f"{change.title}: its page moves to {change.page}; {moved_from} will answer "
        "410 (gone), so links to it break"
    )


def _moved(forecast: Forecast, moved_from: str) -> str:
    return (
        f"{forecast.show}: its feed moves from {moved_from}; apps find it only if "
        f"that address leads them to {forecast.feed}"
    )
