"""A chunk of a WAV or AIFF file, by the place where it lies."""

from typing import BinaryIO

from peru_media.errors import MediaError
from peru_media.media.sniff import TAG_LIMIT

__all__ = ["Place", "chunk_bytes"]

Place = tuple[int, int]


def chunk_bytes(file: BinaryIO, place: Place) -> bytes:
    """Read a chunk of texts; ``place`` is where it begins, and how many bytes it has.

    Raises:
        MediaError: it has more than 16 MB.
    """
    at, size = place
    if size > TAG_LIMIT:
        msg = "Its texts are over 16 MB, which is refused: export it again without."
        raise MediaError(msg)
    file.seek(at)
    return file.read(size)
