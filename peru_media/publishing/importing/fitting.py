"""Building values of what fits: a feed may say anything, our files may not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from peru_media.model.advice import AdviceError
from peru_media.model.moment import local_moment, utc_text
from peru_media.model.value import Value

__all__ = [
    "counted",
    "cut",
    "fitted",
    "fitted_all",
    "line",
    "moment_text",
    "seconds",
    "shown",
]

V = TypeVar("V", bound=Value)

_SHORT = 128
_LATEST = 1_000_000


def fitted(model: type[V], /, **fields: Any) -> V | None:  # noqa: ANN401  # whatever the fields take
    """Build a value, leaving out the fields that do not fit; None if one is needed."""
    present = {name: one for name, one in fields.items() if one not in (None, (), "")}
    while True:
        try:
            return model.model_validate(present)
        except ValidationError as refusal:
            wrong = {str(one["loc"][0]) for one in refusal.errors() if one["loc"]}
            if not wrong & present.keys():
                return None
            present = {k: one for k, one in present.items() if k not in wrong}


def fitted_all(model: type[V], every: Iterable[dict[str, Any]]) -> tuple[V, ...]:
    """Build each value that fits."""
    found = (fitted(model, **fields) for fields in every)
    return tuple(one for one in found if one is not None)


def line(text: str | None) -> str:
    """A text as one line."""
    return " ".join((text or "").split())


def cut(text: str | None, most: int = _SHORT) -> str:
    """A text as one line of at most so many characters."""
    return line(text)[:most].rstrip()


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 file``, ``2 files``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def shown(address: str) -> str:
    """An address as a terminal may show it."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in address)[:500]


def seconds(number: float | None) -> float | None:
    """A place in a recording, as exact as our files tell it; None where it is none."""
    if number is None or not 0 <= number < _LATEST:
        return None
    return round(number, 3)


def moment_text(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment as staff would write it: by the clocks of the show, else in UTC."""
    if moment is None:
        return None
    exact = moment.replace(microsecond=0)
    local = exact.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    try:
        return text if local_moment(text, zone) == exact else utc_text(exact)
    except AdviceError:  # the clocks show it twice
        return utc_text(exact)
