"""Judge a feed, anybody's: one rule, one function, one stable code.

The codes have four digits. E1xxx: the document; E2xxx: the channel; E3xxx: its
items; E4xxx: the podcast namespace; E5xxx: what only asking the servers tells.
"""

from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.feed.table import FEED_RULES, judge_feed

__all__ = ["FEED_RULES", "FeedSurvey", "judge_feed"]
