"""Look at a text file: whether it is UTF-8, which kind of text, and its cues."""

import codecs
import json
import re
from math import isfinite

from peru_media.errors import MediaError
from peru_media.media.chapter_files import (
    label_chapters,
    list_chapters,
    xml_chapters,
)
from peru_media.media.common import Facts, Found, Source
from peru_media.media.timings import Span, crowded, summed
from peru_media.rendering.transcripts import parse_cues

__all__ = ["LARGEST", "read"]

LARGEST = 5 << 20
_HEAD = 4 << 10
_TIME = r"((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?", re.ASCII)
_ARROW = re.compile(r"\d\s*-->|-->\s*\d", re.ASCII)
_VTT = re.compile(r"WEBVTT(?:[ \t\n]|\Z)")
_SRT = re.compile(
    r"\s*\d{1,9}[ \t]*\n[ \t]*\d{1,3}:\d\d:\d\d[,.]\d+[ \t]*-->", re.ASCII
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|!--|(?:html|head|body|script|article|"
    r"section|main|div|header|h[1-6]|p|cite|time|ul|ol|dl|table|span)[\s>/])",
    re.IGNORECASE,
)

_WIDTHS = {"text/vtt": 65, "application/x-subrip": 32}


def read(source: Source) -> tuple[Facts, Found]:
    """Tell which kind of text a file holds, and when its words are said.

    A file of WebVTT begins with its signature (W3C WebVTT, 4.1), one of SubRip
    with a number and a time, one of JSON is an object from end to end.

    Raises:
        MediaError: it is over 5 MB, or not UTF-8; the sentence tells the line.
    """
    if source.size > LARGEST:
        msg = f"The text is over {LARGEST >> 20} MB: is it the right file?"
        raise MediaError(msg)
    source.file.seek(0)
    text = _decoded(source.file.read(LARGEST))
    if _VTT.match(text):
        return _cues(text, "text/vtt"), Found()
    if _SRT.match(text[:_HEAD]):
        return _cues(text, "application/x-subrip"), Found()
    fields = _object(text)
    if fields is not None:
        return _json(text, fields)
    return _plain(text)


def _json(text: str, fields: dict[str, object]) -> tuple[Facts, Found]:
    """A transcript or chapters in JSON, or anything else."""
    facts: Facts = {"media_type": "application/json"}
    if "chapters" in fields:
        return facts, Found(chapters=list_chapters(text))
    speakers = {"speakers": _speakers(text, "application/json")}
    return facts | speakers | _segments(fields), Found()


def _plain(text: str) -> tuple[Facts, Found]:
    """A text without times of its own, unless it holds chapters."""
    chapters = xml_chapters(text)
    if chapters is not None:
        return {"media_type": "application/xml"}, Found(chapters=chapters)
    html = _HTML.match(text[:_HEAD])
    facts = {"media_type": "text/html" if html else "text/plain"}
    return facts, Found(chapters=label_chapters(text) or [])


def _decoded(data: bytes) -> str:
    """The text without byte order mark, and with the line ends of Unix."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = bytes(error.object[: error.start]).count(b"\n") + 1
        msg = f"It is not UTF-8 text (see line {line}): save it as UTF-8."
        raise MediaError(msg) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cues(text: str, media_type: str) -> Facts:
    """Follow the lines that say when something is said, in WebVTT and SubRip."""
    lines = text.split("\n")
    spans = (
        (number, _span(line))
        for number, line in enumerate(lines, start=1)
        if _ARROW.search(line)
    )
    facts = {"media_type": media_type, "speakers": _speakers(text, media_type)}
    return facts | summed(spans) | crowded(lines, _WIDTHS[media_type])


def _speakers(text: str, media_type: str) -> int:
    """How many people are named as those who speak."""
    cues = parse_cues(text.encode(), media_type)
    return len({cue.speaker for cue in cues if cue.speaker})


def _span(line: str) -> Span | None:
    found = _TIMING.fullmatch(line)
    return (_seconds(found[1]), _seconds(found[2])) if found else None


def _seconds(text: str) -> float:
    total = 0.0
    for part in text.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def _object(text: str) -> dict[str, object] | None:
    """What a text of JSON holds, where that is an object."""
    if text.lstrip()[:1] != "{":
        return None
    try:
        value: dict[str, object] = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _segments(fields: dict[str, object]) -> Facts:
    """The segments of a transcript in JSON (podcast namespace); they have no lines."""
    segments = fields.get("segments")
    found = segments if isinstance(segments, list) else []
    return summed(enumerate(map(_stretch, found), start=1))


def _stretch(segment: object) -> Span | None:
    try:
        start, end = (float(segment[name]) for name in ("startTime", "endTime"))  # type: ignore[index]  # a segment of any shape, refused below
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        return None
    return (start, end) if isfinite(start) and isfinite(end) else None
