"""What a show tells apps and directories about itself, in short lines."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from peru_media.model.advice import AdviceError, quoted
from peru_media.model.scalars import (
    Counting,
    Flag,
    Language,
    MediaType,
    Moment,
    Named,
    Short,
    WebAddress,
)
from peru_media.model.tag import Tag

__all__ = [
    "BlockField",
    "NumberingField",
    "Service",
    "TextLinkField",
    "TrailerField",
    "TxtField",
    "UpdateFrequencyField",
    "rrule",
]

Service = Literal[
    "acast", "amazon", "anchor", "apple", "audible", "audioboom", "backtracks",
    "bitcoin", "blubrry", "buzzsprout", "captivate", "castos", "castopod",
    "facebook", "fireside", "fyyd", "google", "gpodder", "hypercatcher", "kasts",
    "libsyn", "mastodon", "megafono", "megaphone", "omnystudio", "overcast",
    "paypal", "pinecast", "podbean", "podcastaddict", "podcastguru",
    "podcastindex", "podcasts", "podchaser", "podcloud", "podfriend", "podiant",
    "podigee", "podnews", "podomatic", "podserve", "podverse", "redcircle",
    "relay", "resonaterecordings", "rss", "shoutengine", "simplecast", "slack",
    "soundcloud", "spotify", "spreaker", "tiktok", "transistor", "twitter",
    "whooshkaa", "youtube", "zencast",
]  # fmt: skip

_FREQUENCIES = (
    "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY",
)  # fmt: skip
_RULES = frozenset(
    {
        "FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR",
        "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
    }
)  # fmt: skip


def rrule(text: str) -> str:
    """Look at the shape of a rule of repetition (RFC 5545, section 3.3.10).

    Raises:
        AdviceError: it is none.
    """
    parts = [part.partition("=") for part in text.split(";")]
    rules = {name: value for name, _, value in parts}
    whole = all(value and name in _RULES for name, _, value in parts)
    if not whole or rules.get("FREQ") not in _FREQUENCIES or len(rules) < len(parts):
        fix = "Write it like FREQ=WEEKLY;BYDAY=TU."
        raise AdviceError(quoted(text), "is not a rule of repetition", fix)
    return text


_Rule = Annotated[str, AfterValidator(rrule)]


class TxtField(Tag):
    """A free line for who asked for it, such as proof of ownership."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    purpose: Short | None = None

    @model_validator(mode="after")
    def _said_plainly(self) -> "TxtField":
        if self.purpose == "ai-content" and self.text not in {"true", "false"}:
            who, what = "A txt of purpose ai-content", "is neither true nor false"
            fix = "Write text: true where a machine made it, else false."
            raise AdviceError(who, what, fix, kind="together")
        return self


class BlockField(Tag):
    """Whether a service may list the show (``podcast:block``); without id, any."""

    value: Flag
    id: Service | None = None


class UpdateFrequencyField(Tag):
    """How often there is something new (``podcast:updateFrequency``)."""

    text: Named
    rrule: _Rule | None = None
    dtstart: Moment | None = None
    complete: Flag | None = None

    @model_validator(mode="after")
    def _counted_from(self) -> "UpdateFrequencyField":
        if self.dtstart is None and "COUNT=" in (self.rrule or ""):
            who, what = "A rule with COUNT", "needs the day from which it counts"
            fix = "Add dtstart: and a date."
            raise AdviceError(who, what, fix, kind="together")
        return self


class TrailerField(Tag):
    """A trailer of the show or a season, outside the list of episodes."""

    title: Named
    url: WebAddress
    published: Moment
    length: Annotated[int, Field(ge=1)] | None = None
    type: MediaType | None = None
    season: Counting | None = None


class TextLinkField(Tag):
    """A further transcript, kept elsewhere (``podcast:transcript``)."""

    url: WebAddress
    type: Literal[
        "text/vtt",
        "application/x-subrip",
        "application/json",
        "text/html",
        "text/plain",
    ]
    language: Language | None = None
    rel: Literal["captions"] | None = None


class NumberingField(Tag):
    """An episode's number for apps that know decimals (``podcast:episode``)."""

    number: Annotated[float, Field(ge=0)]
    display: Annotated[str, StringConstraints(min_length=1, max_length=32)] | None = (
        None
    )
