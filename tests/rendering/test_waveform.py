"""The picture of a recording is small, true, and harmless in a page."""

import base64
import gzip
import random
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from peru_media.model.sound import SoundFacts, heights, waveform
from peru_media.model.source import Chapter
from peru_media.rendering.waveform import waveform_svg


def stored(points: bytes, *, seconds: float = 100.0) -> bytes:
    text = base64.b64encode(points).decode()
    return waveform(SoundFacts(duration=seconds, points=text))


def bars(svg: str) -> list[tuple[int, int]]:
    """From where and how far down each bar goes."""
    path = ET.fromstring(svg)[0].attrib["d"]  # noqa: S314  # our own
    found = re.findall(r"M\d+\.5 (\d+)v(\d+)", path)
    return [(int(top), int(height)) for top, height in found]


def test_a_waveform_is_read_as_it_was_written() -> None:
    assert heights(stored(b"\x00\x80\xff", seconds=1.5)) == (1.5, b"\x00\x80\xff")


@pytest.mark.parametrize("content", [b"", b"PMW1", b"RIFF" + bytes(20)])
def test_what_is_no_waveform_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="PMW1"):
        waveform_svg(content)


@pytest.mark.parametrize(
    ("points", "first", "last"),
    [
        (bytes([255] * 500 + [0] * 500), (2, 60), (31, 2)),
        (bytes([20] * 500 + [10] * 500), (2, 60), (24, 16)),
        (bytes(1000), (31, 2), (31, 2)),
        (b"\xff", (31, 2), (2, 60)),
        (b"", (31, 2), (31, 2)),
    ],
    ids=["loud", "quiet", "silent", "one point", "nothing"],
)
def test_bars_are_as_tall_as_the_sound_is_loud(
    points: bytes, first: tuple[int, int], last: tuple[int, int]
) -> None:
    drawn = bars(waveform_svg(stored(points)))

    assert len(drawn) == 200
    assert (drawn[0], drawn[-1]) == (first, last)


@pytest.mark.parametrize(
    ("starts", "path"),
    [
        ([0], None),
        ([0, 25, 50.2], "M50 0v64M100 0v64"),
        ([50, 50.1, 99.99, 3600], "M100 0v64"),
    ],
)
def test_chapters_are_marked_but_not_the_beginning_and_not_past_the_end(
    starts: list[float], path: str | None
) -> None:
    chapters = [Chapter(start=start, title="<script>") for start in starts]
    svg = waveform_svg(stored(bytes(1000)), chapters=chapters)

    found = re.search('waveform-chapters"[^>]* d="([^"]*)"', svg)
    assert (found and found[1]) == path
    assert "script" not in svg


def test_a_recording_without_length_has_no_chapters() -> None:
    chapters = [Chapter(start=0, title="a"), Chapter(start=5, title="b")]

    assert "chapters" not in waveform_svg(stored(b"", seconds=0), chapters=chapters)


def test_it_weighs_little_and_needs_no_style(
    record_property: Callable[[str, object], None],
) -> None:
    noise = random.Random(7).randbytes(1000)  # noqa: S311  # the same each time
    chapters = [Chapter(start=at, title="x") for at in range(0, 100, 5)]
    svg = waveform_svg(stored(noise), chapters=chapters)
    small = len(gzip.compress(svg.encode()))

    record_property("figure", f"waveform as SVG: {len(svg)} bytes, {small} as gzip")
    assert small < 2000
    assert 'aria-hidden="true"' in svg
    assert "style" not in svg
