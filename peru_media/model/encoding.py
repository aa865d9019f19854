"""Which masters are encoded for listeners, and how; all others keep their sound."""

from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import DefaultsField, MediaField

__all__ = ["ENCODED", "encoding_of", "published_type"]

ENCODED = frozenset(
    {
        "audio/3gpp", "audio/aiff", "audio/amr", "audio/flac", "audio/ogg",
        "audio/opus", "audio/wav",
    }
)  # fmt: skip
_FINISHED = frozenset({"audio/aac", "audio/mpeg", "audio/x-m4a"})
_PLAYED = {
    "audio/mpeg": {"mp3"},
    "audio/x-m4a": {"aac", "mp3"},
    "video/quicktime": {"aac", "mp3"},
}
_CD_FAMILY = 11_025


def encoding_of(
    facts: FileFacts,
    defaults: DefaultsField,
    media: MediaField,
    *,
    edited: bool = False,
) -> dict[str, str]:
    """Say how the published copy of a master is encoded; empty where it is not.

    Recordings that apps do not play are encoded, as MP3. MP3 and AAC are kept as
    they are, packet by packet, unless show or episode ask for their loudness, too
    (``level``), or something is taken out of them.

    Args:
        facts: of the master.
        defaults: of its show.
        media: of its episode.
        edited: whether something is taken out of its sound.
    """
    level = defaults.level if media.level is None else media.level
    if not _is_encoded(facts, level=level or edited):
        return {}
    channels = min(facts.channels or 2, 2)
    kbits = (defaults.bit_rate_mono, defaults.bit_rate_stereo)[channels - 1]
    return {
        "codec": "mp3",
        "loudness": f"{defaults.loudness:g}",
        "channels": str(channels),
        "bit_rate": str(kbits * 1000),
        "sample_rate": str(defaults.sample_rate or _rate(facts)),
    }


def published_type(media_type: str, settings: dict[str, str]) -> str:
    """The media type of a copy: raw AAC is put into M4A, what is encoded is MP3."""
    if settings:
        return "audio/mpeg"
    return "audio/x-m4a" if media_type == "audio/aac" else media_type


def _is_encoded(facts: FileFacts, *, level: bool) -> bool:
    if facts.kind is not FileKind.AUDIO or facts.fault:
        return False
    if facts.media_type in ENCODED:
        return True
    played = _PLAYED.get(facts.media_type)
    if played and facts.codec and facts.codec not in played:
        return True
    return level and facts.media_type in _FINISHED


def _rate(facts: FileFacts) -> int:
    """44.1 kHz where the master is of that family, else 48 kHz."""
    return 48_000 if (facts.sample_rate or 0) % _CD_FAMILY else 44_100
