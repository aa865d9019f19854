"""A story with a canary in everything that an episode can say."""

import gzip
from collections.abc import Iterator
from typing import Any

from peru_media.model.wording import Wording, stands_in
from peru_media.ports import Fetched, Store
from peru_media.publishing.desk import Desk
from peru_media.publishing.leaks import read_aloud
from peru_media.publishing.redacting import Redaction, prepare_redaction
from peru_media.reading import read_site
from tests.media.marked import marked
from tests.newsroom import Newsroom
from tests.projects import cover, write

__all__ = ["CANARY", "EDITS", "EPISODE", "FILE", "canary_project", "edited", "holding"]

CANARY = (Wording("Zebedee Quux"),)
FILE = "episodes/story-1/episode.md"
EPISODE = """\
---
show: stories
guid: guid-of-story-1
number: 1
title: Meeting Zebedee Quux
subtitle: ZEBEDEE-QUUX speaks
publish: 2026-03-03 09:00
content_note: About Zébedée  Quux
people:
  - name: Zebedee Quux
    role: guest
  - name: The host
chapters:
  - {start: 0, title: Before}
  - {start: 0:01, title: Zebedee Quux's story}
  - {start: 0:02.5, title: After}
soundbites:
  - {start: 0:02.2, duration: 0.5, title: On Zebedee Quux}
transcript:
  made_by: machine-edited
podcast:
  txt:
    - purpose: note
      text: By Zebedee Quux
EDITS---
With **Zebedee** Quux, Zebe\u00addee\u200b Quux, zebedee
quux and [Zebedee Quux](https://example.org/about).
"""
EDITS = """\
edits:
  - words: Zebedee Quux
    say: "[name]"
  - {start: 0:00.98, end: 0:02.02, how: HOW}
"""
WORDS = """\
WEBVTT

NOTE Zebedee Quux asked for this

00:00.000 --> 00:00.900
<v The host>Here is Zebedee

00:00.900 --> 00:01.500
<v The host>Quux, who lives in Canary Street

00:01.500 --> 00:02.100
<v Zebedee Quux>in the house with the number nine.

00:02.200 --> 00:03.000
<v Zebedee Quux>My name is Zebedee Quux.
"""


def canary_project(newsroom: Newsroom, *, edits: str = "") -> None:
    """Write the story, with three seconds of sound and a tone in the second one."""
    write(
        newsroom.root,
        {
            FILE: EPISODE.replace("EDITS", edits),
            "episodes/story-1/transcript.vtt": WORDS,
            "episodes/story-1/cover.png": cover("teal"),
        },
    )
    marked(newsroom.root / "episodes/story-1/audio.mp3", 1.0, 2.0)


def edited(newsroom: Newsroom, desk: Desk | None = None, **change: Any) -> Redaction:
    """The redaction of the canary's episode, which is out."""
    newsroom.write(**{FILE: EPISODE.replace("EDITS", EDITS.replace("HOW", "cut"))})
    site, problems = read_site(newsroom.root)
    assert site is not None
    desk = desk or newsroom.desk()
    made = prepare_redaction(site, "story-1", desk, read=problems, **change)
    assert made is not None
    return made


def _texts(store: Store) -> Iterator[tuple[str, str]]:
    for stored in store.list("", former=True):
        fetched = store.get(stored.key)
        assert isinstance(fetched, Fetched)
        body = fetched.body
        plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        yield stored.key, plain.decode(errors="replace")
        yield stored.key, plain.decode("utf-16-le", errors="replace")


def holding(store: Store) -> set[str]:
    """The objects in which the words stand, in whatever form."""
    return {
        key
        for key, text in _texts(store)
        if any(stands_in(view, CANARY) for view in read_aloud(text))
    }
