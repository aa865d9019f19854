"""``/metrics``: what a monitor reads, in Prometheus' text format (0.0.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from peru_media.server.meter import BOUNDS, Meter, Tally

__all__ = ["CONTENT_TYPE", "Gauge", "exposition"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_CLASSES = ("left", "1xx", "2xx", "3xx", "4xx", "5xx")


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure of this moment: its name, what it says, and how much it is."""

    name: str
    help: str
    value: float


def exposition(meter: Meter, *, gauges: Iterator[Gauge], worker: int) -> str:
    """Write down everything that is counted and measured.

    Args:
        meter: what was answered.
        gauges: how things stand.
        worker: number of this process. Each of several answers for itself, so
            every figure says whose it is, and a monitor adds them up.
    """
    own = f'worker="{worker}"'
    lines: list[str] = []
    for gauge in gauges:
        lines += _head(gauge.name, gauge.help, "gauge")
        lines.append(f"{gauge.name}{{{own}}} {_number(gauge.value)}")
    lines += _counters(meter, own)
    lines += _histogram(meter, own)
    return "\n".join([*lines, ""])


def _counters(meter: Meter, own: str) -> Iterator[str]:
    name = "peru_media_answers_total"
    yield from _head(name, "Answers by kind and class of status.", "counter")
    for kind, tally in meter.tallies.items():
        for digit, count in enumerate(tally.answers):
            if count:
                labels = f'{own},kind="{kind}",status="{_CLASSES[digit]}"'
                yield f"{name}{{{labels}}} {count}"
    name = "peru_media_sent_bytes_total"
    yield from _head(name, "Bytes of bodies handed over to be sent.", "counter")
    for asked, tally in _asked(meter):
        yield f'{name}{{{own},kind="{asked}"}} {tally.sent}'


def _histogram(meter: Meter, own: str) -> Iterator[str]:
    name = "peru_media_answer_seconds"
    said = "Seconds until an answer was handed over to be sent."
    yield from _head(name, said, "histogram")
    for kind, tally in _asked(meter):
        labels = f'{own},kind="{kind}"'
        for bound, count in zip(
            [*map(str, BOUNDS), "+Inf"], accumulate(tally.buckets), strict=True
        ):
            yield f'{name}_bucket{{{labels},le="{bound}"}} {count}'
        yield f"{name}_sum{{{labels}}} {_number(tally.seconds)}"
        yield f"{name}_count{{{labels}}} {sum(tally.buckets)}"


def _asked(meter: Meter) -> Iterator[tuple[str, Tally]]:
    """The kinds that anybody asked for."""
    for kind, tally in meter.tallies.items():
        if any(tally.answers):
            yield kind, tally


def _head(name: str, said: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {said}"
    yield f"# TYPE {name} {kind}"


def _number(value: float) -> str:
    """A number as Prometheus writes it, a whole one without its point."""
    if value == inf:
        return "+Inf"
    return str(int(value)) if value == int(value) else repr(value)
