"""How listeners support a show: links, and payments while they listen."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from peru_media.model.advice import AdviceError
from peru_media.model.form import Form
from peru_media.model.remote import RemoteItemField
from peru_media.model.scalars import Flag, Line, Listed, Seconds, Short, WebAddress
from peru_media.model.tag import Tag

__all__ = ["FundingField", "RecipientField", "TimeSplitField", "ValueField"]

_Amount = Annotated[
    str,
    Form(
        r"[0-9]+(\.[0-9]+)?",
        "is not an amount",
        "Write it as a plain number, like 0.00000015.",
    ),
]
_Recipients = Annotated[tuple["RecipientField", ...], Listed]


class FundingField(Tag):
    """A way to support the show: the words of the link, and where it leads."""

    url: WebAddress
    text: Short = ""


class RecipientField(Tag):
    """Who gets a share of a payment (``podcast:valueRecipient``)."""

    name: Line | None = None
    type: Literal["node", "lnaddress"]
    address: Line
    split: Annotated[int, Field(ge=0)]
    custom_key: Line | None = None
    custom_value: Line | None = None
    fee: Flag | None = None


class TimeSplitField(Tag):
    """A stretch in which others are paid (``podcast:valueTimeSplit``)."""

    start: Seconds
    duration: Seconds
    remote_start: Seconds | None = None
    remote_percentage: Annotated[int, Field(ge=0, le=100)] | None = None
    remote_item: RemoteItemField | None = None
    recipient: _Recipients = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> "TimeSplitField":
        if (self.remote_item is None) == (not self.recipient):
            who, what = "A time split", "needs either a remote_item or recipients"
            fix = "Say who is paid: another show's remote_item, or else recipients."
            raise AdviceError(who, what, fix, kind="together")
        return self


class ValueField(Tag):
    """How payments reach those who made it (``podcast:value``)."""

    type: Line
    method: Line
    suggested: _Amount | None = None
    recipient: Annotated[tuple[RecipientField, ...], Field(min_length=1), Listed]
    time_split: Annotated[tuple[TimeSplitField, ...], Listed] = ()
