"""What only asking the servers of a feed can tell."""

from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Rule

__all__ = ["RULES"]

RULES: tuple[Rule[FeedSurvey], ...] = ()
