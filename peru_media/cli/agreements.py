"""What is said of a consent to whoever begins an episode with it."""

from zoneinfo import ZoneInfo

from peru_media.errors import RefusedError
from peru_media.model.files import ConsentRecord
from peru_media.model.schedule import is_over
from peru_media.model.site import Written
from peru_media.wiring import SystemClock

__all__ = ["consent_line", "expect_consent"]


def consent_line(record: Written[ConsentRecord]) -> str:
    """What somebody agreed to, and until when, on one line."""
    consent = record.value
    end = f"valid to {consent.expires}" if consent.expires else "without an end"
    scope = ", ".join(consent.scope)
    return (
        f"{consent.id}  {consent.public_name} ({consent.name_kind}) - {scope} - {end}"
    )


def expect_consent(record: Written[ConsentRecord], zone: ZoneInfo) -> None:
    """Begin nothing new with a consent that is over.

    Raises:
        RefusedError: it was withdrawn, or has ended.
    """
    consent = record.value
    if is_over(consent, zone, at=SystemClock().now()):
        how = "is withdrawn" if consent.withdrawn else f"ended on {consent.expires}"
        msg = f'The consent of "{consent.public_name}" ({consent.id}) {how}.'
        raise RefusedError(msg)
