"""A show and its episodes, complete enough to render; each test changes one thing."""

from datetime import UTC, datetime
from typing import Any

from peru_media.model.licence import Licence
from peru_media.model.source import (
    Category,
    Chapter,
    Collection,
    Document,
    Enclosure,
    Episode,
    Owner,
    Person,
    Picture,
    Show,
    Soundbite,
    Source,
    Transcript,
)
from peru_media.model.value import digest

__all__ = [
    "BASE",
    "NOON",
    "SRT",
    "TEXTS",
    "VTT",
    "make_document",
    "make_episode",
    "make_picture",
    "make_rich_episode",
    "make_show",
    "make_source",
]

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
BASE = "https://media.example.ac.uk"
VTT = b"""WEBVTT

00:00:00.500 --> 00:00:04.000
<v Dan>I did not know where to begin.

00:00:04.000 --> 00:00:09.250
<v Ann>And then, Dan?
"""
SRT = b"1\n00:00:00,500 --> 00:00:04,000\n[Music]\n"
TEXTS = {digest(VTT): VTT, digest(SRT): SRT}
LICENCE = Licence.model_validate("CC-BY-4.0")


def make_picture(name: str, **changes: Any) -> Picture:
    sha256 = digest(name.encode())
    fields: dict[str, Any] = {
        "address": f"/assets/{sha256[:20]}.png",
        "sha256": sha256,
        "media_type": "image/png",
        "width": 1400,
        "height": 1400,
        "size": 1234,
        "alt": f"Cover of {name}",
    }
    return Picture(**fields | changes)


def make_document(name: str = "review", **changes: Any) -> Document:
    fields: dict[str, Any] = {
        "name": name,
        "address": f"/personalisation/documents/{name}.pdf",
        "key": f"public/d/{name}.pdf",
        "sha256": digest(name.encode()),
        "size": 1_234_567,
        "title": "A review of co-creation",
    }
    return Document(**fields | changes)


def make_episode(slug: str = "first", **changes: Any) -> Episode:
    identity = digest(slug.encode())[:20]
    fields: dict[str, Any] = {
        "id": identity,
        "name": slug,
        "slug": slug,
        "shows": ("personalisation",),
        "guid": f"guid-{slug}",
        "title": f"The story {slug}",
        "published": datetime(2026, 3, 3, 9, tzinfo=UTC),
        "enclosure": Enclosure(
            address=f"/media/{identity}/{'b' * 20}/{slug}.mp3",
            key=f"public/{identity}/{'b' * 20}/{slug}.mp3",
            media_type="audio/mpeg",
            size=17_345_678,
            sha256="b" * 64,
            duration=312.4,
        ),
        "notes": "What **we** heard, and [more](https://example.org/more).",
        "language": "en-GB",
    }
    return Episode(**fields | changes)


def make_rich_episode(slug: str = "rich", **changes: Any) -> Episode:
    """An episode with everything that an episode can have."""
    fields: dict[str, Any] = {
        "subtitle": "In five minutes",
        "number": 3,
        "collection": "stories",
        "content_note": "Talks about losing a home.",
        "licence": LICENCE,
        "people": (Person(name="Dan", role="contributor", group="cast"),),
        "chapters": (
            Chapter(start=90, title="Later", url="https://example.org/later"),
            Chapter(start=0, title="Beginning"),
        ),
        "transcript": Transcript(
            sha256=digest(VTT), media_type="text/vtt", language="en-GB"
        ),
        "captions": Transcript(
            sha256=digest(SRT), media_type="application/x-subrip", language="cy"
        ),
        "documents": (make_document(),),
        "soundbites": (Soundbite(start=1.5, duration=20, title="Where to begin"),),
        "picture": make_picture(slug),
        "doi": "10.1234/rich",
        "cite": "Dan (2026). Rich.",
    }
    return make_episode(slug, **fields | changes)


def make_show(slug: str = "personalisation", **changes: Any) -> Show:
    fields: dict[str, Any] = {
        "slug": slug,
        "guid": "5cd87abd-e6cc-5f88-bdf7-7be85cce2993",
        "title": "Personalisation",
        "description": "Public services that answer to **people**.",
        "language": "en-GB",
        "timezone": "Europe/London",
        "author": "PERU",
        "owner": Owner(name="Podcast editor", email="editor@example.ac.uk"),
        "categories": (
            Category(name="Science", sub="Social Sciences"),
            Category(name="Society & Culture"),
            Category(name="Science", sub="Natural Sciences"),
        ),
        "copyright": "Copyright © 2026 PERU",
        "licence": LICENCE,
        "picture": make_picture("show"),
        "collections": (Collection(name="stories", title="Stories", season=2),),
    }
    return Show(**fields | changes)


def make_source(*episodes: Episode, **changes: Any) -> Source:
    fields: dict[str, Any] = {
        "organisation": "Policy Evaluation and Research Unit",
        "timezone": "Europe/London",
        "base_url": BASE,
        "shows": (make_show(),),
        "episodes": episodes,
    }
    return Source(**fields | changes)
