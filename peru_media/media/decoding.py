"""Decode the sound of a file, as a player would."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.packet import Packet

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND
from peru_media.media.demux import opened

__all__ = ["Tally", "decode"]


@dataclass(slots=True)
class Tally:
    """How the decoding goes: packets that came, and those that were broken."""

    packets: int = 0
    broken: int = 0


def decode(file: BinaryIO, *, form: str, tally: Tally) -> Iterator[AudioFrame]:
    """Give the sound of a file frame by frame.

    What is broken is left out and counted, as players do.

    Args:
        file: open for reading.
        form: the name of its form.
        tally: counts along.

    Raises:
        MediaError: there is no sound in it, or it cannot be followed.
    """
    with opened(file, form) as source:
        if not source.streams.audio:
            raise MediaError(NO_SOUND)
        stream = source.streams.audio[0]
        stream.codec_context.thread_count = 1
        for packet in _packets(source.demux(stream), tally):
            yield from _frames(packet, tally)


def _packets(
    packets: Iterator["Packet[AudioStream]"], tally: Tally
) -> Iterator["Packet[AudioStream]"]:
    """Follow a file until it ends or breaks off."""
    try:
        for packet in packets:
            tally.packets += packet.size > 0
            yield packet
    except FFmpegError:
        tally.broken += 1


def _frames(packet: "Packet[AudioStream]", tally: Tally) -> list[AudioFrame]:
    try:
        frames = packet.decode()
    except FFmpegError:
        tally.broken += 1
        return []
    return frames
