"""The picture of a recording's loud and quiet parts, for its page."""

from collections.abc import Sequence

from peru_media.model.sound import heights
from peru_media.model.source import Chapter
from peru_media.rendering.words import decimal

__all__ = ["waveform_svg"]

_BARS = 200
_MIDDLE = 32
_TALLEST = 30


def waveform_svg(content: bytes, *, chapters: Sequence[Chapter] = ()) -> str:
    """Draw a recording as two hundred bars, with a line where each chapter begins.

    The loudest bar is as tall as the picture, however quiet the recording. It says
    nothing that the page does not say in words, so screen readers pass it over. Its
    colours are the text's; classes ``waveform``, ``waveform-bars`` and
    ``waveform-chapters`` let a style sheet choose others.

    Args:
        content: the waveform file that is published with the episode.
        chapters: those of the episode.

    Returns:
        An SVG element of less than 2 kB as gzip, without style or script.

    Raises:
        ValueError: it is no waveform of ours.
    """
    seconds, points = heights(content)
    marks = {round(one.start / seconds * _BARS) for one in chapters if seconds}
    starts = "".join(f"M{x} 0v64" for x in sorted(marks) if 0 < x < _BARS)
    line = f'<path class="waveform-chapters" stroke-width=".3" d="{starts}"/>'
    return (
        f'<svg class="waveform" viewBox="0 0 {_BARS} {2 * _MIDDLE}" '
        'preserveAspectRatio="none" aria-hidden="true" fill="none" '
        f'stroke="currentColor" data-seconds="{decimal(seconds)}">'
        f'<path class="waveform-bars" stroke-width=".6" d="{_bars(points)}"/>'
        f"{line if starts else ''}</svg>"
    )


def _bars(points: bytes) -> str:
    """A stroke a bar, as far above the middle as below it.

    Squared, for ears hear power: of a voice, peaks alone would draw a block.
    """
    spans = (_span(points, at) for at in range(_BARS))
    tall = [sum(span) / len(span) if span else 0.0 for span in spans]
    most = max(*tall, 1.0)
    halves = [max(round((one / most) ** 2 * _TALLEST), 1) for one in tall]
    return "".join(
        f"M{at}.5 {_MIDDLE - half}v{2 * half}" for at, half in enumerate(halves)
    )


def _span(points: bytes, at: int) -> bytes:
    return points[at * len(points) // _BARS : (at + 1) * len(points) // _BARS]
