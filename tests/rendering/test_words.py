import pytest

from peru_media.rendering.words import clock, decimal, kind_of


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (90.9, "1:30"), (3723, "1:02:03")]
)
def test_places_are_shown_as_a_clock(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0"), (90.0, "90"), (1.25, "1.25"), (100, "100")]
)
def test_seconds_for_machines_are_as_short_as_they_can_be(
    seconds: float, text: str
) -> None:
    assert decimal(seconds) == text


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [("audio/mpeg", "audio"), ("video/mp4", "video"), ("application/pdf", "pdf")],
)
def test_every_medium_is_heard_watched_or_read(media_type: str, kind: str) -> None:
    assert kind_of(media_type) == kind
