"""Measure an AMR voice recording, as older phones make them (RFC 4867, 5)."""

from peru_media.media.common import Facts, Found, Source
from peru_media.media.opinion import ask

__all__ = ["read"]

_WIDE = b"#!AMR-WB"


def read(source: Source) -> tuple[Facts, Found]:
    """Count its packets: nothing in such a file tells how long it is.

    Raises:
        MediaError: FFmpeg cannot make anything of it.
    """
    source.file.seek(0)
    wide = source.file.read(len(_WIDE)) == _WIDE
    facts: Facts = {
        "codec": "amr",
        "sample_rate": 16_000 if wide else 8_000,
        "channels": 1,
    }
    found = Found()
    ask(source, facts, found, measure=True)
    return facts, found
