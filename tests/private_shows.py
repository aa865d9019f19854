"""A project with a private show beside its public one, published for real.

with closed_newsroom(tmp_path) as room:
    room.publish()
    token = let_in(room.desk(), SHOW, randomness=bytes(16)).feed_url
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.newsroom import Newsroom
from tests.projects import cover, episode_files, write

SHOW = "circle"
GUID = "0f9b3f1e-2f57-5d4c-8f53-3a0d5a1c7e11"
TITLE = "Only for the circle"
EPISODE = "circle-1"
CANARY = "what only the circle may hear"

_SHOW = f"""\
---
title: {TITLE}
guid: {GUID}
language: en-GB
author: The unit
categories: [Education]
explicit: false
visibility: private
podcast:
  image:
    - file: banner.png
      purpose: banner
      alt: Two people
---
A show for those who took part: {CANARY}.
"""

_CHAPTERS = """
chapters:
  - start: 0
    title: The beginning
  - start: 0:00.5
    title: The end
"""


def closed_files() -> dict[str, str | bytes]:
    """The files of a private show with one episode."""
    story = episode_files(7)
    text = str(story["episodes/story-7/episode.md"])
    text = text.replace("show: stories", f"show: {SHOW}").replace("Story 7", CANARY)
    text = text.replace("people:", f"{_CHAPTERS.strip()}\npeople:")
    folder = f"episodes/{EPISODE}"
    return {
        f"feeds/{SHOW}/show.md": _SHOW,
        f"feeds/{SHOW}/cover.png": cover("maroon"),
        f"feeds/{SHOW}/banner.png": cover("teal"),
        f"{folder}/episode.md": text,
        f"{folder}/audio.mp3": story["episodes/story-7/audio.mp3"],
        f"{folder}/transcript.vtt": story["episodes/story-7/transcript.vtt"],
    }


@contextmanager
def closed_newsroom(root: Path, *, episodes: int = 1) -> Iterator[Newsroom]:
    """A newsroom with a public show and a private one; nothing is published yet."""
    with Newsroom.opened(root, episodes=episodes) as room:
        write(room.root, closed_files())
        yield room
