"""What only asking the servers of a feed can tell.

E50xx: the feed itself; E51xx: media; E52xx: artwork; E53xx: transcripts; E54xx:
chapters; E55xx: pages.
"""

from peru_media.checks.feed.online import artwork, companions, feed, media
from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Rule

__all__ = ["RULES"]

RULES: tuple[Rule[FeedSurvey], ...] = (
    *feed.RULES,
    *media.RULES,
    *artwork.RULES,
    *companions.RULES,
)
