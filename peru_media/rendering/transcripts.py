"""Transcripts: who says what, and when, out of the usual kinds of file."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from peru_media.rendering.characters import legal

__all__ = ["Cue", "Turn", "parse_cues", "sentences", "turns"]

_TIME = r"((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>")
_TAG = re.compile(r"</?[a-z0-9:.][^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)
_NAMED = re.compile(
    r"((?:[A-Z0-9][\w.'\u2019-]*)(?: [A-Z0-9][\w.'\u2019-]*){0,3}):\s+(?=\S)"
)
_ENDS_SENTENCE = re.compile(r"[.!?…]['\"\u2019\u201d)]*$")
_LONG, _SENTENCE = 300, 200
_LATEST = 1000 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is said in one stretch: start and end in seconds, who, and the words."""

    start: float
    end: float
    speaker: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A paragraph of the transcript: from when (seconds), who speaks, the words."""

    start: float
    speaker: str | None
    text: str


def parse_cues(data: bytes, media_type: str) -> tuple[Cue, ...]:
    """Read a WebVTT, SRT or JSON transcript; what cannot be read is passed over.

    Args:
        data: UTF-8.
        media_type: ``text/vtt``, ``application/x-subrip`` or ``application/json``
            (podcast namespace); any other kind has no cues.
    """
    text = legal(data.decode("utf-8-sig", errors="replace"))
    if media_type == "application/json":
        return tuple(_segments(text))
    if media_type == "text/vtt":
        return tuple(cue for block in _blocks(text) for cue in _voices(block))
    if media_type == "application/x-subrip":
        return tuple(map(_named, _blocks(text)))
    return ()


def turns(cues: Iterable[Cue]) -> tuple[Turn, ...]:
    """Join cues to paragraphs: one a speaker's turn, long ones cut at a full stop."""
    found: list[Turn] = []
    for cue in cues:
        last = found[-1] if found else None
        if last and last.speaker == cue.speaker and not _full(last.text):
            words = f"{last.text} {cue.text}"
            found[-1] = Turn(start=last.start, speaker=last.speaker, text=words)
        else:
            found.append(Turn(start=cue.start, speaker=cue.speaker, text=cue.text))
    return tuple(found)


def sentences(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Join cues until a sentence ends, the speaker changes, or it grows too long.

    So a phrase is found also where one cue breaks off and the next goes on.
    """
    found: list[Cue] = []
    for cue in cues:
        last = found[-1] if found else None
        if last and last.speaker == cue.speaker and not _told(last.text):
            words = f"{last.text} {cue.text}"
            found[-1] = replace(last, end=cue.end, text=words)
        else:
            found.append(cue)
    return tuple(found)


def _told(text: str) -> bool:
    return len(text) >= _SENTENCE or _ENDS_SENTENCE.search(text) is not None


def _full(text: str) -> bool:
    return len(text) >= _LONG and _ENDS_SENTENCE.search(text) is not None


def _blocks(text: str) -> Iterator[Cue]:
    """Each timing line with the lines below it, still as they are written."""
    timing: re.Match[str] | None = None
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        found = _TIMING.fullmatch(line)
        if found is None and line.strip():
            lines.append(line.strip())
            continue
        if timing is not None:
            yield _block(timing, lines[:-1] if _is_number(found, lines) else lines)
        timing, lines = found, []


def _is_number(timing: re.Match[str] | None, lines: list[str]) -> bool:
    """Whether the last line counts the next cue, with no empty line between."""
    return timing is not None and bool(lines) and lines[-1].isdigit()


def _block(timing: re.Match[str], lines: list[str]) -> Cue:
    start, end = _seconds(timing[1]), _seconds(timing[2])
    return Cue(start=start, end=end, text="\n".join(lines))


def _seconds(text: str) -> float:
    total = 0.0
    for part in text.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def _voices(block: Cue) -> Iterator[Cue]:
    """A WebVTT cue, or one for each voice in it."""
    first, *rest = _VOICE.split(block.text)
    voices = [(None, first), *zip(rest[::2], rest[1::2], strict=True)]
    for speaker, words in voices:
        text = _words(words)
        if text:
            name = _words(speaker or "") or None
            yield Cue(start=block.start, end=block.end, speaker=name, text=text)


def _named(block: Cue) -> Cue:
    """An SRT cue, whose words may begin with ``Name:``."""
    text = _words(block.text)
    name = _NAMED.match(text)
    return Cue(
        start=block.start,
        end=block.end,
        speaker=name[1] if name else None,
        text=text[name.end() :] if name else text,
    )


def _words(text: str) -> str:
    if "<" not in text and "&" not in text and "{" not in text:
        return " ".join(text.split())
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _segments(text: str) -> Iterator[Cue]:
    try:
        for segment in json.loads(text)["segments"]:
            yield _segment(segment)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


def _segment(segment: Mapping[str, object]) -> Cue:
    start, end = (float(str(segment[name])) for name in ("startTime", "endTime"))
    if not 0 <= start <= end < _LATEST:
        msg = "a time outside any recording"
        raise ValueError(msg)
    return Cue(
        start=start,
        end=end,
        speaker=_words(str(segment.get("speaker") or "")) or None,
        text=" ".join(str(segment["body"]).split()),
    )
