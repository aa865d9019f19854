"""Decode a recording for somebody who wants to hear nothing but speech."""

from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from av.audio.frame import AudioFrame

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND, Facts
from peru_media.media.decoding import Tally, decode
from peru_media.media.filtering import Branch, Filters
from peru_media.media.sniff import sniff

__all__ = ["RATE", "WIDTH", "write_samples"]

RATE = 16_000
WIDTH = 2

_BRANCH: Branch = [
    ("aresample", str(RATE)),
    ("aformat", "sample_fmts=s16:channel_layouts=mono"),
]


def write_samples(path: Path, out: Path) -> Facts:
    """Write the sound of a recording as bare samples; gives how many there are.

    One channel, 16,000 samples a second, 16 bits each, as this machine keeps
    numbers: what recognisers of speech are made for.

    Raises:
        MediaError: nothing in it can be decoded. OSError: it cannot be read.
    """
    with FileIO(path) as file, out.open("wb") as samples:
        for frame in _resampled(file):
            samples.write(memoryview(frame.planes[0])[: frame.samples * WIDTH])
        written = samples.tell() // WIDTH
    if not written:
        raise MediaError(NO_SOUND)
    return {"samples": written}


def _resampled(file: BinaryIO) -> Iterator[AudioFrame]:
    filters: Filters | None = None
    for frame in decode(file, form=sniff(file).name, tally=Tally()):
        filters = filters or Filters(frame, _BRANCH)
        filters.push(frame)
        yield from filters.pull()
    if filters is not None:
        filters.finish()
        yield from filters.pull()
