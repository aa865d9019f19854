"""The words of a feed: how long, how plain, and what does not belong in a title."""

import re
from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import (
    each_item,
    each_part,
    in_channel,
    shown,
    titled,
)
from peru_media.checks.rules import Finding, Rule
from peru_media.checks.titles import numbered, repeats
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_LINES = (
    "title", "link", "language", "copyright", "generator", "author", "guid", "pubDate",
    "managingEditor", "webMaster", "itunes:title", "itunes:subtitle", "itunes:author",
    "itunes:name", "itunes:email", "itunes:type", "itunes:explicit", "itunes:duration",
    "itunes:episode", "itunes:season", "itunes:episodeType",
)  # fmt: skip
_NO_LIMIT = {"link", "guid"}  # addresses have limits of their own
_LINE, _TEXT, _TITLE = 255, 4000, 500
_STUFFED = re.compile(r"(?:[^|•·]*[|•·]){2}|(?:[^,;]*[,;]){4}")
_MARKUP = re.compile(
    r"</?(?:a|b|br|em|font|h[1-6]|i|img|p|small|span|strong|sub|sup|u)\b[^<>]*>",
    re.IGNORECASE,
)
# An entity that was escaped twice, or UTF-8 that was read as Windows-1252.
_GARBLED = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});"
    r"|[\u00c2\u00c3][\u0080-\u00ba\u00bc-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d"
    r"\u017e\u0192\u02c6\u02dc\u20ac\u2122]|\u00e2\u20ac[\u0080-\u2122]"
)
_OWNED = re.compile(
    r"\bcopyright\b|©|℗|\(c\)|\ball rights reserved\b|\b(?:19|20)\d\d\b"
    r"(?:\s*[-\u2013]\s*(?:19|20)\d\d\b)?",
    re.IGNORECASE,
)


def _long_line(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in _lines(part):
        length = len(element.text.strip())
        if length > _LINE and element.name not in _NO_LIMIT:
            what = f"<{element.name}> has {length} characters."
            yield Finding(place=survey.place(element), what=what)


def _spaces(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in _lines(part):
        if element.text != element.text.strip() and element.text.strip():
            what = f"<{element.name}> has spaces around {shown(element)}."
            yield Finding(place=survey.place(element), what=what)


def _lines(part: Part) -> Iterator[Element]:
    """The elements that hold a line, those of the owner too."""
    for name in _LINES:
        yield from part.all(name)
    for owner in part.all("itunes:owner"):
        yield from (child for child in owner.children if child.name in _LINES)


def _long_description(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in part.all("description"):
        size = len(element.text.strip().encode("utf-8", "replace"))
        if size > _TEXT:
            what = f"The description of {_named(part)} has {size:,} bytes."
            fix = f"Shorten it by {size - _TEXT:,} bytes; é and the like are two."
            yield Finding(place=survey.place(element), what=what, fix=fix)


def _named(part: Part) -> str:
    told = titled(part)
    return f"{told[:1].lower()}{told[1:]}"


def _stuffed(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    title = channel.text("title")[:_TITLE]
    if _STUFFED.match(title):
        first = re.split(r"[|•·,;]", title, maxsplit=1)[0]
        yield Finding(
            place=survey.place(channel.first("title")),
            what=f"The title {shown(title)} holds more than a name.",
            fix=f"Write the name alone, such as {shown(first)}.",
        )


def _numbered(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    title = item.text("title")[:_TITLE]
    number = numbered(title)
    if number:
        what = f"The title {shown(title)} begins with a number, {shown(number)}."
        yield Finding(place=survey.place(item.first("title")), what=what)


def _repeated(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    title = item.text("title")[:_TITLE]
    show = survey.channel.text("title")[:_TITLE] if survey.channel else ""
    full = item.text("itunes:episodeType") in {"", "full"}
    if full and repeats(title, show):
        what = f"The title {shown(title)} repeats the name of the show."
        yield Finding(place=survey.place(item.first("title")), what=what)


def _owned(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    text = channel.text("copyright")[:_TITLE]
    if _OWNED.search(text):
        rest = " ".join(_OWNED.sub(" ", text).split()).strip(" .,;:-\u2013")
        yield Finding(
            place=survey.place(channel.first("copyright")),
            what=f"The copyright is {shown(text)}.",
            fix=f"Write {shown(rest)}." if rest else "",
        )


def _marked_up(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in _titles(part):
        found = _MARKUP.search(element.text[:_TITLE])
        if found:
            what = f"<{element.name}> holds the markup {shown(found[0])}."
            yield Finding(place=survey.place(element), what=what)


def _garbled(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in _titles(part):
        found = _GARBLED.search(element.text[:_TITLE])
        if found:
            what = f"<{element.name}> holds {shown(found[0])}: {shown(element)}."
            yield Finding(place=survey.place(element), what=what)


def _titles(part: Part) -> Iterator[Element]:
    yield from (*part.all("title"), *part.all("itunes:title"))


RULES = (
    Rule(
        code="I1016",
        severity=Severity.INFO,
        title="A line is longer than 255 characters.",
        source="Apple, RSS requirements; PSP-1: strings",
        why="Apps cut it off.",
        fix="Shorten it; the rest belongs into the description.",
        run=each_part(_long_line),
    ),
    Rule(
        code="I1017",
        severity=Severity.INFO,
        title="A line has spaces before or after its words.",
        source="Apple, RSS requirements; PSP-1: strings",
        why="Apps that compare letter by letter take it for something else.",
        fix="Put the words right behind the opening tag, and right before its end.",
        run=each_part(_spaces),
    ),
    Rule(
        code="W1020",
        severity=Severity.WARN,
        title="A title holds markup.",
        source="Apple, RSS requirements: title; RSS Advisory Board: best practices",
        why="Apps show the tags as they are written, angle brackets and all.",
        fix="Write the words alone.",
        run=each_part(_marked_up),
    ),
    Rule(
        code="I1021",
        severity=Severity.INFO,
        title="A title holds signs that look like a mistake in encoding.",
        source="XML 1.0, 2.4; W3C Feed Validator: ContainsHTML; what apps show",
        why="Listeners read &amp; where & was meant, or two odd letters for one.",
        fix="Write the sign itself, once, in UTF-8.",
        run=each_part(_garbled),
    ),
    Rule(
        code="E2010",
        severity=Severity.ERROR,
        title="The description of the channel is longer than 4000 bytes.",
        source="Apple, RSS requirements: description; PSP-1",
        why="Apple refuses it, or cuts it in the middle of a word.",
        fix="Shorten it to 4000 bytes.",
        run=in_channel(_long_description),
    ),
    Rule(
        code="W2011",
        severity=Severity.WARN,
        title="The title of the show is stuffed with keywords.",
        source="Apple, RSS requirements: title",
        why="Apple rejects shows for it, and apps cut the title off.",
        fix="Write the name of the show alone.",
        run=in_channel(_stuffed),
    ),
    Rule(
        code="W2012",
        severity=Severity.WARN,
        title="The copyright says more than who holds it.",
        source="PSP-1: copyright (Apple's own example has the sign and a year)",
        why="Apps put the sign before it, so listeners read it twice.",
        fix="Write the name of the holder alone, without sign, word and year.",
        run=in_channel(_owned),
    ),
    Rule(
        code="W3010",
        severity=Severity.WARN,
        title="The description of an item is longer than 4000 bytes.",
        source="Apple, RSS requirements: description; PSP-1",
        why="Apps cut it off.",
        fix="Shorten it to 4000 bytes; the whole can stand in content:encoded.",
        run=each_item(_long_description),
    ),
    Rule(
        code="W3011",
        severity=Severity.WARN,
        title="The title of an item begins with its number.",
        source="Apple, RSS requirements: title",
        why="Apps show the number themselves, so listeners read it twice.",
        fix="Say it in <itunes:episode> and <itunes:season>, and not in the title.",
        run=each_item(_numbered),
    ),
    Rule(
        code="W3012",
        severity=Severity.WARN,
        title="The title of an item repeats the name of the show.",
        source="Apple, RSS requirements: title",
        why="Apps show the name beside it, and cut the rest of the title off.",
        fix="Leave the name of the show out.",
        run=each_item(_repeated),
    ),
)
