"""Writing a transcript: as WebVTT, SubRip, JSON, plain text and HTML.

Whatever stands in a cue is shown as words in every form: it can begin no tag, no
cue and no comment of its own.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from textwrap import TextWrapper

from peru_media.rendering.characters import legal
from peru_media.rendering.transcripts import Cue, Turn, turns

__all__ = [
    "html_of_cues",
    "html_of_paragraphs",
    "json_of",
    "srt_of",
    "text_of_cues",
    "text_of_paragraphs",
    "vtt_of",
]

_VTT_LINE, _SRT_LINE = 65, 32
_OPENS = re.compile(r"<(?=[/!?a-z0-9:.])", re.IGNORECASE)
_IN_JSON = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
_IN_VTT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def vtt_of(cues: Iterable[Cue]) -> str:
    """Write WebVTT (W3C), each speaker as ``<v Name>``, lines of up to 65 letters."""
    blocks = [
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{_vtt_words(cue)}\n"
        for cue in _spoken(cues)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def srt_of(cues: Iterable[Cue]) -> str:
    """Write SubRip, each speaker as ``Name:``, lines of up to 32 letters."""
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n"
        f"{_srt_words(cue)}\n"
        for number, cue in enumerate(_spoken(cues), start=1)
    )


def json_of(cues: Iterable[Cue]) -> str:
    """Write the podcast namespace's JSON (transcripts, 1.0.0), times in seconds."""
    segments = [
        ({"speaker": cue.speaker} if cue.speaker else {})
        | {"startTime": cue.start, "endTime": cue.end, "body": cue.text}
        for cue in _spoken(cues)
    ]
    content = {"version": "1.0.0", "segments": segments}
    return json.dumps(content, ensure_ascii=False, indent=1).translate(_IN_JSON)


def text_of_cues(cues: Iterable[Cue]) -> str:
    """Write plain text: a paragraph for each turn, begun by who speaks."""
    return text_of_paragraphs(_attributed(turn) for turn in turns(_spoken(cues)))


def text_of_paragraphs(found: Iterable[str]) -> str:
    """Write paragraphs as plain text, an empty line between."""
    return "\n\n".join([*found, ""]).rstrip("\n") + "\n"


def html_of_cues(cues: Iterable[Cue]) -> str:
    """Write HTML as the podcast namespace has it: ``cite``, ``time`` and ``p``."""
    return "".join(map(_html_turn, turns(_spoken(cues))))


def html_of_paragraphs(found: Iterable[str]) -> str:
    """Write paragraphs as HTML."""
    return "".join(f"<p>{html.escape(part)}</p>\n" for part in found)


def _spoken(cues: Iterable[Cue]) -> Iterator[Cue]:
    """The cues that have words, without characters that nothing can show."""
    for cue in cues:
        text = _plain(cue.text)
        if text:
            speaker = _plain(cue.speaker or "") or None
            yield Cue(start=cue.start, end=cue.end, speaker=speaker, text=text)


def _plain(text: str) -> str:
    return " ".join(legal(text).split())


def _clock(seconds: float, point: str) -> str:
    """Hours, minutes, seconds and thousandths: ``00:01:05.000``."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, left = divmod(whole, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours:02d}:{rest:02d}:{left:02d}{point}{thousandths:03d}"


def _vtt_words(cue: Cue) -> str:
    lines = (line.translate(_IN_VTT) for line in _lines(cue.text, _VTT_LINE))
    voice = f"<v {cue.speaker.translate(_IN_VTT)}>" if cue.speaker else ""
    return voice + "\n".join(lines)


def _srt_words(cue: Cue) -> str:
    """SubRip has no way to quote, so only what would be a command is disguised."""
    text = f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text
    if html.unescape(text) != text:
        text = text.replace("&", "&amp;")
    text = _OPENS.sub("&lt;", text.replace("-->", "--&gt;"))
    return "\n".join(_lines(text.replace("{\\", "&#123;\\"), _SRT_LINE))


def _lines(text: str, width: int) -> list[str]:
    wrapper = TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)


def _attributed(turn: Turn) -> str:
    return f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text


def _html_turn(turn: Turn) -> str:
    cite = f"<cite>{html.escape(turn.speaker)}:</cite>\n" if turn.speaker else ""
    clock = _clock(turn.start, ".").partition(".")[0]
    return f"{cite}<time>{clock}</time>\n<p>{html.escape(turn.text)}</p>\n"
