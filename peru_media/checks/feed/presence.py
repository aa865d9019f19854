"""What must be there, what should be, and what may stand there only once."""

from collections.abc import Collection, Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.vocabulary import ONCE_IN_CHANNEL, ONCE_IN_ITEM
from peru_media.checks.feed.walks import (
    Judge,
    each_item,
    in_channel,
    is_document,
    missing,
    shown,
    titled,
)
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_MUST = "Apple, RSS requirements; PSP-1: required elements; RSS 2.0"
_SHOULD = "PSP-1: recommended elements"


def _twice(once: Collection[str]) -> Judge:
    def judge(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
        for name, elements in part.named.items():
            if name in once:
                for element in elements[1:]:
                    yield Finding(
                        place=survey.place(element),
                        what=f"{titled(part)} has <{name}> more than once.",
                        fix=f"Keep the first, in line {elements[0].line}.",
                    )

    return judge


def _untitled(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    if not part.text("title"):
        other = part.first("itunes:title")
        yield Finding(
            place=survey.place(part.first("title") or part.element),
            what="An item has no <title>.",
            fix=f"Write <title> with {shown(other)}, too." if other else "",
        )


def _unmeasured(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    """A document has no length of time."""
    if not is_document(item):
        yield from missing("itunes:duration")(survey, item)


def _empty(survey: FeedSurvey) -> Iterator[Finding]:
    channel = survey.channel
    if channel is None or survey.items or _is_list(channel):
        return
    place = survey.place(channel.element)
    yield Finding(place=place, what="The feed has no items.")


def _is_list(channel: Part) -> bool:
    """Whether it names other feeds instead: a publisher's, or a list of any medium."""
    medium = channel.text("podcast:medium")
    return medium == "publisher" or medium.endswith("L")


RULES = (
    Rule(
        code="E2001",
        severity=Severity.ERROR,
        title="The channel has no title.",
        source=_MUST,
        why="Directories refuse a feed without the name of its show.",
        fix="Write <title> with the name of the show, and nothing else.",
        run=in_channel(missing("title")),
    ),
    Rule(
        code="E2002",
        severity=Severity.ERROR,
        title="The channel has no link.",
        source=_MUST,
        why="Directories refuse it, and listeners do not find the show's page.",
        fix="Write <link> with the address of the show's page.",
        run=in_channel(missing("link")),
    ),
    Rule(
        code="E2003",
        severity=Severity.ERROR,
        title="The channel has no description.",
        source=_MUST,
        why="Directories refuse it; listeners decide by it, and search finds by it.",
        fix="Write <description> with two or three sentences about the show.",
        run=in_channel(missing("description")),
    ),
    Rule(
        code="E2004",
        severity=Severity.ERROR,
        title="The channel has no language.",
        source=_MUST,
        why="Directories list shows by language, and refuse one without.",
        fix="Write <language> with a code like en-GB or cy.",
        run=in_channel(missing("language")),
    ),
    Rule(
        code="E2005",
        severity=Severity.ERROR,
        title="The channel says something twice that can be said only once.",
        source="RSS 2.0; PSP-1; W3C Feed Validator: DuplicateElement",
        why="One app takes the first, another the last.",
        fix="Keep one of them.",
        run=in_channel(_twice(ONCE_IN_CHANNEL)),
    ),
    Rule(
        code="E2006",
        severity=Severity.ERROR,
        title="The feed has no items.",
        source="Apple Podcasts Connect and Spotify: submitting a show",
        why="Directories refuse a show without an episode.",
        fix="Publish an episode or a trailer first.",
        run=_empty,
    ),
    Rule(
        code="W2007",
        severity=Severity.WARN,
        title="The channel does not say whose show it is.",
        source=f"{_SHOULD}; Apple, RSS requirements: itunes:author",
        why="Apps show the name below the title, and search finds by it.",
        fix="Write <itunes:author> with the name of whoever makes the show.",
        run=in_channel(missing("itunes:author")),
    ),
    Rule(
        code="W2008",
        severity=Severity.WARN,
        title="The channel does not say whether other hosts may import it.",
        source=f"{_SHOULD}; podcast namespace: locked",
        why="Anybody who runs a host could take the show over.",
        fix="Write <podcast:locked>yes</podcast:locked>.",
        run=in_channel(missing("podcast:locked")),
    ),
    Rule(
        code="W2009",
        severity=Severity.WARN,
        title="The channel has no guid of its own.",
        source=f"{_SHOULD}; podcast namespace: guid",
        why="When the show moves, apps cannot know that it is the same.",
        fix="Write <podcast:guid>; your host or podcastindex.org knows the show's.",
        run=in_channel(missing("podcast:guid")),
    ),
    Rule(
        code="E3001",
        severity=Severity.ERROR,
        title="An item has no title.",
        source=_MUST,
        why="Directories leave the episode out.",
        fix="Write <title> with the title of the episode.",
        run=each_item(_untitled),
    ),
    Rule(
        code="E3002",
        severity=Severity.ERROR,
        title="An item says something twice that can be said only once.",
        source="RSS 2.0; PSP-1; W3C Feed Validator: DuplicateElement",
        why="One app takes the first, another the last.",
        fix="Keep one of them.",
        run=each_item(_twice(ONCE_IN_ITEM)),
    ),
    Rule(
        code="W3003",
        severity=Severity.WARN,
        title="An item has no link.",
        source=f"{_SHOULD}; Apple, RSS requirements",
        why="Listeners who want to read more do not find the episode's page.",
        fix="Write <link> with the address of the episode's page.",
        run=each_item(missing("link")),
    ),
    Rule(
        code="W3004",
        severity=Severity.WARN,
        title="An item has no description.",
        source=f"{_SHOULD}; Apple, RSS requirements",
        why="Listeners do not learn what the episode is about.",
        fix="Write <description> with two or three sentences.",
        run=each_item(missing("description")),
    ),
    Rule(
        code="W3005",
        severity=Severity.WARN,
        title="An item does not say how long it is.",
        source=f"{_SHOULD}; Apple, RSS requirements: itunes:duration",
        why="Apps show no length until the whole file has come.",
        fix="Write <itunes:duration> with its length in seconds.",
        run=each_item(_unmeasured),
    ),
    Rule(
        code="I3006",
        severity=Severity.INFO,
        title="An item does not say whether it is explicit.",
        source=_SHOULD,
        why="Apps take what the show says, which may not fit the episode.",
        fix="Write <itunes:explicit>false</itunes:explicit>, or true.",
        run=each_item(missing("itunes:explicit")),
    ),
)
