"""Other forms of a recording, and other pictures than the cover."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from peru_media.model.advice import AdviceError
from peru_media.model.form import Form
from peru_media.model.scalars import (
    Counting,
    FileName,
    Flag,
    Language,
    Line,
    Listed,
    MediaType,
    Short,
    Uri,
    WebAddress,
)
from peru_media.model.tag import Tag

__all__ = ["AlternateField", "ImageField", "IntegrityField", "SourceField"]

_Tiny = Annotated[str, StringConstraints(min_length=1, max_length=32)]
_Ratio = Annotated[
    str,
    Form(
        r"[1-9][0-9]{0,4}/[1-9][0-9]{0,4}",
        "is not a ratio of width and height",
        "Write it like 1/1 or 16/9.",
    ),
]


class SourceField(Tag):
    """One address of an alternate recording (``podcast:source``)."""

    uri: Uri
    content_type: MediaType | None = None


class IntegrityField(Tag):
    """How to see that a recording arrived unchanged (``podcast:integrity``)."""

    type: Literal["sri", "pgp-signature"]
    value: Line


class AlternateField(Tag):
    """Another form of the recording (``podcast:alternateEnclosure``)."""

    type: MediaType
    length: Annotated[int, Field(ge=1)] | None = None
    bitrate: Annotated[float, Field(gt=0)] | None = None
    height: Counting | None = None
    lang: Language | None = None
    title: _Tiny | None = None
    rel: _Tiny | None = None
    codecs: Line | None = None
    default: Flag | None = None
    source: Annotated[tuple[SourceField, ...], Field(min_length=1), Listed]
    integrity: IntegrityField | None = None


class ImageField(Tag):
    """A picture for one purpose (``podcast:image``): a banner, a canvas, a poster.

    Either ``href``, its address, or ``file``, a picture of this folder: that one is
    published, and its type and pixels are measured.
    """

    href: WebAddress | None = None
    file: FileName | None = None
    alt: Line | None = None
    aspect_ratio: _Ratio | None = None
    width: Counting | None = None
    height: Counting | None = None
    type: MediaType | None = None
    purpose: Short | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "ImageField":
        if (self.href is None) == (self.file is None):
            who, what = "A picture", "needs either a file or an address, not both"
            fix = "Name the file of this folder, or else write href: and its address."
            raise AdviceError(who, what, fix, kind="together")
        return self
