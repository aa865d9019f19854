"""The sound of a film, written anew with a tone or silence over parts of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.error import FFmpegError
from av.packet import Packet

from peru_media.errors import MediaError
from peru_media.media.common import Facts
from peru_media.media.splicing import DAMAGED, Follower, Splice

__all__ = ["Bleeps", "Voice"]

_MOST_CHANNELS = 2
_LAYOUTS = {1: "mono", 2: "stereo"}
_BITS_A_CHANNEL = 96_000


@dataclass(frozen=True, slots=True)
class Bleeps:
    """What is put over the sound of a film.

    Attributes:
        edits: fields of ``SoundEdit``, none of which cuts anything out.
        loudness: of the master, LUFS.
    """

    edits: Sequence[Facts]
    loudness: float | None


class Voice:
    """One track of sound, decoded, edited, and encoded as AAC.

    Every second stays at its place, so that lips and words keep together.

    Args:
        source: of the master.
        target: the film that is being written; it gets another track.
        bleeps: what is put over it.
    """

    def __init__(
        self, source: AudioStream, target: OutputContainer, bleeps: Bleeps
    ) -> None:
        channels = min(source.channels, _MOST_CHANNELS)
        rate = source.rate
        source.codec_context.thread_count = 1
        self._rate = rate
        self._at: int | None = None
        self._follower = Follower(start=None)
        self._resampler = AudioResampler("fltp", _LAYOUTS[channels], rate)
        self._splice = Splice(
            bleeps.edits, rate=rate, channels=channels, loudness=bleeps.loudness
        )
        self.stream = target.add_stream("aac", rate=rate, layout=_LAYOUTS[channels])
        self.stream.bit_rate = _BITS_A_CHANNEL * channels
        self.stream.codec_context.options = {"flags": "+bitexact"}

    def take(self, packet: "Packet[AudioStream]") -> "Iterator[Packet[AudioStream]]":
        """What of the new track is ready after the next packet of the old one.

        Raises:
            MediaError: it is damaged or has gaps, so that no second is sure.
        """
        try:
            frames = packet.decode()
        except FFmpegError:
            raise MediaError(DAMAGED) from None
        for frame in frames:
            self._follower.follow(frame)
            if self._at is None:
                self._at = round((frame.time or 0.0) * self._rate)
            for ready in self._resampler.resample(frame):
                yield from self._encoded(ready, self._at)
                self._at += ready.samples

    def finish(self) -> "list[Packet[AudioStream]]":
        """The last packets of the new track."""
        return self.stream.encode(None)

    def _encoded(self, frame: AudioFrame, at: int) -> "Iterator[Packet[AudioStream]]":
        for start, part in self._splice.parts(frame, at):
            part.pts = start
            part.time_base = Fraction(1, self._rate)
            yield from self.stream.encode(part)
