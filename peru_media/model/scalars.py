"""The types of single fields: what a text in a file may mean, and what not."""

import re
import unicodedata
from datetime import date
from pathlib import PureWindowsPath
from typing import Annotated, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_before_validator_function

from peru_media.model.address import is_slug
from peru_media.model.advice import AdviceError, quoted
from peru_media.model.form import Form
from peru_media.model.moment import local_moment

__all__ = [
    "BaseUrl",
    "ContributorId",
    "Counting",
    "Country",
    "Day",
    "Doi",
    "Email",
    "EpisodeId",
    "FeedItems",
    "FileName",
    "FileOr",
    "Flag",
    "Guid",
    "Language",
    "Line",
    "Listed",
    "MediaType",
    "Moment",
    "Named",
    "Orcid",
    "PageLanguage",
    "Seconds",
    "Sha256",
    "Short",
    "Slug",
    "StoreAddress",
    "Uri",
    "Uuid",
    "WebAddress",
    "ZoneName",
]

_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)", re.ASCII)
_MOST = 1_000_000
_BUCKET = re.compile(
    r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[^\s/?#]+)*/?", re.ASCII
)
_BASE = re.compile(
    r"https?://(?:\[[0-9a-fA-F:.]+\]|[^\s<>\"\\^`{|}/?#@:\[\]]+)"
    r"(?::(?P<port>[0-9]{1,5}))?(?:/[^\s<>\"\\^`{|}?#]*)?",
)


class _Listed:
    """Let one thing stand for a list of one."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def listed(value: object) -> object:
            return [value] if isinstance(value, str | dict) else value

        return no_info_before_validator_function(listed, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


class _FileOr:
    """Let a file's name stand for the fields of which it is the first."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def filed(value: object) -> object:
            return {"file": value} if isinstance(value, str) else value

        return no_info_before_validator_function(filed, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


def _flag(value: object) -> object:
    """Read yes and no as people write them, and nothing else."""
    if not isinstance(value, str):
        return value
    if value.lower() not in _FLAGS:
        fix = "Write true or false."
        raise AdviceError(quoted(value), "is neither true nor false", fix)
    return _FLAGS[value.lower()]


def _seconds(value: object) -> object:
    """Read ``90``, ``1:30``, ``1:02:03.5`` as seconds."""
    if not isinstance(value, str):
        return value
    match = _TIME.fullmatch(value)
    if match is None:
        raise AdviceError(quoted(value), "is not a time", "Write it like 1:30.")
    hours, minutes, seconds = match.groups()
    if minutes and (float(seconds) >= 60 or (hours and int(minutes) >= 60)):  # noqa: PLR2004  # a minute has sixty
        fix = "Write at most 59 after a colon."
        raise AdviceError(quoted(value), "is not a time", fix)
    total = int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds)
    return round(total, 3)


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass
    fix = "Write year, month and day like 2026-12-31."
    raise AdviceError(quoted(value), "is not a date", fix, kind="date")


def _feed_items(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{1,7}", value, re.ASCII):
        value = int(value)
    if value == "all" or (isinstance(value, int) and 1 <= value <= _MOST):
        return value
    shown = quoted(str(value)) if isinstance(value, str | int) else "this value"
    what = "is neither all nor a number of episodes"
    fix = "Write all, or a whole number from 1."
    raise AdviceError(shown, what, fix, kind="number")


def _moment(text: str) -> str:
    """Keep a date as written: only with a show's time zone it is a moment."""
    local_moment(text, ZoneInfo("UTC"))
    return text


def _slug(text: str) -> str:
    if not is_slug(text):
        fix = (
            "Use lower-case letters, digits and hyphens, at most 80, "
            "and no reserved word."
        )
        raise AdviceError(quoted(text), "cannot be part of an address", fix)
    return text


def _zone_name(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        fix = "Write a name like Europe/London."
        raise AdviceError(quoted(text), "is not a time zone", fix) from None
    return text


def _on_the_wire(text: str) -> str:
    """Write an address in ASCII, as every reader takes it (RFC 3987, section 3.1)."""
    if text.isascii():
        return text
    start, host, path = re.fullmatch(r"(https?://)([^/?#]*)(.*)", text).groups()  # type: ignore[union-attr]  # its form was looked at before
    plain = ".".join(_host_label(label) for label in host.split("."))
    return start + plain + "".join(c if c.isascii() else quote(c) for c in path)


def _host_label(label: str) -> str:
    """One part of a host's name as name servers know it (RFC 5891, section 4.4)."""
    if label.isascii():
        return label
    name, _, port = unicodedata.normalize("NFC", label.lower()).partition(":")
    return f"xn--{name.encode('punycode').decode()}" + (f":{port}" if port else "")


def _file_name(text: str) -> str:
    """Keep a file's name inside its folder."""
    parts = text.split("/")
    if "\\" in text or PureWindowsPath(text).anchor or ".." in parts:
        fix = "Name a file in this folder, such as docs/review.pdf."
        raise AdviceError(quoted(text), "leads out of the folder", fix, kind="file")
    plain = "/".join(part for part in parts if part not in {"", "."})
    if plain != text:
        fix = f"Write {plain or 'the name of a file'}."
        raise AdviceError(quoted(text), "is not a plain file name", fix, kind="file")
    return text


def _store(text: str) -> str:
    """A folder, or a bucket with the prefix of its keys."""
    if ":/" not in text or _BUCKET.fullmatch(text):
        return text
    what = "is neither a folder nor a bucket"
    fix = "Write a folder like .peru-media/store, or s3://example-bucket/media."
    raise AdviceError(quoted(text), what, fix)


def _base_url(text: str) -> str:
    """An address that others can be built on: nothing but host, port and path."""
    found = _BASE.fullmatch(text)
    if found is None or int(found["port"] or 1) not in range(1, 1 << 16):
        what = "is not the address of a site"
        fix = (
            "Write it like https://media.example.ac.uk: no spaces, no user or "
            "password, no ? or #, and no port over 65535."
        )
        shown = re.sub(r"//[^/]*@", "//…@", text)  # a password is told to nobody
        raise AdviceError(quoted(shown), what, fix)
    return text


Flag = Annotated[
    bool,
    BeforeValidator(_flag, json_schema_input_type=bool | Literal["yes", "no"]),
]
Seconds = Annotated[
    float,
    Field(ge=0),
    BeforeValidator(_seconds, json_schema_input_type=float | str),
]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
FeedItems = Annotated[
    Literal["all"] | Annotated[int, Field(ge=1, le=_MOST)],
    BeforeValidator(_feed_items),
]
Slug = Annotated[str, AfterValidator(_slug)]
ZoneName = Annotated[str, AfterValidator(_zone_name)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
WebAddress = Annotated[
    str,
    Form(
        r"https?://(\[[0-9a-fA-F:.]+\]|[^\s<>\"\\^`{|}/?#@:\[\]]+)(:[0-9]{1,5})?"
        r"([/?#][^\s<>\"\\^`{|}]*)?",
        "is not a web address",
        "Write it with https:// in front, without spaces.",
    ),
    AfterValidator(_on_the_wire),
]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
StoreAddress = Annotated[Line, AfterValidator(_store)]
PageLanguage = Literal["en-GB", "cy"]
Language = Annotated[
    str,
    Form(
        r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*",
        "is not a language code",
        "Write a code like en-GB or cy.",
    ),
]
EpisodeId = Annotated[
    str,
    Form(
        r"[0-9a-f]{20}",
        "is not the id of an episode",
        "Write its 20 digits of 0-9 and a-f, in lower case.",
    ),
]
Sha256 = Annotated[
    str,
    Form(
        r"[0-9a-f]{64}",
        "is not a SHA-256 hash",
        "Write its 64 digits of 0-9 and a-f, in lower case.",
    ),
]
Counting = Annotated[int, Field(ge=1, le=_MOST)]
Orcid = Annotated[
    str,
    Form(
        r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]",
        "is not an ORCID",
        "Write only the digits, like 0000-0002-1825-0097.",
    ),
]
Doi = Annotated[
    str,
    Form(
        r"10\.[0-9]{4,9}/\S+",
        "is not a DOI",
        "Write it without address, like 10.5281/zenodo.1234567.",
    ),
]
Country = Annotated[
    str,
    Form(r"[A-Z]{2}", "is not a country code", "Write two capitals, like GB."),
]
ContributorId = Annotated[
    str,
    Form(
        r"[a-z0-9][a-z0-9-]{0,39}",
        "has a form that ids do not have",
        "Use lower-case letters, digits and hyphens, at most 40, like c-017.",
    ),
]
FileName = Annotated[
    str, StringConstraints(min_length=1, max_length=255), AfterValidator(_file_name)
]
Listed = _Listed()
FileOr = _FileOr()
Guid = Annotated[
    str, StringConstraints(min_length=1, max_length=255, strip_whitespace=True)
]
Uuid = Annotated[
    str,
    Form(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "is not a guid of the podcast namespace",
        "Write it in lower case, like 917393e3-1b1e-5cef-ace4-edaa54e1f810.",
    ),
]
Email = Annotated[
    str,
    Form(
        r"[^@\s]+@[^@\s]+\.[^@\s]+",
        "is not an e-mail address",
        "Write it like podcasts@example.ac.uk.",
    ),
]
Short = Annotated[str, StringConstraints(max_length=128)]
Named = Annotated[
    str, StringConstraints(min_length=1, max_length=128, strip_whitespace=True)
]
Moment = Annotated[str, AfterValidator(_moment)]
MediaType = Annotated[
    str,
    Form(
        r"[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]*",
        "is not a media type",
        "Write it like audio/opus or application/x-mpegURL.",
    ),
]
Uri = Annotated[
    str,
    Form(
        r"(?!(javascript|vbscript|data|file|blob|about):)"
        r"[a-z][a-z0-9+.-]*:[^\s<>\"\\^`{|}]+",
        "is not an address that apps may follow",
        "Write it with https:// or another scheme in front, without spaces.",
    ),
]
