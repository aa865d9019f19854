"""What is wanted against what is live: decided first, as values, and done later."""

from peru_media.planning.changes import (
    EpisodeChange,
    ShowChange,
    compare,
    show_changes,
)
from peru_media.planning.plan import Against, Plan, plan, refusals, stale
from peru_media.planning.settling import settle

__all__ = [
    "Against",
    "EpisodeChange",
    "Plan",
    "ShowChange",
    "compare",
    "plan",
    "refusals",
    "settle",
    "show_changes",
    "stale",
]
