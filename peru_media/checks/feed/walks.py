"""Over which parts of a feed a rule runs, and how a part is told."""

import re
from collections.abc import Callable, Iterable, Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.rules import Finding
from peru_media.model.advice import quoted
from peru_media.model.outline import Element

__all__ = [
    "Judge",
    "Run",
    "each_item",
    "each_part",
    "in_channel",
    "is_document",
    "missing",
    "plain",
    "shown",
    "titled",
]

Judge = Callable[[FeedSurvey, Part], Iterable[Finding]]
Run = Callable[[FeedSurvey], Iterable[Finding]]

_USER = re.compile(r"//[^\s/?#@]{1,200}@")
_LOOKED_AT = 200
_LONGEST = 60


def in_channel(judge: Judge) -> Run:
    """Run a rule over the channel."""

    def run(survey: FeedSurvey) -> Iterator[Finding]:
        if survey.channel is not None:
            yield from judge(survey, survey.channel)

    return run


def each_item(judge: Judge) -> Run:
    """Run a rule over the items, one by one."""

    def run(survey: FeedSurvey) -> Iterator[Finding]:
        for item in survey.items:
            yield from judge(survey, item)

    return run


def each_part(judge: Judge) -> Run:
    """Run a rule over the channel, and over the items one by one."""

    def run(survey: FeedSurvey) -> Iterator[Finding]:
        yield from in_channel(judge)(survey)
        yield from each_item(judge)(survey)

    return run


def missing(name: str) -> Judge:
    """Find a part in which an element is missing, or has no words."""

    def judge(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
        if not part.text(name):
            what = f"{titled(part)} has no <{name}>."
            if part.first(name) is not None:
                what = f"{titled(part)} has an empty <{name}>."
            yield Finding(
                place=survey.place(part.first(name) or part.element), what=what
            )

    return judge


def is_document(item: Part) -> bool:
    """Whether an item is something to read, with nothing to hear."""
    enclosure = item.first("enclosure")
    kind = enclosure.attributes.get("type", "") if enclosure else ""
    return kind.startswith("application/")


def titled(part: Part) -> str:
    """Name a part in a sentence: the channel, or an item by its title."""
    if part.element.name == "channel":
        return "The channel"
    title = part.text("title") or part.text("itunes:title")
    return f"The item {shown(title)}" if title else "An item without a title"


def plain(text: str, longest: int = _LONGEST) -> str:
    """A name or a sentence from a feed: on one line, printable, not too long."""
    words = " ".join(text[: 4 * longest].split())
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in words)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def shown(words: str | Element) -> str:
    """Quote what stands in a feed: on one short line, printable, no passwords."""
    text = words if isinstance(words, str) else words.text
    return quoted(_USER.sub("//…@", text.strip()[:_LOOKED_AT]))
