"""How much louder or softer a copy has to be, and what keeps its peaks in bounds."""

from dataclasses import dataclass, replace

from peru_media.media.common import Facts

__all__ = ["Level", "first_level", "next_level"]

_HIGHEST_PEAK = -1.0
_ROOM = 0.5
_DOUBT = 0.1  # how far two meters of true peaks may differ
_CEILING = -2.5
_LOWEST_CEILING = -9.0
_MOST_GAIN = 30.0
_MARGIN = 0.3


@dataclass(frozen=True, slots=True)
class Level:
    """What is done to the sound of a master.

    Attributes:
        gain: dB, the same from beginning to end.
        ceiling: dB that no peak passes, kept by a limiter; None where peaks have
            room enough, so that nothing but the gain is changed.
    """

    gain: float = 0.0
    ceiling: float | None = None


def first_level(heard: Facts, target: float) -> Level:
    """Choose the gain that brings a master to the target, LUFS.

    A limiter is used only where peaks would pass -1 dBTP otherwise. Silence stays
    as it is, and nothing is raised by more than 30 dB, which would be noise.

    Args:
        heard: fields of ``SoundFacts`` of the master.
        target: of its show.
    """
    if heard["loudness"] is None or heard["true_peak"] is None:
        return Level()
    gain = max(min(target - heard["loudness"], _MOST_GAIN), -_MOST_GAIN)
    has_room = heard["true_peak"] + gain <= _HIGHEST_PEAK - _ROOM
    return Level(round(gain, 2), None if has_room else _CEILING)


def next_level(
    level: Level, heard: Facts, target: float, *, near: float
) -> Level | None:
    """Correct a level by how its result sounds; None where that is right.

    Args:
        level: that was tried.
        heard: fields of ``SoundFacts`` of what came out.
        target: LUFS.
        near: how far off it may be, LU.
    """
    if heard["loudness"] is None or heard["true_peak"] is None:
        return None
    over = heard["true_peak"] - _HIGHEST_PEAK + _DOUBT
    astray = target - heard["loudness"]
    better = level
    if over > 0:
        ceiling = _CEILING if level.ceiling is None else level.ceiling - over - _MARGIN
        better = replace(better, ceiling=round(max(ceiling, _LOWEST_CEILING), 2))
    if abs(astray) > near:
        gain = max(min(level.gain + astray, _MOST_GAIN), -_MOST_GAIN)
        better = replace(better, gain=round(gain, 2))
    return None if better == level else better
