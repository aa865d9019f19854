"""Public values for tests: whole and valid; each test changes one thing."""

from datetime import UTC, datetime
from typing import Any

from peru_media.model.enclosure import Enclosure
from peru_media.model.source import Category, Episode, Show, Source

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SHA = "ab" * 32


def public_episode(number: int = 1, **change: Any) -> Episode:
    identity = f"{number:020x}"
    medium = Enclosure(
        address=f"/media/{identity}/{SHA[:20]}/story-{number}.mp3",
        key=f"public/{identity}/{SHA[:20]}/story-{number}.mp3",
        media_type="audio/mpeg",
        size=1000,
        sha256=SHA,
        duration=60.0,
    )
    fields: dict[str, Any] = {
        "id": identity,
        "name": f"story-{number}",
        "slug": f"story-{number}",
        "shows": ("stories",),
        "guid": f"guid-{number}",
        "title": f"Story {number}",
        "published": NOON,
        "enclosure": medium,
        "language": "en-GB",
        "notes": "A story.",
    }
    return Episode(**fields | change)


def public_show(slug: str = "stories", **change: Any) -> Show:
    fields: dict[str, Any] = {
        "slug": slug,
        "guid": "5cd87abd-e6cc-5f88-bdf7-7be85cce2993",
        "title": "Stories",
        "description": "Stories that people tell.",
        "language": "en-GB",
        "timezone": "Europe/London",
        "author": "The unit",
        "categories": (Category(name="Education"),),
    }
    return Show(**fields | change)


def public_source(count: int = 1, **change: Any) -> Source:
    fields: dict[str, Any] = {
        "organisation": "The unit",
        "timezone": "Europe/London",
        "base_url": "https://media.example.ac.uk",
        "shows": (public_show(),),
        "episodes": tuple(public_episode(n) for n in range(1, count + 1)),
    }
    return Source(**fields | change)
