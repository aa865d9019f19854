"""Decoded sound on its way through FFmpeg's filters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.filter import Graph
from av.filter.context import FilterContext

from peru_media.errors import MediaError

__all__ = ["Branch", "Filters", "Shape"]

Branch = Sequence[tuple[str, str]]

_MOST_CHANNELS = 2
_SLOWEST, _FASTEST = 4_000, 768_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How the samples of a frame lie: how many a second, of which channels, as what."""

    rate: int
    layout: str
    format: str

    @classmethod
    def of(cls, frame: AudioFrame) -> Self:
        """The shape of a frame."""
        return cls(frame.sample_rate, frame.layout.name, frame.format.name)


class Filters:
    """One or more rows of filters that all hear the same sound.

    What changes its shape half-way (two files stuck together) goes on in the
    shape of the first frame. More channels than two are mixed down to two, as
    most listeners hear them.

    Args:
        first: the first frame that will come.
        branches: names and arguments of filters, in order.

    Raises:
        MediaError: no sound of this kind can be played.
    """

    def __init__(self, first: AudioFrame, *branches: Branch) -> None:
        self._shape = Shape.of(first)
        self._channels = first.layout.nb_channels
        self._mender: tuple[Shape, AudioResampler] | None = None
        self._samples = 0
        if not _SLOWEST <= self._shape.rate <= _FASTEST:
            msg = (
                f"It has {self._shape.rate:,} samples a second, which no player "
                "expects: export it again with 44,100 or 48,000."
            )
            raise MediaError(msg)
        self._graph = Graph()
        self._graph.threads = 1
        self._inlet = self._graph.add_abuffer(
            sample_rate=self._shape.rate,
            format=self._shape.format,
            layout=self._shape.layout,
            time_base=Fraction(1, self._shape.rate),
        )
        self._outlets = self._laid(branches)

    def push(self, frame: AudioFrame) -> None:
        """Send in a frame; times are counted anew, without any gaps."""
        shape = Shape.of(frame)
        if shape == self._shape:
            self._send(frame)
            return
        for part in self._mended(frame, shape):
            self._send(part)

    def finish(self) -> None:
        """Say that nothing more comes."""
        self._inlet.push(None)

    def pull(self, branch: int = 0) -> Iterator[AudioFrame]:
        """What has come out of a branch."""
        while True:
            try:
                frame: Any = self._outlets[branch].pull()
            except (BlockingIOError, EOFError):
                return
            yield frame

    def _send(self, frame: AudioFrame) -> None:
        frame.time_base = Fraction(1, self._shape.rate)
        frame.pts = self._samples
        self._samples += frame.samples
        self._inlet.push(frame)

    def _mended(self, frame: AudioFrame, shape: Shape) -> list[AudioFrame]:
        if self._mender is None or self._mender[0] != shape:
            ours = self._shape
            resampler = AudioResampler(ours.format, ours.layout, ours.rate)
            self._mender = shape, resampler
        frame.pts = None
        return self._mender[1].resample(frame)

    def _laid(self, branches: Sequence[Branch]) -> list[FilterContext]:
        try:
            start = self._start()
            if len(branches) > 1:
                start = self._joined(start, "asplit", str(len(branches)))
            ends = [
                self._branch(start, at, filters) for at, filters in enumerate(branches)
            ]
            self._graph.configure()
        except (OSError, ValueError):
            msg = (
                f"It has {self._channels} channels in an order that is not known: "
                "export it again in stereo."
            )
            raise MediaError(msg) from None
        return ends

    def _start(self) -> FilterContext:
        if self._channels <= _MOST_CHANNELS:
            return self._inlet
        return self._joined(self._inlet, "aformat", "channel_layouts=stereo")

    def _branch(self, start: FilterContext, at: int, filters: Branch) -> FilterContext:
        last, outlet = start, at
        for name, arguments in (*filters, ("abuffersink", "")):
            last = self._joined(last, name, arguments, outlet=outlet)
            outlet = 0
        return last

    def _joined(
        self, last: FilterContext, name: str, arguments: str, *, outlet: int = 0
    ) -> FilterContext:
        added = self._graph.add(name, arguments or None)
        last.link_to(added, outlet, 0)
        return added
