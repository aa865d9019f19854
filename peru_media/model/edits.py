"""What is taken out of an episode: stretches of its sound, and words everywhere."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peru_media.model.files import EditField, EpisodeFile
from peru_media.model.sound import SoundEdit, SoundFacts
from peru_media.model.value import canonical, digest
from peru_media.model.wording import Wording

__all__ = [
    "BLEEP_LOUDNESS",
    "Timeline",
    "edited_sound",
    "edits_hash",
    "sound_edits",
    "standing",
    "wordings",
]

BLEEP_LOUDNESS = -16.0
_PEAK_OVER_LOUDNESS = 3.0
_MOST = 255


@dataclass(frozen=True, slots=True)
class Timeline:
    """How times of a master become those of a copy of which stretches are cut out.

    Attributes:
        cuts: start and end of each in seconds, in order, none overlapping.
    """

    cuts: tuple[tuple[float, float], ...] = ()

    @classmethod
    def of(cls, edits: Iterable[SoundEdit]) -> "Timeline":
        """The timeline of a copy to which these edits were made."""
        return cls(_joined((one.start, one.end) for one in edits if one.how == "cut"))

    def after(self, moment: float) -> float:
        """When a moment of the master comes; in a cut, when the cut does."""
        gone = sum(
            min(moment, end) - start for start, end in self.cuts if start < moment
        )
        return round(moment - gone, 6)

    def before(self, moment: float) -> float:
        """The moment of the master that is heard at a time of the copy."""
        for start, end in self.cuts:
            if start > moment:
                break
            moment += end - start
        return moment

    def left(self, start: float, end: float) -> float:
        """How many seconds of a stretch are left."""
        return round(self.after(end) - self.after(start), 6)


def standing(episode: EpisodeFile) -> tuple[EditField, ...]:
    """The edits of an episode that hold: those that nobody has lifted."""
    return tuple(one for one in episode.edits if one.lifted is None)


def sound_edits(episode: EpisodeFile) -> tuple[SoundEdit, ...]:
    """The stretches of its recording that are taken out, earliest first."""
    found = [
        SoundEdit(start=one.start, end=one.end, how=one.how)
        for one in standing(episode)
        if one.start is not None and one.end is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.how)))


def edits_hash(edits: Sequence[SoundEdit]) -> str | None:
    """Name what is taken out of a recording: 64 hex digits; None for nothing."""
    if not edits:
        return None
    return digest(canonical([one.model_dump(mode="json") for one in edits]))


def wordings(episode: EpisodeFile) -> tuple[Wording, ...]:
    """The words that are taken out of everything that is said of it in writing."""
    return tuple(Wording(one.words, one.say) for one in standing(episode) if one.words)


def edited_sound(sound: SoundFacts, edits: Sequence[SoundEdit]) -> SoundFacts:
    """How a recording sounds with what was done to it: its length and its waveform."""
    if not edits:
        return sound
    timeline = Timeline.of(edits)
    duration = timeline.after(sound.duration)
    points = _masked(base64.b64decode(sound.points), sound, edits)
    step = sound.duration / len(points) if points else 0.0
    heights = bytes(
        points[
            min(
                int(timeline.before(at * duration / len(points)) / step),
                len(points) - 1,
            )
        ]
        for at in range(len(points))
    )
    update = {"duration": duration, "points": base64.b64encode(heights).decode()}
    return sound.model_copy(update=update)


def _masked(points: bytes, sound: SoundFacts, edits: Sequence[SoundEdit]) -> bytes:
    """Heights that show nothing of what was taken out, nor of what touches it."""
    loudness = BLEEP_LOUDNESS if sound.loudness is None else sound.loudness
    tone = round(10 ** (min(loudness + _PEAK_OVER_LOUDNESS, 0.0) / 20) * _MOST)
    found = bytearray(points)
    step = sound.duration / len(points) if points else 0.0
    for edit in edits:
        for at in range(int(edit.start / step) if step else 0, len(points)):
            if at * step >= edit.end:
                break
            found[at] = tone if edit.how == "bleep" else 0
    return bytes(found)


def _joined(spans: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif end > start:
            found.append((start, end))
    return tuple(found)
