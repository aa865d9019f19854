"""Values of any model, made up at random: every field, in its bounds.

The shape comes from the models themselves, so that a new field is filled as soon
as it is there. Texts come from whoever asks, addresses and codes from here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from pydantic import StringConstraints

from peru_media.model import (
    alternate,
    location,
    notices,
    payment,
    remote,
    scalars,
    social,
)
from peru_media.model.licence import LICENCES, Licence
from peru_media.model.notices import TxtField, UpdateFrequencyField
from peru_media.model.payment import TimeSplitField
from peru_media.model.podcast import PodcastShow
from peru_media.model.social import SocialField
from peru_media.model.source import Chapter
from peru_media.model.value import Value
from peru_media.rendering.characters import legal

__all__ = ["NOON", "Maker", "Words"]

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
Words = Callable[[], str]
Sample = Callable[["Maker"], Any]
V = TypeVar("V", bound=Value)

_MOST = 3
_PRESENT, _HALF = 0.7, 0.5
_LIMIT = 60
_HIGHEST = 5000
_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes values; the same seed and words make the same ones.

    Attributes:
        words: gives the next text. given: fields by model and name that are not
        left to the types alone. whole: whether nothing is left out.
    """

    random: Random
    words: Words
    given: Mapping[tuple[str, str], Sample]
    whole: bool = False

    def make(self, model: type[V], **fields: Any) -> V:
        """A value with every field that chance does not leave out."""
        found = {}
        for name, needed, default in _fields(model):
            if name in fields:
                continue
            made = self._field(model, name, default)
            if made is not None or needed:
                found[name] = made
        settle = _SETTLED.get(model, _as_it_is)
        return model(**settle(self, found | fields))

    def _field(self, model: type[Value], name: str, default: Any) -> Any:
        """Something for a field; where nothing is left out, not what it would be."""
        sample = self.given.get((model.__name__, name)) or _sample(model, name)
        made = sample(self)
        for _ in range(_TRIES - 1 if self.whole else 0):
            if made != default:
                break
            made = sample(self)
        return made

    def chance(self, share: float = _PRESENT) -> bool:
        """Whether something is there."""
        return self.random.random() < share or self.whole

    def coin(self) -> bool:
        """One of two."""
        return self.random.random() < _HALF

    def text(self, limit: int = _LIMIT) -> str:
        """The next text, with something in it, not too long."""
        text = self.words().strip()[:limit].strip()
        return text if legal(text).strip() else f"…{text}"[:limit]

    def string(self, most: int, *, needed: bool) -> str:
        """A text of so many signs, or nothing."""
        return self.text(most) if needed or self.chance() else ""

    def number(self, kind: type, low: int, high: int) -> float:
        """A number, with thousandths where it is no whole one."""
        number = self.random.randint(low, high)
        if kind is float and number < high and self.coin():
            return number + self.random.randint(1, 999) / 1000
        return number

    def either(self, samples: Sequence[Sample]) -> Any:
        """One of these, or nothing."""
        return self.random.choice(samples)(self) if self.chance() else None

    def several(self, sample: Sample, fewest: int) -> tuple[Any, ...]:
        """A few of these."""
        many = 2 if self.whole else self.random.randint(fewest, _MOST)
        return tuple(sample(self) for _ in range(many))


@cache
def _fields(model: type[Value]) -> tuple[tuple[str, bool, Any], ...]:
    """The fields of a model: name, whether it is required, what it is otherwise."""
    return tuple(
        (name, field.is_required(), field.default)
        for name, field in model.model_fields.items()
    )


@cache
def _sample(model: type[Value], name: str) -> Sample:
    """How a field is made up; its type is looked at once, for all sites."""
    field = model.model_fields[name]
    return _sample_of(field.annotation, tuple(field.metadata))


def _sample_of(kind: Any, bounds: tuple[Any, ...] = ()) -> Sample:
    """How something of a type is made up, within what its metadata allow."""
    if get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        said = (getattr(one, "metadata", [one]) for one in more)
        return _sample_of(inner, (*chain.from_iterable(said), *bounds))
    special = next((_SAMPLES[one] for one in bounds if one in _SAMPLES), None)
    if special is not None:
        return special
    if get_origin(kind) is not None:
        return _composed(get_origin(kind), get_args(kind), bounds)
    return _plain(kind, bounds)


def _composed(origin: Any, kinds: tuple[Any, ...], bounds: tuple[Any, ...]) -> Sample:
    if origin in {Union, UnionType}:
        samples = [_sample_of(one, bounds) for one in kinds if one is not NoneType]
        return lambda maker: maker.either(samples)
    if origin is tuple:
        fewest = max((getattr(one, "min_length", 0) or 0 for one in bounds), default=0)
        sample = _sample_of(kinds[0])
        return lambda maker: maker.several(sample, fewest)
    if origin is Literal:
        return _picked(*kinds)
    return _plain(origin, bounds)


def _plain(kind: Any, bounds: tuple[Any, ...]) -> Sample:
    if kind is str:
        return _string(bounds)
    if kind in {bool, date}:
        return Maker.coin if kind is bool else lambda _: NOON.date()
    if kind in {int, float}:
        limits = dict(_limits(bounds))
        low, high = (
            limits.get("ge", limits.get("gt", -1) + 1),
            limits.get("le", _HIGHEST),
        )
        return lambda maker: maker.number(kind, low, high)
    if isinstance(kind, type) and issubclass(kind, Value):
        return lambda maker: maker.make(kind)
    msg = f"nobody knows how to make up {kind} with {bounds}"
    raise TypeError(msg)


def _string(bounds: tuple[Any, ...]) -> Sample:
    limits = [one for one in bounds if isinstance(one, StringConstraints)]
    if len(limits) < len(bounds):
        msg = f"nobody knows how to make up a text of {bounds}"
        raise TypeError(msg)
    most = min([one.max_length or _LIMIT for one in limits] or [_LIMIT])
    needed = any(one.min_length for one in limits)
    return lambda maker: maker.string(most, needed=needed)


def _limits(bounds: tuple[Any, ...]) -> Iterator[tuple[str, int]]:
    """The limits of a number, by their names."""
    for one in bounds:
        for name in ("ge", "gt", "le"):
            if hasattr(one, name):
                yield name, getattr(one, name)


def moment(maker: Maker) -> datetime:
    """A second of the last three years."""
    return NOON - timedelta(seconds=maker.random.randint(60, 94_000_000))


def uuid(maker: Maker) -> str:
    """Any UUID, in lower case."""
    return str(UUID(int=maker.random.getrandbits(128), version=5))


def sha256(maker: Maker) -> str:
    """Any hash."""
    return f"{maker.random.getrandbits(256):064x}"


def web_address(maker: Maker) -> str:
    """An address of another site, with all that may stand in one."""
    tail = maker.random.choice(["", "a", "a/b.html", "?q=1&r=2", "a%20b", "a?b=c#d"])
    return f"https://www{maker.random.randint(1, 99)}.example.org/{tail}"


def _foreign(maker: Maker) -> str:
    """The same as people see it: the model writes it in ASCII."""
    seen = ["https://www.müller.example/Führung?q=ü", "https://例え.example/道"]
    return maker.random.choice([web_address(maker), web_address(maker), *seen])


def uri(maker: Maker) -> str:
    """An address of any scheme that apps may follow."""
    return maker.random.choice(
        [web_address(maker), "ipfs://bafybeigdyrzt5sfp7", "magnet:?xt=urn:btih:abc"]
    )


def written_moment(maker: Maker) -> str:
    """A date as staff write it; at noon no clock is turned."""
    day = f"{moment(maker):%Y-%m-%d}"
    return maker.random.choice(
        [f"{day} 12:30", f"{day} 12:30:15 +02:00", f"{day} 09:00 Z"]
    )


def geo(maker: Maker) -> str:
    """A place on Earth."""
    north, east = maker.random.uniform(-90, 90), maker.random.uniform(-180, 180)
    return f"geo:{north:.4f},{east:.4f}" + maker.random.choice(["", ",12", ";u=35"])


def licence(maker: Maker) -> Licence:
    """A known one, or one of their own."""
    if maker.coin():
        return Licence.model_validate(maker.random.choice([*LICENCES]))
    return Licence(name=maker.text(), url=web_address(maker))


def _picked(*found: str) -> Sample:
    return lambda maker: maker.random.choice(found)


def _mark(alias: Any) -> Any:
    """What tells a type of text from all others."""
    return next(
        one for one in alias.__metadata__ if not isinstance(one, StringConstraints)
    )


def _mark_of(model: type[Value], field: str) -> Any:
    """The same for the type of a field that need not be there."""
    kinds = get_args(model.model_fields[field].annotation)
    return _mark(kinds[0]) if kinds else model.model_fields[field].metadata[0]


_SAMPLES: dict[Any, Sample] = {
    _mark(scalars.WebAddress): _foreign,
    _mark(scalars.Uri): uri,
    _mark(scalars.Uuid): uuid,
    _mark(scalars.Moment): written_moment,
    _mark(scalars.Seconds): lambda maker: maker.random.randint(0, 5_000_000) / 1000,
    _mark(scalars.MediaType): _picked("audio/opus", "audio/mpeg", "image/png"),
    _mark(scalars.Language): _picked("en-GB", "cy", "de", "es-PE", "pt-BR"),
    _mark(scalars.Country): _picked("GB", "IE", "PE"),
    _mark(scalars.Email): _picked("a@example.org", "a.b+c@media.example.ac.uk"),
    _mark(location.Geo): geo,
    _mark(location.Osm): _picked("R146656", "N1", "W12#3"),
    _mark_of(alternate.ImageField, "aspect_ratio"): (_picked("1/1", "16/9")),
    _mark_of(payment.ValueField, "suggested"): _picked("0.00000015", "12"),
    _mark_of(social.ChatField, "server"): _picked(
        "irc.example.org", "irc.example.org:6697"
    ),
    _mark_of(notices.UpdateFrequencyField, "rrule"): (
        _picked("FREQ=WEEKLY;BYDAY=TU", "FREQ=DAILY;COUNT=5", "FREQ=MONTHLY")
    ),
}


def _as_it_is(_: Maker, fields: dict[str, Any]) -> dict[str, Any]:
    return fields


def _answered(maker: Maker, fields: dict[str, Any]) -> dict[str, Any]:
    """Comments are somewhere, or not wanted."""
    where = None if fields["protocol"] == "disabled" else uri(maker)
    return fields | {"uri": where}


def _shared(maker: Maker, fields: dict[str, Any]) -> dict[str, Any]:
    """A stretch belongs to another show, or to some people."""
    if maker.coin():
        others = maker.make(remote.RemoteItemField)
        return fields | {"remote_item": others, "recipient": ()}
    people = (maker.make(payment.RecipientField),)
    return fields | {"remote_item": None, "recipient": people}


def _counted(maker: Maker, fields: dict[str, Any]) -> dict[str, Any]:
    """A rule that counts says from when."""
    begin = fields.get("dtstart") or written_moment(maker)
    return fields | {"dtstart": begin}


def _plainly(_: Maker, fields: dict[str, Any]) -> dict[str, Any]:
    machine = fields.get("purpose") == "ai-content"
    return fields | ({"text": "true"} if machine else {})


def _blocked_once(_: Maker, fields: dict[str, Any]) -> dict[str, Any]:
    services = {one.id: one for one in fields.get("block", ())}
    return fields | {"block": tuple(services.values())}


def _listed(maker: Maker, fields: dict[str, Any]) -> dict[str, Any]:
    """Where nothing is left out, chapters are not left out of lists either."""
    return fields | ({"toc": True} if maker.whole else {})


_SETTLED: dict[type[Value], Callable[[Maker, dict[str, Any]], dict[str, Any]]] = {
    Chapter: _listed,
    SocialField: _answered,
    TimeSplitField: _shared,
    UpdateFrequencyField: _counted,
    TxtField: _plainly,
    PodcastShow: _blocked_once,
}
