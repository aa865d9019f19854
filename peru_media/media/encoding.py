"""Encode a recording as MP3, as loud as its show wants, without what is taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from av.audio.frame import AudioFrame

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND, Facts
from peru_media.media.decoding import Tally, decode
from peru_media.media.filtering import Branch, Filters
from peru_media.media.hearing import hear_frames
from peru_media.media.lame import encode_mp3
from peru_media.media.levelling import Level, first_level, next_level
from peru_media.media.splicing import DAMAGED, Follower, spliced

__all__ = ["Master", "encode_levelled", "levelled"]

_TRIES = 4
_NEAR, _VERY_NEAR = 0.4, 0.15
_SAMPLES = 8192
# LAME lowers what it encodes at small bit rates, by its own tables (dB).
_LOWERED = ((190_000, 0.446), (220_000, 0.265), (250_000, 0.176))
_LAYOUTS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """A recording that is to be encoded.

    Attributes:
        file: open for reading. form: the name of its form.
        settings: see ``peru_media.model.encoding``.
        heard: fields of ``SoundFacts`` of it.
        edits: what is taken out of it, fields of ``SoundEdit``.
    """

    file: BinaryIO
    form: str
    settings: dict[str, str]
    heard: Facts
    edits: Sequence[Facts] = field(default=())


def encode_levelled(master: Master, out: BinaryIO) -> None:
    """Write a recording as MP3 frames of constant bit rate, without tags.

    It is levelled by a gain, and by a limiter where peaks would become too high.
    The result is heard again, and made again where it misses the target. The
    first frame tells what the encoder added at both ends, so that the length
    stays the master's (LAME's tag), less what is cut out of it.

    Args:
        master: what is encoded, and how.
        out: an empty file, open for writing and reading.

    Raises:
        MediaError: nothing in it can be decoded, or something is to be taken out
            of it and its times cannot be trusted.
    """
    target = float(master.settings["loudness"])
    level = first_level(master.heard, target)
    for _ in range(_TRIES):
        level = _prepared(master, level)
        _make(master, out, level)
        told = hear_frames(decode(out, form="mp3", tally=Tally()))
        better = next_level(level, told, target, near=_NEAR)
        if better is None:
            break
        level = better


def levelled(
    master: Master, level: Level, *, for_encoder: bool = False
) -> Iterator[AudioFrame]:
    """The sound of a master as it is to become.

    Args:
        master: what is encoded, and how.
        level: gain and ceiling.
        for_encoder: whether to add what the encoder takes, in samples as it wants.

    Raises:
        MediaError: as ``encode_levelled``.
    """
    branch = _branch(level, master.settings, for_encoder=for_encoder)
    return _filtered(_edited(master) if master.edits else _decoded(master), branch)


def _decoded(master: Master) -> Iterator[AudioFrame]:
    return decode(master.file, form=master.form, tally=Tally())


def _edited(master: Master) -> Iterator[AudioFrame]:
    """The sound as it was decoded, in its final shape, without what is taken out."""
    branch: Branch = [*_shaped(master.settings), ("asetnsamples", f"n={_SAMPLES}:p=0")]
    shaped = _filtered(_whole(master), branch)
    return spliced(shaped, master.edits, loudness=master.heard["loudness"])


def _whole(master: Master) -> Iterator[AudioFrame]:
    """The sound, where each second lies at its place."""
    tally = Tally()
    follower = Follower(start=0.0)
    for frame in decode(master.file, form=master.form, tally=tally):
        follower.follow(frame)
        yield frame
    if tally.broken:
        raise MediaError(DAMAGED)


def _filtered(frames: Iterator[AudioFrame], branch: Branch) -> Iterator[AudioFrame]:
    filters: Filters | None = None
    for frame in frames:
        filters = filters or Filters(frame, branch)
        filters.push(frame)
        yield from filters.pull()
    if filters is None:
        raise MediaError(NO_SOUND)
    filters.finish()
    yield from filters.pull()


def _make(master: Master, out: BinaryIO, level: Level) -> None:
    """Write it once, in place of what was written before."""
    out.seek(0)
    out.truncate()
    encode_mp3(
        levelled(master, level, for_encoder=True),
        out,
        rate=int(master.settings["sample_rate"]),
        channels=int(master.settings["channels"]),
        bit_rate=int(master.settings["bit_rate"]),
    )


def _prepared(master: Master, level: Level) -> Level:
    """A limiter takes loudness, too: find the gain that makes up for it."""
    for _ in range(_TRIES):
        if level.ceiling is None:
            break
        told = hear_frames(levelled(master, level))
        target = float(master.settings["loudness"])
        better = next_level(level, told, target, near=_VERY_NEAR)
        if better is None:
            break
        level = better
    return level


def _shaped(settings: dict[str, str]) -> list[tuple[str, str]]:
    layout = _LAYOUTS[int(settings["channels"])]
    form = f"sample_fmts=fltp:channel_layouts={layout}"
    return [("aresample", settings["sample_rate"]), ("aformat", form)]


def _branch(level: Level, settings: dict[str, str], *, for_encoder: bool) -> Branch:
    shape = _shaped(settings)
    limiter, ready = [], []
    if level.ceiling is not None:
        limit = f"limit={10 ** (level.ceiling / 20):.6f}:level=0:latency=1"
        limiter = [("alimiter", limit), shape[-1]]
    if for_encoder:
        lost = _lowered(int(settings["bit_rate"]))
        louder = ("volume", f"volume={lost}dB:precision=float")
        ready = [louder, ("aformat", "sample_fmts=s16")]
    return [
        *shape,
        ("volume", f"volume={level.gain}dB:precision=float"),
        *limiter,
        *ready,
        ("asetnsamples", f"n={_SAMPLES}:p=0"),
    ]


def _lowered(bit_rate: int) -> float:
    return next((lost for below, lost in _LOWERED if bit_rate < below), 0.0)
