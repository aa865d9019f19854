"""Which episode it is, of which season and kind, and how long."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from fractions import Fraction

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import Judge, each_item, shown, titled
from peru_media.checks.rules import Finding, Rule
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_KINDS = ("full", "trailer", "bonus")
_SECONDS = re.compile(r"[0-9]{1,7}")
_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2})")
_NO_TIME = re.compile(r"0{1,7}|(?:0{1,4}:){1,2}0{1,2}")
_DECIMAL = re.compile(r"([0-9]{1,7})\.[0-9]{1,9}")
_COUNT = re.compile(r"0{0,9}[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_LONGEST = 40


def _unread(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for element in item.all("itunes:duration"):
        text = element.text.strip()
        if text and not _SECONDS.fullmatch(text) and not _CLOCK.fullmatch(text):
            what = f"<itunes:duration> is {shown(text)}."
            decimal = _DECIMAL.fullmatch(text)
            fix = f"Write {int(decimal[1])}." if decimal else ""
            yield Finding(place=survey.place(element), what=what, fix=fix)


def _clock(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for element in item.all("itunes:duration"):
        match = _CLOCK.fullmatch(element.text.strip())
        if match:
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            yield Finding(
                place=survey.place(element),
                what=f"<itunes:duration> is {shown(element)}.",
                fix=f"Write {hours * 3600 + minutes * 60 + seconds}.",
            )


def _no_time(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for element in item.all("itunes:duration"):
        if _NO_TIME.fullmatch(element.text.strip()):
            what = f"<itunes:duration> is {shown(element)}."
            yield Finding(place=survey.place(element), what=what)


def _uncounted(name: str) -> Judge:
    def judge(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
        for element in item.all(name):
            if not _COUNT.fullmatch(element.text.strip()):
                what = f"<{name}> is {shown(element)}."
                yield Finding(place=survey.place(element), what=what)

    return judge


def _kind(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for element in item.all("itunes:episodeType"):
        text = element.text.strip()
        if text not in _KINDS:
            near = get_close_matches(text[:_LONGEST].lower(), _KINDS, n=1)
            yield Finding(
                place=survey.place(element),
                what=f"<itunes:episodeType> is {shown(text)}.",
                fix=f"Write {near[0]}." if near else "",
            )


def _serial(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    serial = survey.channel and survey.channel.text("itunes:type") == "serial"
    full = item.text("itunes:episodeType") in {"", "full"}
    if serial and full and not item.text("itunes:episode"):
        what = f"{titled(item)} has no <itunes:episode>, and the show is serial."
        yield Finding(place=survey.place(item.element), what=what)


def _unlike(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    """Of both namespaces' numbers Apple's is the whole one, or is left out."""
    apple, other = item.first("itunes:episode"), item.first("podcast:episode")
    if apple is None or other is None:
        return
    one, two = apple.text.strip(), other.text.strip()
    numbers = _NUMBER.fullmatch(one) and _NUMBER.fullmatch(two)
    if numbers and Fraction(one) != Fraction(two):
        what = f"<itunes:episode> is {shown(one)}, and <podcast:episode> {shown(two)}."
        whole = Fraction(two).denominator == 1
        fix = f"Write {shown(two)} in both." if whole else "Leave <itunes:episode> out."
        yield Finding(place=survey.place(apple), what=what, fix=fix)


def _same_number(survey: FeedSurvey) -> Iterator[Finding]:
    """Two full episodes of one season with one number; trailers may share it."""
    lines: dict[tuple[str, str], int] = {}
    for item in survey.items:
        key = item.text("itunes:season") or "1", item.text("itunes:episode")
        if not key[1] or item.text("itunes:episodeType") not in {"", "full"}:
            continue
        if key in lines:
            what = f"{titled(item)} has the number of the item in line {lines[key]}."
            yield Finding(place=survey.place(_number_of(item)), what=what)
        lines.setdefault(key, item.element.line)


def _number_of(item: Part) -> Element | None:
    return item.first("itunes:episode")


RULES = (
    Rule(
        code="W3038",
        severity=Severity.WARN,
        title="The length of an item is not a time that apps read.",
        source="Apple, RSS requirements: itunes:duration; W3C Feed Validator: "
        "InvalidDuration",
        why="Apps show no length, or a wrong one.",
        fix="Write its length in seconds, such as 1845.",
        run=each_item(_unread),
    ),
    Rule(
        code="I3039",
        severity=Severity.INFO,
        title="The length of an item is written as a clock.",
        source="Apple, RSS requirements: itunes:duration (seconds recommended); PSP-1",
        why="It is read by all, but 30:00 has been taken for thirty hours.",
        fix="Write its length in seconds.",
        run=each_item(_clock),
    ),
    Rule(
        code="W3047",
        severity=Severity.WARN,
        title="The length of an item is 0.",
        source="Apple, RSS requirements: itunes:duration",
        why="Apps show an episode without length, and some take it for heard.",
        fix="Write its length in seconds, or leave <itunes:duration> out.",
        run=each_item(_no_time),
    ),
    Rule(
        code="E3040",
        severity=Severity.ERROR,
        title="The number of an episode is not a whole number from 1.",
        source="Apple, RSS requirements: itunes:episode; PSP-1",
        why="Apps show no number, or sort the episodes wrongly.",
        fix="Write a whole number from 1, or leave it out; <podcast:episode> can have "
        "decimals.",
        run=each_item(_uncounted("itunes:episode")),
    ),
    Rule(
        code="E3041",
        severity=Severity.ERROR,
        title="The number of a season is not a whole number from 1.",
        source="Apple, RSS requirements: itunes:season; PSP-1",
        why="Apps do not part the seasons.",
        fix="Write a whole number from 1, or leave it out.",
        run=each_item(_uncounted("itunes:season")),
    ),
    Rule(
        code="E3042",
        severity=Severity.ERROR,
        title="The kind of an episode is none that apps know.",
        source="Apple, RSS requirements: itunes:episodeType",
        why="Apps take a trailer or a bonus for an episode.",
        fix="Write full, trailer or bonus, in small letters.",
        run=each_item(_kind),
    ),
    Rule(
        code="E3043",
        severity=Severity.ERROR,
        title="An episode of a serial show has no number.",
        source="Apple, RSS requirements: itunes:type, itunes:episode",
        why="Apps cannot play the episodes one after the other.",
        fix="Write <itunes:episode> with its number, or make the show episodic.",
        run=each_item(_serial),
    ),
    Rule(
        code="I3044",
        severity=Severity.INFO,
        title="Apple's number of an episode is another than the podcast namespace's.",
        source="Apple, RSS requirements: itunes:episode; podcast namespace: episode",
        why="The episode has another number in each app.",
        fix="Write the same number in both; Apple takes whole numbers alone.",
        run=each_item(_unlike),
    ),
    Rule(
        code="W3045",
        severity=Severity.WARN,
        title="Two episodes of a season have the same number.",
        source="Apple, RSS requirements: itunes:episode, itunes:episodeType",
        why="Apps sort them by chance, and may show one of them alone.",
        fix="Give each full episode a number of its own; trailers may have it too.",
        run=_same_number,
    ),
)
