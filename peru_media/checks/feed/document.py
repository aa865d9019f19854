"""The feed as a document: its bytes, its form, its namespaces."""

from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Severity

__all__ = ["RULES"]


def _no_feed(survey: FeedSurvey) -> Iterator[Finding]:
    if survey.outline.format == "":
        root = survey.outline.root
        name = f"It begins with <{root.name[:80]}>" if root else "It has no element"
        what = f"This is not a feed. {name}, where <rss> is expected."
        yield Finding(place=survey.place(root), what=what)


RULES = (
    Rule(
        code="E1001",
        severity=Severity.ERROR,
        title="This is not a feed.",
        source="RSS 2.0; W3C Feed Validator: UndefinedElement",
        why="No app finds an episode in it.",
        fix="Look at the address in a browser; a page to log in may answer there.",
        run=_no_feed,
    ),
)
