"""A small project of real files: one show, and stories that each last a second."""

import math
from array import array
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import av
from PIL import Image

SHOW_GUID = "5cd87abd-e6cc-5f88-bdf7-7be85cce2993"

SITE = """\
organisation:
  name: The unit
timezone: Europe/London
targets:
  local:
    store: .peru-media/store
    base_url: {base_url}
"""

SHOW = """\
---
title: Stories
guid: {guid}
language: en-GB
author: The unit
owner:
  name: The unit
  email: media@example.ac.uk
categories: [Education]
explicit: false
licence: CC-BY-4.0
---
Stories that people tell about services.
"""

EPISODE = """\
---
show: stories
guid: {guid}
number: {number}
title: {title}
publish: {publish}
people:
  - name: The host
    role: host
---
What {title} is about.
"""

WORDS = """\
WEBVTT

00:00.000 --> 00:00.900
<v The host>These are the words of {title}.
"""


@cache
def tone(hertz: int, *, seconds: float = 1.0) -> bytes:
    """One mono tone as MP3, as a real encoder makes it."""
    rate = 44_100
    turn = 2 * math.pi * hertz / rate
    wave = array(
        "h", (int(8000 * math.sin(turn * at)) for at in range(int(rate * seconds)))
    )
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(wave))
    frame.sample_rate = rate
    frame.planes[0].update(wave.tobytes())
    file = BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout="mono")
        stream.bit_rate = 64_000
        for piece in [*av.AudioResampler("s16p", "mono", rate).resample(frame), None]:
            container.mux(stream.encode(piece))
    return file.getvalue()


@cache
def cover(colour: str = "navy") -> bytes:
    """A square cover of one colour."""
    file = BytesIO()
    Image.new("RGB", (1400, 1400), colour).save(file, "PNG")
    return file.getvalue()


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)


def episode_files(
    number: int, *, publish: str = "2026-03-03 09:00"
) -> dict[str, str | bytes]:
    """The folder of one story."""
    title, folder = f"Story {number}", f"episodes/story-{number}"
    text = EPISODE.format(
        guid=f"guid-of-story-{number}", number=number, title=title, publish=publish
    )
    return {
        f"{folder}/episode.md": text,
        f"{folder}/audio.mp3": tone(200 + 20 * number),
        f"{folder}/transcript.vtt": WORDS.format(title=title),
    }


def write_project(
    root: Path, *, episodes: int = 2, base_url: str = "http://127.0.0.1:9"
) -> None:
    """Write the whole project; nothing answers at its address unless one is given."""
    files: dict[str, str | bytes] = {
        "feeds/site.yaml": SITE.format(base_url=base_url),
        "feeds/stories/show.md": SHOW.format(guid=SHOW_GUID),
        "feeds/stories/cover.png": cover(),
    }
    for number in range(1, episodes + 1):
        files |= episode_files(number)
    write(root, files)
