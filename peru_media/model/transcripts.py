"""The forms that a transcript has; one of them is stored, the one that staff gave."""

from collections.abc import Mapping
from types import MappingProxyType

from peru_media.model.address import CONTENT_TYPES

__all__ = [
    "KINDS",
    "SUBTITLES",
    "TIMED",
    "content_type",
    "kind_of",
    "kinds_from",
    "named_kinds",
]

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "vtt": "text/vtt",
        "srt": "application/x-subrip",
        "json": "application/json",
        "txt": "text/plain",
        "html": "text/html",
    }
)
SUBTITLES: Mapping[str, str] = MappingProxyType(
    {kind: KINDS[kind] for kind in ("vtt", "srt")}
)
TIMED = frozenset({"vtt", "srt", "json"})

_WORDS = frozenset({"txt", "html"})


def kind_of(media_type: str) -> str:
    """The form that has this type, with or without a charset; raises KeyError."""
    return _BY_TYPE[media_type.partition(";")[0].strip()]


def kinds_from(given: str) -> frozenset[str]:
    """Every form that can be made of a given one; words without times stay so."""
    return frozenset(KINDS) if given in TIMED else _WORDS


def named_kinds(media_type: str) -> tuple[str, ...]:
    """The forms that a feed names of a transcript of this type, the best first.

    WebVTT is what Apple takes and the podcast namespace prefers. HTML is named
    only where staff gave it, for the page has the words anyway.
    """
    given = kind_of(media_type)
    made = kinds_from(given) - ({"html"} - {given})
    return tuple(kind for kind in KINDS if kind in made)


def content_type(kind: str) -> str:
    """The media type with which a form is sent, with its charset where it has one."""
    return CONTENT_TYPES["page" if kind == "html" else kind]


_BY_TYPE = {media_type: kind for kind, media_type in KINDS.items()}
