"""A second opinion from FFmpeg, and copies without what must not be told.

Packets are only counted or handed on, but for the sound of films over which a tone
is put. Each file is opened with the one reader for its form, so nothing in it can
lead to another file or to the network.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition

from peru_media.errors import MediaError
from peru_media.media.common import Facts, chapter
from peru_media.media.flac import is_whole
from peru_media.media.voices import Bleeps, Voice

if TYPE_CHECKING:  # PyAV tells it to type checkers alone
    from av.container.core import Chapter

__all__ = ["Opinion", "hear", "opened", "remux"]

_READERS = {
    "adts": "aac",
    "aiff": "aiff",
    "amr": "amr",
    "flac": "flac",
    "mp3": "mp3",
    "mp4": "mov",
    "oggflac": "ogg",
    "opus": "ogg",
    "vorbis": "ogg",
    "wav": "wav",
}
_WRITERS = {
    "audio/aac": "adts",
    "audio/flac": "flac",
    "audio/ogg": "ogg",
    "audio/opus": "opus",
    "audio/wav": "wav",
    "audio/x-m4a": "ipod",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/x-m4v": "ipod",
}
_BRANDS = {"major_brand", "minor_version", "compatible_brands"}
_TICKS = 1000
_BUFFER = 256 << 10


@dataclass(frozen=True, slots=True)
class Opinion:
    """What FFmpeg makes of a file.

    Attributes:
        seconds: from the first packet of sound (or film) to the end of the last.
        chapters: fields of ``ChapterMark``. tags: by FFmpeg's names.
    """

    seconds: float | None
    chapters: list[Facts] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)


def hear(file: BinaryIO, *, form: str, measure: bool) -> Opinion:
    """Ask FFmpeg for the chapters, the tags and, where wanted, the length.

    Raises:
        MediaError: it cannot make anything of the file.
    """
    with opened(file, form) as source:
        chapters = [
            chapter(
                float(mark["start"] * (mark["time_base"] or 0)),
                mark["metadata"].get("title", ""),
                end=float(mark["end"] * (mark["time_base"] or 0)),
            )
            for mark in source.chapters()
        ]
        tags = {k: v for k, v in source.metadata.items() if k not in _BRANDS}
        return Opinion(_seconds(source) if measure else None, chapters, tags)


def remux(  # noqa: PLR0913 - each is one thing that the copy holds
    file: BinaryIO,
    out: Path,
    *,
    form: str,
    media_type: str,
    texts: dict[str, str],
    chapters: list[Facts],
    language: str | None = None,
    bleeps: Bleeps | None = None,
) -> None:
    """Copy the sound and film of a file into a new one that tells nothing else.

    Packets are handed on as they are; the new container holds the given texts
    and chapters alone, no dates and no name of a program, so the same file
    gives the same bytes.

    Args:
        file: the master, open for reading.
        out: where to write.
        form: the name of its form.
        media_type: of the copy.
        texts: by FFmpeg's names.
        chapters: fields of ``ChapterMark``, each with its end.
        language: of the sound, in three letters (ISO 639-2).
        bleeps: what is put over the sound, which is then encoded anew.

    Raises:
        MediaError: FFmpeg cannot read it, or not write this kind; or something is
            to be taken out and no second is sure.
    """
    plain = {"fflags": "+bitexact", "movflags": "+faststart"}
    with (
        opened(file, form) as source,
        av.open(
            str(out), "w", format=_WRITERS[media_type], container_options=plain
        ) as target,
    ):
        played = [
            stream
            for stream in source.streams
            if stream.type in {"audio", "video"}
            and not stream.disposition & Disposition.attached_pic
        ]
        voices = _voices(played, target, bleeps) if bleeps else {}
        streams = {
            stream.index: target.add_stream_from_template(stream)
            for stream in played
            if stream.index not in voices
        } | {index: voice.stream for index, voice in voices.items()}
        target.metadata.update(texts)
        target.set_chapters([_mark(number, one) for number, one in enumerate(chapters)])
        for stream in streams.values():
            stream.metadata.clear()
            if language and stream.type == "audio":
                stream.metadata["language"] = language
        _hand_on(source, target, streams, voices)


@contextmanager
def opened(file: BinaryIO, form: str) -> Iterator[InputContainer]:
    """Open a file with the one reader for its form, until the end of the block.

    Raises:
        MediaError: FFmpeg gives up on it, then or later.
    """
    file.seek(0)
    try:
        with av.open(
            file,
            "r",
            format=_READERS[form],
            metadata_errors="replace",
            buffer_size=_BUFFER,
        ) as source:
            yield source
    except FFmpegError:
        msg = "It is damaged, so its sound cannot be followed: export it again."
        raise MediaError(msg) from None


def _voices(
    played: Sequence[Any], target: OutputContainer, bleeps: Bleeps
) -> dict[int, Voice]:
    return {
        stream.index: Voice(stream, target, bleeps)
        for stream in played
        if stream.type == "audio"
    }


def _hand_on(
    source: InputContainer,
    target: OutputContainer,
    streams: dict[int, Any],
    voices: dict[int, Voice],
) -> None:
    for packet in source.demux([source.streams[index] for index in streams]):
        voice = voices.get(packet.stream_index)
        if voice is not None:
            target.mux(list(voice.take(cast("Packet[AudioStream]", packet))))
        elif packet.size and packet.dts is not None:
            packet.stream = streams[packet.stream_index]
            target.mux(packet)
    for voice in voices.values():
        target.mux(voice.finish())


def _mark(number: int, mark: Facts) -> "Chapter":
    return {
        "id": number,
        "start": round(mark["start"] * _TICKS),
        "end": round(mark["end"] * _TICKS),
        "time_base": Fraction(1, _TICKS),
        "metadata": {"title": mark["title"]},
    }


def _seconds(source: InputContainer) -> float | None:
    """Follow every packet of the sound, or of the film where there is none."""
    streams = source.streams.audio or source.streams.video
    if not streams:
        return None
    stream = streams[0]
    first: int | None = None
    last = held = 0
    end: Packet[Any] | None = None
    for packet in source.demux(stream):
        held += packet.duration or 0
        if packet.pts is not None:
            first = packet.pts if first is None else min(first, packet.pts)
            last = max(last, packet.pts + (packet.duration or 0))
        end = packet if packet.size else end
    ticks = held if first is None else last - max(first, 0)
    if end and stream.name == "flac" and ticks != stream.duration:
        ticks -= 0 if is_whole(bytes(end)) else end.duration or 0
    return float(ticks * (stream.time_base or 0))
