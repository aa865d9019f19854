"""A paragraph as one run of Markdown, in the marks that mean what it says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peru_media.rendering.fragments import Child, Node, fragments, words_in
from peru_media.rendering.notes import notes_html

__all__ = ["spoken_lines", "written"]

_PLACE = "https://example.org/"
_ALWAYS = re.compile(r"[\\`*\[\]]")
_OPENS = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")
_LOW = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LINE_START = re.compile(
    r"^([ \t]*)(?:(\d{1,9})(?=[.)](?:[ \t]|$))|(?=(?:[-+](?:[ \t]|$)|#{1,6}(?:[ \t]|$)"
    r"|>|~~~|=+[ \t]*$|-[- \t]*$)))",
    re.MULTILINE,
)
_ENDS = re.compile(r"(?<=\n) +| +(?=\n)")
_BLANK = re.compile(r"[^\S \n]")
_MARKS = (("*", "**"), ("_", "**"), ("*", "__"), ("_", "__"))
_ITEM = re.compile(r"- (?=\S)")


def written(children: tuple[Child, ...], *, heading: bool = False) -> str:
    """Write a paragraph's words; of several ways the first that reads back.

    Where no way does, as in emphasis within a word's punctuation, the words stay
    and the emphasis goes.
    """
    ways = [_Way(em=em, strong=strong, heading=heading) for em, strong in _MARKS]
    texts = (way.paragraph(children) for way in ways)
    same = (text for text in texts if _reads_back(text, children))
    return next(same, _Way(em="", strong="", heading=heading).paragraph(children))


def spoken_lines(paragraph: str, wrapped: bool, *, careful: bool) -> str:  # noqa: FBT001  # private to notes
    """Write the plain words of one paragraph, or the lines of a list."""
    lines = paragraph.split("\n")
    if not careful and all(_ITEM.match(line) for line in lines):
        return "\n".join(f"- {_escaped(line[2:])}" for line in lines)
    text = _starts_escaped(_escaped(paragraph))
    text = (
        _ENDS.sub(lambda m: "&#32;" * len(m[0]), text) if careful else _ends_kept(text)
    )
    return text if wrapped else text.replace("\n", "\\\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One choice of marks for emphasis; below each other they take turns."""

    em: str
    strong: str
    heading: bool

    def paragraph(self, children: tuple[Child, ...]) -> str:
        text = "".join(self._pieces(_trimmed(children), deep=False))
        text = _starts_escaped(text)
        return re.sub(r"(#+)$", r"\\\1", text) if self.heading else text

    def _pieces(self, children: Iterable[Child], *, deep: bool) -> Iterator[str]:
        for child in children:
            if isinstance(child, str):
                yield _ends_kept(_escaped(child))
            elif child.tag == "br":
                yield "\\\n"
            elif child.tag == "code":
                yield _code(words_in(child.children))
            else:
                yield self._around(child, deep=deep)

    def _around(self, node: Node, *, deep: bool) -> str:
        inner = "".join(self._pieces(node.children, deep=not deep))
        if node.tag == "a":
            return f"[{inner}]({_destination(node.href or '')})"
        mark = {"em": self.em, "strong": self.strong}.get(node.tag, "")
        if deep and mark:
            mark = mark.translate({ord("*"): "_", ord("_"): "*"})
        return f"{mark}{inner}{mark}"


def _trimmed(children: tuple[Child, ...]) -> list[Child]:
    """Without spaces at the ends, and beside the end of a line."""
    found: list[Child] = []
    for number, child in enumerate(children):
        if isinstance(child, str):
            before = children[number - 1] if number else None
            after = children[number + 1] if number + 1 < len(children) else None
            if number == 0 or (isinstance(before, Node) and before.tag == "br"):
                child = child.lstrip(" \n")  # noqa: PLW2901  # the same words
            if number + 1 == len(children) or (
                isinstance(after, Node) and after.tag == "br"
            ):
                child = child.rstrip(" \n")  # noqa: PLW2901  # the same words
        if child:
            found.append(child)
    while found and isinstance(found[-1], Node) and found[-1].tag == "br":
        found.pop()
    return found


def _escaped(text: str) -> str:
    """Let every sign stand for itself."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _OPENS.sub(r"\\<", text)
    text = _LOW.sub(r"\\_", text)
    return _BLANK.sub(_named, _ENTITY.sub("&amp;", text))


def _named(blank: re.Match[str]) -> str:
    r"""A space that Markdown would drop, by its number; a tab in a line stays."""
    return "&nbsp;" if blank[0] == "\xa0" else f"&#{ord(blank[0])};"


def _starts_escaped(text: str) -> str:
    """Let no line begin as a list, a heading or a quotation would."""
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2] or ''}\\", text)


def _ends_kept(text: str) -> str:
    """Spaces at a line's ends would mean a break, or nothing; so they go."""
    return re.sub(r"[ \t]*\n[ \t]*", "\n", text)


def _code(words: str) -> str:
    words = words.replace("\n", " ")
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    padded = words.startswith(("`", " ")) or words.endswith(("`", " "))
    space = " " if padded and words.strip() else ""
    return f"{fence}{space}{words}{space}{fence}" if words else ""


def _destination(href: str) -> str:
    """The address of a link, bracketed only where it has to be."""
    plain = _ENTITY.sub("&amp;", href)
    if re.fullmatch(r"[^\s()<>\\]+", plain):
        return plain
    inner = re.sub(r"[\\<>]", r"\\\g<0>", re.sub(r"\s", "%20", plain))
    return f"<{inner}>"


def _reads_back(text: str, children: tuple[Child, ...]) -> bool:
    again = fragments(notes_html(text, page=_PLACE)) if text else ()
    [paragraph] = again if len(again) == 1 else [None]
    if not isinstance(paragraph, Node) or paragraph.tag != "p":
        return not text
    return _told(paragraph.children) == _told(tuple(_trimmed(children)))


def _told(children: Iterable[Child]) -> list[object]:
    found: list[object] = []
    for child in children:
        if isinstance(child, str):
            found.append(re.sub(r"[ \n]+", " ", child))
        else:
            found.append((child.tag, child.href, _told(child.children)))
    return found
