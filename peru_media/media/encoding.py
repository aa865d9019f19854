"""Encode a recording as MP3, at the loudness that its show wants."""

from collections.abc import Iterator
from typing import BinaryIO

from av.audio.frame import AudioFrame

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND, Facts
from peru_media.media.decoding import Tally, decode
from peru_media.media.filtering import Branch, Filters
from peru_media.media.hearing import hear_frames
from peru_media.media.lame import encode_mp3
from peru_media.media.levelling import Level, first_level, next_level

__all__ = ["encode_levelled"]

_TRIES = 4
_NEAR, _VERY_NEAR = 0.4, 0.15
_SAMPLES = 8192
# LAME lowers what it encodes at small bit rates, by its own tables (dB).
_LOWERED = ((190_000, 0.446), (220_000, 0.265), (250_000, 0.176))
_LAYOUTS = {1: "mono", 2: "stereo"}


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
    for_encoder: bool = False,
) -> Iterator[AudioFrame]:
    """The sound of a master as it is to become.

    Args:
        file: the master, open for reading.
        form: the name of its form.
        level: gain and ceiling.
        settings: see ``peru_media.model.encoding``.
        for_encoder: whether to add what the encoder takes, in samples as it wants.

    Raises:
        MediaError: nothing in it can be decoded.
    """
    branch = _branch(level, settings, for_encoder=for_encoder)
    filters: Filters | None = None
    for frame in decode(file, form=form, tally=Tally()):
        filters = filters or Filters(frame, branch)
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
    encode_mp3(
        levelled(file, form=form, level=level, settings=settings, for_encoder=True),
        out,
        rate=int(settings["sample_rate"]),
        channels=int(settings["channels"]),
        bit_rate=int(settings["bit_rate"]),
    )


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


def _branch(level: Level, settings: dict[str, str], *, for_encoder: bool) -> Branch:
    layout = _LAYOUTS[int(settings["channels"])]
    form = ("aformat", f"sample_fmts=fltp:channel_layouts={layout}")
    limiter, ready = [], []
    if level.ceiling is not None:
        limit = f"limit={10 ** (level.ceiling / 20):.6f}:level=0:latency=1"
        limiter = [("alimiter", limit), form]
    if for_encoder:
        lost = _lowered(int(settings["bit_rate"]))
        louder = ("volume", f"volume={lost}dB:precision=float")
        ready = [louder, ("aformat", "sample_fmts=s16")]
    return [
        ("aresample", settings["sample_rate"]),
        form,
        ("volume", f"volume={level.gain}dB:precision=float"),
        *limiter,
        *ready,
        ("asetnsamples", f"n={_SAMPLES}:p=0"),
    ]


def _lowered(bit_rate: int) -> float:
    return next((lost for below, lost in _LOWERED if bit_rate < below), 0.0)
