"""What may stand in a field, in words, by its type."""

import re
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from peru_media.model import further, scalars
from peru_media.model.form import Form
from peru_media.model.licence import Licence
from peru_media.model.taxonomy import Role
from peru_media.model.value import Value

__all__ = ["anchor", "kind", "parts"]

_WORDS: list[tuple[Any, str]] = [
    (scalars.BaseUrl, "the address of a site, without ? and #"),
    (scalars.ContributorId, "lower-case letters, digits, hyphens; at most 40"),
    (scalars.Country, "two capitals"),
    (scalars.Counting, "a whole number from 1"),
    (scalars.Day, "a day, such as 2026-12-31"),
    (scalars.Doi, "a DOI"),
    (scalars.Email, "an e-mail address"),
    (scalars.FeedItems, "`all`, or a whole number from 1"),
    (scalars.FileName, "a file in this folder; at most 255 characters"),
    (scalars.Flag, "`true` or `false`; `yes` or `no`"),
    (scalars.Guid, "text; at most 255 characters"),
    (scalars.Language, "a language code"),
    (scalars.Line, "text"),
    (scalars.Moment, "a date with a time"),
    (scalars.Named, "text; at most 128 characters"),
    (scalars.Orcid, "an ORCID"),
    (scalars.Seconds, "a time: `90`, `1:30` or `1:02:03.5`"),
    (scalars.Sha256, "64 digits of 0-9 and a-f"),
    (scalars.Short, "text; at most 128 characters"),
    (scalars.Slug, "lower-case letters, digits, hyphens; at most 80"),
    (scalars.StoreAddress, "a folder, or a bucket"),
    (scalars.Uri, "an address, with its scheme"),
    (scalars.Uuid, "a UUID in lower case"),
    (scalars.WebAddress, "a web address, with https:// in front"),
    (scalars.ZoneName, "the name of a time zone"),
    (further.Extra, "XML, at most 32,000 bytes"),
    (further.Namespace, "the address of a namespace"),
    (further.Prefix, "a prefix"),
    (Role, "a role of [podcast:person](tags.md#podcastperson), such as `guest`"),
    (str, "text"),
    (int, "a whole number"),
    (float, "a number"),
]


def kind(hint: Any, /) -> str:  # noqa: ANN401  # a type hint of any form
    """What may stand in a field of that type.

    Raises:
        ValueError: nobody has written words for such a type.
    """
    for known, words in _WORDS:
        if hint == known:
            return words
    origin = get_origin(hint)
    if origin is Annotated:
        return _noted(*get_args(hint))
    if origin in {Union, UnionType}:
        return " or ".join(kind(one) for one in get_args(hint) if one is not NoneType)
    return _gathered(hint, origin)


def parts(hint: Any, /) -> list[type[Value]]:  # noqa: ANN401  # a type hint of any form
    """The groups of fields that a type is made of."""
    if _is_a(hint, Value):
        return [hint]
    return [part for one in get_args(hint) for part in parts(one)]


def anchor(model: type[Value], /) -> str:
    """The name of a group of fields on the page, such as ``time-split``."""
    name = model.__name__.removesuffix("Field")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _gathered(hint: Any, origin: Any) -> str:  # noqa: ANN401  # a type hint of any form
    if origin is Literal or _is_a(hint, Enum):
        return _choices(hint)
    if origin is tuple:
        return f"a list, each: {kind(get_args(hint)[0])}"
    if origin is dict:
        name, value = get_args(hint)
        return f"by name ({kind(name)}): {kind(value)}"
    if _is_a(hint, Value):
        short = "a short name, or " if hint is Licence else ""
        return f"{short}[{anchor(hint).replace('-', ' ')}](#{anchor(hint)})"
    msg = f"say in scripts/field_kinds.py what may stand for {hint}"
    raise ValueError(msg)


def _noted(base: Any, *notes: Any) -> str:  # noqa: ANN401  # what types are annotated with
    if scalars.Listed in notes:
        return f"one, or a list: {kind(get_args(base)[0])}"
    if scalars.FileOr in notes:
        return f"a file's name, or {kind(base)}"
    for note in notes:
        if isinstance(note, Form):
            return note.what.removeprefix("is not ")
    return kind(base) + "".join(limit for note in notes for limit in _limits(note))


def _limits(note: Any) -> list[str]:  # noqa: ANN401  # what types are annotated with
    if isinstance(note, FieldInfo):
        return [limit for one in note.metadata for limit in _limits(one)]
    if isinstance(note, StringConstraints):
        return [f"; at most {note.max_length} characters"] if note.max_length else []
    words = {Ge: " from {0.ge}", Gt: " over {0.gt}", Le: " to {0.le}"}
    return [text.format(note) for form, text in words.items() if isinstance(note, form)]


def _choices(hint: Any) -> str:  # noqa: ANN401  # a type hint of any form
    values = get_args(hint) or [one.value for one in hint]
    return ", ".join(f"`{value}`" for value in values)


def _is_a(hint: Any, form: type) -> bool:  # noqa: ANN401  # a type hint of any form
    return isinstance(hint, type) and issubclass(hint, form)
