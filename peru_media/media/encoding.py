"""Encode a recording as MP3, at the loudness that its show wants."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO

import av
from av.audio.frame import AudioFrame
from av.codec.context import Flags

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND, Facts
from peru_media.media.decoding import Tally, decode
from peru_media.media.filtering import Branch, Filters
from peru_media.media.hearing import hear_frames
from peru_media.media.levelling import Level, first_level, next_level

__all__ = ["encode_levelled"]

_TRIES = 4
_NEAR, _VERY_NEAR = 0.4, 0.15
_FRAME = 1152
# LAME lowers what it encodes at small bit rates, by its own tables (dB).
_LOWERED = ((190_000, 0.446), (220_000, 0.265), (250_000, 0.176))
_LAYOUTS = {1: "mono", 2: "stereo"}
# No tag, no name of a program: the tags of a copy are written by ourselves.
_BARE = {"id3v2_version": "0", "fflags": "+bitexact"}


def encode_levelled(
    file: BinaryIO, out: BinaryIO, *, form: str, settings: dict[str, str], heard: Facts
) -> None:
    """Write a recording as MP3 frames of constant bit rate, without tags.

    It is levelled by a gain, and by a limiter where peaks would become too high.
    The result is heard again, and made again where it misses the target. The
    first frame tells what the encoder added at both ends, so that the length
    stays the master's (LAME's tag).

    Args:
        file: the master, open for reading.
        out: an empty file, open for writing and reading.
        form: the name of the master's form.
        settings: see ``peru_media.model.encoding``.
        heard: fields of ``SoundFacts`` of the master.

    Raises:
        MediaError: nothing in it can be decoded.
    """
    target = float(settings["loudness"])
    level = first_level(heard, target)
    for _ in range(_TRIES):
        level = _prepared(file, form, settings, level)
        _make(file, out, form, settings, level)
        told = hear_frames(decode(out, form="mp3", tally=Tally()))
        better = next_level(level, told, target, near=_NEAR)
        if better is None:
            break
        level = better


def levelled(
    file: BinaryIO,
    *,
    form: str,
    level: Level,
    settings: dict[str, str],
    made_up: bool = False,
) -> Iterator[AudioFrame]:
    """The sound of a master as it is to become.

    Args:
        file: the master, open for reading.
        form: the name of its form.
        level: gain and ceiling.
        settings: see ``peru_media.model.encoding``.
        made_up: whether to add what the encoder will take.

    Raises:
        MediaError: nothing in it can be decoded.
    """
    lost = _lowered(int(settings["bit_rate"])) if made_up else 0.0
    filters: Filters | None = None
    for frame in decode(file, form=form, tally=Tally()):
        filters = filters or Filters(frame, _branch(level, settings, lost))
        filters.push(frame)
        yield from filters.pull()
    if filters is None:
        raise MediaError(NO_SOUND)
    filters.finish()
    yield from filters.pull()


def _make(
    file: BinaryIO, out: BinaryIO, form: str, settings: dict[str, str], level: Level
) -> None:
    """Write it once, in place of what was written before."""
    out.seek(0)
    out.truncate()
    frames = levelled(file, form=form, level=level, settings=settings, made_up=True)
    _encode(frames, out, settings)


def _prepared(
    file: BinaryIO, form: str, settings: dict[str, str], level: Level
) -> Level:
    """A limiter takes loudness, too: find the gain that makes up for it."""
    for _ in range(_TRIES):
        if level.ceiling is None:
            break
        told = hear_frames(levelled(file, form=form, level=level, settings=settings))
        target = float(settings["loudness"])
        better = next_level(level, told, target, near=_VERY_NEAR)
        if better is None:
            break
        level = better
    return level


def _branch(level: Level, settings: dict[str, str], lost: float) -> Branch:
    layout = _LAYOUTS[int(settings["channels"])]
    form = ("aformat", f"sample_fmts=fltp:channel_layouts={layout}")
    limiter = []
    if level.ceiling is not None:
        limit = f"limit={10 ** (level.ceiling / 20):.6f}:level=0:latency=1"
        limiter = [("alimiter", limit), form]
    return [
        ("aresample", settings["sample_rate"]),
        form,
        ("volume", f"volume={level.gain}dB:precision=float"),
        *limiter,
        ("volume", f"volume={lost}dB:precision=float"),
        ("asetnsamples", f"n={_FRAME}:p=0"),
    ]


def _lowered(bit_rate: int) -> float:
    return next((lost for below, lost in _LOWERED if bit_rate < below), 0.0)


def _encode(
    frames: Iterator[AudioFrame], out: BinaryIO, settings: dict[str, str]
) -> None:
    rate = int(settings["sample_rate"])
    with av.open(out, "w", format="mp3", container_options=_BARE) as target:
        stream: Any = target.add_stream("libmp3lame", rate=rate)
        stream.layout = _LAYOUTS[int(settings["channels"])]
        stream.bit_rate = int(settings["bit_rate"])
        stream.codec_context.flags |= Flags.bitexact
        at = 0
        for frame in frames:
            frame.pts, frame.time_base = at, Fraction(1, rate)
            at += frame.samples
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
