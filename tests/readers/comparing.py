"""What a reader said, held against the model: equal, in part, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.readers.lacks import Lack
from tests.readers.said import Place, Said

__all__ = ["Verdict", "compared"]

_Found = list[tuple[Place, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a reader did with one tag.

    Attributes:
        path: the tag. faults: what is wrong; empty where all is as expected.
        values: how many were read equal. lack: what the reader leaves out.
    """

    path: str
    faults: tuple[str, ...]
    values: int
    lack: Lack | None


def compared(want: Said, got: Said, lacks: Mapping[str, Lack]) -> list[Verdict]:
    """A verdict for each tag of the model."""
    unknown = lacks.keys() - want.keys()
    found = [_verdict(path, want[path], got.get(path, []), lacks) for path in want]
    return found + [
        Verdict(path, ("a lack of a tag that is not there",), 0, lacks[path])
        for path in sorted(unknown)
    ]


def _verdict(
    path: str, want: _Found, got: _Found, lacks: Mapping[str, Lack]
) -> Verdict:
    lack = lacks.get(path)
    if lack is not None and lack.whole:
        read = ["is read after all: take it from the lacks"] if want == got else []
        return Verdict(path, tuple(read), 0, lack)
    faults = tuple(_faults(want, got, lack))
    values = sum(len(values) for _, values in got)
    return Verdict(path, faults, 0 if faults else values, lack)


def _faults(want: _Found, got: _Found, lack: Lack | None) -> list[str]:
    if lack is None:
        return _differences(want, got)
    if want == got:
        return ["is read whole after all: take it from the lacks"]
    expected = _left(want, lack)
    allowed = [(place, _without(one, lack)) for place, one in got]
    unneeded = [
        f"{name} is read after all: take it from the lacks"
        for name in lack.only
        if [one.get(name) for _, one in expected] == [one.get(name) for _, one in got]
    ]
    stripped = [(place, _without(one, lack)) for place, one in expected]
    return unneeded + _differences(stripped, allowed)


def _left(want: _Found, lack: Lack) -> _Found:
    """Those that the reader reads."""
    read = [(place, one) for place, one in want if lack.where(one)]
    if not lack.first:
        return read
    firsts: dict[Place, dict[str, str]] = {}
    for place, one in read:
        firsts.setdefault(place, one)
    return list(firsts.items())


def _without(values: dict[str, str], lack: Lack) -> dict[str, str]:
    return {name: text for name, text in values.items() if name not in lack.only}


def _differences(want: _Found, got: _Found) -> list[str]:
    if len(want) != len(got):
        return [f"{len(got)} of {len(want)} are read"]
    return [
        f"{one} is read as {other}"
        for one, other in zip(want, got, strict=True)
        if one != other
    ]
