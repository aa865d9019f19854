"""Dates: of a form that every app reads, the right day, not yet to come."""

from collections.abc import Iterator
from datetime import UTC, datetime

from peru_media.checks.feed.dates import read_feed_date, rewritten
from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import Judge, each_item, in_channel, shown, titled
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_DATES = ("pubDate", "lastBuildDate")
_FIRST = datetime(1995, 1, 1, tzinfo=UTC)
_LONGEST = 80
_RFC = "RFC 2822, 3.3; Apple, RSS requirements: pubDate; W3C Feed Validator"
_FIX = "Write it like Mon, 01 Jun 2026 12:00:00 +0000, in English."


def _form(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for name in _DATES:
        for element in part.all(name):
            text = element.text.strip()
            if text and read_feed_date(text[:_LONGEST]) is None:
                right = rewritten(text)
                yield Finding(
                    place=survey.place(element),
                    what=f"<{name}> is {shown(text)}.",
                    fix=f"Write {right}." if right else "",
                )


def _weekday(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for name in _DATES:
        for element in part.all(name):
            text = element.text.strip()[:_LONGEST]
            found = read_feed_date(text)
            if found and found.wrong_day:
                no_day = f"which is not a {shown(found.wrong_day)}"
                yield Finding(
                    place=survey.place(element),
                    what=f"<{name}> is {shown(text)}, {no_day}.",
                    fix=f"Write {found.right_day}{text[3:]}.",
                )


def _implausible(*names: str) -> Judge:
    def judge(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
        for name in names:
            for element in part.all(name):
                found = read_feed_date(element.text.strip()[:_LONGEST])
                if found and not _plausible(found.moment, survey.at):
                    what = f"<{name}> is {shown(element)}."
                    yield Finding(place=survey.place(element), what=what)

    return judge


def _plausible(moment: datetime, at: datetime | None) -> bool:
    return moment >= _FIRST and (at is None or moment <= at)


def _undated(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    if not item.text("pubDate"):
        what = f"{titled(item)} has no <pubDate>."
        yield Finding(place=survey.place(item.element), what=what)


def _order(survey: FeedSurvey) -> Iterator[Finding]:
    """One finding for the whole feed: the first item that is newer than the last."""
    before: datetime | None = None
    for item in survey.items:
        found = read_feed_date(item.text("pubDate")[:_LONGEST])
        if found is None:
            continue
        if before is not None and found.moment > before:
            what = f"{titled(item)} is newer than the item before it."
            yield Finding(place=survey.place(item.element), what=what)
            return
        before = found.moment


RULES = (
    Rule(
        code="W2035",
        severity=Severity.WARN,
        title="A date of the channel is not of the form that RSS has.",
        source=_RFC,
        why="Apps cannot tell whether the feed has changed.",
        fix=_FIX,
        run=in_channel(_form),
    ),
    Rule(
        code="W2036",
        severity=Severity.WARN,
        title="A date of the channel names the wrong day of the week.",
        source="W3C Feed Validator: IncorrectDOW",
        why="Some parsers refuse the whole date.",
        fix=_FIX,
        run=in_channel(_weekday),
    ),
    Rule(
        code="W2037",
        severity=Severity.WARN,
        title="A date of the channel cannot be true.",
        source="W3C Feed Validator: ImplausibleDate",
        why="Apps take the feed for new, or for old, for ever.",
        fix="Write when it was last changed.",
        run=in_channel(_implausible(*_DATES)),
    ),
    Rule(
        code="E3021",
        severity=Severity.ERROR,
        title="An item has no date.",
        source="Apple, RSS requirements: pubDate; PSP-1: recommended elements",
        why="Apps do not know where it belongs, and may show it as from 1970.",
        fix="Write <pubDate> with the moment at which it came out.",
        run=each_item(_undated),
    ),
    Rule(
        code="E3022",
        severity=Severity.ERROR,
        title="The date of an item is not of the form that RSS has.",
        source=_RFC,
        why="Apps that cannot read it put the episode into the wrong place.",
        fix=_FIX,
        run=each_item(_form),
    ),
    Rule(
        code="W3023",
        severity=Severity.WARN,
        title="The date of an item names the wrong day of the week.",
        source="W3C Feed Validator: IncorrectDOW",
        why="Some parsers refuse the whole date.",
        fix=_FIX,
        run=each_item(_weekday),
    ),
    Rule(
        code="E3024",
        severity=Severity.ERROR,
        title="The date of an item cannot be true.",
        source="Apple, RSS requirements: pubDate; W3C Feed Validator: ImplausibleDate",
        why="Apps hide an episode from the future, or show it before all others.",
        fix="Write when it came out, and leave out what is still to come.",
        run=each_item(_implausible("pubDate")),
    ),
    Rule(
        code="I3025",
        severity=Severity.INFO,
        title="The items do not come newest first.",
        source="RSS Advisory Board: best practices; what apps do",
        why="Apps that read only the beginning of a feed miss what is new.",
        fix="Sort the items by <pubDate>, the newest first.",
        run=_order,
    ),
)
