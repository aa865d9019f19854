"""Releases that can be searched, made of public values and spoken words.

    searched(store, public_source(), words={"01…": "WEBVTT…"})

``words`` are transcripts by their SHA-256.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from peru_media.model.release import Root, SearchPart
from peru_media.model.source import Episode, Source, Transcript
from peru_media.model.value import canonical, digest
from peru_media.ports import Store
from peru_media.rendering.findable import findable
from peru_media.rendering.search_file import search_blocks, search_file
from peru_media.rendering.search_lines import search_lines
from peru_media.rendering.views import Imprint
from tests.releases import LONG_AGO, NOON, page, publish_release, put_part
from tests.sources import public_episode, public_source

__all__ = ["IMPRINT", "WORDS", "searched", "source_of", "spoken"]

IMPRINT = Imprint(
    organisation="The unit",
    ror=None,
    contact=None,
    base_url="https://media.example.org",
    languages=("en-GB",),
    style="/assets/0.css",
    script="/assets/0.js",
    icon="/assets/icon.svg",
)
WORDS: dict[str, bytes] = {}


def spoken(number: int, *said: tuple[float, str, str], **change: object) -> Episode:
    """An episode in which it is said from when, by whom, and what."""
    lines = [
        f"{_clock(at)} --> {_clock(at + 1)}\n<v {who}>{what}\n"
        for at, who, what in said
    ]
    data = "\n".join(["WEBVTT\n", *lines]).encode()
    WORDS[digest(data)] = data
    transcript = Transcript(
        sha256=digest(data), media_type="text/vtt", language="en-GB"
    )
    fields = {"transcript": transcript, "published": LONG_AGO, "notes": ""}
    return public_episode(number, **fields | change)


def source_of(*episodes: Episode, **change: Any) -> Source:
    """The show ``stories`` with these episodes."""
    return public_source(episodes=episodes, **change)


def searched(
    store: Store,
    source: Source,
    *,
    number: int = 1,
    imprint: Imprint = IMPRINT,
    words: Mapping[str, bytes] = WORDS,
) -> Root:
    """Publish a release that can be searched for what the source has."""
    pages = findable(source, at=NOON, until=NOON + timedelta(days=90))
    parts = []
    for block in search_blocks(pages):
        content = search_file(
            block.pages,
            lambda page: search_lines(page, texts=words.__getitem__, cache={}),
        )
        part = put_part(store, content)
        parts.append(
            SearchPart(key=part.key, sha256=part.sha256, made_from=block.made_from)
        )
    return publish_release(
        store,
        {"/": page("home")},
        number=number,
        search=parts,
        imprint=put_part(store, canonical(imprint.sparse())),
    )


def _clock(seconds: float) -> str:
    minutes, left = divmod(seconds, 60)
    return f"{int(minutes):02d}:{left:06.3f}"
