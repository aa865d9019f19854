"""Dates of publishing that are probably slips of the pen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.moment import utc_text
from peru_media.model.problem import Severity
from peru_media.model.release import LedgerEntry

__all__ = ["RULES"]

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_FURTHEST = timedelta(days=2 * 365)


def _implausible(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    moment = view.published
    if moment is None:
        return
    if moment < _EARLIEST:
        what = f"{view.written.value.publish} is before there were podcasts."
    elif moment > survey.inputs.at + _FURTHEST:
        what = f"{view.written.value.publish} is more than two years ahead."
    else:
        return
    yield Finding(place=view.written.value_place("publish"), what=what)


def _still_now(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.entry and view.written.value.publish == "now":
        first = utc_text(view.entry.first)
        yield Finding(
            place=view.written.value_place("publish"),
            what=f'"now" was {first}: the episode is already published.',
            fix=f'Write "publish: {first}".',
        )


def _taken_back(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.draft and view.entry and _is_out(survey, view.entry):
        yield Finding(
            place=view.written.value_place("publish"),
            what="It is live, and would be taken down as a draft.",
            fix=f"{_keep(view.entry)}, or publish with --max-delete to take it down.",
        )


def _put_off(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    moment, entry = view.published, view.entry
    if moment and entry and moment > survey.inputs.at and _is_out(survey, entry):
        yield Finding(
            place=view.written.value_place("publish"),
            what=f"It is live since {utc_text(entry.first)}, and would vanish from "
            f"the feed until {utc_text(moment)}.",
            fix=f"{_keep(entry)}.",
        )


def _is_out(survey: Survey, entry: LedgerEntry) -> bool:
    return entry.retired is None and entry.first <= survey.inputs.at


def _keep(entry: LedgerEntry) -> str:
    return f'Write "publish: {utc_text(entry.first)}" to keep it'


RULES = (
    Rule(
        code="W132",
        severity=Severity.WARN,
        title="The date of publishing is unlikely.",
        source="W3C Feed Validator: implausible date",
        why="Apps sort by date, so the episode would stand where nobody looks.",
        fix="Look at the year.",
        run=each_episode(_implausible),
    ),
    Rule(
        code="W133",
        severity=Severity.WARN,
        title='A published episode still says "publish: now".',
        source="RSS 2.0: pubDate",
        why="Were the store ever lost, it would come back with a new date.",
        fix="Write the date of the first publishing instead.",
        run=each_episode(_still_now),
    ),
    Rule(
        code="W134",
        severity=Severity.WARN,
        title="A published episode has become a draft.",
        source="docs: publish",
        why="It would leave the feed and its page, though people may listen to it now.",
        fix='Put back the line "publish:" with the date of its first publishing.',
        run=each_episode(_taken_back),
    ),
    Rule(
        code="W135",
        severity=Severity.WARN,
        title="The date of a published episode was moved into the future.",
        source="RSS 2.0: pubDate",
        why="It would leave every feed, and come back to listeners as a new one.",
        fix="Put back the date of its first publishing.",
        run=each_episode(_put_off),
    ),
)
