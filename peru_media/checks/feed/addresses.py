"""Addresses that stand in a feed: whether they are whole, and how they end."""

import re
from urllib.parse import urlsplit

__all__ = ["MEDIA_TYPES", "ending", "is_whole"]

# What Apple plays, and the type that it wants for each; the first of several.
MEDIA_TYPES = {
    ".mp3": ("audio/mpeg",),
    ".m4a": ("audio/x-m4a", "audio/m4a", "audio/mp4", "audio/aac"),
    ".mp4": ("video/mp4",),
    ".m4v": ("video/x-m4v",),
    ".mov": ("video/quicktime",),
    ".pdf": ("application/pdf",),
    ".epub": ("application/epub+zip",),
}
_WHOLE = re.compile(r"https?://[^\s<>\"\\^`{|}/?#]+[^\s<>\"\\^`{|}]*", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z0-9]{1,8}$")


def is_whole(address: str) -> bool:
    """Whether it leads somewhere by itself: ``https://`` or ``http://`` and a host."""
    return _WHOLE.fullmatch(address) is not None


def ending(address: str) -> str:
    """How the path of an address ends in small letters, such as ``.mp3``, or ``""``."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    found = _ENDING.search(path.lower())
    return found[0] if found else ""
