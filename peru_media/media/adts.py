"""Measure an AAC stream without a container (ADTS)."""

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND, Facts, Found, Source
from peru_media.media.frames import adts_at, walk_adts

__all__ = ["read"]


def read(source: Source) -> tuple[Facts, Found]:
    """Count every frame: nothing in such a file tells how long it is.

    Raises:
        MediaError: there is no sound.
    """
    found = walk_adts(source.file, source.form.start, source.size)
    source.file.seek(source.form.start)
    head = source.file.read(7)
    first = adts_at(head, 0)
    if first is None or not found.frames:
        raise MediaError(NO_SOUND)
    facts: Facts = {
        "codec": "aac",
        "duration": found.seconds,
        "bit_rate": round(found.size * 8 / found.seconds),
        "sample_rate": first[2],
        "channels": ((head[2] & 1) << 2 | head[3] >> 6) or None,
    }
    return facts, Found()
