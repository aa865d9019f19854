"""How exact durations are, beside a full decode of many files.

``python -m tests.media.durations`` writes docs/durations.md and prints every file.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import av
import mutagen

from peru_media.media.probe import facts_of
from tests.media.odd_lengths import GROUPS
from tests.packages import unpacked

__all__ = ["OUTSIDE", "PLACE", "Row", "page", "rows"]

PLACE = Path(__file__).parents[2] / "docs" / "durations.md"
NEAR = 0.05
MUTAGENS = "mutagen's own files"
FILE: Any = mutagen.File
GAP = "players show what its last page says, and that lies beyond its sound"
OUTSIDE = MappingProxyType(
    {
        "52-too-short-block-size.flac": "almost all of it is missing, and decoders "
        "give up at different places in the rest",
        "edit of no length.m4a": "its edit list plays zero seconds, which some take "
        "for nothing, as the decoder here, and others for all the rest",
        "last page says too much.opus": GAP,
        "last page says too much.ogg": GAP,
        "pages lost in the middle.opus": "there is a gap in it, which players count",
        "truncated-64bit.mp4": "it ends within its first packets, so that decoders "
        "hear nothing at all",
    }
)
"""Every file that is not within 0.05 s, and why."""
HEAD = """\
# How exact durations are

Written by `make golden`, and held to it by a test. Each file is probed, and decoded
from end to end by FFmpeg's libraries, whose samples are counted. What mutagen tells is
given beside it, as many programs show that. Where a decoder hears nothing at all, zero
seconds are right.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One file: seconds as we tell them, as decoded, and as mutagen tells them."""

    group: str
    name: str
    ours: float
    decoded: float
    mutagen: float

    @property
    def near(self) -> bool:
        """Whether we are within 0.05 s of what can be heard."""
        return abs(self.ours - self.decoded) <= NEAR

    @property
    def mutagen_near(self) -> bool:
        """Whether mutagen is."""
        return abs(self.mutagen - self.decoded) <= NEAR

    def __str__(self) -> str:
        apart = self.ours - self.decoded
        return (
            f"{self.name}: ours {self.ours:.3f}, decoded {self.decoded:.3f} "
            f"({apart:+.3f}), mutagen's {self.mutagen:.3f}"
        )


def rows(folder: Path) -> Iterator[Row]:
    """Measure all of mutagen's test files that hold sound, and all that are made."""
    data = unpacked("mutagen", folder) / "tests/data"
    for path in sorted(path for path in data.iterdir() if path.is_file()):
        if facts_of(path)["kind"] in {"audio", "video"}:
            yield _row(MUTAGENS, path)
    for group, cases in GROUPS.items():
        for case in cases():
            yield _row(group, case.make(folder / case.name))


def page(found: Sequence[Row]) -> str:
    """The page, as Markdown."""
    titles = ("Files", "number", "within 0.05 s", "mutagen within 0.05 s")
    groups = dict.fromkeys(row.group for row in found)
    lines = [
        _line(*titles),
        _line("---", "---:", "---:", "---:"),
        *(_sum(name, [row for row in found if row.group == name]) for name in groups),
        _sum("**all**", found),
    ]
    outside = (_outside(row) for row in found if not row.near)
    heads = ("File", "ours", "decoded", "mutagen", "why")
    more = [_line(*heads), _line("---", "---:", "---:", "---:", "---"), *outside]
    return "\n".join([HEAD, *lines, "", "## Those that are not", "", *more, ""])


def _row(group: str, path: Path) -> Row:
    ours = facts_of(path).get("duration") or 0.0
    return Row(group, path.name, ours, _decoded(path), _mutagen(path))


def _decoded(path: Path) -> float:
    """How many seconds come out of a file where every packet is decoded."""
    seconds = 0.0
    try:
        with av.open(str(path)) as source:
            for packet in source.demux(source.streams.audio[0]):
                seconds += _heard(packet)
    except (av.FFmpegError, IndexError):  # it breaks off, or holds no sound
        return seconds
    return seconds


def _heard(packet: Any) -> float:
    try:
        frames = packet.decode()
    except av.FFmpegError:
        return 0.0
    return float(sum(frame.samples / frame.sample_rate for frame in frames))


def _mutagen(path: Path) -> float:
    try:
        told = FILE(path)
    except mutagen.MutagenError:
        return 0.0
    return getattr(getattr(told, "info", None), "length", 0.0) or 0.0


def _sum(name: str, found: Sequence[Row]) -> str:
    near, theirs = (
        sum(getattr(row, mark) for row in found) for mark in ("near", "mutagen_near")
    )
    return _line(name, str(len(found)), str(near), str(theirs))


def _outside(row: Row) -> str:
    figures = (f"{seconds:.2f}" for seconds in (row.ours, row.decoded, row.mutagen))
    return _line(row.name, *figures, OUTSIDE[row.name])


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        measured = list(rows(Path(name)))
    PLACE.write_text(page(measured))
    sys.stdout.writelines(f"{row.group}: {row}\n" for row in measured)
