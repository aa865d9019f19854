"""The words of a transcript that has no times, paragraph by paragraph."""

import re
from html.parser import HTMLParser

from peru_media.rendering.characters import legal

__all__ = ["paragraphs"]

_SPLIT = re.compile(r"\n[ \t]*\n+")
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "cite", "dd", "div", "dl",
        "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "time", "title"})


def paragraphs(data: bytes, media_type: str) -> tuple[str, ...]:
    """Read the paragraphs of a plain text, or of HTML without its tags and times.

    Args:
        data: UTF-8.
        media_type: ``text/html``; anything else is read as plain text.
    """
    text = legal(data.decode("utf-8-sig", errors="replace"))
    if media_type == "text/html":
        reader = _Reader()
        reader.feed(text)
        reader.close()
        return reader.found()
    parts = (" ".join(part.split()) for part in _SPLIT.split(text))
    return tuple(part for part in parts if part)


class _Reader(HTMLParser):
    """Gathers what is shown of a page, a block at a time."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[list[str]] = [[]]
        self._silent = 0
        self._speaker = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph where a block begins."""
        del attrs
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._parts.append([])

    def handle_endtag(self, tag: str) -> None:
        """End one; a ``cite`` holds a speaker, who goes before the words."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "cite":
            self._speaker = _joined(self._parts.pop()) if self._parts else ""
            self._parts.append([])
        elif tag in _BLOCKS:
            self._parts.append([])

    def handle_data(self, data: str) -> None:
        """Take words, unless nobody sees them."""
        if self._silent or not data.strip():
            if self._parts[-1] and not self._silent:
                self._parts[-1].append(" ")
            return
        if self._speaker:
            self._parts[-1].append(f"{self._speaker.rstrip(':')}: ")
            self._speaker = ""
        self._parts[-1].append(data)

    def found(self) -> tuple[str, ...]:
        """Every paragraph that has words."""
        joined = map(_joined, self._parts)
        return tuple(part for part in joined if part)


def _joined(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
