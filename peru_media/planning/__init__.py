"""What is wanted against what is live: decided first, as values, and done later."""

from peru_media.planning.apps import APP_RULES, AppRule
from peru_media.planning.changes import (
    EpisodeChange,
    ShowChange,
    compare,
    show_changes,
)
from peru_media.planning.due import LEAST_AHEAD, Due, due, opened
from peru_media.planning.forecast import Forecast, Outcome, forecast
from peru_media.planning.plan import Against, Plan, plan, refusals, stale
from peru_media.planning.settling import settle

__all__ = [
    "APP_RULES",
    "LEAST_AHEAD",
    "Against",
    "AppRule",
    "Due",
    "EpisodeChange",
    "Forecast",
    "Outcome",
    "Plan",
    "ShowChange",
    "compare",
    "due",
    "forecast",
    "opened",
    "plan",
    "refusals",
    "settle",
    "show_changes",
    "stale",
]
