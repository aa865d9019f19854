"""The types of single fields that developers fill in: texts, moments, categories."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Annotated, TypeVar

from pydantic import AfterValidator, PlainSerializer, StringConstraints

from peru_media.model.advice import AdviceError, quoted
from peru_media.model.categories import parse_category
from peru_media.model.contents import walls
from peru_media.model.languages import parse_language
from peru_media.model.moment import utc_text
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.scalars import Guid, Line, MediaType, Named

__all__ = [
    "Aware",
    "CategoryName",
    "Description",
    "EpisodeTags",
    "Identity",
    "Label",
    "Listing",
    "MediaKind",
    "Prose",
    "ShowTags",
    "Tongue",
    "Words",
    "ending_type",
]

T = TypeVar("T")
Tags = TypeVar("Tags", PodcastShow, PodcastEpisode)

_LONGEST = 4000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_ENDINGS = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/x-m4a",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/opus",
    ".pdf": "application/pdf",
    ".wav": "audio/wav",
}
_MISTAKEN = {
    "audio/mp3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/mpeg3": "audio/mpeg",
}


def ending_type(url: str) -> str | None:
    """The media type that the ending of an address tells (Apple's list, and others)."""
    return _ENDINGS.get(PurePosixPath(re.split("[?#]", url)[0]).suffix.lower())


def _aware(moment: datetime) -> datetime:
    """Bring a moment to UTC and to the second, as feeds have it."""
    if moment.utcoffset() is None:
        fix = "Give it one, such as datetime(2026, 12, 1, 9, tzinfo=UTC)."
        raise AdviceError(str(moment), "has no time zone", fix, kind="date")
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        fix = "Give one of the years 2 to 9998."
        raise AdviceError(str(moment), "is no date in UTC", fix, kind="date") from None


def _seen(text: str) -> str:
    """Refuse a text of which nothing could be seen."""
    if not any(sign.isprintable() and not sign.isspace() for sign in text):
        fix = "Give it letters or digits."
        raise AdviceError(quoted(text), "has nothing to be seen", fix)
    return text


def _brief(text: str) -> str:
    size = len(text.encode())
    if size > _LONGEST:
        fix = f"Shorten it to {_LONGEST} bytes of UTF-8."
        who, what = "It", f"is {size} bytes long"
        raise AdviceError(who, what, fix)
    return text


def _identity(text: str) -> str:
    """Refuse what a feed could not carry, for a guid never changes."""
    if _CONTROL.search(text):
        fix = "Take the control characters out of it."
        raise AdviceError(quoted(text), "cannot stand in a feed", fix)
    return text


def _parsed(parse: Callable[[str], object], fix: str) -> Callable[[str], str]:
    """Let a parser of ours refuse in the way of a field."""

    def check(text: str) -> str:
        try:
            return str(parse(text))
        except ValueError as error:
            said = str(error).removeprefix(f'"{text}" ')
            what, asks, guess = said.partition("; did you mean ")
            about = f"{quoted(text)}:" if what.startswith('"') else quoted(text)
            advice = f"Did you mean {guess}" if asks else fix
            raise AdviceError(about, what, advice) from None

    return check


def _category(text: str) -> str:
    found = parse_category(text)
    return " > ".join(filter(None, (found.name, found.sub)))


def _media_kind(text: str) -> str:
    right = _MISTAKEN.get(text.lower())
    if right:
        what = "is not what podcast directories call it"
        raise AdviceError(quoted(text), what, f"Give {right}.", kind="choice")
    return text


def _elsewhere(said: Tags) -> Tags:
    """Pictures lie at addresses, for there is no folder."""
    for _, images in walls(said):
        for image in images:
            if image.file:
                who, what = quoted(image.file), "is the name of a file"
                raise AdviceError(who, what, "Give href, its address.")
    return said


def _tuple(found: Sequence[T]) -> tuple[T, ...]:
    return tuple(found)


Listing = AfterValidator(_tuple)
Aware = Annotated[
    datetime,
    AfterValidator(_aware),
    PlainSerializer(utc_text, return_type=str),
]
Words = Annotated[Line, AfterValidator(_seen)]
Label = Annotated[Named, AfterValidator(_seen)]
# With a limit, if only the least, pydantic refuses halves of signs, too.
Prose = Annotated[str, StringConstraints(min_length=0)]
Description = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(_seen),
    AfterValidator(_brief),
]
Identity = Annotated[Guid, AfterValidator(_seen), AfterValidator(_identity)]
ShowTags = Annotated[PodcastShow, AfterValidator(_elsewhere)]
EpisodeTags = Annotated[PodcastEpisode, AfterValidator(_elsewhere)]
Tongue = Annotated[str, AfterValidator(_parsed(parse_language, "Give a code."))]
CategoryName = Annotated[
    str, AfterValidator(_parsed(_category, "Choose one of Apple's list."))
]
MediaKind = Annotated[MediaType, AfterValidator(_media_kind)]
