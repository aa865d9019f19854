"""Elements written straight away, for items: many times faster than a tree."""

from collections.abc import Mapping
from functools import cache
from typing import Self

from peru_media.model.further import OWN_NAMESPACES

__all__ = ["Lines"]

_PREFIXES = {address: prefix for prefix, address in OWN_NAMESPACES.items()}


class Lines:
    """An element as it grows, each element in it a line or a piece of one."""

    __slots__ = ("_end", "_open", "_pieces", "_start")

    def __init__(
        self, name: str, attributes: Mapping[str, str] | None = None, *, end: str = ""
    ) -> None:
        """Begin it; ``end`` follows each element that lies in it."""
        self._start = f"<{_qualified(name)}{_written(attributes or {})}"
        self._open = _qualified(name)
        self._pieces: list[str | Lines] = []
        self._end = end

    def add(self, name: str, text: str, attributes: Mapping[str, str]) -> None:
        """Write one element of legal characters; nothing will lie in it."""
        qualified = _qualified(name)
        start = f"<{qualified}{_written(attributes)}" if attributes else f"<{qualified}"
        if text:
            self._pieces.append(f"{start}>{_text(text)}</{qualified}>{self._end}")
        else:
            self._pieces.append(f"{start}/>{self._end}")

    def nest(self, name: str, attributes: Mapping[str, str] | None = None) -> Self:
        """Begin an element that others will lie in."""
        inner = type(self)(name, attributes)
        self._pieces += (inner, self._end)
        return inner

    def raw(self, written: str) -> None:
        """Take in what is XML already."""
        self._pieces.append(f"{written}{self._end}")

    def __str__(self) -> str:
        inner = "".join(map(str, self._pieces))
        return (
            f"{self._start}>{self._end}{inner}</{self._open}>"
            if inner
            else f"{self._start}/>"
        )


@cache
def _qualified(name: str) -> str:
    """Write ``{address}name`` with the prefix that all feeds declare for it."""
    address, brace, local = name[1:].partition("}")
    return f"{_PREFIXES[address]}:{local}" if brace else name


def _written(attributes: Mapping[str, str]) -> str:
    pairs = [f' {name}="{_quoted(value)}"' for name, value in attributes.items()]
    return "".join(pairs)


def _text(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _quoted(text: str) -> str:
    """Text for an attribute, whose line ends a parser would take for spaces."""
    quoted = _text(text)
    if '"' in quoted:
        quoted = quoted.replace('"', "&quot;")
    if quoted.isprintable():
        return quoted
    return quoted.replace("\n", "&#10;").replace("\t", "&#9;")
