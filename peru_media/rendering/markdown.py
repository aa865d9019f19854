"""Show notes: from the HTML that feeds carry back to the Markdown that staff write."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peru_media.rendering.characters import legal
from peru_media.rendering.fragments import Child, Node, fragments, grouped, words_in
from peru_media.rendering.inline import spoken_lines, written
from peru_media.rendering.notes import notes_html, plain_text

__all__ = ["Markdown", "from_html", "from_words"]

_PLACE = "https://example.org/"
_LEVELS = {"h3": 1, "h4": 2, "h5": 3, "h6": 4}
_UNDERLINES = {1: "===", 2: "---"}
_DANGEROUS = {
    "script": "scripts", "style": "style sheets", "img": "pictures from elsewhere",
    "iframe": "embedded pages", "object": "embedded objects",
    "embed": "embedded objects", "form": "forms", "video": "players",
    "audio": "players", "svg": "drawings",
}  # fmt: skip
_DANGER = re.compile(rf"<({'|'.join(_DANGEROUS)})\b", re.IGNORECASE)
_TAG = re.compile(r"<(?:[a-zA-Z][^<>]*|/[a-zA-Z][^<>]*|!--)|&(?:#\d+|[a-zA-Z]{2,8});")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """Notes as Markdown.

    Attributes:
        text: CommonMark that ends in a newline, or is empty.
        removed: what had to be left out, in words such as ``scripts``.
        exact: whether it is rendered to the same cleaned HTML again.
    """

    text: str = ""
    removed: tuple[str, ...] = ()
    exact: bool = True


def from_html(html: str, *, base: str = "") -> Markdown:
    """Turn the notes of any feed into Markdown that says the same.

    Scripts, pictures from elsewhere and whatever else no app shows are taken out.
    A text without any tag is taken as the plain words that it is. Relative links
    start from ``base``, the address of its page.
    """
    if not _TAG.search(html):
        return from_words(html)
    wanted = fragments(html, base=base)
    text = _joined(_blocks(wanted))
    again = fragments(notes_html(text, page=_PLACE))
    found = {_DANGEROUS[match[1].lower()] for match in _DANGER.finditer(html)}
    return Markdown(
        text=f"{text}\n" if text else "",
        removed=tuple(sorted(found)),
        exact=_plainly(again) == _plainly(wanted),
    )


def from_words(text: str, *, wrapped: bool = False) -> Markdown:
    """Turn plain words into Markdown, with their paragraphs and lists.

    ``wrapped`` says that a single line end means nothing but a long line.
    """
    plain = legal(text).strip()
    if not wrapped:
        plain = "\n".join(line.strip() for line in plain.split("\n"))
    paragraphs = re.split(r"\n\s*\n", plain) if plain else []
    texts = [
        "\n\n".join(spoken_lines(one, wrapped, careful=careful) for one in paragraphs)
        for careful in (False, True)
    ]
    same = [one for one in texts if _reads_as(one, plain)]
    text = next(iter(same), texts[-1])
    return Markdown(text=f"{text}\n" if text else "", exact=bool(same))


def _reads_as(markdown: str, plain: str) -> bool:
    return plain_text(notes_html(markdown, page=_PLACE)) == plain


def _joined(blocks: Iterable[str], *, tight: bool = False) -> str:
    return ("\n" if tight else "\n\n").join(block for block in blocks if block)


def _blocks(children: Iterable[Child]) -> Iterator[str]:
    """Each block of Markdown; what stands between blocks becomes a paragraph."""
    before: str | None = None
    odd = False
    for child in grouped(children):
        if isinstance(child, tuple):
            before = None
            yield written(child)
            continue
        odd = child.tag == before and not odd
        before = child.tag
        yield _block(child, odd=odd)


def _block(node: Node, *, odd: bool) -> str:
    if node.tag in {"ul", "ol"}:
        return _list(node, odd=odd)
    if node.tag == "blockquote":
        inner = _joined(_blocks(node.children))
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    if node.tag in _LEVELS:
        return _heading(node)
    words = {"hr": "___", "pre": _fenced(words_in(node.children))}
    return words.get(node.tag) or written(node.children)


def _heading(node: Node) -> str:
    level, text = _LEVELS[node.tag], written(node.children, heading=True)
    if "\n" not in text:
        return f"{'#' * level} {text}" if text else ""
    if level in _UNDERLINES:
        return f"{text}\n{_UNDERLINES[level]}"
    return f"{'#' * level} " + re.sub(r"\\?\n", " ", text)


def _fenced(words: str) -> str:
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * max(3, longest + 1)
    end = "" if not words or words.endswith("\n") else "\n"
    return f"{fence}\n{words}{end}{fence}"


def _list(node: Node, *, odd: bool) -> str:
    items = [i for i in node.children if isinstance(i, Node) and i.tag == "li"]
    loose = any(_holds_paragraph(item) for item in items)
    found = []
    for number, item in enumerate(items, 1):
        marker = f"{number}{')' if odd else '.'}" if node.tag == "ol" else "-*"[odd]
        inner = _joined(_blocks(item.children), tight=not loose)
        found.append(_indented(marker, inner))
    return _joined(found, tight=not loose)


def _holds_paragraph(item: Node) -> bool:
    return any(isinstance(one, Node) and one.tag == "p" for one in item.children)


def _indented(marker: str, inner: str) -> str:
    gap = " " * (len(marker) + 1)
    lines = inner.split("\n")
    rest = [f"{gap}{line}" if line else "" for line in lines[1:]]
    return "\n".join([f"{marker} {lines[0]}".rstrip(), *rest])


def _plainly(children: Iterable[Child]) -> list[object]:
    """Nodes without what makes no difference to a reader: how lines are filled."""
    found: list[object] = []
    for child in grouped(children):
        if isinstance(child, tuple):
            found.append(("p", _spoken(child)))
        elif child.tag == "pre":
            found.append(("pre", words_in(child.children).strip("\n")))
        elif child.tag == "p" or child.tag in _LEVELS:
            found.append((child.tag, _spoken(child.children)))
        else:
            found.append((child.tag, _plainly(child.children)))
    return [one for one in found if one != ("p", [])]


def _spoken(children: Iterable[Child]) -> list[object]:
    """A line of words, and what is said of each."""
    found: list[object] = []
    for child in children:
        if isinstance(child, str):
            found.append(" ".join(f".{child}.".split())[1:-1])
        elif child.tag == "br":
            found.append("br")
        else:
            found.append((child.tag, child.href, _spoken(child.children)))
    return _trimmed(found)


def _trimmed(found: list[object]) -> list[object]:
    """Without spaces at the ends, and beside the end of a line."""
    kept: list[object] = []
    for number, one in enumerate(found):
        before = found[number - 1] if number else "br"
        after = found[number + 1] if number + 1 < len(found) else "br"
        words = one
        if isinstance(one, str) and one != "br":
            words = one.lstrip(" ") if before == "br" else one
            words = words.rstrip(" ") if after == "br" else words
        if words:
            kept.append(words)
    while kept and kept[-1] == "br":
        kept.pop()
    return kept
