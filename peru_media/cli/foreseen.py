"""What subscribers' apps will do, as people read it: a show a line, or a few."""

from collections.abc import Iterator

from peru_media.planning import Forecast, Outcome, Plan

__all__ = ["foreseen", "promise"]

_COUNTED = ("new", "changed", "unchanged", "downloaded again", "lost")
_MARGIN = " " * 14


def foreseen(plan: Plan) -> Iterator[str]:
    """Say for each show with news what apps will do, and where apps differ.

    The first line goes by the guids, as the specification wants it and as most
    apps do; further ones name the apps that go by something else.
    """
    for one in plan.forecasts:
        if one.moved_from is not None:
            yield f"  ! moves     {_moved(one, one.moved_from)}"
        if any(outcome.unchanged != sum(outcome.counts) for outcome in one.outcomes):
            yield from _show(one)


def promise(plan: Plan) -> str:
    """What keeping every guid means for those who have subscribed already."""
    if plan.guids_kept != plan.guids_known:
        return ""
    if any(outcome.again for one in plan.forecasts for outcome in one.outcomes):
        return " - apps that go by them will re-download nothing"
    return " - listeners will re-download nothing"


def _show(forecast: Forecast) -> Iterator[str]:
    first, *others = forecast.outcomes
    yield f"  > apps      {forecast.show}: {_counts(first)}"
    for outcome in others:
        if outcome.counts != first.counts:
            yield _MARGIN + _exception(outcome, first)


def _counts(outcome: Outcome) -> str:
    pairs = zip(outcome.counts, _COUNTED, strict=True)
    return ", ".join(f"{count} {word}" for count, word in pairs)


def _exception(outcome: Outcome, first: Outcome) -> str:
    """What these apps do that the others do not."""
    rows = zip(outcome.counts, first.counts, _COUNTED, strict=True)
    differing = [f"{count} {word}" for count, usual, word in rows if count > usual]
    known = f"{', '.join(outcome.apps)} (by {outcome.words})"
    return f"{known}: {', '.join(differing)}{_titles(outcome)}"


def _titles(outcome: Outcome) -> str:
    if not outcome.titles:
        return ""
    more = ", ..." if outcome.again > len(outcome.titles) else ""
    return f" ({', '.join(outcome.titles)}{more})"


def _moved(forecast: Forecast, moved_from: str) -> str:
    return (
        f"{forecast.show}: its feed moves from {moved_from}; apps find it only if "
        f"that address leads them to {forecast.feed}"
    )
