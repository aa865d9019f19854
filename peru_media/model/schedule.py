"""When things begin and end: publishing, and the consents behind it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peru_media.model.files import ConsentRecord, EpisodeFile, OnExpiry
from peru_media.model.moment import local_moment

__all__ = ["consent_ends", "is_draft", "is_over", "midnight_after", "publish_moment"]


def is_draft(episode: EpisodeFile) -> bool:
    """Whether an episode is still being worked on, and stays at home."""
    return episode.publish == "draft"


def publish_moment(
    episode: EpisodeFile, zone: ZoneInfo, *, now: datetime
) -> datetime | None:
    """When an episode comes out (``<pubDate>``), UTC; None for a draft.

    ``publish: now`` means ``now``.

    Raises:
        ValueError: not a date, or a time that the clocks skip or repeat.
    """
    if is_draft(episode):
        return None
    return now if episode.publish == "now" else local_moment(episode.publish, zone)


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """The end of a day as the clocks of a place show it, aware."""
    last = date.max - timedelta(days=1)  # some people write 9999-12-31 for "never"
    return datetime.combine(min(day, last) + timedelta(days=1), time.min, tzinfo=zone)


def is_over(record: ConsentRecord, zone: ZoneInfo, *, at: datetime) -> bool:
    """Whether nothing new may go out with a consent: withdrawn, or ended."""
    ends = consent_ends(record, zone)
    ended = ends is not None and ends <= at and record.on_expiry is not OnExpiry.KEEP
    return ended or record.withdrawn is not None


def consent_ends(record: ConsentRecord, zone: ZoneInfo) -> datetime | None:
    """The first moment at which a consent no longer holds; None where it has no end.

    It holds to the end of the day that ``expires`` names.
    """
    return None if record.expires is None else midnight_after(record.expires, zone)
