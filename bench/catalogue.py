"""A catalogue of episodes from a fixed seed, the same for every builder of feeds.

An episode is about 4 kB of XML: 1.4 kB of notes, which stand in the description and
in the content alike, an enclosure, the itunes tags, a picture, a transcript,
chapters and two people. Every seventh has letters beyond ASCII.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from peru_media.caching.sqlite import SqliteCache
from peru_media.model.enclosure import Enclosure
from peru_media.model.source import (
    Category,
    Chapter,
    Episode,
    Person,
    Picture,
    Show,
    Transcript,
)
from peru_media.rendering.blocks import noted

__all__ = [
    "BASE",
    "BUILT",
    "CATALOGUE",
    "NOTES",
    "SHOW",
    "Writer",
    "episodes",
    "read",
    "write",
]

CATALOGUE, NOTES = "catalogue.jsonl", "notes.sqlite"

BASE = "https://media.example.org"
BUILT = datetime(2026, 3, 1, 9, tzinfo=UTC)
SHOW = Show(
    slug="stories",
    guid="5cd87abd-e6cc-5f88-bdf7-7be85cce2993",
    title="Stories & studies",
    description="What people told us.",
    language="en-GB",
    timezone="Europe/London",
    author="The unit",
    categories=(Category(name="Science", sub="Social Sciences"),),
    copyright="The unit",
    picture=Picture(
        address="/assets/cover.png",
        sha256="0" * 64,
        media_type="image/png",
        width=3000,
        height=3000,
    ),
)

_SYLLABLES = """
    an ber cal dor el fen gar hol in jes kel lo mar nor on per quin ros sten tor ul
    ver wen yor zet the of and to it is was for on with as at by this that
""".split()  # noqa: SIM905  # words, not a list of strings
_ODD = ("Q&A", "café", "漢字", "Überblick", "<live>", "naïve", "5 > 3", "🎙")
_NAMES = ("Ada Byrne", "João Reis", "Mei Lin", "Ann & Bob")


class Writer:
    """Words as people use them: few often, most seldom."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # the same words each time
        make = self.random.choices
        words = ("".join(make(_SYLLABLES, k=n % 3 + 1)) for n in range(4000))
        self.words = list(dict.fromkeys(words))
        self.weights = list(accumulate(1 / (n + 3) for n in range(len(self.words))))

    def some(self, count: int) -> str:
        return " ".join(
            self.random.choices(self.words, cum_weights=self.weights, k=count)
        )

    def sentences(self, size: int) -> str:
        found: list[str] = []
        while sum(map(len, found)) < size:
            found.append(f"{self.some(self.random.randint(6, 18)).capitalize()}.")
        return " ".join(found)

    def title(self, odd: str) -> str:
        words = self.some(self.random.randint(4, 9)).title()
        return f"{words} {odd}".strip()

    def notes(self, odd: str) -> str:
        links = "\n".join(
            f"- [{word}](https://example.com/{word.replace(' ', '/')}?from=feed&n={n})"
            for n, word in enumerate(self.some(2) for _ in range(4))
        )
        parts = [self.sentences(260) for _ in range(3)]
        return "\n\n".join([*parts, f"**Links** {odd}", links])


def episodes(count: int) -> Iterator[Episode]:
    """Give so many episodes, the newest first; one a day."""
    writer = Writer(20260301)
    for number in range(count, 0, -1):
        yield _episode(writer, number, BUILT - timedelta(days=count - number))


def _episode(writer: Writer, number: int, published: datetime) -> Episode:
    odd = writer.random.choice(_ODD) if number % 7 == 0 else ""
    identity, sha = f"{number:020x}", f"{writer.random.getrandbits(256):064x}"
    slug, host = f"story-{number}", writer.random.choice(_NAMES)
    guest = writer.some(2).title()
    name = f"{slug}.mp3"
    return Episode(
        id=identity,
        name=slug,
        slug=slug,
        shows=("stories",),
        guid=f"{sha[:8]}-{sha[8:12]}-5{sha[12:15]}-8{sha[15:18]}-{sha[18:30]}",
        title=writer.title(odd),
        published=published,
        enclosure=Enclosure(
            address=f"/media/{identity}/{sha[:20]}/{name}",
            key=f"public/{identity}/{sha[:20]}/{name}",
            media_type="audio/mpeg",
            size=writer.random.randint(9_000_000, 90_000_000),
            sha256=sha,
            duration=float(writer.random.randint(900, 5400)),
        ),
        notes=writer.notes(odd),
        number=number,
        season=number // 50 + 1,
        language="en-GB",
        explicit=number % 10 == 0,
        people=(
            Person(name=host, url=f"https://example.org/p/{number % 4}"),
            Person(name=guest, role="guest", url=f"https://example.org/p/{number}"),
        ),
        chapters=(Chapter(start=0.0, title="Welcome"), Chapter(start=90, title=guest)),
        transcript=Transcript(sha256=sha, media_type="text/vtt", language="en-GB"),
        picture=Picture(
            address=f"/assets/{sha[:20]}.jpg",
            sha256=sha,
            media_type="image/jpeg",
            width=1400,
            height=1400,
        ),
    )


def write(folder: Path, found: list[Episode]) -> None:
    """Write a catalogue for other builders, everything ready, the notes as HTML."""
    path = folder / CATALOGUE
    with path.open("w", encoding="utf-8") as file, SqliteCache(folder / NOTES) as notes:
        for episode in found:
            ready = _ready(episode, noted(episode, base_url=BASE, cache=notes))
            file.write(f"{json.dumps(ready, ensure_ascii=False)}\n")


def read(path: Path) -> list[dict[str, Any]]:
    """Read what ``write`` wrote."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _ready(episode: Episode, html: str) -> dict[str, Any]:
    page = f"{BASE}/stories/{episode.slug}"
    return {
        "title": episode.title,
        "link": page,
        "guid": episode.guid,
        "html": html,
        "published": int(episode.published.timestamp()),
        "url": BASE + episode.enclosure.address,
        "size": episode.enclosure.size,
        "type": episode.enclosure.media_type,
        "duration": int(episode.enclosure.duration or 0),
        "explicit": episode.explicit,
        "season": episode.season,
        "number": episode.number,
        "image": BASE + episode.picture.address if episode.picture else "",
        "transcript": f"{page}/transcript.vtt",
        "chapters": f"{page}/chapters.json",
        "people": [
            {"name": one.name, "role": one.role, "href": one.url}
            for one in episode.people
        ],
    }
