"""What people do for a show: the roles that podcast apps know, in their groups."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BeforeValidator

__all__ = ["GROUPS", "Role", "group_of"]

_OWN_GROUP = "cast"

# Roles and groups of podcast:person, state of 2026-05.
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "creative direction": (
            "director",
            "assistant director",
            "executive producer",
            "senior producer",
            "producer",
            "associate producer",
            "development producer",
            "creative director",
        ),
        "cast": (
            "host",
            "co-host",
            "guest host",
            "guest",
            "voice actor",
            "narrator",
            "announcer",
            "reporter",
        ),
        "writing": (
            "author",
            "editorial director",
            "co-writer",
            "writer",
            "songwriter",
            "guest writer",
            "story editor",
            "managing editor",
            "script editor",
            "script coordinator",
            "researcher",
            "editor",
            "fact checker",
            "translator",
            "transcriber",
            "logger",
        ),
        "audio production": (
            "studio coordinator",
            "technical director",
            "technical manager",
            "audio engineer",
            "remote recording engineer",
            "post production engineer",
        ),
        "audio post-production": (
            "audio editor",
            "sound designer",
            "foley artist",
            "composer",
            "theme music",
            "music production",
            "music contributor",
        ),
        "administration": (
            "production coordinator",
            "booking coordinator",
            "production assistant",
            "content manager",
            "marketing manager",
            "sales representative",
            "sales manager",
        ),
        "visuals": (
            "graphic designer",
            "cover art designer",
        ),
        "community": ("social media manager",),
        "misc.": (
            "consultant",
            "intern",
        ),
        "video production": (
            "camera operator",
            "lighting designer",
            "camera grip",
            "assistant camera",
        ),
        "video post-production": (
            "editor",
            "assistant editor",
        ),
    }
)


def _lower(value: object) -> object:
    """Roles are compared without regard to capitals."""
    return value.lower() if isinstance(value, str) else value


Role = Annotated[
    Literal[
        "host",
        "guest",
        "contributor",
        "interviewer",
        "producer",
        "editor",
        "announcer",
        "assistant camera",
        "assistant director",
        "assistant editor",
        "associate producer",
        "audio editor",
        "audio engineer",
        "author",
        "booking coordinator",
        "camera grip",
        "camera operator",
        "co-host",
        "co-writer",
        "composer",
        "consultant",
        "content manager",
        "cover art designer",
        "creative director",
        "development producer",
        "director",
        "editorial director",
        "executive producer",
        "fact checker",
        "foley artist",
        "graphic designer",
        "guest host",
        "guest writer",
        "intern",
        "lighting designer",
        "logger",
        "managing editor",
        "marketing manager",
        "music contributor",
        "music production",
        "narrator",
        "post production engineer",
        "production assistant",
        "production coordinator",
        "remote recording engineer",
        "reporter",
        "researcher",
        "sales manager",
        "sales representative",
        "script coordinator",
        "script editor",
        "senior producer",
        "social media manager",
        "songwriter",
        "sound designer",
        "story editor",
        "studio coordinator",
        "technical director",
        "technical manager",
        "theme music",
        "transcriber",
        "translator",
        "voice actor",
        "writer",
    ],
    BeforeValidator(_lower),
]


@lru_cache
def group_of(role: str) -> str | None:
    """The group that a role belongs to; None for the one that apps assume.

    Apps take anybody without a group for the cast; a role that stands in two
    groups belongs to the first.
    """
    found = next((name for name, roles in GROUPS.items() if role in roles), None)
    return None if found == _OWN_GROUP else found
