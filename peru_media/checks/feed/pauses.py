"""When apps need not look: ``ttl``, ``skipHours`` and ``skipDays``."""

from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import in_channel, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
}  # fmt: skip
_MOST_HOURS, _MOST_DAYS = 24, 7
_LAST_HOUR = 23
_LONGEST = 9


def _ttl(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for element in channel.all("ttl"):
        number = _number(element)
        if number is None or number < 1:
            what = f"<ttl> is {shown(element)}."
            yield Finding(place=survey.place(element), what=what)


def _hours(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for element in channel.all("skipHours"):
        hours = list(element.all("hour"))
        for hour in hours:
            number = _number(hour)
            if number is None or number > _LAST_HOUR:
                what = f"<hour> is {shown(hour)}."
                yield Finding(place=survey.place(hour), what=what)
        yield from _too_many(survey, element, hours, _MOST_HOURS)


def _days(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for element in channel.all("skipDays"):
        days = list(element.all("day"))
        for day in days:
            if day.text.strip() not in _DAYS:
                what = f"<day> is {shown(day)}."
                yield Finding(place=survey.place(day), what=what)
        yield from _too_many(survey, element, days, _MOST_DAYS)


def _too_many(
    survey: FeedSurvey, element: Element, inner: list[Element], most: int
) -> Iterator[Finding]:
    words = [one.text.strip() for one in inner]
    if len(inner) > most or len(set(words)) < len(words):
        what = f"<{element.name}> names something twice, or more than {most}."
        yield Finding(place=survey.place(element), what=what)


def _number(element: Element) -> int | None:
    text = element.text.strip()
    plain = text.isascii() and text.isdigit() and len(text) <= _LONGEST
    return int(text) if plain else None


RULES = (
    Rule(
        code="W2038",
        severity=Severity.WARN,
        title="The time to live is not a number of minutes.",
        source="RSS 2.0: ttl; W3C Feed Validator: InvalidPositiveInteger",
        why="Apps pass over it.",
        fix="Write a whole number of minutes, such as 60, or leave it out.",
        run=in_channel(_ttl),
    ),
    Rule(
        code="W2039",
        severity=Severity.WARN,
        title="The hours to skip are not hours of a day.",
        source="RSS 2.0: skipHours; W3C Feed Validator: InvalidHour",
        why="Apps pass over them, or never look again.",
        fix="Write each <hour> once, as a number from 0 to 23, in GMT.",
        run=in_channel(_hours),
    ),
    Rule(
        code="W2040",
        severity=Severity.WARN,
        title="The days to skip are not days of a week.",
        source="RSS 2.0: skipDays; W3C Feed Validator: InvalidDay",
        why="Apps pass over them, or never look again.",
        fix="Write each <day> once, from Monday to Sunday, in English.",
        run=in_channel(_days),
    ),
)
