"""The table of all rules of a feed, and the one place that runs them."""

from peru_media.checks.feed import document, online, refusal
from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Rule, judged
from peru_media.model.problem import Problem

__all__ = ["FEED_RULES", "judge_feed"]

FEED_RULES: tuple[Rule[FeedSurvey], ...] = (
    *refusal.RULES,
    *document.RULES,
    *online.RULES,
)


def judge_feed(survey: FeedSurvey) -> tuple[Problem, ...]:
    """Find everything that apps and directories would object to in a feed.

    RSS alone is judged in full; of Atom and JSON feeds only what concerns the
    document.

    Returns:
        All problems, by line and code.
    """
    found = (problem for rule in FEED_RULES for problem in judged(rule, survey))
    return tuple(sorted(found, key=lambda p: (p.place, p.code, p.what)))
