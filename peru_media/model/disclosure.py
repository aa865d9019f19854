"""What of an address may be told: neither a password nor what only its owner knows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote

__all__ = ["Mask", "shown_address", "without_secrets"]

# A password may hold a slash, where it was not encoded; what follows a port may not.
_USER = re.compile(r"//([^/?#@\s]+|[^/?#@\s:]+:(?![0-9]{1,5}(?:/|$))[^@\s]+)@")
_PRIVATE = re.compile(r"(?<=/private/)[^/?#\s]+")
_BEHIND = re.compile(r"[?#].*", re.DOTALL)
_SIGNED = re.compile(r"(X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s\"']+")
_TELLING, _CUT = 6, 3


def shown_address(url: str) -> str:
    """An address as people may read it, in reports too: a query can hold a key.

    Without name and password, ``?…`` for query and fragment, ``/private/…/`` for the
    part of our own private feeds by which their readers are let in.
    """
    open_ = _PRIVATE.sub("…", _USER.sub("//", url))
    return _BEHIND.sub(lambda found: f"{found[0][0]}…", open_)


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """A text that goes to somebody else, such as a traceback, without what is secret.

    Takes out keys that are known, listeners' tokens, the name and password of any
    address, and what signs one.
    """
    known = sorted({one for one in secrets if len(one) >= _TELLING}, key=len)
    for secret in reversed(known):
        text = text.replace(secret, "…")
    open_ = _PRIVATE.sub("…", _USER.sub("//", text))
    return _SIGNED.sub(r"\1…", open_)


@dataclass(frozen=True, slots=True)
class Mask:
    """Takes out of sentences what addresses hold that nobody else may know.

    Attributes:
        traces: each secret, with what stands in its place; the longest first.
    """

    traces: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, urls: Iterable[str]) -> Self:
        """Make the one for all that is secret in some addresses."""
        found = {trace for url in urls for trace in _traces(url)}
        return cls(tuple(sorted(found, key=lambda one: (-len(one[0]), one))))

    def over(self, text: str) -> str:
        """The sentence without them, nor the beginning of one that was cut off."""
        for secret, instead in self.traces:
            text = text.replace(secret, instead)
            if "…" in text:
                for end in range(len(secret) - 1, _CUT, -1):
                    text = text.replace(f"{secret[:end]}…", f"{instead}…")
        return text


def _traces(url: str) -> Iterator[tuple[str, str]]:
    user = _USER.search(url)
    if user:
        yield user[0], "//"
        yield from _pieces(re.split("[:/]", user[1]))
    behind = _BEHIND.search(url)
    if behind and len(behind[0]) > 1:
        yield behind[0], f"{behind[0][0]}…"
        yield from _pieces(re.split("[?#&;=]", behind[0]))
    for token in _PRIVATE.findall(url):
        yield token, "…"


def _pieces(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Those that are long enough to be told apart from other words."""
    for part in parts:
        for one in (part, unquote(part)):
            if len(one) >= _TELLING:
                yield one, "…"
