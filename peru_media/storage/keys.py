"""The names and spans that can be asked for, the same in every store."""

import re

from peru_media.errors import StoreError

__all__ = ["check_key", "check_prefix", "check_span", "is_key"]

_PART = re.compile(r"[A-Za-z0-9._-]{1,255}")
_PREFIX = re.compile(r"[A-Za-z0-9._/-]*")
_LONGEST = 900  # S3 takes 1,024 bytes, with the prefix of the target before it


def is_key(text: str) -> bool:
    """Whether an object may lie under this name.

    Parts of ``[A-Za-z0-9._-]`` between single slashes, none of them ``.`` or
    ``..``; so a key is one and the same in a folder, a bucket and an address.
    """
    return len(text) <= _LONGEST and all(map(_is_part, text.split("/")))


def check_key(key: str) -> str:
    """Give the key back, or raise ``StoreError`` where it can be none."""
    if not is_key(key):
        msg = f"{key!r} can't be the name of a stored object"
        raise StoreError(msg)
    return key


def check_prefix(prefix: str) -> str:
    """Give the beginning of a key back, or raise ``StoreError``."""
    parents = prefix.split("/")[:-1]
    if not _PREFIX.fullmatch(prefix) or not all(map(_is_part, parents)):
        msg = f"{prefix!r} can't be the beginning of a name"
        raise StoreError(msg)
    return prefix


def check_span(span: tuple[int, int]) -> tuple[int, int]:
    """Give a span of bytes back, or raise ``StoreError`` where it can be none."""
    start, end = span
    if not 0 <= start <= end:
        msg = f"bytes {start} to {end} are no span"
        raise StoreError(msg)
    return span


def _is_part(text: str) -> bool:
    return _PART.fullmatch(text) is not None and text not in {".", ".."}
