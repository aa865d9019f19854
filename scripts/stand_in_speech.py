"""Speak a text with a computer voice: sound, and a transcript that fits it.

A text is one sentence a line, an empty line between paragraphs, and ``# Title``
where a chapter begins. Each sentence is spoken by itself and measured, so the
times of transcript and chapters are those of the sound, not guesses.
"""

import array
import itertools
import math
import re
import subprocess
import tempfile
import textwrap
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

__all__ = ["Line", "Talk", "chapters", "read_lines", "speak", "write_mp3", "write_vtt"]

_VOICE = ("-v", "en-gb-x-rp", "-s", "152", "-p", "38", "-a", "160")
_SPOKEN = {
    "2020": "twenty twenty",
    "episode.md": "episode dot M D",
    "guid": "G U I D",
    "“": "",
    "”": "",
}
_RATE = 22_050  # what espeak-ng gives
_OUT_RATE = 44_100
_BIT_RATE = 56_000
_QUIET = 160  # of 32767: below this the voice is silent
_SENTENCE, _PARAGRAPH, _CHAPTER = 0.3, 0.65, 0.9  # seconds of pause before each
_WIDTH = 60  # letters in a line of a transcript
_SOUND = (
    f"aformat=sample_rates={_RATE},highpass=f=75,"
    "treble=g=-4:f=5200,"
    "acompressor=threshold=0.06:ratio=4:attack=3:release=60:makeup=2,"
    "loudnorm=I=-16:TP=-2:LRA=7,"
    f"aresample={_OUT_RATE},aformat=sample_fmts=s16p:channel_layouts=mono,"
    "asetnsamples=n=1152:p=0"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence: its words, the chapter that it opens, the pause before it."""

    text: str
    chapter: str | None = None
    pause: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A text, spoken: its samples, and when each line starts and ends (seconds)."""

    lines: tuple[Line, ...]
    times: tuple[tuple[float, float], ...]
    samples: array.array


def read_lines(path: Path) -> tuple[Line, ...]:
    """Read a text: its sentences, with the pauses that its layout asks for."""
    lines: list[Line] = []
    chapter, pause = None, 0.0
    for row in path.read_text("utf-8").splitlines():
        if row.startswith("# "):
            chapter, pause = row[2:], _CHAPTER if lines else 0.0
        elif row:
            lines.append(Line(text=row, chapter=chapter, pause=pause))
            chapter, pause = None, _SENTENCE
        else:
            pause = _PARAGRAPH
    return tuple(lines)


def speak(lines: tuple[Line, ...]) -> Talk:
    """Speak every line and join them; a chapter opens on a whole second."""
    samples = array.array("h", [0]) * (_RATE // 5)
    times = []
    for line in lines:
        pause = round(line.pause * _RATE)
        if line.chapter and times:
            pause += -(len(samples) + pause) % _RATE
            pause += _RATE // 5
        samples.extend(itertools.repeat(0, pause))
        start = len(samples) / _RATE
        samples.extend(_voice(line.text))
        times.append((start, len(samples) / _RATE))
    samples.extend(itertools.repeat(0, _RATE // 2))
    return Talk(lines=lines, times=tuple(times), samples=samples)


def chapters(talk: Talk) -> list[tuple[int, str]]:
    """The whole second at which each chapter starts, and its title."""
    return [
        (math.floor(start), line.chapter)
        for line, (start, _) in zip(talk.lines, talk.times, strict=True)
        if line.chapter
    ]


def write_vtt(talk: Talk, path: Path) -> None:
    """Write the transcript: a cue holds until the next, or a breath longer."""
    starts = [*(start for start, _ in talk.times[1:]), len(talk.samples) / _RATE]
    blocks = ["WEBVTT"]
    for line, (start, end), following in zip(
        talk.lines, talk.times, starts, strict=True
    ):
        last = min(end + 0.4, following)
        rows = textwrap.wrap(line.text, _WIDTH)
        words = "\n".join(rows)
        blocks.append(f"{_clock(start)} --> {_clock(last)}\n<v Stand-in voice>{words}")
    path.write_text("\n\n".join(blocks) + "\n", "utf-8")


def write_mp3(talk: Talk, path: Path, *, title: str) -> None:
    """Level the voice to -16 LUFS and write it as an MP3, mono."""
    options = {"id3v2_version": "3", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp3", options=options) as out:
        out.metadata["title"] = title
        stream = out.add_stream("libmp3lame", rate=_OUT_RATE, layout="mono")
        stream.bit_rate = _BIT_RATE
        for frame in _levelled(talk.samples):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _voice(text: str) -> array.array:
    """Let espeak-ng speak one sentence, without the silence around it."""
    for written, spoken in _SPOKEN.items():
        text = re.sub(rf"(?<!\w){re.escape(written)}", spoken, text)
    with tempfile.NamedTemporaryFile(suffix=".wav") as sound:
        subprocess.run(["espeak-ng", *_VOICE, "-w", sound.name, text], check=True)
        with wave.open(sound.name, "rb") as reader:
            samples = array.array("h", reader.readframes(reader.getnframes()))
    loud = [index for index, value in enumerate(samples) if abs(value) > _QUIET]
    return samples[loud[0] : loud[-1] + 1]


def _levelled(samples: array.array) -> Iterator[AudioFrame]:
    graph = Graph()
    source = graph.add_abuffer(sample_rate=_RATE, format="s16", layout="mono")
    last = source
    for step in _SOUND.split(","):
        name, _, arguments = step.partition("=")
        following = graph.add(name, arguments)
        last.link_to(following)
        last = following
    last.link_to(sink := graph.add("abuffersink"))
    graph.configure()
    frame = AudioFrame(format="s16", layout="mono", samples=len(samples))
    frame.sample_rate = _RATE
    frame.planes[0].update(samples.tobytes())
    graph.push(frame)
    graph.push(None)
    while True:
        try:
            levelled = sink.pull()
        except (av.EOFError, av.BlockingIOError):
            return
        levelled.pts = None
        yield levelled


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return (
        f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
    )
