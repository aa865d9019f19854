"""What the decoder of AAC is told, which the boxes around it often get wrong.

Many programs write "2 channels" into the box of every recording, also of one
voice; only the AudioSpecificConfig within says how many there really are.
"""

__all__ = ["channels_of"]

_STREAM, _DECODER, _CONFIG = 3, 4, 5
_FIXED = {_STREAM: 3, _DECODER: 13}
_ESCAPE, _OWN_RATE = 31, 15
_PARAMETRIC_STEREO = 29
_CHANNELS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 8, 11: 7, 12: 8, 14: 8}


def channels_of(description: bytes) -> int | None:
    """Read the channels out of a sample description with an ``esds`` box.

    Args:
        description: the ``stsd`` box of an MP4 (ISO 14496-14, 5.6).

    Returns:
        How many, or None where the config does not say.
    """
    at = description.find(b"esds")
    config = _config(description[at + 8 :]) if at >= 0 else b""
    return _channels(config) if config else None


def _config(data: bytes) -> bytes:
    """Step into the descriptors (ISO 14496-1, 7.2.6) down to the decoder's own."""
    at = 0
    while at + 1 < len(data):
        tag, at = data[at], at + 1
        size = 0
        while at < len(data):
            size, more = size << 7 | data[at] & 0x7F, data[at] & 0x80
            at += 1
            if not more:
                break
        if tag == _CONFIG:
            return data[at : at + size]
        if tag == _STREAM and data[at + 2 : at + 3] > b"\x1f":
            return b""  # it depends on other streams, and says so in more bytes
        at += _FIXED.get(tag, size)
    return b""


def _channels(config: bytes) -> int | None:
    """Read an AudioSpecificConfig (ISO 14496-3, 1.6.2.1), bit by bit."""
    bits = "".join(f"{byte:08b}" for byte in config[:16]).ljust(64, "0")
    kind, at = int(bits[:5], 2), 5
    if kind == _ESCAPE:
        kind, at = 32 + int(bits[5:11], 2), 11
    rate, at = int(bits[at : at + 4], 2), at + 4
    if rate == _OWN_RATE:
        at += 24
    channels = _CHANNELS.get(int(bits[at : at + 4], 2))
    return 2 if kind == _PARAMETRIC_STEREO and channels == 1 else channels
