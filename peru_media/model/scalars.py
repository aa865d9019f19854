"""The types of single fields: what a text in a file may mean, and what not."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from peru_media.model.address import is_slug

__all__ = [
    "Counting",
    "Doi",
    "Email",
    "FileName",
    "FileOr",
    "Flag",
    "Guid",
    "Language",
    "Line",
    "Listed",
    "Orcid",
    "Seconds",
    "Sha256",
    "Short",
    "Slug",
    "Uuid",
    "WebAddress",
    "ZoneName",
]


def _flag(value: object) -> object:
    """Read yes and no as people write them, and nothing else."""
    words = {"true": True, "yes": True, "false": False, "no": False}
    if isinstance(value, str):
        if value.lower() not in words:
            msg = f'"{value}" is neither true nor false'
            raise ValueError(msg)
        return words[value.lower()]
    return value


def _seconds(value: object) -> object:
    """Read ``90``, ``1:30``, ``1:02:03.5`` as seconds."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"(\d+:){0,2}\d+(\.\d{1,3})?", value):
        msg = f'"{value}" is not a time like 1:30 or 0:01:30.5'
        raise ValueError(msg)
    total = 0.0
    for part in value.split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def _slug(text: str) -> str:
    if not is_slug(text):
        msg = (
            f'"{text}" cannot be part of an address: use lower-case letters, digits '
            "and hyphens, at most 80, and no reserved word"
        )
        raise ValueError(msg)
    return text


def _zone_name(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        msg = f'"{text}" is not a time zone like Europe/London'
        raise ValueError(msg) from None
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"\\^`{|}/?#]+[^\s<>\"\\^`{|}]*", text):
        msg = f'"{text}" is not a web address that starts with https://'
        raise ValueError(msg)
    return text


def _listed(value: object) -> object:
    """Let one thing stand for a list of one."""
    return [value] if isinstance(value, str | dict) else value


def _file(value: object) -> object:
    return {"file": value} if isinstance(value, str) else value


Flag = Annotated[bool, BeforeValidator(_flag)]
Seconds = Annotated[float, BeforeValidator(_seconds), Field(ge=0)]
Slug = Annotated[str, AfterValidator(_slug)]
ZoneName = Annotated[str, AfterValidator(_zone_name)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Language = Annotated[
    str, StringConstraints(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$")
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Counting = Annotated[int, Field(ge=1, le=1_000_000)]
Orcid = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Listed = BeforeValidator(_listed)
FileOr = BeforeValidator(_file)
Guid = Annotated[
    str, StringConstraints(min_length=1, max_length=255, strip_whitespace=True)
]
Uuid = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Short = Annotated[str, StringConstraints(max_length=128)]
