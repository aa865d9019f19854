"""The figures that an MP3 can have: bits and samples a second."""

from typing import Annotated

from pydantic import AfterValidator

from peru_media.model.advice import AdviceError, quoted

__all__ = ["KiloBits", "SampleRate"]

# ISO 11172-3, 2.4.2.3, layer III.
_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES = (44_100, 48_000)


def _kilobits(value: int) -> int:
    return _one_of(_KBITS, value, "is not a bit rate of MP3")


def _sample_rate(value: int) -> int:
    return _one_of(_RATES, value, "is not a sample rate that every player takes")


def _one_of(known: tuple[int, ...], value: int, what: str) -> int:
    if value not in known:
        fix = f"Write one of {', '.join(map(str, known))}."
        raise AdviceError(quoted(str(value)), what, fix, kind="number")
    return value


KiloBits = Annotated[int, AfterValidator(_kilobits)]
SampleRate = Annotated[int, AfterValidator(_sample_rate)]
