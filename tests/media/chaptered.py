"""Recordings and texts that hold chapters, in each way that programs write them."""

import json
import wave
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import mutagen
from mutagen import id3

from tests.media.samples import sound

__all__ = ["SOURCES", "Told", "cued", "without_box"]

Told = Sequence[tuple[int, str]]
"""Chapters as a test tells of them: milliseconds and a title each."""

ID3: Any = id3
FILE: Any = mutagen.File
RATE = 48_000


def _clock(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{rest:03}"


def _ends(told: Told, seconds: float) -> list[tuple[float, float, str]]:
    ends = [*(start / 1000 for start, _ in told[1:]), seconds]
    return [
        (start / 1000, end, title)
        for (start, title), end in zip(told, ends, strict=True)
    ]


def _mp3(folder: Path, told: Told, seconds: float) -> Path:
    path = sound(folder / "id3.mp3", seconds=seconds)
    tags = ID3.ID3()
    for number, (start, end, title) in enumerate(_ends(told, seconds)):
        tags.add(
            ID3.CHAP(
                element_id=f"c{number}",
                start_time=round(start * 1000),
                end_time=round(end * 1000),
                sub_frames=[ID3.TIT2(encoding=1, text=[title])],
            )
        )
    tags.save(path, v2_version=3)
    return path


def without_box(path: Path, name: bytes) -> Path:
    """The same film with a box that no player knows in the place of one."""
    other = path.with_stem(f"{path.stem}-without-{name.decode()}")
    other.write_bytes(path.read_bytes().replace(name, b"free"))
    return other


def _m4a(folder: Path, told: Told, seconds: float) -> Path:
    marks = _ends(told, seconds)
    return sound(
        folder / "m4a.m4a", "aac", form="ipod", seconds=seconds, chapters=marks
    )


def _nero(folder: Path, told: Told, seconds: float) -> Path:
    return without_box(_m4a(folder, told, seconds), b"chap")


def _quicktime(folder: Path, told: Told, seconds: float) -> Path:
    return without_box(_m4a(folder, told, seconds), b"chpl")


def _commented(path: Path, told: Told) -> Path:
    tagged = FILE(path)
    for number, (start, title) in enumerate(told, start=1):
        tagged[f"CHAPTER{number:03}"] = _clock(start)
        tagged[f"CHAPTER{number:03}NAME"] = title
    tagged.save()
    return path


def _vorbis(folder: Path, told: Told, seconds: float) -> Path:
    path = sound(
        folder / "a.ogg",
        "vorbis",
        encoder={"strict": "-2"},
        stereo=True,
        seconds=seconds,
    )
    return _commented(path, told)


def _opus(folder: Path, told: Told, seconds: float) -> Path:
    path = sound(folder / "a.opus", "libopus", rate=RATE, seconds=seconds)
    return _commented(path, told)


def _flac(folder: Path, told: Told, seconds: float) -> Path:
    path = sound(folder / "a.flac", "flac", bit_rate=None, seconds=seconds)
    return _commented(path, told)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _wav(folder: Path, told: Told, seconds: float) -> Path:
    path = folder / "cues.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(bytes(range(250)) * int(RATE * seconds * 2 / 250))
    return cued(path, told, rate=RATE)


def cued(path: Path, told: Told, *, rate: int) -> Path:
    """Add cues with labels to a WAV file, and one cue without any."""
    points, labels = [], []
    for number, (start, title) in enumerate(told, start=1):
        mark, frame = (n.to_bytes(4, "little") for n in (number, start * rate // 1000))
        points.append(mark + frame + b"data" + bytes(8) + frame)
        labels.append(_chunk(b"labl", mark + title.encode() + b"\0"))
    nameless = (len(told) + 1).to_bytes(4, "little") + bytes(4) + b"data" + bytes(12)
    count = (len(told) + 1).to_bytes(4, "little")
    more = _chunk(b"cue ", count + b"".join(points) + nameless)
    more += _chunk(b"LIST", b"adtl" + b"".join(labels))
    body = path.read_bytes() + more
    path.write_bytes(body[:4] + (len(body) - 8).to_bytes(4, "little") + body[8:])
    return path


def _psc(folder: Path, told: Told, _seconds: float) -> Path:
    rows = (
        f'<psc:chapter start="{_clock(start)}" title="{escape(title)}"/>'
        for start, title in told
    )
    space = "http://podlove.org/simple-chapters"
    path = folder / "chapters.psc"
    path.write_text(
        f'<?xml version="1.0"?>\n<psc:chapters version="1.2" xmlns:psc="{space}">'
        f"{''.join(rows)}</psc:chapters>",
        "utf-8",
    )
    return path


def _labels(folder: Path, told: Told, _seconds: float) -> Path:
    lines = (
        f"{start / 1000:.6f}\t{start / 1000:.6f}\t{title}" for start, title in told
    )
    path = folder / "labels.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _json(folder: Path, told: Told, _seconds: float) -> Path:
    rows = [{"startTime": start / 1000, "title": title} for start, title in told]
    path = folder / "chapters.json"
    path.write_text(json.dumps({"version": "1.2.0", "chapters": rows}), "utf-8")
    return path


SOURCES: Mapping[str, Callable[[Path, Told, float], Path]] = MappingProxyType(
    {
        "ID3 in MP3": _mp3,
        "Nero in M4A": _nero,
        "QuickTime in M4A": _quicktime,
        "Vorbis comments": _vorbis,
        "Opus comments": _opus,
        "FLAC comments": _flac,
        "WAV cues": _wav,
        "Podlove simple chapters": _psc,
        "Audacity labels": _labels,
        "JSON chapters": _json,
    }
)
